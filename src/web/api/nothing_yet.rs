//! Lists that clients ask for at their start and of which nobody has any here. An empty list is the true answer;
//! what would change one is not served.

use axum::routing::get;
use axum::{Json, Router};

use crate::app::App;
use crate::web::viewer::Anyone;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/custom_emojis", get(for_anyone))
}

async fn for_anyone(_viewer: Anyone) -> Json<[(); 0]> {
    Json([])
}
