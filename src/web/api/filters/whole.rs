//! `/api/v2/filters`: filters with all that they have.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{asked, own};
use crate::actions::filters;
use crate::app::App;
use crate::db;
use crate::domain::ids::FilterId;
use crate::web::api::accounts::Of;
use crate::web::api::entities::filter::entity;
use crate::web::error::ApiResult;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/filters", get(all).post(create))
        .route(
            "/api/v2/filters/{id}",
            get(one).put(change).patch(change).delete(remove),
        )
}

async fn all(State(app): State<App>, viewer: Viewer) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filters = db::filters::of(&mut *app.db.acquire().await?, viewer.id).await?;
    Ok(Json(filters.iter().map(entity).collect::<Vec<_>>()).into_response())
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<FilterId>) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filter = own(&mut *app.db.acquire().await?, viewer.id, id).await?;
    Ok(Json(entity(&filter)).into_response())
}

async fn create(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    let made = filters::make(&app, viewer.id, asked::wishes(&params)?).await?;
    Ok(Json(entity(&made)).into_response())
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<FilterId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    let changed = filters::change(&app, viewer.id, id, asked::wishes(&params)?).await?;
    Ok(Json(entity(&changed)).into_response())
}

async fn remove(State(app): State<App>, viewer: Viewer, Of(id): Of<FilterId>) -> ApiResult<Json<Value>> {
    viewer.may("write:filters")?;
    filters::remove(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}
