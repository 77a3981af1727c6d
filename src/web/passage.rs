//! What every request passes on its way in, and every answer on its way out. One layer for all of it: each layer of this
//! kind boxes what it is given and copies all that is below it. Knows nothing of what is behind the doors.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;
use url::form_urlencoded;

use super::address::ClientAddress;
use super::error::ApiError;
use super::{gate, public, rate_limit};
use crate::app::App;

/// Lets in who may come in and does not ask too often; sees to it that people are told in pages, that kinds of content are
/// what they say they are, that one person's answers are kept by nobody on the way, and that slow and broken ones are
/// counted.
pub async fn pass(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let may_change = !request.method().is_safe();
    let is_ones_own = is_ones_own(request.uri().path(), request.headers());
    let mut response = if let Some(refusal) = gate::refusal(&app, address, request.headers()).await {
        refusal
    } else {
        let standing = rate_limit::count(&app, &request, address);
        let refusal = standing.as_ref().and_then(|standing| standing.refusal(&app));
        let mut response = match refusal {
            Some(refusal) => refusal,
            None => answer(&app, request, next).await,
        };
        if let Some(standing) = standing {
            standing.tell(&mut response);
        }
        response
    };
    if may_change {
        app.caches.check.expire();
    }
    guard(&app, response.headers_mut(), is_ones_own);
    let class = match response.status().as_u16() / 100 {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    metrics::counter!("tintype_requests_total", "status" => class).increment(1);
    metrics::histogram!("tintype_request_seconds").record(started.elapsed().as_secs_f64());
    response
}

async fn answer(app: &App, request: Request, next: Next) -> Response {
    let asked = public::of_people(&request);
    let response = match is_no_name(request.uri().path()) {
        true => ApiError::NotFound.into_response(),
        false => next.run(request).await,
    };
    match asked {
        None => response,
        // In a box: few answers are drawn anew.
        Some(asked) => Box::pin(public::for_people(app, &asked, response)).await,
    }
}

/// Nothing has a name with a zero byte, which Postgres has not, or with what is no UTF-8.
fn is_no_name(path: &str) -> bool {
    let mut pieces = form_urlencoded::parse(path.as_bytes());
    path.contains('%') && pieces.any(|(a, b)| a.contains(NO_LETTERS) || b.contains(NO_LETTERS))
}

/// The second stands where something was no UTF-8.
const NO_LETTERS: [char; 2] = ['\0', '\u{fffd}'];

fn is_ones_own(path: &str, asked: &HeaderMap) -> bool {
    path.starts_with("/api/")
        && (asked.contains_key(header::AUTHORIZATION) || asked.contains_key(header::COOKIE))
}

fn guard(app: &App, headers: &mut HeaderMap, is_ones_own: bool) {
    if is_ones_own {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-store"));
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("same-origin"));
    if app.urls.is_https() {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_letters() {
        for path in ["/a%00b", "/@ana/%ff%fe", "/x/%C3", "/x/%ED%A0%80/y", "/a&b=%ff"] {
            assert!(is_no_name(path), "{path}");
        }
        for path in [
            "/",
            "/@ana/7",
            "/tags/caf%C3%A9",
            "/tags/%F0%9F%93%B7",
            "/x/100%",
            "/x/%zz",
            "/%2500",
        ] {
            assert!(!is_no_name(path), "{path}");
        }
    }
}
