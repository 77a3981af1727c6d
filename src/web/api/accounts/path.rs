//! The id in an address. One that is none is as good as one that does not exist: 404, not 400.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use crate::domain::ids::AccountId;
use crate::web::error::ApiError;

/// The `{id}` of an address.
#[derive(Clone, Copy, Debug)]
pub struct Of<T = AccountId>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Of<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound)?;
        id(&text).map(Self)
    }
}

pub fn id<T: FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound)
}
