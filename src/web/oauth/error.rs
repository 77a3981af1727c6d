//! What OAuth clients are told when something goes wrong: the codes of RFC 6749, section 5.2. Never tells internals.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::actions::token::TokenError;
use crate::web::error::ApiError;

#[derive(Debug)]
pub enum OAuthError {
    InvalidRequest(&'static str),
    /// Unknown client, or not its secret.
    InvalidClient,
    InvalidGrant,
    InvalidScope,
    UnsupportedGrantType,
    /// The token is another app's.
    Unauthorized,
    Other(ApiError),
}

pub type OAuthResult<T> = Result<T, OAuthError>;

impl From<sqlx::Error> for OAuthError {
    fn from(error: sqlx::Error) -> Self {
        Self::Other(error.into())
    }
}

impl From<TokenError> for OAuthError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::InvalidGrant => Self::InvalidGrant,
            TokenError::InvalidScope => Self::InvalidScope,
            TokenError::Database(error) => error.into(),
        }
    }
}

impl OAuthError {
    /// The code and a sentence for the app's makers.
    fn told(&self) -> Option<(StatusCode, &'static str, &'static str)> {
        Some(match self {
            Self::InvalidRequest(sentence) => (StatusCode::BAD_REQUEST, "invalid_request", sentence),
            Self::InvalidClient => (
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
            ),
            Self::InvalidGrant => (
                StatusCode::BAD_REQUEST,
                "invalid_grant",
                "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
            ),
            Self::InvalidScope => (
                StatusCode::BAD_REQUEST,
                "invalid_scope",
                "The requested scope is invalid, unknown, or malformed.",
            ),
            Self::UnsupportedGrantType => (
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
            ),
            Self::Unauthorized => (
                StatusCode::FORBIDDEN,
                "unauthorized_client",
                "You are not authorized to revoke this token",
            ),
            Self::Other(_) => return None,
        })
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let Some((status, code, sentence)) = self.told() else {
            return match self {
                Self::Other(error) => error.into_response(),
                _ => StatusCode::BAD_REQUEST.into_response(),
            };
        };
        let body = json!({ "error": code, "error_description": sentence });
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            // RFC 6749, section 5.2: for clients that tried Basic, and it is allowed for all.
            let challenge = HeaderValue::from_static(r#"Basic realm="Tintype", charset="UTF-8""#);
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
