//! How it is said that a file is not taken, or not changed. Decides nothing.

use crate::actions::retouch::RetouchError;
use crate::actions::upload::UploadError;
use crate::domain::quota::Full;
use crate::media::{Unplayable, Unusable, VideoError, staging};
use crate::web::error::ApiError;

impl From<UploadError> for ApiError {
    fn from(error: UploadError) -> Self {
        let sentence = error.to_string();
        match error {
            UploadError::Unusable(reason) => match reason {
                Unusable::TooManyBytes { .. } => Self::TooLarge(sentence),
                Unusable::NotYet { .. } => Self::UnsupportedType(sentence),
                _ => Self::Unprocessable(sentence),
            },
            UploadError::Video(reason) => match reason {
                VideoError::Unplayable(Unplayable::TooManyBytes { .. }) => Self::TooLarge(sentence),
                VideoError::Unplayable(Unplayable::NoProgram) => Self::UnsupportedType(sentence),
                VideoError::Unplayable(Unplayable::TooSlow { .. }) => {
                    Self::Unavailable("This server is too busy to look at the video, please try again")
                }
                VideoError::Unplayable(_) => Self::Unprocessable(sentence),
                VideoError::Io(error) if staging::is_full(&error) => Self::DiskFull,
                VideoError::Stopped | VideoError::Io(_) => Self::Internal(reason.into()),
            },
            UploadError::Refused(_) => Self::Unprocessable(sentence),
            UploadError::DescriptionTooLong(_) => Self::Invalid(sentence),
            UploadError::Full(full) => full.into(),
            UploadError::NotReady => Self::Unavailable("The picture is not ready yet, please try again"),
            UploadError::Database(error) => error.into(),
            UploadError::NoRandomness(error) => Self::Internal(error.into()),
            UploadError::Store(error) if error.is_full() => Self::DiskFull,
            UploadError::Store(error) => Self::Internal(error.into()),
        }
    }
}

impl From<Full> for ApiError {
    fn from(full: Full) -> Self {
        Self::TooLarge(full.to_string())
    }
}

impl From<RetouchError> for ApiError {
    fn from(error: RetouchError) -> Self {
        match error {
            RetouchError::NotFound => Self::NotFound,
            RetouchError::DescriptionTooLong(error) => Self::Invalid(error.to_string()),
            RetouchError::NoRandomness(error) => Self::Internal(error.into()),
            RetouchError::Database(error) => error.into(),
        }
    }
}
