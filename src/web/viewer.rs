//! Who is asking: from the bearer token, or the session of our own pages, to a person and what they allowed. Decides
//! nothing about posts.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use sqlx::PgConnection;
use url::form_urlencoded;

use super::cookies::{self, Name};
use super::error::ApiError;
use super::{address, csrf};
use crate::actions::{come_back, sign_in};
use crate::app::App;
use crate::db;
use crate::domain::grant::Grant;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::domain::scopes::Scopes;

/// A person who is signed in. Extracting it without one is 401.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub id: AccountId,
    pub grant: Arc<Grant>,
}

impl Viewer {
    /// Refuses (403) unless the token allows `scope`, such as `write:statuses`.
    pub fn may(&self, scope: &str) -> Result<(), ApiError> {
        if self.grant.scopes.allow(scope) {
            Ok(())
        } else {
            Err(ApiError::OutsideScopes)
        }
    }
}

/// Anybody: a person, an app, or nobody. A token that is there but not valid is still 401.
#[derive(Clone, Debug, Default)]
pub struct Anyone {
    pub grant: Option<Arc<Grant>>,
}

impl Anyone {
    /// The person, or `AccountId::NONE`.
    pub fn id(&self) -> AccountId {
        self.person().unwrap_or(AccountId::NONE)
    }

    pub fn person(&self) -> Option<AccountId> {
        self.grant.as_ref().and_then(|grant| grant.account_id)
    }

    /// Refuses (403) when there is a token that does not allow `scope`.
    pub fn may(&self, scope: &str) -> Result<(), ApiError> {
        match &self.grant {
            Some(grant) if grant.account_id.is_some() && !grant.scopes.allow(scope) => {
                Err(ApiError::OutsideScopes)
            }
            _ => Ok(()),
        }
    }
}

/// The token of a request: from the header, else from the query.
pub fn bearer(headers: &HeaderMap, query: Option<&str>) -> Option<String> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().to_owned());
    }
    form_urlencoded::parse(query?.as_bytes())
        .find(|(name, _)| name == "access_token")
        .map(|(_, token)| token.into_owned())
}

/// What a token allows now; remembered for a few seconds.
pub async fn grant_of(app: &App, token: &str) -> Result<Option<Arc<Grant>>, ApiError> {
    let hash = random::hash(token);
    let key: [u8; 32] = hash.as_slice().try_into().expect("SHA-256 has 32 bytes");
    if let Some(grant) = app.caches.grants.get(&key) {
        return Ok(Some(grant));
    }
    // In a box: what a request may need is carried through every layer, and this it needs seldom.
    Box::pin(stored_grant(app, key)).await
}

async fn stored_grant(app: &App, key: [u8; 32]) -> Result<Option<Arc<Grant>>, ApiError> {
    let mut db = app.db.acquire().await?;
    let Some(token) = db::tokens::valid(&mut db, &key).await? else {
        return refuse(&mut db, &key).await;
    };
    // Noted once a day: a question to find that it is noted already would cost as much as the token.
    let today = Some(app.clock.now().date_naive());
    if token.last_used_on != today {
        db::tokens::used(&mut db, &[token.id], app.clock.now()).await?;
    }
    if let Some(account) = token.account_id.filter(|_| token.last_active_on != today) {
        come_back::seen(app, &mut db, account).await?;
    }
    let grant = Arc::new(Grant {
        token_id: Some(token.id),
        session_id: None,
        app_id: Some(token.app_id),
        account_id: token.account_id,
        scopes: Scopes::parse(&token.scopes).ok_or(ApiError::Unauthorized)?,
        role: token.role,
    });
    // A program makes itself as many tokens as it likes; a person's need their consent.
    if let Some(person) = token.account_id {
        app.caches.asked.know(key, person);
    }
    app.caches.grants.insert(key, grant.clone());
    Ok(Some(grant))
}

/// Somebody who has something to wait for is told so: at a 401 their app would forget them.
async fn refuse(db: &mut PgConnection, hash: &[u8]) -> Result<Option<Arc<Grant>>, ApiError> {
    match db::tokens::newcomer(db, hash).await? {
        Some(newcomer) if !newcomer.confirmed => Err(ApiError::Forbidden(
            "Your login is missing a confirmed e-mail address",
        )),
        Some(newcomer) if !newcomer.approved => {
            Err(ApiError::Forbidden("Your login is currently pending approval"))
        }
        Some(newcomer) if newcomer.disabled => Err(ApiError::Forbidden("Your login is currently disabled")),
        _ => Ok(None),
    }
}

/// What our own pages may do in the browser of somebody who signed in: everything that this person may.
const OWN_PAGES: &str = "read write follow push profile admin:read admin:write";

/// The session of a browser, taken under `/api` only, and only from our own pages: another site's request carries the
/// cookie as well. Browsers that do not say where a request comes from are not believed.
async fn session_of(app: &App, parts: &Parts) -> Result<Option<Arc<Grant>>, ApiError> {
    if !parts.uri.path().starts_with("/api/") || !csrf::is_same_origin(&parts.headers, &app.urls) {
        return Ok(None);
    }
    let Some(secret) = cookies::read(&parts.headers, &app.urls, Name::Session) else {
        return Ok(None);
    };
    let Some(session) = sign_in::session(app, &secret, Some(address::of(app, parts))).await? else {
        return Ok(None);
    };
    if let Ok(hash) = random::hash(&secret).try_into() {
        app.caches.asked.know(hash, session.account_id);
    }
    come_back::seen(app, &mut *app.db.acquire().await?, session.account_id).await?;
    Ok(Some(Arc::new(Grant {
        token_id: None,
        session_id: Some(session.id),
        app_id: None,
        account_id: Some(session.account_id),
        scopes: Scopes::parse(OWN_PAGES).expect("these scopes are known"),
        role: session.role,
    })))
}

impl<S> FromRequestParts<S> for Anyone
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let app = App::from_ref(state);
        let Some(token) = bearer(&parts.headers, parts.uri.query()) else {
            let grant = Box::pin(session_of(&app, parts)).await?;
            return Ok(Self { grant });
        };
        let grant = grant_of(&app, &token).await?.ok_or(ApiError::Unauthorized)?;
        Ok(Self { grant: Some(grant) })
    }
}

impl<S> FromRequestParts<S> for Viewer
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let anyone = Anyone::from_request_parts(parts, state).await?;
        let grant = anyone.grant.ok_or(ApiError::Unauthorized)?;
        match grant.account_id {
            Some(id) => Ok(Self { id, grant }),
            None => Err(ApiError::Unprocessable(
                "This method requires an authenticated user".into(),
            )),
        }
    }
}
