//! Invitations: whoever holds the code may sign up. Who may invite is decided elsewhere.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

#[derive(Debug)]
pub struct NewInvitation<'a> {
    pub code: &'a str,
    /// None: whoever runs the server.
    pub created_by: Option<AccountId>,
    pub uses: i32,
    pub expires_at: Option<Time>,
    pub now: Time,
}

pub async fn insert(db: &mut PgConnection, new: &NewInvitation<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitations (code, created_by, uses_left, expires_at, created_at) values ($1, $2, $3, $4, $5)",
        new.code,
        new.created_by.map(|account| account.0),
        new.uses,
        new.expires_at,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the code could be used now.
pub async fn is_open(db: &mut PgConnection, code: &str, now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from invitations
               where code = $1 and uses_left > 0 and (expires_at is null or expires_at > $2)) as "open!""#,
        code,
        now,
    )
    .fetch_one(db)
    .await
}

/// Uses it once; whether there was a use left. Two who come at once wait for each other here.
pub async fn take(db: &mut PgConnection, code: &str, now: Time) -> sqlx::Result<bool> {
    let taken = sqlx::query!(
        "update invitations set uses_left = uses_left - 1
         where code = $1 and uses_left > 0 and (expires_at is null or expires_at > $2)",
        code,
        now,
    )
    .execute(db)
    .await?;
    Ok(taken.rows_affected() > 0)
}
