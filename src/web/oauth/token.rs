//! `POST /oauth/token`. Gives out nothing to an app that does not prove who it is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde::Serialize;

use super::client;
use super::error::{OAuthError, OAuthResult};
use crate::actions::token::{self, Exchange, Issued};
use crate::app::App;
use crate::web::params::Params;

/// Clients break without `scope` and without `created_at`. There is no `expires_in`: tokens do not expire.
#[derive(Debug, Serialize)]
pub struct TokenEntity {
    access_token: String,
    token_type: &'static str,
    scope: String,
    /// Unix seconds.
    created_at: i64,
}

impl From<Issued> for TokenEntity {
    fn from(issued: Issued) -> Self {
        Self {
            access_token: issued.secret,
            token_type: "Bearer",
            scope: issued.scopes,
            created_at: issued.created_at.timestamp(),
        }
    }
}

pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
) -> OAuthResult<impl IntoResponse> {
    let grant_type = params.text("grant_type");
    let grant_type = grant_type.ok_or(OAuthError::InvalidRequest(
        "Missing required parameter: grant_type.",
    ))?;
    if !matches!(grant_type.as_str(), "authorization_code" | "client_credentials") {
        return Err(OAuthError::UnsupportedGrantType);
    }
    let client = client::authenticate(&app, &headers, &params).await?;
    let issued = if grant_type == "client_credentials" {
        token::for_app(&app, &client, &params.text("scope").unwrap_or_default()).await?
    } else {
        let missing = || OAuthError::InvalidRequest("Missing required parameter: code or redirect_uri.");
        let verifier = params.text("code_verifier");
        let brought = Exchange {
            code: &params.text("code").ok_or_else(missing)?,
            redirect_uri: &params.text("redirect_uri").ok_or_else(missing)?,
            verifier: verifier.as_deref(),
        };
        token::exchange(&app, &client, &brought).await?
    };
    let private = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
    Ok((private, Json(TokenEntity::from(issued))))
}
