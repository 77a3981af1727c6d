//! A person allows an app to act for them. Nothing is allowed by looking, and nothing beyond what the app registered for.

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::apps::ClientApp;
use crate::db::codes::Code;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::domain::role::Role;
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

/// What of these is somebody's to give: an app asks everybody for the same, and what moderators do is theirs alone. None
/// when that was all.
pub async fn given(
    db: &mut PgConnection,
    account: AccountId,
    scopes: &Scopes,
) -> sqlx::Result<Option<Scopes>> {
    let standing = db::users::standing(db, account).await?;
    let role = standing.and_then(|standing| Role::from_stored(standing.role));
    Ok(scopes.for_role(role.unwrap_or(Role::Member)))
}

/// A code for the app: one use, ten minutes. It is stored as a hash. None when nothing of what is asked for is theirs to
/// give.
pub async fn local(app: &App, account: AccountId, request: &Request) -> sqlx::Result<Option<String>> {
    let mut db = app.db.acquire().await?;
    let Some(scopes) = given(&mut db, account, &request.scopes).await? else {
        return Ok(None);
    };
    let secret = random::token();
    let code = Code {
        hash: random::hash(&secret),
        app_id: request.app.id,
        account_id: account,
        redirect_uri: request.redirect_uri.clone(),
        scopes: scopes.to_string(),
        challenge: request.challenge.clone(),
        expires_at: app.clock.now() + CODE_LIVES,
        token_id: None,
    };
    db::codes::insert(&mut db, &code).await?;
    Ok(Some(secret))
}
