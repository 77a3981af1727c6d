//! How much people here may keep, and how much they do. Refuses nobody.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// What holds for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// Null: what holds for everybody. 0: no bound.
    pub quota_bytes: Option<i64>,
}

/// `None`: they do not live here.
pub async fn own(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Own>> {
    sqlx::query_as!(
        Own,
        "select quota_bytes from users where account_id = $1",
        account.0
    )
    .fetch_optional(db)
    .await
}

/// The same, and until the transaction ends nobody else adds to what this person keeps.
pub async fn lock(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Own>> {
    sqlx::query_as!(
        Own,
        "select quota_bytes from users where account_id = $1 for no key update",
        account.0
    )
    .fetch_optional(db)
    .await
}

/// What somebody keeps: the files as they came, of pictures of posts and profiles and of those that wait for a post, and what
/// was announced and still comes in.
pub async fn used(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select (
               (select coalesce(sum(bytes), 0) from media
                where owner_id = $1 and remote_url is null and (post_id is not null or attached_at is null))
               + (select coalesce(sum(length), 0) from resumable_uploads
                  where owner_id = $1 and media_id is null and expires_at > $2))::bigint as "used!""#,
        account.0,
        now
    )
    .fetch_one(db)
    .await
}

/// Whether they live here.
pub async fn set(db: &mut PgConnection, account: AccountId, quota_bytes: Option<i64>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update users set quota_bytes = $2 where account_id = $1",
        account.0,
        quota_bytes
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}
