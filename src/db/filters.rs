//! What people do not want to meet. Never looks at a post.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::clock::Time;
use crate::domain::filter::{Filter, FilteredPost, Keyword};
use crate::domain::ids::{AccountId, FilterId, KeywordId, RelationId};

/// All filters of somebody, as they were under one version.
#[derive(Debug)]
pub struct Set {
    pub owner: AccountId,
    pub version: i32,
    pub filters: Vec<Filter>,
}

/// Of these people those who have filters, or had some, with the version of what they have.
pub async fn versions(db: &mut PgConnection, people: &[AccountId]) -> sqlx::Result<Vec<(AccountId, i32)>> {
    let rows = sqlx::query!(
        r#"select account_id as "account: AccountId", version from filter_sets where account_id = any ($1)"#,
        people as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.account, row.version)).collect())
}

/// What these people have; who never had any is left out.
pub async fn sets(db: &mut PgConnection, people: &[AccountId]) -> sqlx::Result<Vec<Set>> {
    let rows = sqlx::query!(
        r#"select s.account_id as "owner: AccountId", s.version, coalesce((
               select jsonb_agg(jsonb_build_object(
                   'id', f.id::text, 'title', f.title, 'contexts', f.contexts, 'action', f.action,
                   'expires_at', f.expires_at,
                   'keywords', coalesce((
                       select jsonb_agg(jsonb_build_object(
                           'id', k.id::text, 'keyword', k.keyword, 'whole_word', k.whole_word) order by k.id)
                       from filter_keywords k where k.filter_id = f.id), '[]'),
                   'posts', coalesce((
                       select jsonb_agg(jsonb_build_object('id', p.id::text, 'post', p.post_id::text) order by p.id)
                       from filter_posts p where p.filter_id = f.id), '[]')) order by f.id)
               from filters f where f.account_id = s.account_id), '[]') as "filters!: Json<Vec<Filter>>"
           from filter_sets s where s.account_id = any ($1)"#,
        people as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    let sets = rows.into_iter().map(|row| Set {
        owner: row.owner,
        version: row.version,
        filters: row.filters.0,
    });
    Ok(sets.collect())
}

/// All filters of one person, oldest first.
pub async fn of(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<Vec<Filter>> {
    let set = sets(db, &[owner]).await?.pop();
    Ok(set.map(|set| set.filters).unwrap_or_default())
}

/// Writes a filter, new or changed; its keywords and posts are written apart.
pub async fn put(db: &mut PgConnection, owner: AccountId, filter: &Filter, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into filters (id, account_id, title, contexts, action, expires_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set title = excluded.title, contexts = excluded.contexts,
             action = excluded.action, expires_at = excluded.expires_at",
        filter.id.0,
        owner.0,
        filter.title,
        filter.contexts.0,
        filter.action as i16,
        filter.expires_at,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove(db: &mut PgConnection, id: FilterId) -> sqlx::Result<()> {
    sqlx::query!("delete from filters where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Writes a keyword, new or changed.
pub async fn put_keyword(
    db: &mut PgConnection,
    owner: AccountId,
    filter: FilterId,
    keyword: &Keyword,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into filter_keywords (id, filter_id, account_id, keyword, whole_word) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set keyword = excluded.keyword, whole_word = excluded.whole_word",
        keyword.id.0,
        filter.0,
        owner.0,
        keyword.keyword,
        keyword.whole_word,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove_keyword(db: &mut PgConnection, id: KeywordId) -> sqlx::Result<()> {
    sqlx::query!("delete from filter_keywords where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn add_post(
    db: &mut PgConnection,
    owner: AccountId,
    filter: FilterId,
    marked: FilteredPost,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into filter_posts (id, filter_id, account_id, post_id) values ($1, $2, $3, $4)",
        marked.id.0,
        filter.0,
        owner.0,
        marked.post.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove_post(db: &mut PgConnection, id: RelationId) -> sqlx::Result<()> {
    sqlx::query!("delete from filter_posts where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}
