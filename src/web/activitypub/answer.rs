//! Documents as answers: exact type, tag and age. Never lets a cache show one reader what another may see.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use tintype_federation::CONTENT_TYPE;
use tintype_federation::vocab::outgoing::{Document, tombstone};

use super::refusal::Refusal;
use crate::domain::random;
use crate::translate;

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Anybody, for a minute.
    Anybody,
    /// Nobody: it depends on who asked.
    Nobody,
}

/// A document, or 304 when the client has it.
pub fn document(document: &Document, keep: Keep, asked: &HeaderMap) -> Response {
    written(document.to_bytes(), keep, asked)
}

/// The same of one that is written already.
pub fn written(body: Bytes, keep: Keep, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&random::sha256(&body)[..12]));
    let same = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let mut response = if same.is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        typed(StatusCode::OK, body)
    };
    let headers = response.headers_mut();
    let age = match keep {
        Keep::Anybody => "public, max-age=60",
        Keep::Nobody => "private, no-store",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(age));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Signature"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// 410 with what is left where something was.
pub fn gone(uri: &str) -> Response {
    let mut response = typed(StatusCode::GONE, tombstone(&translate::address(uri)).to_bytes());
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept, Signature"));
    response
}

/// To the page that people read. A name that no header can hold is nobody's.
pub fn page(address: &str) -> Result<Response, Refusal> {
    if HeaderValue::from_str(address).is_err() {
        return Err(Refusal::NotFound);
    }
    let mut response = Redirect::to(address).into_response();
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// JSON of another type, for anybody, also for scripts of other sites.
pub fn open(content_type: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, body.into()).into_response()
}

fn typed(status: StatusCode, body: Bytes) -> Response {
    (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], body).into_response()
}
