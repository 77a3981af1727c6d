//! Servers that we have met. Never removes one.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::federation::Signing;
use crate::domain::ids::HostId;

/// The row of an authority, made when it is new.
pub async fn meet(db: &mut PgConnection, authority: &str, now: Time) -> sqlx::Result<HostId> {
    if let Some(id) = by_authority(db, authority).await? {
        return Ok(id);
    }
    sqlx::query_scalar!(
        // An update that changes nothing, so that the row of a transaction that was first is given back too.
        r#"insert into hosts (authority, first_seen) values ($1, $2)
           on conflict on constraint hosts_authority_key do update set authority = excluded.authority
           returning id as "id: HostId""#,
        authority,
        now,
    )
    .fetch_one(db)
    .await
}

pub async fn by_authority(db: &mut PgConnection, authority: &str) -> sqlx::Result<Option<HostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: HostId" from hosts where authority = $1"#,
        authority
    )
    .fetch_optional(db)
    .await
}

/// How a server understood the last request of ours; as nearly all do, where nothing is known.
pub async fn signing(db: &mut PgConnection, authority: &str) -> sqlx::Result<Signing> {
    let known = sqlx::query_scalar!(
        r#"select scheme as "signing: Signing" from hosts where authority = $1"#,
        authority
    );
    Ok(known.fetch_optional(db).await?.unwrap_or(Signing::Cavage))
}

/// Remembers how a server understands requests.
pub async fn understands(db: &mut PgConnection, host: HostId, signing: Signing) -> sqlx::Result<()> {
    sqlx::query!(
        "update hosts set scheme = $2 where id = $1 and scheme <> $2",
        host.0,
        signing as Signing
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The instance's numbers for directories.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    pub users: i64,
    pub active_month: i64,
    pub active_half_year: i64,
    pub local_posts: i64,
}

pub async fn usage(db: &mut PgConnection, now: Time) -> sqlx::Result<Usage> {
    sqlx::query_as!(
        Usage,
        r#"select count(*) as "users!",
               count(*) filter (where u.last_active_on > $1::date - 30) as "active_month!",
               count(*) filter (where u.last_active_on > $1::date - 180) as "active_half_year!",
               coalesce(sum(c.posts), 0)::bigint as "local_posts!"
           from users u
           join accounts a on a.id = u.account_id and a.suspended_at is null and a.deleted_at is null
           join account_counts c on c.account_id = u.account_id
           where u.confirmed_at is not null and u.approved_at is not null"#,
        now.date_naive(),
    )
    .fetch_one(db)
    .await
}
