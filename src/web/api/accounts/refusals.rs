//! What refusals of verbs between people mean in HTTP. Decides nothing.

use crate::actions::block_domain::DomainError;
use crate::actions::follow::FollowError;
use crate::actions::note_about::NoteError;
use crate::actions::parties::PartyError;
use crate::actions::update_profile::ProfileError;
use crate::web::error::ApiError;

impl From<PartyError> for ApiError {
    fn from(error: PartyError) -> Self {
        match error {
            PartyError::NotFound => Self::NotFound,
            PartyError::Database(error) => error.into(),
        }
    }
}

impl From<FollowError> for ApiError {
    fn from(error: FollowError) -> Self {
        match error {
            FollowError::NotFound => Self::NotFound,
            FollowError::NotAllowed => Self::Forbidden("This action is not allowed"),
            FollowError::TooMany { most } => {
                Self::invalid(format!("You cannot follow more than {most} people"))
            }
            FollowError::Database(error) => error.into(),
        }
    }
}

impl From<NoteError> for ApiError {
    fn from(error: NoteError) -> Self {
        match error {
            NoteError::TooLong { most } => {
                Self::invalid(format!("Comment is too long (maximum is {most} characters)"))
            }
            NoteError::Party(error) => error.into(),
        }
    }
}

impl From<DomainError> for ApiError {
    fn from(error: DomainError) -> Self {
        match error {
            DomainError::Invalid => Self::invalid("Domain is not a valid domain name"),
            DomainError::Database(error) => error.into(),
        }
    }
}

impl From<ProfileError> for ApiError {
    fn from(error: ProfileError) -> Self {
        let too_long = |what: &str, most: usize| {
            Self::invalid(format!("{what} is too long (maximum is {most} characters)"))
        };
        match error {
            ProfileError::NotFound => Self::NotFound,
            ProfileError::NameTooLong { most } => too_long("Display name", most),
            ProfileError::NoteTooLong { most } => too_long("Note", most),
            ProfileError::TooManyFields { most } => Self::invalid(format!("Fields can be at most {most}")),
            ProfileError::FieldTooLong { most } => too_long("Fields", most),
            ProfileError::DescriptionTooLong(error) => Self::invalid(error.to_string()),
            ProfileError::Database(error) => error.into(),
        }
    }
}
