//! Requests that come twice: by their keys, the post of the first time. Never keeps a key without its post.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};

/// The post that this key made before, if any.
pub async fn by_idempotency_key(
    db: &mut PgConnection,
    author: AccountId,
    key: &str,
) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "id: PostId" from idempotency_keys where account_id = $1 and key = $2"#,
        author.0,
        key,
    )
    .fetch_optional(db)
    .await
}

/// Whether the key was free. Of two requests at once, the second waits here for the first.
pub async fn claim_idempotency_key(
    db: &mut PgConnection,
    author: AccountId,
    key: &str,
    post: PostId,
    now: Time,
) -> sqlx::Result<bool> {
    let claimed = sqlx::query!(
        "insert into idempotency_keys (account_id, key, post_id, created_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        author.0,
        key,
        post.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(claimed.rows_affected() > 0)
}
