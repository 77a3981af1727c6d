//! What the public pages show: ids, chosen so that a page is full. Gives nothing that the viewer may not see.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId};

/// Numbers above this are not counted out.
const MOST_COUNTED: i64 = 10_000;
/// How many posts with a tag are looked at for a page of photos.
const MOST_LOOKED_AT: i64 = 2_000;

/// A person's own posts for their grid, newest first: neither reposts, answers to others nor direct ones.
pub async fn of_person(
    db: &mut PgConnection,
    viewer: AccountId,
    person: AccountId,
    below: PostId,
    limit: i64,
) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: PostId" from visible_posts($1)
           where author_id = $2 and id < $3 and audience <= 2 and repost_of is null and not comment
           order by id desc limit $4"#,
        viewer.0,
        person.0,
        below.0,
        limit,
    )
    .fetch_all(db)
    .await
}

/// The newest public photos of people here whom no moderator has limited.
pub async fn recent(db: &mut PgConnection, viewer: AccountId, limit: i64) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: PostId" from visible_posts($1) p
           where id in (select id from posts
                        where audience = 0 and repost_of is null and not comment and uri is null and photos > 0
                        order by id desc limit 8 * $2::bigint)
             and not exists (select 1 from accounts a where a.id = p.author_id and a.limited_at is not null)
           order by id desc limit $2"#,
        viewer.0,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Public posts with photos under a tag, newest first.
pub async fn tagged(
    db: &mut PgConnection,
    viewer: AccountId,
    tag: &str,
    below: PostId,
    limit: i64,
) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select p.id as "id!: PostId"
           from (select post_id from post_tags
                 where tag_id = (select id from tags where name = $2) and post_id < $3
                 order by post_id desc limit $5) pt
           join visible_posts($1) p on p.id = pt.post_id
           where p.audience = 0 and p.repost_of is null and p.photos > 0
             and not exists (select 1 from accounts a where a.id = p.author_id and a.limited_at is not null)
           order by p.id desc limit $4"#,
        viewer.0,
        tag,
        below.0,
        limit,
        MOST_LOOKED_AT,
    )
    .fetch_all(db)
    .await
}

/// How many public posts with photos a tag has, as strangers see it.
pub async fn count_tagged(db: &mut PgConnection, tag: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from (select post_id from post_tags
                 where tag_id = (select id from tags where name = $1)
                 order by post_id desc limit $2) pt
           join visible_posts(0) p on p.id = pt.post_id
           where p.audience = 0 and p.repost_of is null and p.photos > 0"#,
        tag,
        MOST_COUNTED,
    )
    .fetch_one(db)
    .await
}
