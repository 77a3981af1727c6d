//! Who connects: by a token in the query, the header or the WebSocket's protocol, or by the session of our own pages. As
//! with Mastodon, nobody is here without one.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};

use crate::app::App;
use crate::domain::random;
use crate::streams::{Guest, NoPlace, Proof, Seat, Wire};
use crate::web::cookies::{self, Name};
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::{self, Viewer};

pub struct Caller {
    pub viewer: Viewer,
    proof: Proof,
    /// The protocol that the client named, which is its token, to be said back to it.
    pub protocol: Option<HeaderValue>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let named = parts.headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(first);
        let elsewhere = viewer::bearer(&parts.headers, parts.uri.query()).is_some();
        if let (Some((_, bearer)), false) = (&named, elsewhere) {
            parts.headers.insert(header::AUTHORIZATION, bearer.clone());
        }
        let viewer = Viewer::from_request_parts(parts, app).await?;
        Ok(Self {
            proof: proof(app, &viewer, &parts.headers)?,
            viewer,
            protocol: named.map(|(protocol, _)| protocol),
        })
    }
}

/// The first of the protocols that a client offers, and the same as a bearer token.
fn first(protocols: &HeaderValue) -> Option<(HeaderValue, HeaderValue)> {
    let first = protocols.to_str().ok()?.split(',').next()?.trim();
    let bearer = HeaderValue::try_from(format!("Bearer {first}")).ok()?;
    Some((HeaderValue::try_from(first).ok()?, bearer))
}

fn proof(app: &App, viewer: &Viewer, headers: &HeaderMap) -> ApiResult<Proof> {
    if let Some(token) = viewer.grant.token_id {
        return Ok(Proof::Token(token));
    }
    let secret = cookies::read(headers, &app.urls, Name::Session).ok_or(ApiError::Unauthorized)?;
    Ok(Proof::Session(random::hash(&secret)))
}

impl Caller {
    /// Takes a place, from which on nothing is missed.
    pub async fn join(&self, app: &App, wire: Wire) -> ApiResult<Seat> {
        let guest = Guest {
            viewer: self.viewer.id,
            proof: self.proof.clone(),
            wire,
            hears_notifications: self.viewer.may("read:notifications").is_ok(),
        };
        let seat = app.streams.join(guest)?;
        app.streams.are_fed().await;
        Ok(seat)
    }
}

impl From<NoPlace> for ApiError {
    fn from(no_place: NoPlace) -> Self {
        match no_place {
            NoPlace::Person => Self::TooManyRequests { retry_after: 60 },
            NoPlace::Server => Self::Unavailable("There are too many connections, please try again"),
        }
    }
}
