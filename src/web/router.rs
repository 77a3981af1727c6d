//! All doors on one screen, and what every request passes on its way in and out.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowHeaders, Any as Anybody, CorsLayer};
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::error::ApiError;
use super::failures::Failures;
use super::{
    activitypub, api, auth, files, health, oauth, openapi, passage, public, settings, shell, streaming,
};
use crate::app::App;
use crate::domain::random;

/// Largest body where a route says nothing else.
const LARGEST_BODY: usize = 2 << 20;
/// Longest that anything but an upload may take.
pub(super) const LONGEST_REQUEST: Duration = Duration::from_secs(60);
/// Time for the largest photo over half a megabit a second. Only those who are signed in may send one.
const LONGEST_UPLOAD: Duration = Duration::from_secs(15 * 60);
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub fn router(app: App, metrics: PrometheusHandle) -> Router {
    router_with(app, metrics, Router::new())
}

/// The same with more doors, which get what all of them get.
pub fn router_with(app: App, metrics: PrometheusHandle, more: Router<App>) -> Router {
    more.merge(api::routes())
        .merge(openapi::routes())
        .merge(streaming::routes())
        .merge(oauth::routes())
        .merge(auth::routes())
        .merge(settings::routes())
        .merge(activitypub::routes())
        .merge(files::routes())
        .merge(shell::with_asker(public::routes()))
        .merge(shell::routes())
        .merge(health::routes(metrics))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST_REQUEST,
        ))
        .merge(api::uploads().layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST_UPLOAD,
        )))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        // One layer for the router, whatever is in it: the router copies what is below each of its own with every request.
        .layer(
            ServiceBuilder::new()
                .layer(middleware::map_request(without_strange_id))
                .layer(SetRequestIdLayer::new(REQUEST_ID.clone(), Numbered))
                .layer(
                    TraceLayer::new_for_http()
                        .make_span_with(span)
                        .on_failure(Failures::default())
                        .on_response(())
                        .on_request(()),
                )
                .layer(PropagateRequestIdLayer::new(REQUEST_ID.clone()))
                .layer(middleware::from_fn_with_state(app.clone(), api::uploads::tell))
                .layer(cors())
                .layer(middleware::from_fn_with_state(app.clone(), passage::pass))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(middleware::from_fn_with_state(
                    app.clone(),
                    api::pixelfed_extras::add,
                ))
                .layer(DefaultBodyLimit::max(LARGEST_BODY)),
        )
        .with_state(app)
}

async fn nothing_here() -> ApiError {
    ApiError::NotFound
}

/// Browsers elsewhere may read everything, without cookies.
fn cors() -> CorsLayer {
    let of_all = [
        "link",
        "x-ratelimit-reset",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-request-id",
        "x-progress",
        "mastodon-async-refresh",
    ];
    let exposed: Vec<HeaderName> = of_all
        .into_iter()
        .chain(api::uploads::EXPOSED)
        .map(HeaderName::from_static)
        .collect();
    CorsLayer::new()
        .allow_origin(Anybody)
        // By name: `*` does not stand for Authorization.
        .allow_headers(AllowHeaders::mirror_request())
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::HEAD,
            Method::OPTIONS,
        ])
        .expose_headers(exposed)
        .max_age(Duration::from_secs(24 * 3_600))
}

/// Longest id of a request that is taken from outside; a proxy's has 32 or 36.
const LONGEST_ID: usize = 64;

/// A proxy in front may have given the request its id. It goes into the log and into pages, so that what is none is taken off.
async fn without_strange_id(mut request: Request) -> Request {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_id = |id: &HeaderValue| (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(is_plain);
    if !request.headers().get_all(&REQUEST_ID).iter().all(is_id) {
        request.headers_mut().remove(&REQUEST_ID);
    }
    request
}

#[derive(Clone)]
struct Numbered;

impl MakeRequestId for Numbered {
    fn make_request_id<B>(&mut self, _: &http::Request<B>) -> Option<RequestId> {
        let id = u128::from_le_bytes(random::bytes());
        HeaderValue::from_str(&format!("{id:032x}"))
            .ok()
            .map(RequestId::new)
    }
}

/// Logged without query: it may hold a token.
fn span<B>(request: &http::Request<B>) -> tracing::Span {
    let id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), path = request.uri().path())
}

/// A panic is a bug of ours: logged with the request's id, which the client is given too.
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("something that is no text");
    ApiError::Internal(anyhow::anyhow!("a handler panicked: {what}")).into_response()
}
