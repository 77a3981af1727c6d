//! What trends: how it is chosen, what of it is shown, what moderators said. When to choose anew is the action's.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId, TagId};

/// What may be looked at and kept in one renewal.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The smallest id that is recent, and the largest that is not of the future.
    pub from: i64,
    pub to: i64,
    /// At most so many of the newest posts.
    pub looked_at: i64,
    pub kept: i64,
    /// Hours in which a score falls to its half.
    pub half_life: f64,
}

/// Whether this transaction is now the one that chooses.
pub async fn lock(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(7227) as "locked!""#)
        .fetch_one(db)
        .await
}

/// Tags by how many people used them, each counted by their last use: the longer ago, the less. Only open posts that are
/// not sensitive, of people who wish to be found.
pub async fn renew_tags(db: &mut PgConnection, bounds: &Bounds) -> sqlx::Result<()> {
    sqlx::query!("delete from trending_tags")
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into trending_tags (tag_id, score, people)
         select u.tag_id, sum(0.5 ^ ((($2 - u.last) >> 16) / 3600000.0 / $5::double precision)), count(*)
         from (select t.tag_id, p.author_id, max(p.id) as last
               from (select id, author_id, sensitive from posts
                     where audience = 0 and repost_of is null and not comment and id >= $1 and id <= $2
                     order by id desc limit $3) p
               join accounts a on a.id = p.author_id and a.discoverable and a.sensitized_at is null
                   and a.limited_at is null and a.suspended_at is null and a.deleted_at is null
               join post_tags t on t.post_id = p.id
               where not p.sensitive
               group by 1, 2) u
         group by 1 having count(*) >= 2
         order by 2 desc limit $4",
        bounds.from,
        bounds.to,
        bounds.looked_at,
        bounds.kept,
        bounds.half_life,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Posts by what others did with them, fading with their age; of one author at most three. What was decided about one
/// stays while it is recent.
pub async fn renew_posts(db: &mut PgConnection, bounds: &Bounds) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from trending_posts where post_id < $1 or approved is null",
        bounds.from
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update trending_posts set score = 0")
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into trending_posts (post_id, score)
         select id, score from (
             select p.id, s.score, row_number() over (partition by p.author_id order by s.score desc, p.id desc) as place
             from (select id, author_id, sensitive from posts
                   where audience = 0 and repost_of is null and not comment and id >= $1 and id <= $2
                   order by id desc limit $3) p
             join accounts a on a.id = p.author_id and a.discoverable and a.sensitized_at is null
                 and a.limited_at is null and a.suspended_at is null and a.deleted_at is null
             -- what only its own server says of a post counts for nothing
             join (select post_id, likes - likes_elsewhere as likes, reposts - reposts_elsewhere as reposts, replies
                   from post_counts) c on c.post_id = p.id
             cross join lateral (
                 select (c.likes + 2 * c.reposts + c.replies)
                        * 0.5 ^ ((($2 - p.id) >> 16) / 3600000.0 / $5::double precision) as score) s
             where not p.sensitive and c.likes + c.reposts >= 2) n
         where n.place <= 3
         order by score desc limit $4
         on conflict (post_id) do update set score = excluded.score",
        bounds.from,
        bounds.to,
        bounds.looked_at,
        bounds.kept,
        bounds.half_life,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// People who wish to be found, by how many follow them from here.
pub async fn renew_popular(db: &mut PgConnection, kept: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from popular_accounts")
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into popular_accounts (account_id, followers)
         select a.id, c.local_followers from account_counts c join accounts a on a.id = c.account_id
         where c.local_followers > 0 and a.discoverable and a.kind <> 2 and a.moved_to is null
           and a.limited_at is null and a.suspended_at is null and a.deleted_at is null
         order by c.local_followers desc, a.id limit $1",
        kept,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which part is wanted, and whether only what a moderator approved is shown.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub reviewed_only: bool,
    /// Of posts only those with photos.
    pub only_photos: bool,
    pub limit: i64,
    pub offset: i64,
}

/// Names of tags, the first first.
pub async fn tags(db: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select t.name from trending_tags n join tags t on t.id = n.tag_id
         where coalesce(t.trendable, not $1)
         order by n.score desc, t.id limit $2 offset $3",
        wanted.reviewed_only,
        wanted.limit,
        wanted.offset,
    )
    .fetch_all(db)
    .await
}

/// A tag that trends, with how many people used it of late.
#[derive(Clone, Debug)]
pub struct UsedTag {
    pub id: TagId,
    pub name: String,
    pub people: i32,
}

/// The same, with the numbers.
pub async fn tag_uses(db: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<UsedTag>> {
    sqlx::query_as!(
        UsedTag,
        r#"select t.id as "id: TagId", t.name, n.people from trending_tags n join tags t on t.id = n.tag_id
           where coalesce(t.trendable, not $1)
           order by n.score desc, t.id limit $2 offset $3"#,
        wanted.reviewed_only,
        wanted.limit,
        wanted.offset,
    )
    .fetch_all(db)
    .await
}

/// Posts, the first first, without those of people who are hidden from the viewer. Whether one may be seen is asked again.
pub async fn posts(db: &mut PgConnection, viewer: AccountId, wanted: &Wanted) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select n.post_id as "id!: PostId" from trending_posts n join visible_posts($4) p on p.id = n.post_id
           where coalesce(n.approved, not $1) and n.score > 0 and (not $5 or p.photos > 0) and p.audience = 0 and not p.sensitive
             and not exists (select 1 from hidden h where h.viewer_id = $4 and h.account_id = p.author_id)
             and exists (select 1 from accounts a where a.id = p.author_id and a.discoverable and a.limited_at is null
                         and a.sensitized_at is null)
           order by n.score desc, n.post_id desc limit $2 offset $3"#,
        wanted.reviewed_only,
        wanted.limit,
        wanted.offset,
        viewer.0,
        wanted.only_photos,
    )
    .fetch_all(db)
    .await
}

/// All tags that are used much, also those that may not trend or are still to be looked at, the first first.
pub async fn tags_to_review(db: &mut PgConnection, limit: i64, offset: i64) -> sqlx::Result<Vec<TagId>> {
    sqlx::query_scalar!(
        r#"select tag_id as "tag: TagId" from trending_tags order by score desc, tag_id limit $1 offset $2"#,
        limit,
        offset,
    )
    .fetch_all(db)
    .await
}

/// The same of posts.
pub async fn posts_to_review(db: &mut PgConnection, limit: i64, offset: i64) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "post: PostId" from trending_posts where score > 0
           order by score desc, post_id desc limit $1 offset $2"#,
        limit,
        offset,
    )
    .fetch_all(db)
    .await
}

/// Lets a post trend, or keeps it from that, whenever others like it. It need not trend yet.
pub async fn decide_post(db: &mut PgConnection, post: PostId, may_trend: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into trending_posts (post_id, score, approved) select id, 0, $2 from posts where id = $1
         on conflict (post_id) do update set approved = excluded.approved",
        post.0,
        may_trend,
    )
    .execute(db)
    .await?;
    Ok(())
}
