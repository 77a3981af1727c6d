//! Uploads that their senders put into the bucket themselves: their rows, beside those that come in piece by piece.

use sqlx::PgConnection;

use super::resumable_uploads::NewUpload;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId};

/// One of them.
#[derive(Clone, Debug)]
pub struct Upload {
    pub length: i64,
    pub sha256: Vec<u8>,
    /// By what the bucket knows its parts, where there are several.
    pub parts_id: Option<String>,
    pub metadata: String,
    /// What it became.
    pub media_id: Option<MediaId>,
    pub expires_at: Time,
}

pub async fn insert(db: &mut PgConnection, new: &NewUpload<'_>, sha256: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into resumable_uploads (key, owner_id, length, metadata, expires_at, sha256) values ($1, $2, $3, $4, $5, $6)",
        new.key,
        new.owner_id.0,
        new.length,
        new.metadata,
        new.expires_at,
        sha256,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes by what the bucket knows its parts. False when it is gone.
pub async fn in_parts(db: &mut PgConnection, key: &str, parts_id: &str) -> sqlx::Result<bool> {
    let noted = sqlx::query!(
        "update resumable_uploads set parts_id = $2 where key = $1 and media_id is null",
        key,
        parts_id
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// The bucket has one object of them.
pub async fn joined(db: &mut PgConnection, key: &str) -> sqlx::Result<()> {
    sqlx::query!("update resumable_uploads set parts_id = null where key = $1", key)
        .execute(db)
        .await?;
    Ok(())
}

/// One of this person's, also one that has expired.
pub async fn of(db: &mut PgConnection, owner: AccountId, key: &str) -> sqlx::Result<Option<Upload>> {
    sqlx::query_as!(
        Upload,
        r#"select length, sha256 as "sha256!", parts_id, metadata, media_id as "media_id: MediaId", expires_at
           from resumable_uploads where key = $1 and owner_id = $2 and sha256 is not null"#,
        key,
        owner.0
    )
    .fetch_optional(db)
    .await
}

/// Keys whose parts nobody will join any more, and by what the bucket knows them.
pub async fn left_in_parts(
    db: &mut PgConnection,
    now: Time,
    most: i64,
) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select key, parts_id as "parts_id!" from resumable_uploads
           where parts_id is not null and expires_at <= $1 order by expires_at limit $2"#,
        now,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.parts_id)).collect())
}
