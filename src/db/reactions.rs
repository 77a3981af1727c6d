//! What people do with posts: likes, bookmarks, pins, muted threads, and the flags by which a reader meets them.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId, RelationId};

/// Bits of `viewer_state.flags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Flag {
    Liked = 1,
    Reposted = 2,
    Bookmarked = 4,
    Pinned = 8,
    ThreadMuted = 16,
    Voted = 32,
}

/// Sets a reader's flag on a post; only for people who live here.
pub async fn set_flag(
    db: &mut PgConnection,
    reader: AccountId,
    post: PostId,
    flag: Flag,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into viewer_state (account_id, post_id, flags)
         select account_id, $2, $3 from users where account_id = $1
         on conflict (account_id, post_id) do update set flags = viewer_state.flags | excluded.flags",
        reader.0,
        post.0,
        flag as i16,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn clear_flag(
    db: &mut PgConnection,
    reader: AccountId,
    post: PostId,
    flag: Flag,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update viewer_state set flags = flags & ~$3::smallint where account_id = $1 and post_id = $2",
        reader.0,
        post.0,
        flag as i16,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it is new. The count of the post goes up with it.
pub async fn like(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    post: PostId,
    uri: Option<&str>,
    now: Time,
) -> sqlx::Result<bool> {
    let new = sqlx::query!(
        "with new as (
             insert into likes (account_id, post_id, id, uri, created_at) values ($1, $2, $3, $4, $5)
             on conflict do nothing returning post_id)
         insert into count_deltas (post_id, likes) select post_id, 1 from new",
        account.0,
        post.0,
        id.0,
        uri,
        now,
    )
    .execute(db)
    .await?;
    Ok(new.rows_affected() > 0)
}

/// The id of the like that is gone, if there was one. `with`: only if it was not given with another emoji.
pub async fn unlike(
    db: &mut PgConnection,
    account: AccountId,
    post: PostId,
    with: Option<&str>,
) -> sqlx::Result<Option<RelationId>> {
    sqlx::query_scalar!(
        r#"with gone as (
               delete from likes
               where account_id = $1 and post_id = $2 and ($3::text is null or coalesce(reaction ->> 'name', $3) = $3)
               returning id, post_id),
           counted as (
               insert into count_deltas (post_id, likes) select post_id, -1 from gone)
           select id as "id: RelationId" from gone"#,
        account.0,
        post.0,
        with,
    )
    .fetch_optional(db)
    .await
}

/// The post that this Like was for.
pub async fn liked_by_uri(
    db: &mut PgConnection,
    account: AccountId,
    uri: &str,
) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "post_id: PostId" from likes where uri = $2 and account_id = $1"#,
        account.0,
        uri,
    )
    .fetch_optional(db)
    .await
}

pub async fn bookmark(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    post: PostId,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bookmarks (account_id, post_id, id, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        account.0,
        post.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn unbookmark(db: &mut PgConnection, account: AccountId, post: PostId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from bookmarks where account_id = $1 and post_id = $2",
        account.0,
        post.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it was not pinned before.
pub async fn pin(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    post: PostId,
) -> sqlx::Result<bool> {
    let new = sqlx::query!(
        "insert into pins (account_id, post_id, id) values ($1, $2, $3) on conflict do nothing",
        account.0,
        post.0,
        id.0,
    )
    .execute(db)
    .await?;
    Ok(new.rows_affected() > 0)
}

/// Whether it was pinned.
pub async fn unpin(db: &mut PgConnection, account: AccountId, post: PostId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from pins where account_id = $1 and post_id = $2",
        account.0,
        post.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

pub async fn pin_count(db: &mut PgConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from pins where account_id = $1"#,
        account.0
    )
    .fetch_one(db)
    .await
}

/// Mutes a thread, and marks its posts so for that reader.
pub async fn mute_thread(db: &mut PgConnection, account: AccountId, thread: PostId) -> sqlx::Result<()> {
    sqlx::query!(
        "with muted as (
             insert into thread_mutes (account_id, thread_id) values ($1, $2) on conflict do nothing)
         insert into viewer_state (account_id, post_id, flags)
         select $1, id, 16 from posts where thread_id = $2 order by id desc limit 1000
         on conflict (account_id, post_id) do update set flags = viewer_state.flags | excluded.flags",
        account.0,
        thread.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn unmute_thread(db: &mut PgConnection, account: AccountId, thread: PostId) -> sqlx::Result<()> {
    sqlx::query!(
        "with unmuted as (
             delete from thread_mutes where account_id = $1 and thread_id = $2)
         update viewer_state v set flags = v.flags & ~16::smallint
         from posts p where p.thread_id = $2 and v.post_id = p.id and v.account_id = $1",
        account.0,
        thread.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody's repost of a post.
pub async fn repost_of(
    db: &mut PgConnection,
    account: AccountId,
    post: PostId,
) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: PostId" from posts where author_id = $1 and repost_of = $2"#,
        account.0,
        post.0,
    )
    .fetch_optional(db)
    .await
}

/// Adds up what has changed since the last time. Gives how many changes there were. What was done with posts of here is
/// counted for this day as well, also where it was taken back.
pub async fn merge_counts(db: &mut PgConnection, today: NaiveDate) -> sqlx::Result<u64> {
    let merged = sqlx::query!(
        "with taken as (
             delete from count_deltas where id = any (array(
                 select id from count_deltas order by id limit 10000 for update skip locked))
             returning post_id, likes, reposts, replies, quotes),
         summed as (
             select post_id, sum(likes)::integer as likes, sum(reposts)::integer as reposts,
                 sum(replies)::integer as replies, sum(quotes)::integer as quotes
             from taken group by post_id order by post_id),
         noted as (
             insert into interaction_days (day, count)
             select $1, count(*) from taken t join posts p on p.id = t.post_id and p.uri is null
             where t.likes > 0 or t.reposts > 0 or t.replies > 0
             having count(*) > 0
             on conflict (day) do update set count = interaction_days.count + excluded.count)
         update post_counts c set likes = greatest(c.likes + s.likes, 0), reposts = greatest(c.reposts + s.reposts, 0),
             replies = greatest(c.replies + s.replies, 0), quotes = greatest(c.quotes + s.quotes, 0)
         from summed s where c.post_id = s.post_id",
        today,
    )
    .execute(db)
    .await?;
    Ok(merged.rows_affected())
}

/// Somebody at each inbox elsewhere where the post may be known beyond followers and those named: of those who liked it,
/// passed it on or answered it, and of those to whom somebody here passed it on.
pub async fn takers_elsewhere(db: &mut PgConnection, post: PostId) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select distinct on (coalesce(a.shared_inbox, a.inbox)) a.id as "id: AccountId"
           from accounts a
           where a.host_id is not null and a.deleted_at is null and a.id in (
               select account_id from likes where post_id = $1
               union all select author_id from posts where repost_of = $1
               union all select author_id from posts where in_reply_to = $1
               union all select f.follower_id from posts p join follows f on f.followee_id = p.author_id and f.accepted
               where p.repost_of = $1 and p.uri is null)"#,
        post.0,
    )
    .fetch_all(db)
    .await
}
