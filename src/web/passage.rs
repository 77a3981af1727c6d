//! What every request passes on its way in, and every answer on its way out. One layer for all of it: each layer of this
//! kind boxes what it is given and copies all that is below it. Knows nothing of what is behind the doors.

use std::any::Any;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{FromRef, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt as _;
use metrics::{Counter, Histogram};
use tokio::time::Instant;
use tracing::{Instrument as _, Span};
use url::form_urlencoded;

use super::address::ClientAddress;
use super::api::{pixelfed_extras, uploads};
use super::error::ApiError;
use super::failures::Failures;
use super::{cross_origin, gate, public, rate_limit, request_id};
use crate::app::App;

/// What every request is passed with.
#[derive(Clone)]
pub struct Passage(Arc<Parts>);

struct Parts {
    app: App,
    failures: Failures,
    counts: Counts,
}

/// Looked up once: by its name, each costs as much as finding a page.
struct Counts {
    /// By the first digit of the status, from 2 on.
    requests: [Counter; 4],
    seconds: Histogram,
}

impl Passage {
    pub fn new(app: App) -> Self {
        let requests = |status| metrics::counter!("tintype_requests_total", "status" => status);
        Self(Arc::new(Parts {
            app,
            failures: Failures::default(),
            counts: Counts {
                requests: ["2xx", "3xx", "4xx", "5xx"].map(requests),
                seconds: metrics::histogram!("tintype_request_seconds"),
            },
        }))
    }
}

impl FromRef<Passage> for App {
    fn from_ref(passage: &Passage) -> Self {
        passage.0.app.clone()
    }
}

/// Gives each request its id and its line in the log, and tells other sites' scripts what they may.
pub async fn pass(
    State(Passage(passage)): State<Passage>,
    ClientAddress(address): ClientAddress,
    mut request: Request,
    next: Next,
) -> Response {
    let id = request_id::of(request.headers_mut());
    let mut response = if request.method() == Method::OPTIONS {
        let mut response = cross_origin::permission(request.headers());
        uploads::tell(&passage.app, request.uri().path(), response.headers_mut());
        response
    } else {
        let span = span(&request, &id);
        let seen = Seen::of(&request);
        let mut response = let_in(&passage.app, address, request, next)
            .instrument(span.clone())
            .await;
        span.in_scope(|| passage.see_off(&seen, &mut response));
        cross_origin::open(response.headers_mut());
        response
    };
    response.headers_mut().insert(request_id::NAME.clone(), id);
    response
}

/// Without the query: it may hold a token.
fn span(request: &Request, id: &HeaderValue) -> Span {
    let id = id.to_str().unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), path = request.uri().path())
}

/// What is remembered of a request until its answer goes out.
struct Seen {
    at: Instant,
    may_change: bool,
    is_ones_own: bool,
}

impl Seen {
    fn of(request: &Request) -> Self {
        Self {
            at: Instant::now(),
            may_change: !request.method().is_safe(),
            is_ones_own: is_ones_own(request.uri().path(), request.headers()),
        }
    }
}

impl Parts {
    /// Sees to it that one person's answers are kept by nobody on the way, that kinds of content are what they say they
    /// are, and that slow and broken answers are counted.
    fn see_off(&self, seen: &Seen, response: &mut Response) {
        if seen.may_change {
            self.app.caches.check.expire();
        }
        guard(&self.app, response.headers_mut(), seen.is_ones_own);
        let took = seen.at.elapsed();
        let class = usize::from(response.status().as_u16() / 100).clamp(2, 5) - 2;
        self.counts.requests[class].increment(1);
        self.counts.seconds.record(took.as_secs_f64());
        self.failures.tell(response.status(), took);
    }
}

/// Lets in who may come in and does not ask too often; sees to it that people are told in pages, and Pixelfed's apps what
/// they want to know. One future, since each that is in another moves the request once more.
async fn let_in(app: &App, address: IpAddr, request: Request, next: Next) -> Response {
    if let Some(refusal) = gate::refusal(app, address, request.headers()).await {
        return refusal;
    }
    let standing = rate_limit::count(app, &request, address);
    let refusal = standing.as_ref().and_then(|standing| standing.refusal(app));
    let wants_extras = pixelfed_extras::is_asked(request.uri());
    let asked = public::of_people(&request);
    let mut response = match refusal {
        Some(refusal) => refusal,
        None if is_no_name(request.uri().path()) => {
            in_a_page(app, asked, ApiError::NotFound.into_response()).await
        }
        None => {
            let mut response = caught(next.run(request)).await;
            if wants_extras {
                response = caught(Box::pin(pixelfed_extras::add(app, response))).await;
            }
            in_a_page(app, asked, response).await
        }
    };
    if let Some(standing) = standing {
        standing.tell(&mut response);
    }
    response
}

async fn in_a_page(app: &App, asked: Option<HeaderMap>, response: Response) -> Response {
    match asked {
        None => response,
        // In a box: few answers are drawn anew.
        Some(asked) => Box::pin(public::for_people(app, &asked, response)).await,
    }
}

fn caught(answer: impl Future<Output = Response>) -> impl Future<Output = Response> {
    let answer = AssertUnwindSafe(answer).catch_unwind();
    answer.map(|answer| answer.unwrap_or_else(|panic| panicked(&*panic)))
}

/// A panic is a bug of ours: logged with the request's id, which the client is given too.
fn panicked(panic: &(dyn Any + Send)) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("something that is no text");
    ApiError::Internal(anyhow::anyhow!("a handler panicked: {what}")).into_response()
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
