//! Reports as moderators work on them. Writes none, and decides about none.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Whether there is such a report, of this account.
pub async fn is_about(db: &mut PgConnection, report: i64, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from reports where id = $1 and account_id = $2) as "there_is!""#,
        report,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Reports of an account that nobody is done with, in the order in which they came.
pub async fn open_about(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select id from reports where account_id = $1 and action_taken_at is null order by id",
        account.0
    )
    .fetch_all(db)
    .await
}

/// Somebody is done with a report; whether nobody was before.
pub async fn resolve(
    db: &mut PgConnection,
    report: i64,
    by: Option<AccountId>,
    now: Time,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update reports set action_taken_at = $3, action_taken_by = $2, updated_at = $3
         where id = $1 and action_taken_at is null",
        report,
        by.map(|by| by.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}
