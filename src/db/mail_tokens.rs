//! What links in mails prove, by their hashes. Whether one may be used is decided in `actions`.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

#[derive(Debug)]
pub struct NewToken<'a> {
    pub account: AccountId,
    /// As `domain::mail::Purpose`.
    pub purpose: i16,
    pub hash: &'a [u8],
    /// The address that the link was sent to.
    pub email: &'a str,
    pub expires_at: Time,
}

/// In place of an earlier one of the same purpose.
pub async fn replace(db: &mut PgConnection, new: &NewToken<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mail_tokens (account_id, purpose, hash, email, expires_at) values ($1, $2, $3, $4, $5)
         on conflict (account_id, purpose) do update
         set hash = excluded.hash, email = excluded.email, expires_at = excluded.expires_at",
        new.account.0,
        new.purpose,
        new.hash,
        new.email,
        new.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

#[derive(Debug)]
pub struct Token {
    pub account: AccountId,
    pub email: String,
}

/// The token of this hash, if it can be used now.
pub async fn open(
    db: &mut PgConnection,
    purpose: i16,
    hash: &[u8],
    now: Time,
) -> sqlx::Result<Option<Token>> {
    sqlx::query_as!(
        Token,
        r#"select account_id as "account: AccountId", email from mail_tokens
           where hash = $2 and purpose = $1 and expires_at > $3"#,
        purpose,
        hash,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Uses it up. Of two who bring it at once, one gets it.
pub async fn take(
    db: &mut PgConnection,
    purpose: i16,
    hash: &[u8],
    now: Time,
) -> sqlx::Result<Option<Token>> {
    sqlx::query_as!(
        Token,
        r#"delete from mail_tokens where hash = $2 and purpose = $1 and expires_at > $3
           returning account_id as "account: AccountId", email"#,
        purpose,
        hash,
        now,
    )
    .fetch_optional(db)
    .await
}

/// The address that somebody was asked to confirm and has not, if there is one.
pub async fn waiting(
    db: &mut PgConnection,
    account: AccountId,
    purpose: i16,
    now: Time,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select email from mail_tokens where account_id = $1 and purpose = $2 and expires_at > $3",
        account.0,
        purpose,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Makes all links void that were sent to somebody.
pub async fn delete_of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from mail_tokens where account_id = $1", account.0)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from mail_tokens where expires_at < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
