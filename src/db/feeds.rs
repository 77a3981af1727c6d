//! Rows of home feeds. The rule for what belongs in a feed is `posts.in_feeds` and what the follow wishes: `is_wanted`.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::ids::{AccountId, PostId};
use crate::domain::work::Work;

/// What is written, newest first, down to the floor.
#[derive(Debug)]
pub struct Page {
    pub ids: Vec<PostId>,
    pub floor: i64,
    /// Somebody followed has posts that are not written to feeds: `pulled` gives them.
    pub pulls: bool,
}

/// What is written, the oldest of it above `above`.
pub async fn oldest(
    db: &mut PgConnection,
    owner: AccountId,
    below: i64,
    above: i64,
    limit: i64,
) -> sqlx::Result<Page> {
    let mut page = sqlx::query_as!(
        Page,
        r#"select coalesce(w.floor, 0) as "floor!", array(
               select h.post_id from home_feed h
               where h.owner_id = $1 and h.post_id > $3 and h.post_id < $2 and h.post_id >= coalesce(w.floor, 0)
               order by h.post_id limit $4) as "ids!: Vec<PostId>",
               exists (select 1 from accounts a join follows f on f.follower_id = $1 and f.followee_id = a.id
                       where a.pulled and f.accepted and f.in_home) as "pulls!"
           from (values ($1::bigint)) o (owner_id) left join feeds w on w.owner_id = o.owner_id"#,
        owner.0,
        below,
        above,
        limit,
    )
    .fetch_one(db)
    .await?;
    page.ids.reverse();
    Ok(page)
}

/// What followees did not have written to feeds, down to the floor, in the window's own order.
pub async fn pulled(
    db: &mut PgConnection,
    owner: AccountId,
    below: i64,
    above: i64,
    from_old_end: bool,
    limit: i64,
) -> sqlx::Result<Vec<PostId>> {
    // Negative ids descend as positive ones ascend.
    let direction: i64 = if from_old_end { 1 } else { -1 };
    sqlx::query_scalar!(
        r#"select n.id as "id!: PostId" from accounts a
           join follows f on f.follower_id = $1 and f.followee_id = a.id and f.accepted and f.in_home
           cross join lateral (
               (select p.id from posts p
                where $5::bigint < 0 and p.author_id = a.id and not p.pushed and p.in_feeds and p.id > $3 and p.id < $2
                  and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
                order by p.id desc limit $4)
               union all
               (select p.id from posts p
                where $5::bigint > 0 and p.author_id = a.id and not p.pushed and p.in_feeds and p.id > $3 and p.id < $2
                  and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
                order by p.id limit $4)) n
           where a.pulled
           order by n.id * $5 limit $4"#,
        owner.0,
        below,
        above,
        limit,
        direction,
    )
    .fetch_all(db)
    .await
}

/// Everybody's posts, written or not: what a feed would have if it were written without end.
pub async fn pull(
    db: &mut PgConnection,
    owner: AccountId,
    below: i64,
    above: i64,
    from_old_end: bool,
    limit: i64,
) -> sqlx::Result<Vec<PostId>> {
    if from_old_end {
        return sqlx::query_scalar!(
            r#"select n.id as "id!: PostId" from (
                   select followee_id, shows_reposts, languages from follows where follower_id = $1 and accepted and in_home
                   union all select $1, true, null) f
               cross join lateral (
                   select p.id from posts p
                   where p.author_id = f.followee_id and p.in_feeds and p.id > $3 and p.id < $2
                     and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
                   order by p.id limit $4) n
               order by 1 limit $4"#,
            owner.0,
            below,
            above,
            limit,
        )
        .fetch_all(db)
        .await;
    }
    sqlx::query_scalar!(
        r#"select n.id as "id!: PostId" from (
               select followee_id, shows_reposts, languages from follows where follower_id = $1 and accepted and in_home
               union all select $1, true, null) f
           cross join lateral (
               select p.id from posts p
               where p.author_id = f.followee_id and p.in_feeds and p.id > $3 and p.id < $2
                 and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
               order by p.id desc limit $4) n
           order by 1 desc limit $4"#,
        owner.0,
        below,
        above,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Puts somebody's new post into their own feed, in the transaction that makes it, since they look for it there at once;
/// and has it put into others'. One statement, since every post pays for it.
pub async fn begin_fan_out(db: &mut PgConnection, author: AccountId, post: PostId) -> sqlx::Result<()> {
    let work = Work::FanOut { posts: vec![post] };
    sqlx::query!(
        "with own as (
             insert into home_feed (owner_id, post_id)
             select owner_id, $2 from feeds where owner_id = $1 and active and $2 >= floor)
         insert into outbox (work) values ($3)",
        author.0,
        post.0,
        Json(work) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Fan-out of many posts at once. An author's own feed has them whether they are pushed or not. What is there already is
/// looked for rather than run into: only the one dispatcher adds entries of posts that are there, and `on conflict`
/// doubles the price of each.
pub async fn push(db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into home_feed (owner_id, post_id)
         select w.owner_id, n.post_id
         from (
             select f.follower_id as owner_id, p.id as post_id
             from posts p
             join follows f on f.followee_id = p.author_id and f.follower_id <> p.author_id and f.accepted
             where f.in_home and p.id = any ($1) and p.in_feeds and p.pushed
               and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
             union all
             select p.author_id, p.id from posts p where p.id = any ($1) and p.in_feeds) n
         join feeds w on w.owner_id = n.owner_id and w.active and n.post_id >= w.floor
         where not exists (select 1 from home_feed h where h.owner_id = w.owner_id and h.post_id = n.post_id)
         order by 1, 2",
        posts as &[PostId],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of `owners` those in whose feed one of `posts` is written, or into whose it is pulled.
pub async fn holding(
    db: &mut PgConnection,
    posts: &[PostId],
    owners: &[AccountId],
) -> sqlx::Result<Vec<(PostId, AccountId)>> {
    let rows = sqlx::query!(
        r#"select h.post_id as "post!: PostId", h.owner_id as "owner!: AccountId" from home_feed h
           where h.owner_id = any ($2) and h.post_id = any ($1)
           union
           select p.id, f.follower_id from posts p
           join follows f on f.followee_id = p.author_id and f.accepted and f.in_home
           where p.id = any ($1) and not p.pushed and p.in_feeds
             and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
             and f.follower_id = any ($2)"#,
        posts as &[PostId],
        owners as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.post, row.owner)).collect())
}

/// How many entries came, at most `most`, newest first.
pub async fn backfill(
    db: &mut PgConnection,
    owner: AccountId,
    followee: AccountId,
    most: i64,
) -> sqlx::Result<u64> {
    let added = sqlx::query!(
        "insert into home_feed (owner_id, post_id)
         select $1, p.id
         from feeds w
         join follows f on f.follower_id = $1 and f.followee_id = $2 and f.accepted and f.in_home
         join posts p on p.author_id = $2 and p.id >= w.floor
         where w.owner_id = $1 and w.active and p.pushed and p.in_feeds
           and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
         order by p.id desc limit $3
         on conflict do nothing",
        owner.0,
        followee.0,
        most,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected())
}

pub async fn forget(db: &mut PgConnection, owner: AccountId, authors: &[AccountId]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from home_feed h using posts p
         where h.owner_id = $1 and p.id = h.post_id and p.author_id = any ($2)",
        owner.0,
        authors as &[AccountId],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Owners of feeds longer than that.
pub async fn overlong(db: &mut PgConnection, length: i64) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select owner_id as "owner_id: AccountId" from home_feed group by owner_id having count(*) > $1"#,
        length,
    )
    .fetch_all(db)
    .await
}

/// Keeps the newest `length` entries; the floor rises to the oldest of them.
pub async fn trim_one(db: &mut PgConnection, owner: AccountId, length: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "with oldest as materialized (
             select post_id from home_feed where owner_id = $1 order by post_id desc offset $2::bigint - 1 limit 1),
         raised as (
             update feeds set floor = greatest(floor, oldest.post_id) from oldest where owner_id = $1)
         delete from home_feed h using oldest where h.owner_id = $1 and h.post_id < oldest.post_id",
        owner.0,
        length,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

/// Active again from this moment, and filled with the newest that there is.
pub async fn rebuild(db: &mut PgConnection, owner: AccountId, length: i64) -> sqlx::Result<()> {
    // The floor comes down first: from here on new posts are written, and what is written twice is there once.
    sqlx::query!(
        "insert into feeds (owner_id) values ($1) on conflict (owner_id) do update set active = true, floor = 0",
        owner.0,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from home_feed where owner_id = $1", owner.0)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into home_feed (owner_id, post_id)
         select $1, n.id from (
             select followee_id, shows_reposts, languages from follows where follower_id = $1 and accepted and in_home
             union all select $1, true, null) f
         cross join lateral (
             select p.id from posts p
             where p.author_id = f.followee_id and p.in_feeds and (p.pushed or f.followee_id = $1)
               and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
             order by p.id desc limit $2) n
         order by n.id desc limit $2
         on conflict do nothing",
        owner.0,
        length,
    )
    .execute(&mut *db)
    .await?;
    super::tag_feeds::rebuild(db, owner, length).await?;
    trim_one(db, owner, length).await?;
    Ok(())
}

pub async fn retire(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "update feeds set active = false, floor = $2 where owner_id = $1",
        owner.0,
        i64::MAX
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from home_feed where owner_id = $1", owner.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether new posts are written to it.
pub async fn is_active(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<bool> {
    let active = sqlx::query_scalar!("select active from feeds where owner_id = $1", owner.0)
        .fetch_optional(db)
        .await?;
    Ok(active.unwrap_or(true))
}
