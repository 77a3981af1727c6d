//! What an admin decided about domains. The decision about one address is `actions::policies`.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{DomainBlockId, HostId, MediaId};
use crate::domain::window::Window;

/// How hard a policy is, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[repr(i16)]
pub enum Severity {
    /// Met like any other, but for what else is said.
    Noop = 0,
    /// Kept out of public lists.
    Limited = 1,
    /// Neither heard nor spoken to.
    Suspended = 2,
}

#[derive(Clone, Debug)]
pub struct Policy {
    pub id: DomainBlockId,
    /// Lower-case ASCII without a trailing dot.
    pub domain: String,
    pub severity: Severity,
    pub reject_media: bool,
    pub reject_reports: bool,
    /// For moderators.
    pub reason: String,
    /// For anybody.
    pub public_comment: String,
    /// Whether a part of the name is left out where anybody reads it.
    pub obfuscate: bool,
    pub created_at: Time,
}

macro_rules! policies {
    ($where:literal $(, $more:expr)*) => {
        sqlx::query_as!(
            Policy,
            r#"select id as "id: DomainBlockId", domain, severity as "severity: Severity", reject_media, reject_reports,
                   reason, public_comment, obfuscate, created_at
               from domain_policies "# + $where,
            $($more,)*
        )
    };
}

pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Policy>> {
    policies!("order by domain").fetch_all(db).await
}

/// The newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<Policy>> {
    if window.from_old_end {
        let read = policies!(
            "where id < $1 and id > $2 order by id limit $3",
            window.below,
            window.above,
            window.limit
        );
        let mut found = read.fetch_all(db).await?;
        found.reverse();
        return Ok(found);
    }
    let read = policies!(
        "where id < $1 and id > $2 order by id desc limit $3",
        window.below,
        window.above,
        window.limit
    );
    read.fetch_all(db).await
}

/// Held until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: DomainBlockId) -> sqlx::Result<Option<Policy>> {
    policies!("where id = $1 for update", id.0)
        .fetch_optional(db)
        .await
}

pub async fn by_id(db: &mut PgConnection, id: DomainBlockId) -> sqlx::Result<Option<Policy>> {
    policies!("where id = $1", id.0).fetch_optional(db).await
}

/// What holds for a domain by its own name, or else by that of the nearest that it is within.
pub async fn nearest(db: &mut PgConnection, domain: &str) -> sqlx::Result<Option<Policy>> {
    policies!(
        "where is_within($1, domain) order by length(domain) desc limit 1",
        domain
    )
    .fetch_optional(db)
    .await
}

/// Gives what is decided about the domain already, which stays: no other transaction can come between.
pub async fn insert(db: &mut PgConnection, policy: &Policy) -> sqlx::Result<Option<Policy>> {
    let made = sqlx::query!(
        "insert into domain_policies (id, domain, severity, reject_media, reject_reports, reason, public_comment,
                                      obfuscate, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (domain) do nothing",
        policy.id.0,
        policy.domain,
        policy.severity as i16,
        policy.reject_media,
        policy.reject_reports,
        policy.reason,
        policy.public_comment,
        policy.obfuscate,
        policy.created_at,
    )
    .execute(&mut *db)
    .await?;
    match made.rows_affected() {
        0 => {
            policies!("where domain = $1", policy.domain)
                .fetch_optional(db)
                .await
        }
        _ => Ok(None),
    }
}

/// All but its name, and since when it is.
pub async fn update(db: &mut PgConnection, policy: &Policy) -> sqlx::Result<()> {
    sqlx::query!(
        "update domain_policies set severity = $2, reject_media = $3, reject_reports = $4, reason = $5,
             public_comment = $6, obfuscate = $7
         where id = $1",
        policy.id.0,
        policy.severity as i16,
        policy.reject_media,
        policy.reject_reports,
        policy.reason,
        policy.public_comment,
        policy.obfuscate,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove(db: &mut PgConnection, id: DomainBlockId) -> sqlx::Result<()> {
    sqlx::query!("delete from domain_policies where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// How many people of a domain and its subdomains are known.
pub async fn people(db: &mut PgConnection, domain: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from accounts a join hosts h on h.id = a.host_id
           where is_within(h.authority, $1)"#,
        domain
    )
    .fetch_one(db)
    .await
}

/// Hides everybody of a domain who is not hidden; `stamp`: since when the policy is.
pub async fn hide_people(db: &mut PgConnection, domain: &str, stamp: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts a set suspended_at = $2, version = a.version + 1
         from hosts h
         where h.id = a.host_id and is_within(h.authority, $1) and a.suspended_at is null",
        domain,
        stamp,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps everybody of a domain out of public lists who is not kept out.
pub async fn limit_people(db: &mut PgConnection, domain: &str, stamp: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts a set limited_at = $2, version = a.version + 1
         from hosts h
         where h.id = a.host_id and is_within(h.authority, $1) and a.limited_at is null",
        domain,
        stamp,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a policy that is gone or another by now did to the people of its domain: they are as the other policies have them.
/// What was decided about one of them has another time, and stays.
pub async fn show_people(db: &mut PgConnection, domain: &str, stamp: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts a set
             suspended_at = case when a.suspended_at = $2 then o.suspended else a.suspended_at end,
             limited_at = case when a.limited_at = $2 then o.limited else a.limited_at end,
             version = a.version + 1
         from hosts h
         cross join lateral (
             select min(d.created_at) filter (where d.severity = 2) as suspended,
                    min(d.created_at) filter (where d.severity = 1) as limited
             from domain_policies d where is_within(h.authority, d.domain)) o
         where h.id = a.host_id and is_within(h.authority, $1) and (a.suspended_at = $2 or a.limited_at = $2)",
        domain,
        stamp,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether nothing that somebody of this server reports is taken.
pub async fn rejects_reports(db: &mut PgConnection, host: HostId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select 1 from hosts h join domain_policies d on d.reject_reports and is_within(h.authority, d.domain)
               where h.id = $1) as "rejects!""#,
        host.0
    )
    .fetch_one(db)
    .await
}

/// Whether this picture is of somebody of whose server none is kept.
pub async fn rejects_picture(db: &mut PgConnection, picture: MediaId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select 1 from media m
               join accounts a on a.id = m.owner_id
               join hosts h on h.id = a.host_id
               join domain_policies d on d.reject_media and is_within(h.authority, d.domain)
               where m.id = $1) as "rejects!""#,
        picture.0
    )
    .fetch_one(db)
    .await
}

/// Ends all follows between people here and those of a domain, with their counts.
pub async fn end_follows(db: &mut PgConnection, domain: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "with theirs as (
             select a.id from accounts a join hosts h on h.id = a.host_id
             where is_within(h.authority, $1)),
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
