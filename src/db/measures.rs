//! Numbers of this server, day by day. Other servers' are `instance_measures`', shares are `dimensions`'.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::ids::TagId;
use crate::domain::span::Span;

/// How much there was on a day.
#[derive(Clone, Copy, Debug)]
pub struct OnDay {
    pub day: NaiveDate,
    pub value: i64,
}

pub async fn active_users(db: &mut PgConnection, span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select day, count(*) as "value!" from active_days where day between $1 and $2 group by day"#,
        span.first(),
        span.last(),
    )
    .fetch_all(db)
    .await
}

/// Who was here on several days counts once.
pub async fn active_users_in_all(db: &mut PgConnection, span: &Span) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(distinct account_id) as "count!" from active_days where day between $1 and $2"#,
        span.first(),
        span.last(),
    )
    .fetch_one(db)
    .await
}

pub async fn new_users(db: &mut PgConnection, span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (created_at at time zone 'utc')::date as "day!", count(*) as "value!" from users
           where created_at >= $1 and created_at < $2 group by 1"#,
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

pub async fn interactions(db: &mut PgConnection, span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        "select day, count as value from interaction_days where day between $1 and $2",
        span.first(),
        span.last(),
    )
    .fetch_all(db)
    .await
}

pub async fn opened_reports(db: &mut PgConnection, span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (created_at at time zone 'utc')::date as "day!", count(*) as "value!" from reports
           where created_at >= $1 and created_at < $2 group by 1"#,
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

pub async fn resolved_reports(db: &mut PgConnection, span: &Span) -> sqlx::Result<Vec<OnDay>> {
    sqlx::query_as!(
        OnDay,
        r#"select (action_taken_at at time zone 'utc')::date as "day!", count(*) as "value!" from reports
           where action_taken_at >= $1 and action_taken_at < $2 group by 1"#,
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

/// How much a tag was used.
#[derive(Clone, Copy, Debug)]
pub struct TagUse {
    /// None: on all days together, where who used it on several counts once.
    pub day: Option<NaiveDate>,
    pub posts: i64,
    pub accounts: i64,
    pub servers: i64,
}

/// By open posts, of which the newest `most` are looked at, so that no tag is too popular to ask about. An id says when its
/// post was published.
pub async fn tag_uses(
    db: &mut PgConnection,
    tag: TagId,
    span: &Span,
    most: i64,
) -> sqlx::Result<Vec<TagUse>> {
    let (from, to) = span.ids();
    sqlx::query_as!(
        TagUse,
        r#"select u.day as "day?", count(*) as "posts!", count(distinct u.author_id) as "accounts!",
               count(distinct u.host_id) as "servers!"
           from (select date '1970-01-01' + ((p.id >> 16) / 86400000)::integer as day, p.author_id, a.host_id
                 from (select post_id from post_tags
                       where tag_id = $1 and post_id >= $2 and post_id < $3 order by post_id desc limit $4) n
                 join posts p on p.id = n.post_id and p.audience = 0 and p.repost_of is null
                 join accounts a on a.id = p.author_id) u
           group by grouping sets ((u.day), ())"#,
        tag.0,
        from,
        to,
        most,
    )
    .fetch_all(db)
    .await
}

/// People who came in the same stretch of time, by the stretch in which they were last here.
#[derive(Clone, Copy, Debug)]
pub struct Stayed {
    pub came: NaiveDate,
    /// None: never.
    pub last_here: Option<NaiveDate>,
    pub people: i64,
}

/// `unit`: `day` or `month`.
pub async fn stayed(db: &mut PgConnection, unit: &str, span: &Span) -> sqlx::Result<Vec<Stayed>> {
    sqlx::query_as!(
        Stayed,
        r#"select date_trunc($1::text, created_at at time zone 'utc')::date as "came!",
               date_trunc($1::text, last_active_on::timestamp)::date as "last_here?", count(*) as "people!"
           from users where created_at >= $2 and created_at < $3 group by 1, 2"#,
        unit,
        span.starts(),
        span.ends(),
    )
    .fetch_all(db)
    .await
}

/// Forgets who was here before that day.
pub async fn forget_days(db: &mut PgConnection, before: NaiveDate) -> sqlx::Result<()> {
    sqlx::query!("delete from active_days where day < $1", before)
        .execute(db)
        .await?;
    Ok(())
}
