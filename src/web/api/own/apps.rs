//! Apps that somebody allowed to act for them. Shows neither their tokens nor their secrets.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::actions::lock_out;
use crate::app::App;
use crate::db;
use crate::domain::ids::AppId;
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

/// All of them at once: who has more sees the newest.
pub const MOST: i64 = 200;

pub async fn list(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read")?;
    let mut db = app.db.acquire().await?;
    let allowed = db::tokens::allowed_by(&mut db, viewer.id, MOST).await?;
    let entity = |one: &db::tokens::Allowed| {
        json!({
            "id": one.app,
            "name": one.name,
            "website": one.website,
            "scopes": one.scopes,
            "created_at": time(one.since),
            "last_used_on": one.last_used_on.map(|day| day.to_string()),
            "current": viewer.grant.app_id == Some(one.app),
        })
    };
    Ok(Json(allowed.iter().map(entity).collect()))
}

pub async fn revoke(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    let id: AppId = id.parse().map_err(|_| ApiError::NotFound)?;
    match lock_out::of_app(&app, viewer.id, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
