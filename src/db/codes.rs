//! Authorization codes, by their hashes. Whether one may be used is decided in `actions`.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AppId, TokenId};

#[derive(Clone, Debug)]
pub struct Code {
    pub hash: Vec<u8>,
    pub app_id: AppId,
    pub account_id: AccountId,
    pub redirect_uri: String,
    pub scopes: String,
    /// S256 challenge of PKCE, when the client sent one.
    pub challenge: Option<String>,
    pub expires_at: Time,
    /// The token that it was changed into.
    pub token_id: Option<TokenId>,
}

/// Deletes the codes that one app has of a person and has not changed into tokens.
pub async fn delete_of_app(db: &mut PgConnection, account: AccountId, app: AppId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from oauth_codes where account_id = $1 and app_id = $2",
        account.0,
        app.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn insert(db: &mut PgConnection, code: &Code) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into oauth_codes (hash, app_id, account_id, redirect_uri, scopes, challenge, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        code.hash,
        code.app_id.0,
        code.account_id.0,
        code.redirect_uri,
        code.scopes,
        code.challenge,
        code.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The code of this hash, held until the transaction ends: of two who bring it, the second sees what the first did.
pub async fn lock(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<Code>> {
    sqlx::query_as!(
        Code,
        r#"select hash, app_id as "app_id: AppId", account_id as "account_id: AccountId", redirect_uri, scopes, challenge,
               expires_at, token_id as "token_id: TokenId"
           from oauth_codes where hash = $1 for update"#,
        hash,
    )
    .fetch_optional(db)
    .await
}

pub async fn used(db: &mut PgConnection, hash: &[u8], token: TokenId) -> sqlx::Result<()> {
    sqlx::query!(
        "update oauth_codes set token_id = $2 where hash = $1",
        hash,
        token.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from oauth_codes where account_id = $1", account.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets codes that expired before then. Leave used ones a day: a second use revokes their token.
pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from oauth_codes where expires_at < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
