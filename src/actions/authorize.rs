//! A person allows an app to act for them. Nothing is allowed by looking, and nothing beyond what the app registered for.

use chrono::TimeDelta;

use crate::app::App;
use crate::db;
use crate::db::apps::ClientApp;
use crate::db::codes::Code;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::domain::scopes::Scopes;

/// RFC 6749, section 4.1.2: ten minutes at the most.
const CODE_LIVES: TimeDelta = TimeDelta::minutes(10);

/// What an app asks for; all of it checked against the app.
#[derive(Clone, Debug)]
pub struct Request {
    pub app: ClientApp,
    pub redirect_uri: String,
    pub scopes: Scopes,
    /// S256 challenge of PKCE.
    pub challenge: Option<String>,
}

/// A code for the app: one use, ten minutes. It is stored as a hash.
pub async fn local(app: &App, account: AccountId, request: &Request) -> sqlx::Result<String> {
    let secret = random::token();
    let code = Code {
        hash: random::hash(&secret),
        app_id: request.app.id,
        account_id: account,
        redirect_uri: request.redirect_uri.clone(),
        scopes: request.scopes.to_string(),
        challenge: request.challenge.clone(),
        expires_at: app.clock.now() + CODE_LIVES,
        token_id: None,
    };
    let mut db = app.db.acquire().await?;
    db::codes::insert(&mut db, &code).await?;
    Ok(secret)
}
