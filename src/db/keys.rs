//! Sealed signing keys. Never selected together with anything else, never opened here.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

pub async fn insert(db: &mut PgConnection, account: AccountId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_keys (account_id, sealed) values ($1, $2)",
        account.0,
        sealed
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn sealed(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select sealed from account_keys where account_id = $1", account.0)
        .fetch_optional(db)
        .await
}
