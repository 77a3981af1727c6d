//! `/api/v1/announcements`: what those who run this server say to everybody here. Written by `tintype announcement` alone.

use axum::extract::{Path, State};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::{Of, id};
use crate::actions::announce;
use crate::actions::react_to_announcement::{self, ReactError};
use crate::app::App;
use crate::domain::ids::AnnouncementId;
use crate::web::api::entities::announcement::{self, Entity};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/announcements", get(list))
        .route("/api/v1/announcements/{id}/dismiss", post(dismiss))
        .route(
            "/api/v1/announcements/{id}/reactions/{name}",
            put(react).patch(react).delete(take_back),
        )
}

impl From<ReactError> for ApiError {
    fn from(error: ReactError) -> Self {
        match error {
            ReactError::NotFound => Self::NotFound,
            ReactError::NotAnEmoji => Self::invalid("Name is not a recognized emoji"),
            ReactError::TooMany { most } => {
                Self::invalid(format!("There can be at most {most} different reactions"))
            }
            ReactError::Database(error) => error.into(),
        }
    }
}

async fn list(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    let with_dismissed = params.flag("with_dismissed").unwrap_or(false);
    let mut db = app.db.acquire().await?;
    let mut found = announcement::all(&app, &mut db, viewer.id).await?;
    found.retain(|one| with_dismissed || !one.read);
    Ok(Json(found))
}

async fn dismiss(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<AnnouncementId>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:accounts")?;
    match announce::dismiss(&app, viewer.id, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}

async fn react(
    State(app): State<App>,
    viewer: Viewer,
    Path((of, name)): Path<(String, String)>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:favourites")?;
    react_to_announcement::local(&app, viewer.id, id(&of)?, &name).await?;
    Ok(Json(json!({})))
}

async fn take_back(
    State(app): State<App>,
    viewer: Viewer,
    Path((of, name)): Path<(String, String)>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:favourites")?;
    react_to_announcement::undo_local(&app, viewer.id, id(&of)?, &name).await?;
    Ok(Json(json!({})))
}
