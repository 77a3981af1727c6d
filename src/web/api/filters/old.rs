//! `/api/v1/filters`: the same filters for clients to which a filter is one keyword. Its id is the keyword's.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::asked;
use crate::actions::filters::{self, KeywordWish, Wishes};
use crate::app::App;
use crate::db;
use crate::domain::filter::{Action, Filter, Keyword};
use crate::domain::ids::KeywordId;
use crate::web::api::accounts::Of;
use crate::web::api::entities::filter::old as entity;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/filters", get(all).post(create))
        .route(
            "/api/v1/filters/{id}",
            get(one).put(change).patch(change).delete(remove),
        )
}

/// Of each keyword, with the filter that it belongs to.
fn each(filters: &[Filter]) -> impl Iterator<Item = (&Filter, &Keyword)> {
    filters.iter().flat_map(|filter| {
        let keywords = filter.keywords.iter();
        keywords.map(move |keyword| (filter, keyword))
    })
}

/// What of a filter such clients can wish for.
fn wishes(params: &Params) -> ApiResult<(KeywordWish, Wishes)> {
    let irreversible = params.flag("irreversible");
    let keyword = KeywordWish {
        id: None,
        keyword: params.text("phrase"),
        whole_word: params.flag("whole_word"),
        goes: false,
    };
    let wishes = Wishes {
        title: None,
        contexts: asked::contexts(params)?,
        action: irreversible.map(|hides| if hides { Action::Hide } else { Action::Warn }),
        lasts: asked::lasts(params)?,
        keywords: Vec::new(),
    };
    Ok((keyword, wishes))
}

async fn all(State(app): State<App>, viewer: Viewer) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filters = db::filters::of(&mut *app.db.acquire().await?, viewer.id).await?;
    let entities = each(&filters).map(|(filter, keyword)| entity(filter, keyword));
    Ok(Json(entities.collect::<Vec<_>>()).into_response())
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<KeywordId>) -> ApiResult<Response> {
    viewer.may("read:filters")?;
    let filters = db::filters::of(&mut *app.db.acquire().await?, viewer.id).await?;
    respond(&filters, id)
}

fn respond(filters: &[Filter], id: KeywordId) -> ApiResult<Response> {
    let found = each(filters).find(|(_, keyword)| keyword.id == id);
    let (filter, keyword) = found.ok_or(ApiError::NotFound)?;
    Ok(Json(entity(filter, keyword)).into_response())
}

async fn create(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    let phrase = params.required("phrase")?;
    let (keyword, wishes) = wishes(&params)?;
    let wishes = Wishes {
        title: Some(phrase.chars().take(filters::LONGEST_TITLE).collect()),
        keywords: vec![keyword],
        ..wishes
    };
    let made = filters::make(&app, viewer.id, wishes).await?;
    let keyword = made.keywords.first().ok_or(ApiError::NotFound)?;
    Ok(Json(entity(&made, keyword)).into_response())
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<KeywordId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("write:filters")?;
    let (keyword, wishes) = wishes(&params)?;
    let keyword = KeywordWish {
        id: Some(id),
        ..keyword
    };
    let changed = filters::change_both(&app, viewer.id, keyword, wishes).await?;
    respond(&[changed], id)
}

async fn remove(State(app): State<App>, viewer: Viewer, Of(id): Of<KeywordId>) -> ApiResult<Json<Value>> {
    viewer.may("write:filters")?;
    filters::remove_both(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}
