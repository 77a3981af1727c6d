//! Tags on profiles, with how much their owners use them. How many one may have is the action's.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, RelationId, TagId};

#[derive(Clone, Debug)]
pub struct Featured {
    pub id: RelationId,
    pub name: String,
    /// The owner's open posts with it.
    pub posts: i64,
    pub last_at: Option<Time>,
}

/// Somebody's, by name; with an id only that one.
pub async fn of(
    db: &mut PgConnection,
    account: AccountId,
    only: Option<RelationId>,
) -> sqlx::Result<Vec<Featured>> {
    sqlx::query_as!(
        Featured,
        r#"select f.id as "id: RelationId", t.name, n.posts as "posts!", n.last_at
           from featured_tags f
           join tags t on t.id = f.tag_id
           cross join lateral (
               select count(*) as posts, max(p.created_at) as last_at
               from posts p join post_tags x on x.post_id = p.id and x.tag_id = f.tag_id
               where p.author_id = $1 and p.audience <= 1 and p.repost_of is null) n
           where f.account_id = $1 and ($2::bigint is null or f.id = $2)
           order by t.name"#,
        account.0,
        only.map(|id| id.0),
    )
    .fetch_all(db)
    .await
}

pub async fn count(db: &mut PgConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from featured_tags where account_id = $1"#,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// None: it is there already.
pub async fn insert(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    tag: TagId,
    now: Time,
) -> sqlx::Result<Option<RelationId>> {
    sqlx::query_scalar!(
        r#"insert into featured_tags (id, account_id, tag_id, created_at) values ($1, $2, $3, $4)
           on conflict do nothing returning id as "id: RelationId""#,
        id.0,
        account.0,
        tag.0,
        now,
    )
    .fetch_optional(db)
    .await
}

pub async fn delete(db: &mut PgConnection, account: AccountId, tag: TagId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from featured_tags where account_id = $1 and tag_id = $2",
        account.0,
        tag.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it was there.
pub async fn delete_by_id(db: &mut PgConnection, account: AccountId, id: RelationId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from featured_tags where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// What somebody uses most in their newest `posts` posts and does not feature yet.
pub async fn suggested(
    db: &mut PgConnection,
    account: AccountId,
    posts: i64,
    most: i64,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select t.name
         from (select id from posts where author_id = $1 and audience <= 1 and repost_of is null
               order by id desc limit $2) p
         join post_tags x on x.post_id = p.id
         join tags t on t.id = x.tag_id
         where not exists (select 1 from featured_tags f where f.account_id = $1 and f.tag_id = t.id)
         group by t.id order by count(*) desc, t.name limit $3",
        account.0,
        posts,
        most,
    )
    .fetch_all(db)
    .await
}
