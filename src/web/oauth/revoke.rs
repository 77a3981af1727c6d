//! `POST /oauth/revoke` (RFC 7009). An app ends its own tokens only.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::client;
use super::error::{OAuthError, OAuthResult};
use crate::actions::token::{self, Revoked};
use crate::app::App;
use crate::web::params::Params;

pub async fn create(State(app): State<App>, headers: HeaderMap, params: Params) -> OAuthResult<Json<Value>> {
    let client = match client::authenticate(&app, &headers, &params).await {
        Ok(client) => client,
        // What Mastodon answers here, and its clients know.
        Err(OAuthError::InvalidClient) => return Err(OAuthError::Unauthorized),
        Err(error) => return Err(error),
    };
    let token = params.text("token").unwrap_or_default();
    match token::revoke(&app, &client, &token).await? {
        Revoked::Gone => Ok(Json(json!({}))),
        Revoked::NotYours => Err(OAuthError::Unauthorized),
    }
}
