//! What another server is told when it is turned away. Never says more than the status and a few words.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tintype_federation::inbox;
use tintype_federation::signature::SignatureError;

use super::LARGEST_LETTER;
use crate::actions::know_account::KnowError;
use crate::parking::ParkError;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 400
    #[error("{0}")]
    Malformed(&'static str),
    /// 401
    #[error("the signature is missing or wrong")]
    Unverified,
    /// 401 too, so that who signed with the wrong one of their keys may try another.
    #[error("the signer may not say this")]
    NotTheirs,
    /// 403
    #[error("this domain is suspended here")]
    Suspended,
    /// 404
    #[error("not found")]
    NotFound,
    /// 410
    #[error("gone")]
    Gone,
    /// 413
    #[error("an activity may have {LARGEST_LETTER} bytes")]
    TooLarge,
    /// 415
    #[error("send application/activity+json")]
    WrongType,
    /// 429
    #[error("too much of yours is waiting")]
    TooMuch,
    /// 503
    #[error("busy")]
    Busy,
    /// 500; logged where it happened.
    #[error("internal error")]
    Internal,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Unverified | Self::NotTheirs => StatusCode::UNAUTHORIZED,
            Self::Suspended => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMuch => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.to_string()).into_response();
        // Another may be answered otherwise: no cache may give this to them.
        let vary = HeaderValue::from_static("Accept, Signature");
        response.headers_mut().insert(header::VARY, vary);
        let wait = match self {
            Self::Busy => "5",
            Self::TooMuch => "60",
            _ => return response,
        };
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static(wait));
        response
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        tracing::error!(%error, "the database failed at the door for other servers");
        Self::Internal
    }
}

impl From<SignatureError> for Refusal {
    fn from(error: SignatureError) -> Self {
        tracing::debug!(%error, "a signature was refused");
        Self::Unverified
    }
}

impl From<inbox::Refusal> for Refusal {
    fn from(refusal: inbox::Refusal) -> Self {
        match refusal {
            inbox::Refusal::Malformed(why) => Self::Malformed(why),
            inbox::Refusal::NotTheirs => Self::NotTheirs,
        }
    }
}

impl From<KnowError> for Refusal {
    fn from(error: KnowError) -> Self {
        match error {
            KnowError::Suspended => Self::Suspended,
            // Their server may be back when they try again.
            KnowError::Busy | KnowError::Unreachable => Self::Busy,
            KnowError::Internal => Self::Internal,
            KnowError::Unknown | KnowError::Gone | KnowError::Unacceptable => Self::Unverified,
        }
    }
}

impl From<ParkError> for Refusal {
    fn from(error: ParkError) -> Self {
        match error {
            ParkError::Busy => Self::Busy,
            ParkError::Database => Self::Internal,
        }
    }
}
