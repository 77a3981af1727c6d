//! Two people at a time: the lock under which everything between them changes. Knows no relation itself.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

/// Waits until nobody else changes anything between these two; until the transaction ends.
/// Without it a follow and a block that cross would both find nothing in their way.
pub async fn lock(db: &mut PgConnection, one: AccountId, other: AccountId) -> sqlx::Result<()> {
    let (low, high) = (one.0.min(other.0), one.0.max(other.0));
    sqlx::query!(
        "select pg_advisory_xact_lock(hash_record_extended(row($1::bigint, $2::bigint), 0))",
        low,
        high
    )
    .execute(db)
    .await?;
    Ok(())
}
