//! `/api/v1/follow_requests`: who waits for the viewer's answer. The id in the address is the person's.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::accounts::{Of, answer, range, respond};
use crate::actions::{accept_follow, reject_follow};
use crate::app::App;
use crate::db;
use crate::web::api::entities::relationship::Entity;
use crate::web::error::ApiResult;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/follow_requests", get(list))
        .route("/api/v1/follow_requests/{id}/authorize", post(authorize))
        .route("/api/v1/follow_requests/{id}/reject", post(reject))
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:follows")?;
    let range = range(&params);
    let mut db = app.db.acquire().await?;
    let listed = db::follow_lists::requests(&mut db, viewer.id, &range.and_one_more().into()).await?;
    respond(&app, &mut db, &uri, &range, listed).await
}

async fn authorize(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    accept_follow::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn reject(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    reject_follow::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}
