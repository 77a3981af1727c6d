//! The browser that asks: with a session or without one, and the secret that its forms are bound to. Signs nobody in.

use std::net::IpAddr;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::actions::sign_in::{self, Browser};
use crate::app::App;
use crate::db::sessions::Session;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::web::address;
use crate::web::cookies::{self, Name};
use crate::web::csrf;
use crate::web::error::ApiError;
use crate::web::params::Params;

#[derive(Debug)]
pub struct Visitor {
    pub session: Option<Session>,
    /// The value of the session's cookie, else of the visitor's.
    secret: String,
    /// What the browser keeps of an earlier time that somebody signed in there.
    device: Option<String>,
    /// Whether the visitor's cookie has still to be set.
    pub is_new: bool,
    /// Whether the browser brings the cookie of a session that is over: signed out elsewhere, suspended, too old.
    pub was_signed_out: bool,
}

impl Visitor {
    /// `from`: the address from which it asks, where it is a visit that counts.
    pub async fn of(app: &App, headers: &HeaderMap, from: Option<IpAddr>) -> sqlx::Result<Self> {
        let device = cookies::read(headers, &app.urls, Name::Device);
        let brought = cookies::read(headers, &app.urls, Name::Session);
        let was_signed_out = brought.is_some();
        if let Some(secret) = brought
            && let Some(session) = sign_in::session(app, &secret, from).await?
        {
            return Ok(Self {
                session: Some(session),
                secret,
                device,
                is_new: false,
                was_signed_out: false,
            });
        }
        let known = cookies::read(headers, &app.urls, Name::Visitor);
        Ok(Self {
            session: None,
            device,
            is_new: known.is_none(),
            secret: known.unwrap_or_else(random::token),
            was_signed_out,
        })
    }

    pub fn account(&self) -> Option<AccountId> {
        self.session.as_ref().map(|session| session.account_id)
    }

    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The browser as somebody signs in with it.
    pub fn browser<'a>(&'a self, headers: &'a HeaderMap, address: IpAddr) -> Browser<'a> {
        let agent = headers.get(header::USER_AGENT);
        Browser {
            address,
            user_agent: agent.and_then(|agent| agent.to_str().ok()).unwrap_or_default(),
            device: self.device.as_deref(),
        }
    }

    pub fn csrf(&self) -> String {
        csrf::token(&self.secret)
    }

    /// Whether a form was shown to this browser by us, and sent from our page.
    pub fn sent(&self, app: &App, headers: &HeaderMap, form: &Params) -> bool {
        let token = form.text("csrf").unwrap_or_default();
        csrf::is_token(&self.secret, &token) && csrf::is_from_here(headers, &app.urls)
    }

    pub fn sign_path(&self, path: &str) -> String {
        csrf::sign_path(&self.secret, path)
    }

    /// The path to return to that a request carries, if we gave it out; still signed, and bare.
    pub fn return_to(&self, params: &Params) -> Option<(String, String)> {
        let signed = params.text("return_to")?;
        let path = csrf::signed_path(&self.secret, &signed)?;
        Some((signed, path))
    }
}

impl<S> FromRequestParts<S> for Visitor
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let app = App::from_ref(state);
        let from = address::of(&app, parts);
        Ok(Self::of(&app, &parts.headers, Some(from)).await?)
    }
}
