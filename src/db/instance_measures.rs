//! What is known of another server's people and posts, day by day and in all. Asks of many rows for a big server: for
//! moderators only.

use sqlx::PgConnection;

use super::measures::OnDay;
use crate::domain::ids::HostId;
use crate::domain::span::Span;

/// The servers of a host, on whatever port. Subdomains are others.
pub async fn hosts(db: &mut PgConnection, domain: &str) -> sqlx::Result<Vec<HostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: HostId" from hosts where authority = $1 or starts_with(authority, $1 || ':')"#,
        domain
    )
    .fetch_all(db)
    .await
}

/// By when they were met.
pub async fn accounts(db: &mut PgConnection, hosts: &[HostId], span: &Span) -> sqlx::Result<Vec<OnDay>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        OnDay,
        r#"select date '1970-01-01' + ((id >> 16) / 86400000)::integer as "day!", count(*) as "value!"
           from accounts where host_id = any ($1) and id >= $2 and id < $3 group by 1"#,
        hosts as &[HostId],
        from,
        to,
    )
    .fetch_all(db)
    .await
}

pub async fn accounts_in_all(db: &mut PgConnection, hosts: &[HostId]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from accounts where host_id = any ($1)"#,
        hosts as &[HostId],
    )
    .fetch_one(db)
    .await
}

/// In bytes.
pub async fn media(db: &mut PgConnection, hosts: &[HostId], span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (m.created_at at time zone 'utc')::date as "day!", sum(m.bytes)::bigint as "value!"
           from accounts a join media m on m.owner_id = a.id
           where a.host_id = any ($1) and m.state = 1 and m.created_at >= $2 and m.created_at < $3 group by 1"#,
        hosts as &[HostId],
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

pub async fn media_in_all(db: &mut PgConnection, hosts: &[HostId]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(m.bytes), 0)::bigint as "bytes!" from accounts a join media m on m.owner_id = a.id
           where a.host_id = any ($1) and m.state = 1"#,
        hosts as &[HostId],
    )
    .fetch_one(db)
    .await
}

/// Of its people.
pub async fn reports(db: &mut PgConnection, hosts: &[HostId], span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (r.created_at at time zone 'utc')::date as "day!", count(*) as "value!"
           from reports r join accounts a on a.id = r.account_id
           where a.host_id = any ($1) and r.created_at >= $2 and r.created_at < $3 group by 1"#,
        hosts as &[HostId],
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

pub async fn reports_in_all(db: &mut PgConnection, hosts: &[HostId]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from reports r join accounts a on a.id = r.account_id
           where a.host_id = any ($1)"#,
        hosts as &[HostId],
    )
    .fetch_one(db)
    .await
}

/// By when they were published.
pub async fn posts(db: &mut PgConnection, hosts: &[HostId], span: &Span) -> sqlx::Result<Vec<OnDay>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        OnDay,
        r#"select date '1970-01-01' + ((p.id >> 16) / 86400000)::integer as "day!", count(*) as "value!"
           from accounts a join posts p on p.author_id = a.id and p.id >= $2 and p.id < $3
           where a.host_id = any ($1) group by 1"#,
        hosts as &[HostId],
        from,
        to,
    )
    .fetch_all(db)
    .await
}

pub async fn posts_in_all(db: &mut PgConnection, hosts: &[HostId]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(c.posts), 0)::bigint as "count!"
           from accounts a join account_counts c on c.account_id = a.id where a.host_id = any ($1)"#,
        hosts as &[HostId],
    )
    .fetch_one(db)
    .await
}

/// Of its people, by people here.
pub async fn follows(db: &mut PgConnection, hosts: &[HostId], span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (f.created_at at time zone 'utc')::date as "day!", count(*) as "value!"
           from accounts a
           join follows f on f.followee_id = a.id and f.accepted and f.created_at >= $2 and f.created_at < $3
           join users u on u.account_id = f.follower_id
           where a.host_id = any ($1) group by 1"#,
        hosts as &[HostId],
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

pub async fn follows_in_all(db: &mut PgConnection, hosts: &[HostId]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(c.local_followers), 0)::bigint as "count!"
           from accounts a join account_counts c on c.account_id = a.id where a.host_id = any ($1)"#,
        hosts as &[HostId],
    )
    .fetch_one(db)
    .await
}

/// Of people here, by its people.
pub async fn followers(db: &mut PgConnection, hosts: &[HostId], span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (f.created_at at time zone 'utc')::date as "day!", count(*) as "value!"
           from accounts a
           join follows f on f.follower_id = a.id and f.accepted and f.created_at >= $2 and f.created_at < $3
           join users u on u.account_id = f.followee_id
           where a.host_id = any ($1) group by 1"#,
        hosts as &[HostId],
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

pub async fn followers_in_all(db: &mut PgConnection, hosts: &[HostId]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from accounts a
           join follows f on f.follower_id = a.id and f.accepted
           join users u on u.account_id = f.followee_id
           where a.host_id = any ($1)"#,
        hosts as &[HostId],
    )
    .fetch_one(db)
    .await
}
