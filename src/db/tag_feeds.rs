//! Open posts in the home feeds of those who follow their tags. Who may see one is asked when it is read.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId, TagId};

/// Fan-out of many posts to the followers of their tags, after that to the followers of their authors: what is there
/// already stays there once. Comments and reposts come by people alone, and nobody who is limited comes by a tag.
pub async fn push(db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()> {
    sqlx::query!(
        "with wanted as materialized (
             select f.account_id as owner_id, p.id as post_id, f.tag_id
             from posts p
             join post_tags t on t.post_id = p.id
             join tag_follows f on f.tag_id = t.tag_id
             join feeds w on w.owner_id = f.account_id and w.active and p.id >= w.floor
             where p.id = any ($1) and p.audience = 0 and p.in_feeds and p.repost_of is null
               and not exists (select 1 from accounts l where l.id = p.author_id and l.limited_at is not null)
               and not exists (select 1 from home_feed h where h.owner_id = f.account_id and h.post_id = p.id)),
         written as (
             insert into home_feed (owner_id, post_id) select distinct owner_id, post_id from wanted order by 1, 2)
         -- migrations/0027_tags.sql: a tag's number below zero
         insert into card_changes (subject, kind) select distinct -tag_id, 2 from wanted",
        posts as &[PostId],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What came by followed tags since each was followed, at most `length` of each.
pub async fn rebuild(db: &mut PgConnection, owner: AccountId, length: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into home_feed (owner_id, post_id)
         select $1, n.id from tag_follows f
         cross join lateral (
             select p.id from post_tags t join posts p on p.id = t.post_id
             where t.tag_id = f.tag_id and t.post_id > f.id
               and p.audience = 0 and p.in_feeds and p.repost_of is null
               and not exists (select 1 from accounts l where l.id = p.author_id and l.limited_at is not null)
             order by t.post_id desc limit $2) n
         where f.account_id = $1
         on conflict do nothing",
        owner.0,
        length,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes out what came by that tag alone: neither by its author nor by another tag that is followed.
pub async fn forget(db: &mut PgConnection, owner: AccountId, tag: TagId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from home_feed h using posts p, post_tags t
         where h.owner_id = $1 and t.post_id = h.post_id and t.tag_id = $2 and p.id = h.post_id and p.author_id <> $1
           and not exists (select 1 from follows f
                           where f.follower_id = $1 and f.followee_id = p.author_id and f.accepted)
           and not exists (select 1 from post_tags o
                           join tag_follows g on g.tag_id = o.tag_id and g.account_id = $1
                           where o.post_id = p.id and o.tag_id <> $2)",
        owner.0,
        tag.0,
    )
    .execute(db)
    .await?;
    Ok(())
}
