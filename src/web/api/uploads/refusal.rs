//! How a resumable upload is refused, in the statuses that tus gives for it. Tells nobody of an upload of somebody else's.

use axum::Json;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::headers::VERSION;
use crate::actions::resumable::ResumableError;
use crate::media::StagingError;
use crate::web::error::ApiError;

pub type Answer<T> = Result<T, Refusal>;

#[derive(Debug)]
pub enum Refusal {
    Api(ApiError),
    /// 412, with the version that is spoken.
    Version,
    /// 460, which tus has made up.
    Checksum(String),
    /// 408
    Silence(String),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<ResumableError> for Refusal {
    fn from(error: ResumableError) -> Self {
        let sentence = error.to_string();
        Self::Api(match error {
            ResumableError::WrongChecksum => return Self::Checksum(sentence),
            ResumableError::Interrupted => return Self::Silence(sentence),
            ResumableError::NotFound | ResumableError::Staging(StagingError::Lost) => ApiError::NotFound,
            ResumableError::Expired => ApiError::Gone,
            ResumableError::TooMany => ApiError::Unprocessable(sentence),
            ResumableError::WrongOffset { .. } => {
                ApiError::Conflict("The upload is not as far, or farther: ask for its offset")
            }
            ResumableError::NoBucket | ResumableError::OtherLength { .. } | ResumableError::OtherSum => {
                ApiError::Unprocessable(sentence)
            }
            ResumableError::NothingThere => ApiError::Conflict("There is nothing at its address yet"),
            ResumableError::Parts { .. } => ApiError::BadRequest(sentence),
            ResumableError::TooLong { .. } => ApiError::TooLarge(sentence),
            ResumableError::WrongType(_) => ApiError::UnsupportedType(sentence),
            ResumableError::Malformed(_) => ApiError::BadRequest(sentence),
            ResumableError::Staging(StagingError::Locked) => {
                ApiError::Locked("Another request writes this upload")
            }
            ResumableError::Staging(StagingError::DiskFull) => ApiError::DiskFull,
            ResumableError::Staging(StagingError::Io(error)) => ApiError::Internal(error.into()),
            ResumableError::Upload(error) => error.into(),
            ResumableError::Database(error) => error.into(),
        })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let said =
            |status: StatusCode, sentence: &str| (status, Json(json!({ "error": sentence }))).into_response();
        match self {
            Self::Api(error) => error.into_response(),
            Self::Version => {
                let version = [(HeaderName::from_static("tus-version"), VERSION)];
                let sentence = "Tus-Resumable must be 1.0.0";
                (version, said(StatusCode::PRECONDITION_FAILED, sentence)).into_response()
            }
            Self::Checksum(sentence) => {
                let status = StatusCode::from_u16(460).expect("it is between 100 and 999");
                said(status, &sentence)
            }
            Self::Silence(sentence) => said(StatusCode::REQUEST_TIMEOUT, &sentence),
        }
    }
}
