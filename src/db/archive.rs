//! Posts that their authors put away. That nobody meets them is `addressed_posts`' to say.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::window::Window;

/// Takes a post of this author's out of sight and out of their count. Whether it was to be seen before.
pub async fn put_away(db: &mut PgConnection, author: AccountId, id: PostId, now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with changed as (
               update posts set archived_at = $3, version = version + 1
               where id = $2 and author_id = $1 and archived_at is null returning 1),
           counted as (
               update account_counts set posts = greatest(posts - 1, 0)
               where account_id = $1 and exists (select 1 from changed))
           select exists (select 1 from changed) as "changed!""#,
        author.0,
        id.0,
        now,
    )
    .fetch_one(db)
    .await
}

/// Whether it was put away.
pub async fn bring_back(db: &mut PgConnection, author: AccountId, id: PostId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with changed as (
               update posts set archived_at = null, version = version + 1
               where id = $2 and author_id = $1 and archived_at is not null returning 1),
           counted as (
               update account_counts set posts = posts + 1
               where account_id = $1 and exists (select 1 from changed))
           select exists (select 1 from changed) as "changed!""#,
        author.0,
        id.0,
    )
    .fetch_one(db)
    .await
}

/// A post in the archive, with its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Archived {
    pub id: PostId,
    pub likes: i32,
    pub reposts: i32,
    pub replies: i32,
    pub quotes: i32,
}

/// What this author put away, newest first.
pub async fn page(db: &mut PgConnection, author: AccountId, window: &Window) -> sqlx::Result<Vec<Archived>> {
    // Negative ids descend as positive ones ascend.
    let direction: i64 = if window.from_old_end { 1 } else { -1 };
    let mut found = sqlx::query_as!(
        Archived,
        r#"select p.id as "id: PostId", c.likes, c.reposts, c.replies, c.quotes
           from posts p join post_counts c on c.post_id = p.id
           where p.author_id = $1 and p.archived_at is not null and p.id < $2 and p.id > $3
           order by p.id * $5 limit $4"#,
        author.0,
        window.below,
        window.above,
        window.limit,
        direction,
    )
    .fetch_all(db)
    .await?;
    if window.from_old_end {
        found.reverse();
    }
    Ok(found)
}
