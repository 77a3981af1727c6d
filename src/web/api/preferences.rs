//! `/api/v1/preferences`: what the viewer set for their posts. Changed through `update_credentials`.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;

use crate::app::App;
use crate::db;
use crate::web::api::entities::preferences;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/preferences", get(read))
}

async fn read(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read:accounts")?;
    let mut db = app.db.acquire().await?;
    let set = db::preferences::of(&mut db, viewer.id)
        .await?
        .ok_or(ApiError::Unauthorized)?;
    Ok(Json(preferences::entity(&set)))
}
