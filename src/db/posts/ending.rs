//! Removing posts, and what is kept of them so that no late copy comes in. Does not touch their files.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::PostId;

/// Removes a post and its reposts, takes them out of all counts and leaves a tombstone for `uri`. Whether it was there.
pub async fn delete(db: &mut PgConnection, id: PostId, uri_hash: &[u8], now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with reposts as (
               select author_id, audience from posts where repost_of = $1),
           gone as (
               delete from posts where id = $1
               returning author_id, repost_of, in_reply_to, audience, archived_at),
           of_authors as (
               update account_counts c set posts = greatest(c.posts - n.posts, 0)
               from (select author_id, count(*)::integer as posts
                     from (select * from reposts
                           union all
                           -- what was put away is not counted
                           select author_id, audience from gone where archived_at is null) a
                     where audience < 3 group by 1) n
               where c.account_id = n.author_id),
           of_parents as (
               insert into count_deltas (post_id, reposts, replies)
               select coalesce(repost_of, in_reply_to), -(repost_of is not null)::integer, -(repost_of is null)::integer
               from gone where coalesce(repost_of, in_reply_to) is not null),
           tombstone as (
               insert into tombstones (hash, deleted_at) values ($2, $3) on conflict do nothing)
           select exists (select 1 from gone) as "gone!""#,
        id.0,
        uri_hash,
        now,
    )
    .fetch_one(db)
    .await
}

/// Of these hashes of URIs, those whose post was deleted.
pub async fn entombed(db: &mut PgConnection, hashes: &[Vec<u8>]) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!("select hash from tombstones where hash = any ($1)", hashes)
        .fetch_all(db)
        .await
}

/// Remembers that a post is deleted that we never had.
pub async fn entomb(db: &mut PgConnection, hash: &[u8], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into tombstones (hash, deleted_at) values ($1, $2) on conflict do nothing",
        hash,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
