//! What moderators do to accounts short of suspending them. Decides nothing, and undoes only what it is told to.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Keeps an account out of public lists, or no longer; whether that changed anything.
pub async fn set_silenced(db: &mut PgConnection, id: AccountId, at: Option<Time>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update accounts set limited_at = $2, version = version + 1
         where id = $1 and (limited_at is null) <> ($2::timestamptz is null)",
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Covers the pictures of an account, or no longer; whether that changed anything.
pub async fn set_sensitized(db: &mut PgConnection, id: AccountId, at: Option<Time>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update accounts set sensitized_at = $2, version = version + 1
         where id = $1 and (sensitized_at is null) <> ($2::timestamptz is null)",
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Closes somebody's account to sign-ins, or opens it again; whether that changed anything.
pub async fn set_disabled(db: &mut PgConnection, id: AccountId, at: Option<Time>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update users set disabled_at = $2
         where account_id = $1 and (disabled_at is null) <> ($2::timestamptz is null)",
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}
