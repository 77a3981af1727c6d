//! `/api/v2/filters/{id}/statuses` and `/api/v2/filters/statuses/{id}`: posts under a filter, whatever they say.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::own;
use crate::actions::filters;
use crate::app::App;
use crate::db;
use crate::domain::ids::{FilterId, RelationId};
use crate::web::api::accounts::Of;
use crate::web::api::entities::filter::status as entity;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/filters/{id}/statuses", get(all).post(add))
        .route("/api/v2/filters/statuses/{id}", get(one).delete(remove))
}

async fn all(State(app): State<App>, viewer: Viewer, Of(id): Of<FilterId>) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filter = own(&mut *app.db.acquire().await?, viewer.id, id).await?;
    Ok(Json(filter.posts.iter().map(entity).collect::<Vec<_>>()).into_response())
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<FilterId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    let post = params
        .id("status_id")?
        .ok_or_else(|| ApiError::invalid("Status can't be blank"))?;
    let added = filters::add_post(&app, viewer.id, id, post).await?;
    Ok(Json(entity(&added)).into_response())
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<RelationId>) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filters = db::filters::of(&mut *app.db.acquire().await?, viewer.id).await?;
    let mut posts = filters.iter().flat_map(|filter| &filter.posts);
    let found = posts.find(|marked| marked.id == id).ok_or(ApiError::NotFound)?;
    Ok(Json(entity(found)).into_response())
}

async fn remove(State(app): State<App>, viewer: Viewer, Of(id): Of<RelationId>) -> ApiResult<Json<Value>> {
    viewer.may("write:filters")?;
    filters::remove_post(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}
