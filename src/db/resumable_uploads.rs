//! Uploads that come in piece by piece: their rows, never their bytes.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId};

/// One of them.
#[derive(Clone, Debug)]
pub struct Upload {
    pub length: i64,
    /// What is surely here; the whole length only when it is a picture already.
    pub received: i64,
    pub metadata: String,
    /// What it became.
    pub media_id: Option<MediaId>,
    pub expires_at: Time,
}

#[derive(Debug)]
pub struct NewUpload<'a> {
    pub key: &'a str,
    pub owner_id: AccountId,
    pub length: i64,
    pub metadata: &'a str,
    pub expires_at: Time,
}

pub async fn insert(db: &mut PgConnection, new: &NewUpload<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into resumable_uploads (key, owner_id, length, metadata, expires_at) values ($1, $2, $3, $4, $5)",
        new.key,
        new.owner_id.0,
        new.length,
        new.metadata,
        new.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of this person's, also one that has expired.
pub async fn of(db: &mut PgConnection, owner: AccountId, key: &str) -> sqlx::Result<Option<Upload>> {
    sqlx::query_as!(
        Upload,
        r#"select length, received, metadata, media_id as "media_id: MediaId", expires_at
           from resumable_uploads where key = $1 and owner_id = $2 and sha256 is null"#,
        key,
        owner.0
    )
    .fetch_optional(db)
    .await
}

/// How many of this person's are not whole yet.
pub async fn unfinished(db: &mut PgConnection, owner: AccountId, now: Time) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "many!" from resumable_uploads
           where owner_id = $1 and media_id is null and expires_at > $2"#,
        owner.0,
        now
    )
    .fetch_one(db)
    .await
}

/// Notes that so much is on disk. False when it is gone.
pub async fn received(
    db: &mut PgConnection,
    key: &str,
    received: i64,
    expires_at: Time,
) -> sqlx::Result<bool> {
    let noted = sqlx::query!(
        "update resumable_uploads set received = $2, expires_at = $3 where key = $1 and media_id is null",
        key,
        received,
        expires_at
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// It is a picture now. False when it is gone.
pub async fn complete(
    db: &mut PgConnection,
    key: &str,
    media: MediaId,
    expires_at: Time,
) -> sqlx::Result<bool> {
    let noted = sqlx::query!(
        "update resumable_uploads set received = length, media_id = $2, expires_at = $3
         where key = $1 and media_id is null",
        key,
        media.0,
        expires_at
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// Whether there was one.
pub async fn delete(db: &mut PgConnection, owner: AccountId, key: &str) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from resumable_uploads where key = $1 and owner_id = $2",
        key,
        owner.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Those of the keys whose files are still wanted.
pub async fn wanted(db: &mut PgConnection, keys: &[String], now: Time) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select key from resumable_uploads where key = any ($1) and media_id is null and expires_at > $2",
        keys,
        now
    )
    .fetch_all(db)
    .await
}

/// Forgets those that expired before this, but none of which parts are in a bucket. Gives how many.
pub async fn forget(db: &mut PgConnection, expired_by: Time, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from resumable_uploads where key in (
             select key from resumable_uploads where expires_at < $1 and parts_id is null
             limit $2 for update skip locked)",
        expired_by,
        most
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}
