//! Counting again what counts say, a batch at a time. The rows are the truth; gives what differed.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// A batch that was counted again.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Highest id of the batch; none: there was nothing left.
    pub last: Option<i64>,
    /// How many had other numbers.
    pub mended: i64,
}

/// Accounts above `after`. The numbers are held first, so that who changes one meanwhile does so before or after. Those
/// that somebody has in hand just now are left for another night: who never waits is in nobody's way.
pub async fn accounts(db: &mut PgConnection, after: i64, most: i64) -> sqlx::Result<Counted> {
    let ids = sqlx::query_scalar!(
        "select account_id from account_counts where account_id > $1 order by account_id limit $2
         for update skip locked",
        after,
        most,
    )
    .fetch_all(&mut *db)
    .await?;
    let mended = sqlx::query_scalar!(
        r#"with exact as (
               select w.id,
                   (select count(*) from follows f where f.followee_id = w.id and f.accepted)::integer as followers,
                   (select count(*) from follows f join accounts a on a.id = f.follower_id and a.host_id is null
                    where f.followee_id = w.id and f.accepted)::integer as local_followers,
                   (select count(*) from follows f where f.follower_id = w.id and f.accepted)::integer as following,
                   -- as when it is written: what is for named people only shows in no number
                   (select count(*) from posts p
                    where p.author_id = w.id and p.audience < 3 and p.archived_at is null)::integer as posts
               from unnest($1::bigint[]) w (id)),
           mended as (
               update account_counts c set followers = e.followers, local_followers = e.local_followers,
                   following = e.following, posts = e.posts
               from exact e
               where c.account_id = e.id and (c.followers, c.local_followers, c.following, c.posts)
                   is distinct from (e.followers, e.local_followers, e.following, e.posts)
               returning 1)
           select count(*) as "mended!" from mended"#,
        &ids,
    )
    .fetch_one(db)
    .await?;
    Ok(Counted {
        last: ids.last().copied(),
        mended,
    })
}

/// Posts above `after`. What is not added up yet is left to be: so nothing may add up meanwhile (`outbox::lock_dispatch`),
/// and a row and its change of a number are there together or not at all.
pub async fn posts(db: &mut PgConnection, after: i64, most: i64) -> sqlx::Result<Counted> {
    let counted = sqlx::query!(
        r#"with batch as (
               select post_id as id, likes, reposts, replies, quotes, likes_elsewhere, reposts_elsewhere from post_counts
               where post_id > $1 order by post_id limit $2),
           exact as (
               select b.id,
                   (select count(*) from likes l where l.post_id = b.id)::integer - coalesce(d.likes, 0)
                       + b.likes_elsewhere as likes,
                   (select count(*) from posts p where p.repost_of = b.id)::integer - coalesce(d.reposts, 0)
                       + b.reposts_elsewhere as reposts,
                   (select count(*) from posts p where p.in_reply_to = b.id)::integer - coalesce(d.replies, 0) as replies,
                   (select count(*) from quotes q where q.quoted_id = b.id and q.state = 1)::integer
                       - coalesce(d.quotes, 0) as quotes
               from batch b
               left join lateral (
                   select sum(x.likes)::integer as likes, sum(x.reposts)::integer as reposts,
                       sum(x.replies)::integer as replies, sum(x.quotes)::integer as quotes
                   from count_deltas x where x.post_id = b.id) d on true),
           mended as (
               update post_counts c set likes = e.likes, reposts = e.reposts, replies = e.replies, quotes = e.quotes
               from exact e
               where c.post_id = e.id and (c.likes, c.reposts, c.replies, c.quotes)
                   is distinct from (e.likes, e.reposts, e.replies, e.quotes)
               returning 1)
           select (select max(id) from batch) as last, (select count(*) from mended) as "mended!""#,
        after,
        most,
    )
    .fetch_one(db)
    .await?;
    Ok(Counted {
        last: counted.last,
        mended: counted.mended,
    })
}

/// How far the recount is. It is one fact of the instance, so that the next process goes on from there.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Progress {
    /// When the one under way, or the last one, began.
    pub began_at: Option<Time>,
    pub done: bool,
    /// Accounts up to here are counted; none: all are, and posts are counted.
    pub account: Option<i64>,
    pub post: i64,
    pub accounts_mended: i64,
    pub posts_mended: i64,
}

/// None: somebody else is at it.
pub async fn progress(db: &mut PgConnection) -> sqlx::Result<Option<Progress>> {
    sqlx::query!("insert into instance (key, value) values ('recount', '{}') on conflict do nothing")
        .execute(&mut *db)
        .await?;
    let known = sqlx::query_scalar!(
        r#"select value as "value: sqlx::types::Json<Progress>" from instance where key = 'recount'
           for update skip locked"#
    )
    .fetch_optional(db)
    .await?;
    Ok(known.map(|known| known.0))
}

pub async fn note(db: &mut PgConnection, progress: &Progress) -> sqlx::Result<()> {
    sqlx::query!(
        "update instance set value = $1 where key = 'recount'",
        sqlx::types::Json(progress) as _
    )
    .execute(db)
    .await?;
    Ok(())
}
