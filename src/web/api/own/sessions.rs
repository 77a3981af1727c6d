//! Browsers in which somebody is signed in. Shows no secret of any.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::actions::{lock_out, sign_in};
use crate::app::App;
use crate::db;
use crate::domain::browser;
use crate::domain::ids::SessionId;
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

/// All of them at once: who has more sees the newest.
pub const MOST: i64 = 200;

pub async fn list(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read")?;
    let since = app.clock.now().date_naive() - sign_in::UNUSED;
    let mut db = app.db.acquire().await?;
    let sessions = db::sessions::of(&mut db, viewer.id, since, MOST).await?;
    let entity = |session: &db::sessions::Listed| {
        json!({
            "id": session.id,
            "name": browser::name(&session.user_agent),
            "user_agent": session.user_agent,
            "created_at": time(session.created_at),
            "last_used_on": session.last_used_on.to_string(),
            "current": viewer.grant.session_id == Some(session.id),
        })
    };
    Ok(Json(sessions.iter().map(entity).collect()))
}

pub async fn end(State(app): State<App>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    let id: SessionId = id.parse().map_err(|_| ApiError::NotFound)?;
    match lock_out::of_session(&app, viewer.id, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}

/// All but the one that asks, if it is one.
pub async fn end_others(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    lock_out::of_other_sessions(&app, viewer.id, viewer.grant.session_id).await?;
    Ok(Json(json!({})))
}
