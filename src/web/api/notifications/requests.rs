//! `/api/v1/notifications/requests`: senders of whom the viewer's policy set something aside, to be accepted or sent away,
//! one or several at a time.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{MOST, USUAL};
use crate::actions::accept_notifications;
use crate::app::App;
use crate::db;
use crate::db::notification_requests::Request;
use crate::domain::ids::{AccountId, NotificationRequestId};
use crate::domain::notification::Kind;
use crate::web::api::accounts::Of;
use crate::web::api::entities::notification::{About, Subjects};
use crate::web::api::entities::{account, time};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// How many can be decided about at once.
const MOST_AT_ONCE: usize = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/notifications/requests", get(list))
        .route("/api/v1/notifications/requests/merged", get(merged))
        .route("/api/v1/notifications/requests/accept", post(accept_several))
        .route("/api/v1/notifications/requests/dismiss", post(dismiss_several))
        .route("/api/v1/notifications/requests/{id}", get(one))
        .route("/api/v1/notifications/requests/{id}/accept", post(accept))
        .route("/api/v1/notifications/requests/{id}/dismiss", post(dismiss))
}

#[derive(Debug, Serialize)]
struct Entity<'a> {
    id: NotificationRequestId,
    created_at: String,
    updated_at: String,
    /// A text, as clients have it from Mastodon.
    notifications_count: String,
    account: &'a account::Entity,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_status: Option<&'a RawValue>,
}

fn entity<'a>(subjects: &'a Subjects, request: &Request) -> Option<Entity<'a>> {
    // Its newest post is of no kind that needs one: gone in the meantime, it is left out.
    let status = subjects.status(Kind::Follow, request.last_post);
    Some(Entity {
        id: request.id,
        created_at: time(request.created_at),
        updated_at: time(request.updated_at),
        notifications_count: request.notifications.to_string(),
        account: subjects.account(request.from_id)?,
        last_status: status.flatten(),
    })
}

async fn gather(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    page: &[Request],
) -> ApiResult<Subjects> {
    let about = About {
        people: page.iter().map(|one| one.from_id).collect(),
        posts: page.iter().filter_map(|one| one.last_post).collect(),
        reports: Vec::new(),
    };
    Subjects::of(app, db, viewer, about).await
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let range = Range::read(&params, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let window = range.and_one_more().into();
    let page = range.cut(db::notification_requests::page(&mut db, viewer.id, &window).await?);
    let subjects = gather(&app, &mut db, viewer.id, &page.found).await?;
    let entities: Vec<_> = page
        .found
        .iter()
        .filter_map(|one| entity(&subjects, one))
        .collect();
    let ids: Vec<i64> = page.found.iter().map(|one| one.id.0).collect();
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&entities, &ids, page.older))
}

async fn one(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<NotificationRequestId>,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let request = db::notification_requests::one(&mut db, viewer.id, id).await?;
    let request = request.ok_or(ApiError::NotFound)?;
    let subjects = gather(&app, &mut db, viewer.id, std::slice::from_ref(&request)).await?;
    let entity = entity(&subjects, &request).ok_or(ApiError::NotFound)?;
    Ok(Json(entity).into_response())
}

async fn accept(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<NotificationRequestId>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    match accept_notifications::accept(&app, viewer.id, &[id]).await? {
        0 => Err(ApiError::NotFound),
        _ => Ok(Json(json!({}))),
    }
}

async fn dismiss(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<NotificationRequestId>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    match accept_notifications::dismiss(&app, viewer.id, &[id]).await? {
        0 => Err(ApiError::NotFound),
        _ => Ok(Json(json!({}))),
    }
}

/// Those of `id` that are there and the viewer's own.
fn several(params: &Params) -> ApiResult<Vec<NotificationRequestId>> {
    let ids = params.ids("id");
    match ids.len() {
        0..=MOST_AT_ONCE => Ok(ids),
        _ => Err(ApiError::invalid(format!("More than {MOST_AT_ONCE} requests"))),
    }
}

async fn accept_several(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    accept_notifications::accept(&app, viewer.id, &several(&params)?).await?;
    Ok(Json(json!({})))
}

async fn dismiss_several(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    accept_notifications::dismiss(&app, viewer.id, &several(&params)?).await?;
    Ok(Json(json!({})))
}

/// Whether all that was accepted is among the others by now.
async fn merged(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let merging = db::notification_requests::is_merging(&mut db, viewer.id).await?;
    Ok(Json(json!({ "merged": !merging })))
}
