//! Tokens are given out and taken back. They are told once, stored as hashes, and do not expire.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sqlx::PgConnection;

use super::{authorize, lock_out};
use crate::app::App;
use crate::db;
use crate::db::apps::ClientApp;
use crate::db::codes::Code;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AppId, TokenId};
use crate::domain::random;
use crate::domain::scopes::Scopes;

/// A token that was made just now.
#[derive(Debug)]
pub struct Issued {
    pub secret: String,
    pub scopes: String,
    pub created_at: Time,
}

#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// A code that is unknown, used, too old, somebody else's, or brought without its verifier.
    #[error("the grant is invalid")]
    InvalidGrant,
    #[error("the scope is invalid")]
    InvalidScope,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a client brings to change a code into a token.
#[derive(Debug)]
pub struct Exchange<'a> {
    pub code: &'a str,
    pub redirect_uri: &'a str,
    pub verifier: Option<&'a str>,
}

/// Whether `secret` is the app's.
pub fn knows_secret(client: &ClientApp, secret: &str) -> bool {
    verify_slices_are_equal(&random::hash(secret), &client.secret_hash).is_ok()
}

/// Changes a code into a token, once. Who brings it again has stolen it, or it was stolen before: then the token goes too.
pub async fn exchange(app: &App, client: &ClientApp, brought: &Exchange<'_>) -> Result<Issued, TokenError> {
    let hash = random::hash(brought.code);
    let mut tx = app.db.begin().await?;
    let code = db::codes::lock(&mut tx, &hash)
        .await?
        .ok_or(TokenError::InvalidGrant)?;
    if let Some(token) = code.token_id {
        let gone = db::tokens::delete(&mut tx, token).await?;
        tx.commit().await?;
        if let Some(gone) = gone {
            lock_out::forget(app, &gone);
        }
        return Err(TokenError::InvalidGrant);
    }
    if !fits(&code, client, brought, app.clock.now()) || !may_act(&mut tx, code.account_id).await? {
        return Err(TokenError::InvalidGrant);
    }
    let id = TokenId(app.ids.next());
    let issued = insert(app, &mut tx, id, client.id, Some(code.account_id), &code.scopes).await?;
    db::codes::used(&mut tx, &hash, id).await?;
    tx.commit().await?;
    Ok(issued)
}

/// Whether the person may use a token now. One who was suspended since they said yes would have it when they come back.
async fn may_act(db: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let standing = db::users::standing(db, account).await?;
    Ok(standing.is_some_and(|standing| {
        standing.confirmed
            && standing.approved
            && !standing.disabled
            && !standing.suspended
            && !standing.deleted
    }))
}

fn fits(code: &Code, client: &ClientApp, brought: &Exchange<'_>, now: Time) -> bool {
    code.app_id == client.id
        && code.expires_at > now
        && code.redirect_uri == brought.redirect_uri
        && match (&code.challenge, brought.verifier) {
            (Some(challenge), Some(verifier)) => answers(verifier, challenge),
            (Some(_), None) => false,
            // RFC 9700, section 2.1.1: a verifier without a challenge is a downgrade.
            (None, verifier) => verifier.is_none_or(str::is_empty),
        }
}

/// RFC 7636, section 4.6.
fn answers(verifier: &str, challenge: &str) -> bool {
    let is_verifier = (43..=128).contains(&verifier.len())
        && verifier
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    let computed = URL_SAFE_NO_PAD.encode(random::hash(verifier));
    is_verifier && verify_slices_are_equal(computed.as_bytes(), challenge.as_bytes()).is_ok()
}

/// A token with which an app speaks for itself. Without `scopes`: `read`.
pub async fn for_app(app: &App, client: &ClientApp, scopes: &str) -> Result<Issued, TokenError> {
    let allowed = Scopes::parse(&client.scopes).ok_or(TokenError::InvalidScope)?;
    let wanted = Scopes::parse(scopes).filter(|wanted| allowed.contain(wanted));
    let wanted = wanted.ok_or(TokenError::InvalidScope)?;
    let mut db = app.db.acquire().await?;
    let id = TokenId(app.ids.next());
    Ok(insert(app, &mut db, id, client.id, None, &wanted.to_string()).await?)
}

/// A token for somebody whose name and password an app has, where that is allowed. Without `scopes`: all of the app's.
pub async fn for_person(
    app: &App,
    client: &ClientApp,
    account: AccountId,
    scopes: &str,
) -> Result<Issued, TokenError> {
    let allowed = Scopes::parse(&client.scopes).ok_or(TokenError::InvalidScope)?;
    let wanted = match scopes.trim() {
        "" => allowed,
        scopes => Scopes::parse(scopes)
            .filter(|wanted| allowed.contain(wanted))
            .ok_or(TokenError::InvalidScope)?,
    };
    give(app, client, account, &wanted).await
}

/// A token for somebody who signed up through an app: all that the app registered for.
pub async fn for_new_person(app: &App, client: &ClientApp, account: AccountId) -> Result<Issued, TokenError> {
    let wanted = Scopes::parse(&client.scopes).ok_or(TokenError::InvalidScope)?;
    give(app, client, account, &wanted).await
}

/// As much of what is wanted as is this person's to give.
async fn give(
    app: &App,
    client: &ClientApp,
    account: AccountId,
    wanted: &Scopes,
) -> Result<Issued, TokenError> {
    let mut db = app.db.acquire().await?;
    let given = authorize::given(&mut db, account, wanted).await?;
    let given = given.ok_or(TokenError::InvalidScope)?.to_string();
    let id = TokenId(app.ids.next());
    Ok(insert(app, &mut db, id, client.id, Some(account), &given).await?)
}

async fn insert(
    app: &App,
    db: &mut PgConnection,
    id: TokenId,
    client: AppId,
    account: Option<AccountId>,
    scopes: &str,
) -> sqlx::Result<Issued> {
    let secret = random::token();
    let now = app.clock.now();
    db::tokens::insert(db, id, &random::hash(&secret), client, account, scopes, now).await?;
    Ok(Issued {
        secret,
        scopes: scopes.to_owned(),
        created_at: now,
    })
}

/// What became of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// It is gone, or never was.
    Gone,
    /// It is another app's, and stays.
    NotYours,
}

pub async fn revoke(app: &App, client: &ClientApp, secret: &str) -> sqlx::Result<Revoked> {
    let hash = random::hash(secret);
    let mut db = app.db.acquire().await?;
    if db::tokens::revoke(&mut db, &hash, client.id).await? {
        lock_out::forget(app, &hash);
        return Ok(Revoked::Gone);
    }
    let other = db::tokens::app_of(&mut db, &hash).await?;
    Ok(if other.is_some() {
        Revoked::NotYours
    } else {
        Revoked::Gone
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_answers_its_own_challenge_only() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(answers(verifier, challenge));
        assert!(!answers(challenge, challenge));
        assert!(!answers("", ""));
        assert!(!answers(&verifier[..42], challenge));
    }
}
