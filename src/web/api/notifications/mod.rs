//! `/api/v1/notifications` and `/api/v2/notifications`: what happened that concerns the viewer. The rules of who hears of
//! what are not here.

mod chosen;
mod grouped;
mod policy;
mod requests;
mod sieve;
pub mod unread;

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use self::sieve::Sieve;
use super::accounts::Of;
use crate::app::App;
use crate::db;
use crate::domain::ids::NotificationId;
use crate::web::api::entities::notification::Subjects;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 40;
const MOST: i64 = 80;
/// How far unread ones are counted, and how far at most.
const USUAL_COUNT: i64 = 100;
const MOST_COUNT: i64 = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/notifications", get(list))
        .route("/api/v1/notifications/unread_count", get(unread_count))
        .route("/api/v1/notifications/clear", post(clear))
        .route(
            "/api/v1/notifications/destroy_multiple",
            delete(dismiss_several).post(dismiss_several),
        )
        .route("/api/v1/notifications/{id}", get(one).delete(dismiss))
        .route("/api/v1/notifications/{id}/dismiss", post(dismiss))
        .merge(grouped::routes())
        .merge(policy::routes())
        .merge(requests::routes())
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let chosen = chosen::chosen(&params)?;
    let mut db = app.db.acquire().await?;
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    let mut sieve = Sieve::new(Range::read(&params, USUAL, MOST));
    loop {
        let found = db::notification_lists::page(&mut db, viewer.id, &chosen, &sieve.window()).await?;
        let (found, older) = sieve.cut(found);
        let subjects = Subjects::gather(&app, &mut db, viewer.id, &found).await?;
        let found = found.iter().map(|one| (one.id.0, subjects.entity(one)));
        if let Some(sieved) = sieve.sift(found.collect(), older, Option::is_some) {
            return Ok(pager.respond(&sieved.page, &sieved.ids, sieved.older));
        }
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<NotificationId>) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let found = db::notification_lists::one(&mut db, viewer.id, id).await?;
    let found = found.ok_or(ApiError::NotFound)?;
    let subjects = Subjects::gather(&app, &mut db, viewer.id, std::slice::from_ref(&found)).await?;
    let entity = subjects.entity(&found).ok_or(ApiError::NotFound)?;
    Ok(Json(entity).into_response())
}

/// How far a client wants unread ones to be counted.
fn count_to(params: &Params) -> i64 {
    params.number("limit").unwrap_or(USUAL_COUNT).clamp(1, MOST_COUNT)
}

async fn unread_count(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let chosen = chosen::chosen(&params)?;
    let mut db = app.db.acquire().await?;
    let count = unread::alone(&app, &mut db, viewer.id, &chosen, count_to(&params)).await?;
    Ok(Json(json!({ "count": count })))
}

async fn clear(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    db::notification_lists::clear(&mut *app.db.acquire().await?, viewer.id).await?;
    Ok(Json(json!({})))
}

async fn dismiss(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<NotificationId>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    match db::notification_lists::dismiss(&mut *app.db.acquire().await?, viewer.id, &[id]).await? {
        0 => Err(ApiError::NotFound),
        _ => Ok(Json(json!({}))),
    }
}

/// Those of `ids` that are there and the viewer's own.
async fn dismiss_several(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    let ids = params.ids::<NotificationId>("ids");
    db::notification_lists::dismiss(&mut *app.db.acquire().await?, viewer.id, &ids).await?;
    Ok(Json(json!({})))
}
