//! Tags, who follows them and how much they are used. Feeds are `tag_feeds`'.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, RelationId, TagId};
use crate::domain::window::Window;

/// A tag as somebody meets it.
#[derive(Clone, Debug)]
pub struct Tag {
    /// None: nobody has used it yet.
    pub id: Option<TagId>,
    pub name: String,
    /// With the capitals that moderators gave it.
    pub display_name: Option<String>,
    pub following: bool,
    pub featuring: bool,
}

/// The tag of that name, made if it is new.
pub async fn make(db: &mut PgConnection, name: &str) -> sqlx::Result<TagId> {
    sqlx::query!("insert into tags (name) values ($1) on conflict do nothing", name)
        .execute(&mut *db)
        .await?;
    sqlx::query_scalar!(r#"select id as "id: TagId" from tags where name = $1"#, name)
        .fetch_one(db)
        .await
}

pub async fn find(db: &mut PgConnection, name: &str) -> sqlx::Result<Option<TagId>> {
    sqlx::query_scalar!(r#"select id as "id: TagId" from tags where name = $1"#, name)
        .fetch_optional(db)
        .await
}

/// Tags as `viewer` meets them, in the order of their names given.
pub async fn met_by(db: &mut PgConnection, viewer: AccountId, names: &[String]) -> sqlx::Result<Vec<Tag>> {
    sqlx::query_as!(
        Tag,
        r#"select t.id as "id?: TagId", n.name as "name!", t.display_name as "display_name?",
               f.tag_id is not null as "following!", s.tag_id is not null as "featuring!"
           from unnest($2::text[]) with ordinality as n (name, place)
           left join tags t on t.name = n.name
           left join tag_follows f on f.account_id = $1 and f.tag_id = t.id
           left join featured_tags s on s.account_id = $1 and s.tag_id = t.id
           order by n.place"#,
        viewer.0,
        names,
    )
    .fetch_all(db)
    .await
}

/// What somebody follows: (relation, name), newest first.
pub async fn followed(
    db: &mut PgConnection,
    account: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<(i64, String)>> {
    // Negative ids descend as positive ones ascend.
    let direction: i64 = if window.from_old_end { 1 } else { -1 };
    let rows = sqlx::query!(
        "select f.id, t.name from tag_follows f join tags t on t.id = f.tag_id
         where f.account_id = $1 and f.id < $2 and f.id > $3 order by f.id * $5 limit $4",
        account.0,
        window.below,
        window.above,
        window.limit,
        direction,
    )
    .fetch_all(db)
    .await?;
    let mut found: Vec<_> = rows.into_iter().map(|row| (row.id, row.name)).collect();
    found.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    Ok(found)
}

/// How many somebody follows, counted up to `most`.
pub async fn followed_count(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (select 1 from tag_follows where account_id = $1 limit $2) f"#,
        account.0,
        most,
    )
    .fetch_one(db)
    .await
}

/// Whether it is new.
pub async fn follow(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    tag: TagId,
    now: Time,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into tag_follows (account_id, tag_id, id, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        account.0,
        tag.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Whether there was one.
pub async fn unfollow(db: &mut PgConnection, account: AccountId, tag: TagId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from tag_follows where account_id = $1 and tag_id = $2",
        account.0,
        tag.0,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// How much a tag was used on a day.
#[derive(Clone, Debug)]
pub struct Use {
    pub tag: TagId,
    /// Days since 1970.
    pub day: i64,
    pub accounts: i64,
    pub posts: i64,
}

/// Open posts with these tags from that id on, by day: of each tag the newest `most`, so that no tag is too popular to ask
/// about. An id says when its post was published.
pub async fn uses(db: &mut PgConnection, tags: &[TagId], from: i64, most: i64) -> sqlx::Result<Vec<Use>> {
    sqlx::query_as!(
        Use,
        r#"select t.id as "tag!: TagId", (p.id >> 16) / 86400000 as "day!",
               count(distinct p.author_id) as "accounts!", count(*) as "posts!"
           from unnest($1::bigint[]) as t (id)
           cross join lateral (
               select post_id from post_tags where tag_id = t.id and post_id >= $2 order by post_id desc limit $3) n
           join posts p on p.id = n.post_id
           where p.audience = 0 and p.repost_of is null
           group by 1, 2"#,
        tags as &[TagId],
        from,
        most,
    )
    .fetch_all(db)
    .await
}

/// What goes with a tag: other tags of its newest `posts` open posts, with on how many of these each is.
pub async fn related(
    db: &mut PgConnection,
    name: &str,
    posts: i64,
    most: i64,
) -> sqlx::Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select o.name, count(*) as "posts!"
           from tags t
           cross join lateral (
               select n.post_id from post_tags n join posts p on p.id = n.post_id and p.audience = 0
               where n.tag_id = t.id order by n.post_id desc limit $2) n
           join post_tags x on x.post_id = n.post_id and x.tag_id <> t.id
           join tags o on o.id = x.tag_id and o.listable and coalesce(o.trendable, true)
           where t.name = $1
           group by o.id order by 2 desc, o.name limit $3"#,
        name,
        posts,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.posts)).collect())
}
