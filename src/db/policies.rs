//! What an admin decided about domains. The decision about one address is `peers::Policies`.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// How hard a policy is, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[repr(i16)]
pub enum Severity {
    /// Kept out of public lists.
    Limited = 1,
    /// Neither heard nor spoken to.
    Suspended = 2,
}

#[derive(Clone, Debug)]
pub struct Policy {
    pub domain: String,
    pub severity: Severity,
    pub reason: String,
    pub created_at: Time,
}

pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Policy>> {
    sqlx::query_as!(
        Policy,
        r#"select domain, severity as "severity: Severity", reason, created_at from domain_policies order by domain"#,
    )
    .fetch_all(db)
    .await
}

/// `domain`: lower-case ASCII without a trailing dot.
pub async fn set(db: &mut PgConnection, policy: &Policy) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into domain_policies (domain, severity, reason, created_at) values ($1, $2, $3, $4)
         on conflict (domain) do update set severity = excluded.severity, reason = excluded.reason",
        policy.domain,
        policy.severity as i16,
        policy.reason,
        policy.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there was one.
pub async fn remove(db: &mut PgConnection, domain: &str) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from domain_policies where domain = $1", domain)
        .execute(db)
        .await?;
    Ok(gone.rows_affected() > 0)
}

/// Hides everybody of a domain and its subdomains.
pub async fn hide_people(db: &mut PgConnection, domain: &str, now: Time) -> sqlx::Result<u64> {
    let hidden = sqlx::query!(
        "update accounts a set suspended_at = coalesce(a.suspended_at, $2), version = a.version + 1
         from hosts h
         where h.id = a.host_id
           and (split_part(h.authority, ':', 1) = $1 or split_part(h.authority, ':', 1) like '%.' || $1)",
        domain,
        now,
    )
    .execute(db)
    .await?;
    Ok(hidden.rows_affected())
}

/// Keeps everybody of a domain out of public lists.
pub async fn limit_people(db: &mut PgConnection, domain: &str, now: Time) -> sqlx::Result<u64> {
    let limited = sqlx::query!(
        "update accounts a set limited_at = coalesce(a.limited_at, $2), version = a.version + 1
         from hosts h
         where h.id = a.host_id
           and (split_part(h.authority, ':', 1) = $1 or split_part(h.authority, ':', 1) like '%.' || $1)",
        domain,
        now,
    )
    .execute(db)
    .await?;
    Ok(limited.rows_affected())
}

/// Takes both back.
pub async fn show_people(db: &mut PgConnection, domain: &str) -> sqlx::Result<u64> {
    let shown = sqlx::query!(
        "update accounts a set suspended_at = null, limited_at = null, version = a.version + 1
         from hosts h
         where h.id = a.host_id and (a.suspended_at is not null or a.limited_at is not null)
           and (split_part(h.authority, ':', 1) = $1 or split_part(h.authority, ':', 1) like '%.' || $1)",
        domain,
    )
    .execute(db)
    .await?;
    Ok(shown.rows_affected())
}

/// Ends all follows between people here and those of a domain, with their counts.
pub async fn end_follows(db: &mut PgConnection, domain: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "with theirs as (
             select a.id from accounts a join hosts h on h.id = a.host_id
             where split_part(h.authority, ':', 1) = $1 or split_part(h.authority, ':', 1) like '%.' || $1),
         ended as (
             delete from follows
             where follower_id in (select id from theirs) or followee_id in (select id from theirs)
             returning follower_id, followee_id, accepted),
         sums as (
             select id, sum(followers)::integer as followers, sum(local_followers)::integer as local_followers,
                 sum(following)::integer as following
             from (select e.followee_id as id, 1 as followers, (f.host_id is null)::integer as local_followers,
                       0 as following
                   from ended e join accounts f on f.id = e.follower_id where e.accepted
                   union all
                   select follower_id, 0, 0, 1 from ended where accepted) n
             group by id order by id)
         update account_counts c set followers = greatest(c.followers - s.followers, 0),
             local_followers = greatest(c.local_followers - s.local_followers, 0),
             following = greatest(c.following - s.following, 0)
         from sums s where s.id = c.account_id",
        domain,
    )
    .execute(db)
    .await?;
    Ok(())
}
