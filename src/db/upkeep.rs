//! Sweeps that belong to no subject alone.

use chrono::{NaiveDate, TimeDelta};
use sqlx::{PgConnection, PgPool};

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Whether this session is now the one that does upkeep.
pub async fn lock(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock(7202) as "locked!""#)
        .fetch_one(db)
        .await
}

pub async fn unlock(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!(r#"select pg_advisory_unlock(7202) as "unlocked!""#)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Frees what a process that is gone had in hand. Only for the one process of a database.
pub async fn end_leases(db: &PgPool, now: Time) -> sqlx::Result<()> {
    sqlx::query!("update host_queues set claimed_until = null where claimed_until is not null")
        .execute(db)
        .await?;
    sqlx::query!(
        "update received set next_try_at = $1 where fetches and next_try_at > $1",
        now
    )
    .execute(db)
    .await?;
    sqlx::query!(
        "update media set next_try_at = $1 where state = 0 and next_try_at > $1",
        now
    )
    .execute(db)
    .await?;
    sqlx::query!("update imports set next_try_at = $1 where next_try_at > $1", now)
        .execute(db)
        .await?;
    sqlx::query!("update quotes set check_at = $1 where check_at > $1", now)
        .execute(db)
        .await?;
    sqlx::query!("update mails set next_try_at = $1 where next_try_at > $1", now)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets idempotency keys that have had their hour.
pub async fn forget_keys(db: &mut PgConnection, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from idempotency_keys where created_at < $1",
        now - TimeDelta::hours(1)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// People whose feeds are written although they have not been here since `day`.
pub async fn away(db: &mut PgConnection, day: NaiveDate, most: i64) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select f.owner_id as "id: AccountId" from feeds f join users u on u.account_id = f.owner_id
           where f.active and coalesce(u.last_active_on, u.created_at::date) < $1 limit $2"#,
        day,
        most,
    )
    .fetch_all(db)
    .await
}
