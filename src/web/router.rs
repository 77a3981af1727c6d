//! All doors on one screen, and what every request passes on its way in and out.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::timeout::TimeoutLayer;

use super::error::ApiError;
use super::passage::{self, Passage};
use super::{activitypub, api, auth, files, health, oauth, openapi, public, settings, shell, streaming};
use crate::app::App;

/// Largest body where a route says nothing else.
const LARGEST_BODY: usize = 2 << 20;
/// Longest that anything but an upload may take.
pub(super) const LONGEST_REQUEST: Duration = Duration::from_secs(60);
/// Time for the largest photo over half a megabit a second. Only those who are signed in may send one.
const LONGEST_UPLOAD: Duration = Duration::from_secs(15 * 60);

pub fn router(app: App, metrics: PrometheusHandle) -> Router {
    router_with(app, metrics, Router::new())
}

/// The same with more doors, which get what all of them get.
pub fn router_with(app: App, metrics: PrometheusHandle, more: Router<App>) -> Router {
    let passage = Passage::new(app.clone());
    // One layer for each of two routers, whatever is in it: with every request, a router copies all layers of a door.
    let within = |longest| {
        ServiceBuilder::new()
            .layer(middleware::from_fn_with_state(passage.clone(), passage::pass))
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                longest,
            ))
    };
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
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(within(LONGEST_REQUEST))
        .merge(
            api::uploads()
                .method_not_allowed_fallback(nothing_here)
                .layer(within(LONGEST_UPLOAD)),
        )
        .with_state(app)
}

async fn nothing_here() -> ApiError {
    ApiError::NotFound
}
