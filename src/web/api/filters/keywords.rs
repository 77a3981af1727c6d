//! `/api/v2/filters/{id}/keywords` and `/api/v2/filters/keywords/{id}`: the words of a filter, one by one.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::own;
use crate::actions::filters::{self, KeywordWish};
use crate::app::App;
use crate::db;
use crate::domain::filter::Keyword;
use crate::domain::ids::{AccountId, FilterId, KeywordId};
use crate::web::api::accounts::Of;
use crate::web::api::entities::filter::keyword as entity;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/filters/{id}/keywords", get(all).post(add))
        .route(
            "/api/v2/filters/keywords/{id}",
            get(one).put(change).patch(change).delete(remove),
        )
}

async fn keyword(app: &App, owner: AccountId, id: KeywordId) -> ApiResult<Keyword> {
    let filters = db::filters::of(&mut *app.db.acquire().await?, owner).await?;
    let mut keywords = filters.into_iter().flat_map(|filter| filter.keywords);
    keywords
        .find(|keyword| keyword.id == id)
        .ok_or(ApiError::NotFound)
}

fn wish(id: Option<KeywordId>, params: &Params) -> KeywordWish {
    KeywordWish {
        id,
        keyword: params.text("keyword"),
        whole_word: params.flag("whole_word"),
        goes: false,
    }
}

async fn all(State(app): State<App>, viewer: Viewer, Of(id): Of<FilterId>) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filter = own(&mut *app.db.acquire().await?, viewer.id, id).await?;
    Ok(Json(filter.keywords.iter().map(entity).collect::<Vec<_>>()).into_response())
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<FilterId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    let added = filters::add_keyword(&app, viewer.id, id, wish(None, &params)).await?;
    Ok(Json(entity(&added)).into_response())
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<KeywordId>) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let keyword = keyword(&app, viewer.id, id).await?;
    Ok(Json(entity(&keyword)).into_response())
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<KeywordId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    filters::change_keyword(&app, viewer.id, wish(Some(id), &params)).await?;
    let changed = keyword(&app, viewer.id, id).await?;
    Ok(Json(entity(&changed)).into_response())
}

async fn remove(State(app): State<App>, viewer: Viewer, Of(id): Of<KeywordId>) -> ApiResult<Json<Value>> {
    viewer.may("write:filters")?;
    let wish = KeywordWish {
        id: Some(id),
        goes: true,
        ..KeywordWish::default()
    };
    filters::change_keyword(&app, viewer.id, wish).await?;
    Ok(Json(json!({})))
}
