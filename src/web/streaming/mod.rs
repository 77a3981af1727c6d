//! `/api/v1/streaming`: what happens, as it happens, to clients that stay connected. Over a WebSocket with as many streams
//! as a client likes, or one of them as an event stream. Decides nothing about who sees what: SQL is asked for each event.

mod announced;
mod callers;
mod conversed;
mod deliver;
mod ear;
mod event_source;
mod frame;
mod hub;
mod notified;
mod posts;
mod rendered;
mod socket;
mod wanted;

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub use hub::run;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/streaming", get(socket::open))
        .route("/api/v1/streaming/health", get(async || "OK"))
        .route("/api/v1/streaming/{stream}", get(event_source::open))
        .route("/api/v1/streaming/{stream}/{part}", get(event_source::open_part))
}
