//! `/api/v1/conversations`: the viewer's talks, each with its newest post. Posts are made and deleted elsewhere.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::accounts::Of;
use crate::app::App;
use crate::db;
use crate::db::conversations::Unread;
use crate::domain::ids::{AccountId, ConversationId};
use crate::web::api::entities::conversation::Subjects;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 20;
const MOST: i64 = 40;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/conversations", get(list))
        .route("/api/v1/conversations/{id}", delete(remove))
        .route("/api/v1/conversations/{id}/read", post(read))
        .route("/api/v1/conversations/{id}/unread", post(unread))
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let range = Range::read(&params, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let window = range.and_one_more().into();
    let page = range.cut(db::conversations::page(&mut db, viewer.id, &window).await?);
    let subjects = Subjects::gather(&app, &mut db, viewer.id, &page.found).await?;
    let entities: Vec<_> = page.found.iter().filter_map(|one| subjects.entity(one)).collect();
    let places: Vec<i64> = page.found.iter().map(|one| one.place).collect();
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&entities, &places, page.older))
}

async fn read(State(app): State<App>, viewer: Viewer, Of(id): Of<ConversationId>) -> ApiResult<Response> {
    viewer.may("write:conversations")?;
    mark(&app, viewer.id, id, Unread::No).await
}

async fn unread(State(app): State<App>, viewer: Viewer, Of(id): Of<ConversationId>) -> ApiResult<Response> {
    viewer.may("write:conversations")?;
    mark(&app, viewer.id, id, Unread::Yes).await
}

async fn mark(app: &App, viewer: AccountId, id: ConversationId, unread: Unread) -> ApiResult<Response> {
    let mut db = app.db.acquire().await?;
    db::conversations::mark(&mut db, viewer, id, unread).await?;
    show(app, &mut db, viewer, id).await
}

async fn show(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    id: ConversationId,
) -> ApiResult<Response> {
    let found = db::conversations::one(db, viewer, id).await?;
    let found = found.ok_or(ApiError::NotFound)?;
    let subjects = Subjects::gather(app, db, viewer, std::slice::from_ref(&found)).await?;
    let entity = subjects.entity(&found).ok_or(ApiError::NotFound)?;
    Ok(Json(entity).into_response())
}

async fn remove(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ConversationId>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:conversations")?;
    match db::conversations::remove(&mut *app.db.acquire().await?, viewer.id, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
