//! Sweeps that belong to no subject alone.

use chrono::{NaiveDate, TimeDelta};
use sqlx::PgConnection;

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

/// Forgets what has had its time: used or expired codes, idempotency keys, failed sign-ins.
pub async fn sweep(db: &mut PgConnection, now: Time) -> sqlx::Result<()> {
    let hours = |hours| now - TimeDelta::hours(hours);
    sqlx::query!("delete from oauth_codes where expires_at < $1", hours(24))
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from idempotency_keys where created_at < $1", hours(1))
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from sign_in_failures where failed_at < $1", hours(24))
        .execute(&mut *db)
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
