//! Where people who live here can be written to, and whether they have shown it. Writes to nobody.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AppId};

/// Somebody who lives here, as far as mail to them needs it.
#[derive(Clone)]
pub struct Contact {
    pub username: String,
    pub email: String,
    pub confirmed: bool,
    pub approved: bool,
}

pub async fn of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Contact>> {
    sqlx::query_as!(
        Contact,
        r#"select a.username, u.email, u.confirmed_at is not null as "confirmed!", u.approved_at is not null as "approved!"
           from users u join accounts a on a.id = u.account_id where u.account_id = $1"#,
        account.0,
    )
    .fetch_optional(db)
    .await
}

/// The address is theirs, and shown to be. Fails on `users_email_key` when somebody else has it.
pub async fn confirm(db: &mut PgConnection, account: AccountId, email: &str, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set email = $2, confirmed_at = coalesce(confirmed_at, $3) where account_id = $1",
        account.0,
        email,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Another address for somebody who has not confirmed theirs. Fails on `users_email_key` when it is taken.
pub async fn correct(db: &mut PgConnection, account: AccountId, email: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set email = $2 where account_id = $1 and confirmed_at is null",
        account.0,
        email
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What somebody wrote about why they would like to live here.
pub async fn reason(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select reason from users where account_id = $1", account.0)
        .fetch_optional(db)
        .await
}

/// The app by which somebody signed up, if it was one.
pub async fn joined_by(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<AppId>> {
    sqlx::query_scalar!(
        r#"select joined_by_app as "app!: AppId" from users where account_id = $1 and joined_by_app is not null"#,
        account.0
    )
    .fetch_optional(db)
    .await
}

/// Who signed up before that and has not confirmed their address, the longest ago first.
pub async fn unconfirmed(db: &mut PgConnection, before: Time, most: i64) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from users
           where confirmed_at is null and created_at < $1 order by created_at limit $2"#,
        before,
        most,
    )
    .fetch_all(db)
    .await
}

/// Holds the row of somebody who has not confirmed their address until the transaction ends; whether there is one.
pub async fn lock_unconfirmed(db: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select account_id from users where account_id = $1 and confirmed_at is null for update",
        account.0
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}
