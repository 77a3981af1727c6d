//! What of something there is most: languages, apps, servers, space. For moderators only.

use sqlx::PgConnection;

use crate::domain::ids::{HostId, TagId};
use crate::domain::span::Span;

/// One of them, with how much there is of it.
#[derive(Clone, Debug)]
pub struct Share {
    /// None: what has no name.
    pub key: Option<String>,
    pub value: i64,
}

/// Of the people who were here.
pub async fn languages(db: &mut PgConnection, span: &Span, limit: i64) -> sqlx::Result<Vec<Share>> {
    sqlx::query_as!(
        Share,
        r#"select locale as "key?", count(*) as "value!" from users where last_active_on between $1 and $2
           group by 1 order by 2 desc, 1 limit $3"#,
        span.first(),
        span.last(),
        limit,
    )
    .fetch_all(db)
    .await
}

/// By which apps people came to live here.
pub async fn sources(db: &mut PgConnection, span: &Span, limit: i64) -> sqlx::Result<Vec<Share>> {
    sqlx::query_as!(
        Share,
        r#"select p.name as "key?", count(*) as "value!" from users u left join apps p on p.id = u.joined_by_app
           where u.created_at >= $1 and u.created_at < $2 group by 1 order by 2 desc, 1 limit $3"#,
        span.starts(),
        span.ends(),
        limit,
    )
    .fetch_all(db)
    .await
}

/// Where posts come from: of the newest `most`. No name: from here.
pub async fn servers(db: &mut PgConnection, span: &Span, most: i64, limit: i64) -> sqlx::Result<Vec<Share>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        Share,
        r#"select h.authority as "key?", count(*) as "value!"
           from (select author_id from posts where id >= $1 and id < $2 and repost_of is null
                 order by id desc limit $3) p
           join accounts a on a.id = p.author_id left join hosts h on h.id = a.host_id
           group by 1 order by 2 desc, 1 limit $4"#,
        from,
        to,
        most,
        limit,
    )
    .fetch_all(db)
    .await
}

/// The same of open posts with a tag.
pub async fn tag_servers(
    db: &mut PgConnection,
    tag: TagId,
    span: &Span,
    most: i64,
    limit: i64,
) -> sqlx::Result<Vec<Share>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        Share,
        r#"select h.authority as "key?", count(*) as "value!"
           from (select post_id from post_tags where tag_id = $1 and post_id >= $2 and post_id < $3
                 order by post_id desc limit $4) n
           join posts p on p.id = n.post_id and p.audience = 0
           join accounts a on a.id = p.author_id left join hosts h on h.id = a.host_id
           group by 1 order by 2 desc, 1 limit $5"#,
        tag.0,
        from,
        to,
        most,
        limit,
    )
    .fetch_all(db)
    .await
}

pub async fn tag_languages(
    db: &mut PgConnection,
    tag: TagId,
    span: &Span,
    most: i64,
    limit: i64,
) -> sqlx::Result<Vec<Share>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        Share,
        r#"select p.language as "key?", count(*) as "value!"
           from (select post_id from post_tags where tag_id = $1 and post_id >= $2 and post_id < $3
                 order by post_id desc limit $4) n
           join posts p on p.id = n.post_id and p.audience = 0
           group by 1 order by 2 desc, 1 limit $5"#,
        tag.0,
        from,
        to,
        most,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Another server's people, by how many follow them from here.
pub async fn instance_accounts(
    db: &mut PgConnection,
    hosts: &[HostId],
    limit: i64,
) -> sqlx::Result<Vec<Share>> {
    sqlx::query_as!(
        Share,
        r#"select a.username as "key?", c.local_followers::bigint as "value!"
           from accounts a join account_counts c on c.account_id = a.id
           where a.host_id = any ($1) order by c.local_followers desc, a.id limit $2"#,
        hosts as &[HostId],
        limit,
    )
    .fetch_all(db)
    .await
}

pub async fn instance_languages(
    db: &mut PgConnection,
    hosts: &[HostId],
    span: &Span,
    limit: i64,
) -> sqlx::Result<Vec<Share>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        Share,
        r#"select p.language as "key?", count(*) as "value!"
           from accounts a join posts p on p.author_id = a.id and p.id >= $2 and p.id < $3 and p.repost_of is null
           where a.host_id = any ($1) group by 1 order by 2 desc, 1 limit $4"#,
        hosts as &[HostId],
        from,
        to,
        limit,
    )
    .fetch_all(db)
    .await
}

/// In bytes: the database, and the pictures that are kept.
pub async fn space(db: &mut PgConnection) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select pg_database_size(current_database()) as "database!",
               (select coalesce(sum(bytes), 0)::bigint from media where state = 1) as "media!""#,
    )
    .fetch_one(db)
    .await?;
    Ok((row.database, row.media))
}

pub async fn postgres_version(db: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"select current_setting('server_version') as "version!""#)
        .fetch_one(db)
        .await
}
