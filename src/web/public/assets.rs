//! `/assets/…` and `/favicon.ico`: the files of the pages themselves. Reads nothing from disk.

use axum::extract::OriginalUri;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::web::error::ApiError;
use crate::web::pages::assets;

pub async fn show(uri: OriginalUri) -> Result<Response, ApiError> {
    let asset = assets::asset(uri.path()).ok_or(ApiError::NotFound)?;
    let mut response = asset.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(asset.cache_control),
    );
    Ok(response)
}
