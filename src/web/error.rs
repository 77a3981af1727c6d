//! What a client is told when something goes wrong: one variant for each meaning in HTTP. Never tells internals.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

pub type ApiResult<T> = Result<T, ApiError>;

#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 400
    #[error("{0}")]
    BadRequest(String),
    /// 401, with no token or one that is not known.
    #[error("The access token is invalid")]
    Unauthorized,
    /// 403: the token may not do this.
    #[error("This action is outside the authorized scopes")]
    OutsideScopes,
    /// 403: this person may not do this.
    #[error("{0}")]
    Forbidden(&'static str),
    /// 404, also for what may not be seen.
    #[error("Record not found")]
    NotFound,
    /// 410
    #[error("Gone")]
    Gone,
    /// 409
    #[error("{0}")]
    Conflict(&'static str),
    /// 413
    #[error("{0}")]
    TooLarge(String),
    /// 415
    #[error("{0}")]
    UnsupportedType(String),
    /// 422, in a sentence.
    #[error("Validation failed: {0}")]
    Invalid(String),
    /// 422 with the whole sentence given.
    #[error("{0}")]
    Unprocessable(String),
    /// 422 with a reason for each field, as sign-up has it.
    #[error("Validation failed: {message}")]
    InvalidFields { message: String, details: Value },
    /// 423: somebody else works on it.
    #[error("{0}")]
    Locked(&'static str),
    /// 429
    #[error("Too many requests")]
    TooManyRequests { retry_after: u64 },
    /// 503, for a moment.
    #[error("{0}")]
    Unavailable(&'static str),
    /// 507: an admin has to make room.
    #[error("The server's disk is full, please try again later")]
    DiskFull,
    /// 500: logged here, hidden from the client.
    #[error("Internal server error")]
    Internal(#[source] anyhow::Error),
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Unavailable("The server is busy, please try again"),
            other => Self::Internal(other.into()),
        }
    }
}

impl ApiError {
    pub fn invalid(sentence: impl Into<String>) -> Self {
        Self::Invalid(sentence.into())
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::OutsideScopes | Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) | Self::Unprocessable(_) | Self::InvalidFields { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Locked(_) => StatusCode::LOCKED,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        if let Self::Internal(error) = &self {
            tracing::error!(error = format!("{error:#}"), "a request failed");
        }
        if let Self::DiskFull = &self {
            tracing::error!("there is no room on the disk for an upload");
        }
        let mut body = json!({ "error": self.to_string() });
        if let Self::InvalidFields { details, .. } = &self {
            body["details"] = details.clone();
        }
        let mut response = (status, Json(body)).into_response();
        match self {
            Self::Unauthorized => {
                let challenge = HeaderValue::from_static(r#"Bearer realm="Tintype", error="invalid_token""#);
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            }
            Self::TooManyRequests { retry_after } => {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, retry_after.into());
            }
            Self::Unavailable(_) => {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            _ => {}
        }
        response
    }
}
