//! How often a program or an address may ask the client API, as Mastodon counts it. Says so in every answer, and guards no
//! secret: tries of passwords are `actions::throttle`'s.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat};

use super::address::ClientAddress;
use super::error::ApiError;
use super::viewer;
use crate::actions::throttle;
use crate::app::App;
use crate::domain::random;

/// Requests within one stretch, for each token that is known, and for each address without one.
const MOST: u32 = 300;
/// Length of a stretch, in seconds.
const STRETCH: i64 = 5 * 60;

pub async fn limit(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    request: Request,
    next: Next,
) -> Response {
    if !app.config.rate_limits || !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let now = app.clock.now().timestamp();
    let stretch = now.div_euclid(STRETCH);
    let token = viewer::bearer(request.headers(), request.uri().query());
    let hash = token.map(|token| random::hash(&token));
    let asked = &app.caches.asked;
    let asker = asked.asker(hash.as_deref(), throttle::neighbourhood(address));
    let count = asked.count(asker, stretch);
    let end = (stretch + 1) * STRETCH;
    let mut response = if count > MOST {
        let retry_after = u64::try_from(end - now).unwrap_or_default();
        ApiError::TooManyRequests { retry_after }.into_response()
    } else {
        next.run(request).await
    };
    tell(&mut response, MOST.saturating_sub(count), end);
    response
}

fn tell(response: &mut Response, remaining: u32, end: i64) {
    let end = DateTime::from_timestamp(end, 0).unwrap_or_default();
    let end = end.to_rfc3339_opts(SecondsFormat::Micros, true);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-ratelimit-limit"), MOST.into());
    headers.insert(HeaderName::from_static("x-ratelimit-remaining"), remaining.into());
    if let Ok(end) = HeaderValue::from_str(&end) {
        headers.insert(HeaderName::from_static("x-ratelimit-reset"), end);
    }
}
