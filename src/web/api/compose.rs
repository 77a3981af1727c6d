//! `/api/v1.1/compose`: what Pixelfed's app asks for before somebody writes a post. Changes nothing.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::entities::instance::LONGEST_DESCRIPTION;
use crate::app::App;
use crate::db;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1.1/compose/settings", get(settings))
}

async fn settings(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read:accounts")?;
    let mut db = app.db.acquire().await?;
    let set = db::preferences::of(&mut db, viewer.id).await?;
    let set = set.ok_or(ApiError::Unauthorized)?;
    Ok(Json(json!({
        // Posts here have no licences.
        "default_license": null,
        "default_scope": set.audience.as_str(),
        "media_descriptions": false,
        "max_altext_length": LONGEST_DESCRIPTION,
        "max_media_attachments": app.config.post_photos,
    })))
}
