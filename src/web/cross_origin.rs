//! What browsers are told on behalf of other sites' scripts (the Fetch standard's CORS protocol): they may ask and read
//! everything, without cookies.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::api;

static ANYBODY: HeaderValue = HeaderValue::from_static("*");
static ASKED_FOR: HeaderValue = HeaderValue::from_static("access-control-request-headers");
static METHODS: HeaderValue = HeaderValue::from_static("GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
/// A day, in seconds.
static HOW_LONG: HeaderValue = HeaderValue::from_static("86400");
const READABLE: [&str; 7] = [
    "link",
    "x-ratelimit-reset",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-request-id",
    "x-progress",
    "mastodon-async-refresh",
];
static EXPOSED: LazyLock<HeaderValue> = LazyLock::new(|| {
    let names: Vec<&str> = READABLE.into_iter().chain(api::uploads::EXPOSED).collect();
    HeaderValue::from_str(&names.join(",")).expect("names of headers")
});

/// The answer to a browser that asks whether it may.
pub fn permission(asked: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::VARY, ASKED_FOR.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS.clone());
    // By name: `*` does not stand for Authorization.
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HOW_LONG.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY.clone());
    response
}

/// Says in an answer that every site's script may read it.
pub fn open(headers: &mut HeaderMap) {
    headers.append(header::VARY, ASKED_FOR.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY.clone());
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED.clone());
}
