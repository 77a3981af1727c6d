//! What the planner is told for the statements of one transaction. Changes no result, only how it is found.

use sqlx::PgConnection;

/// Queues are empty most of the time, and so the planner remembers them: it would read one from end to end, however
/// many rows have come meanwhile, living and dead, and keep that plan until the table is analyzed again.
pub async fn by_indexes_only(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(r#"select set_config('enable_seqscan', 'off', true) as "set!""#)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// As it judges best, for the rest of the transaction.
pub async fn by_any_way(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(r#"select set_config('enable_seqscan', 'on', true) as "set!""#)
        .fetch_one(db)
        .await?;
    Ok(())
}
