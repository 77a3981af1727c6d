//! What an instance tells about itself: the servers it has met, who answers for it, how busy it is.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Servers that have people we know.
pub async fn peers(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select authority from hosts h
         where not exists (select 1 from domain_policies p
                           where p.severity = 2 and (h.authority = p.domain or h.authority like '%.' || p.domain))
         order by authority limit $1",
        most
    )
    .fetch_all(db)
    .await
}

/// Those whose names begin so, in lower case; the shortest first.
pub async fn peers_like(db: &mut PgConnection, start: &str, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select authority from hosts h
         where starts_with(authority, $1)
           and not exists (select 1 from domain_policies p
                           where p.severity = 2 and (h.authority = p.domain or h.authority like '%.' || p.domain))
         order by length(authority), authority limit $2",
        start,
        most
    )
    .fetch_all(db)
    .await
}

pub async fn peer_count(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from hosts"#)
        .fetch_one(db)
        .await
}

/// The owner, who answers for the instance.
pub async fn owner(db: &mut PgConnection) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(r#"select account_id as "id: AccountId" from users where role = 3"#)
        .fetch_optional(db)
        .await
}

/// A week of the instance's life.
#[derive(Clone, Copy, Debug)]
pub struct Week {
    pub starts: Time,
    pub posts: i64,
    pub active: i64,
    pub sign_ups: i64,
}

/// The twelve weeks up to this one, the latest first. Only the last day on which somebody was active is kept, so earlier
/// weeks tell of those who have not come back.
pub async fn weeks(db: &mut PgConnection, now: Time) -> sqlx::Result<Vec<Week>> {
    sqlx::query_as!(
        Week,
        r#"select w.starts as "starts!",
               (select count(*) from posts p
                where p.uri is null and p.id >= (extract(epoch from w.starts) * 1000)::bigint << 16
                  and p.id < (extract(epoch from w.starts + interval '7 days') * 1000)::bigint << 16
                  and p.repost_of is null) as "posts!",
               (select count(*) from users u
                where u.last_active_on >= (w.starts at time zone 'utc')::date
                  and u.last_active_on < (w.starts at time zone 'utc')::date + 7) as "active!",
               (select count(*) from users u
                where u.created_at >= w.starts and u.created_at < w.starts + interval '7 days') as "sign_ups!"
           from generate_series(0, 11) n,
               lateral (select date_trunc('week', $1::timestamptz, 'utc') - n * interval '7 days' as starts) w
           order by w.starts desc"#,
        now,
    )
    .fetch_all(db)
    .await
}
