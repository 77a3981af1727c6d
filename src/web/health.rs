//! For those who watch a server: whether it lives, whether it can work, and, to them alone, how it does. Says nothing about
//! people.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use crate::app::App;
use crate::db;
use crate::db::media_usage::Total;
use crate::web::address::CertainAddress;
use crate::web::error::{ApiError, ApiResult};

pub fn routes(metrics: PrometheusHandle) -> Router<App> {
    Router::new()
        .route("/health", get(|| async { "OK" }))
        .route("/ready", get(ready))
        .route(
            "/metrics",
            get(move |State(app): State<App>, from: CertainAddress| show(app, from, metrics)),
        )
}

/// Whether the database answers: a balancer sends nobody here while it does not.
async fn ready(State(app): State<App>) -> impl IntoResponse {
    match db::health::answers(&app.db).await {
        Ok(()) => (StatusCode::OK, Json(json!({ "ready": true }))),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                Json(json!({ "ready": false, "reason": "the database does not answer" })),
            )
        }
    }
}

async fn stored(app: &App) -> sqlx::Result<Vec<Total>> {
    db::media_usage::totals(&mut *app.db.acquire().await?).await
}

/// Whether somebody at this address watches the server. To all others there is nothing here.
fn watches(app: &App, CertainAddress(from): CertainAddress) -> bool {
    from.is_some_and(|from| {
        app.config
            .metrics_from
            .iter()
            .any(|network| network.contains(from))
    })
}

/// Prometheus' text, with the lengths of the queues as they are now.
async fn show(app: App, from: CertainAddress, metrics: PrometheusHandle) -> ApiResult<impl IntoResponse> {
    if !watches(&app, from) {
        return Err(ApiError::NotFound);
    }
    if let Ok(queues) = db::health::queues(&app.db).await {
        for (name, length) in queues {
            metrics::gauge!("tintype_queue_length", "queue" => name).set(length as f64);
        }
    }
    if let Ok(totals) = stored(&app).await {
        for total in totals {
            let from = if total.elsewhere { "elsewhere" } else { "here" };
            let kind = total.purpose.name();
            metrics::gauge!("tintype_media_bytes", "from" => from, "kind" => kind).set(total.bytes as f64);
        }
    }
    metrics::gauge!("tintype_database_connections").set(f64::from(app.db.size()));
    let resting = app.peers.pictures.how_many(app.clock.now());
    metrics::gauge!("tintype_picture_hosts_left_alone").set(resting as f64);
    metrics.run_upkeep();
    Ok((
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        metrics.render(),
    ))
}
