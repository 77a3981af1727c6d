//! `/api/v1/media`, `/api/v2/media`: pictures and videos before they are posted. Never shows one to anybody but its owner.

mod refusals;
mod taking_in;

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;

pub(super) use taking_in::announced;
use taking_in::{FIELDS, length, most_in_memory, read, take_in};

use super::accounts::Of;
use super::entities::media::{Attachment, attachment};
use crate::actions::retouch::{self, Change};
use crate::actions::settle;
use crate::app::App;
use crate::db;
use crate::db::media::Owned;
use crate::domain::camera::FilmChange;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::FocalPoint;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Node;
use crate::web::viewer::Viewer;

const SCOPE: &str = "write:media";
/// A small picture is ready by then, and its client saved the asking.
const GLANCE: Duration = Duration::from_millis(150);
/// What `v1` waits for a picture.
const PATIENCE: Duration = Duration::from_secs(20);
/// How far one is that is being made ready, in hundredths.
const PROGRESS: &str = "x-progress";
/// Pictures that one is told of as similar.
const MOST_SIMILAR: i64 = 5;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/media", post(create))
        .route("/api/v1/media", post(create_and_wait))
        .route(
            "/api/v1/media/{id}",
            get(show).put(update).patch(update).delete(destroy),
        )
}

async fn create(State(app): State<App>, viewer: Viewer, request: Request) -> ApiResult<Response> {
    let id = take_in(&app, &viewer, request).await?;
    settle::within(&app, id, GLANCE).await?;
    let owned = own(&app, viewer.id, id).await?;
    as_far_as_it_is(&app, owned, StatusCode::ACCEPTED).await
}

async fn create_and_wait(State(app): State<App>, viewer: Viewer, request: Request) -> ApiResult<Response> {
    let id = take_in(&app, &viewer, request).await?;
    settle::within(&app, id, PATIENCE).await?;
    let owned = own(&app, viewer.id, id).await?;
    as_far_as_it_is(&app, owned, StatusCode::ACCEPTED).await
}

async fn show(State(app): State<App>, viewer: Viewer, Of(id): Of<MediaId>) -> ApiResult<Response> {
    viewer.may(SCOPE)?;
    let owned = own(&app, viewer.id, id).await?;
    as_far_as_it_is(&app, owned, StatusCode::PARTIAL_CONTENT).await
}

async fn update(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<MediaId>,
    request: Request,
) -> ApiResult<Response> {
    viewer.may(SCOPE)?;
    // No video comes with a change; a picture may, and says how long it is.
    let most = announced(request.headers()).map_or(FIELDS, |_| most_in_memory(&app));
    let _room = app.uploads.room(viewer.id, length(&request, most)?).await;
    let params = read(request, most).await?;
    let change = Change {
        description: params.text("description"),
        focus: params.text("focus").map(|text| FocalPoint::parse(&text)),
        film: film(params.node("film"))?,
    };
    // A refused one says why; only then is it missing.
    refuse_failed(&own(&app, viewer.id, id).await?)?;
    retouch::local(&app, viewer.id, id, &change).await?;
    let owned = own(&app, viewer.id, id).await?;
    as_far_as_it_is(&app, owned, StatusCode::PARTIAL_CONTENT).await
}

/// What is said by hand of the film that a photograph was taken on.
pub(super) fn film(said: Node<'_>) -> ApiResult<Option<FilmChange>> {
    FilmChange::parse(|name| said.get(name).text()).map_err(|error| ApiError::Invalid(error.to_string()))
}

async fn destroy(State(app): State<App>, viewer: Viewer, Of(id): Of<MediaId>) -> ApiResult<Response> {
    viewer.may(SCOPE)?;
    let mut db = app.db.acquire().await?;
    if db::media::delete_unattached(&mut db, viewer.id, id).await? {
        return Ok(Json(json!({})).into_response());
    }
    let owned = db::media::by_ids(&mut db, &[id]).await?.pop();
    match owned.filter(|it| it.owner_id == viewer.id) {
        Some(_) => Err(ApiError::Unprocessable(
            "Media attachment is currently used by a status".into(),
        )),
        None => Err(ApiError::NotFound),
    }
}

/// The picture, if it is the viewer's and was part of no post yet.
async fn own(app: &App, viewer: AccountId, id: MediaId) -> ApiResult<Owned> {
    let mut db = app.db.acquire().await?;
    let found = db::media::by_ids(&mut db, &[id]).await?.pop();
    found
        .filter(|it| it.owner_id == viewer && it.post_id.is_none() && !it.attached)
        .ok_or(ApiError::NotFound)
}

/// A picture as its owner sees it before it is posted.
#[derive(Debug, Serialize)]
struct Uploaded {
    #[serde(flatten)]
    attachment: Attachment,
    /// Ours: other pictures of theirs that look the same, the newest first. Nothing is done about them.
    similar: Vec<Similar>,
}

#[derive(Debug, Serialize)]
struct Similar {
    id: MediaId,
    status_id: Option<PostId>,
}

async fn as_far_as_it_is(app: &App, owned: Owned, while_it_waits: StatusCode) -> ApiResult<Response> {
    refuse_failed(&owned)?;
    let status = if owned.photo.state == 0 {
        while_it_waits
    } else {
        StatusCode::OK
    };
    let mut db = app.db.acquire().await?;
    let (owner, id) = (owned.owner_id, owned.photo.id);
    let alike = db::media_looks::alike(&mut db, owner, id, Fingerprint::ALIKE, MOST_SIMILAR).await?;
    let similar = alike.iter().map(|other| Similar {
        id: other.id,
        status_id: other.post_id,
    });
    let uploaded = Uploaded {
        attachment: attachment(&app.urls, &owned.photo),
        similar: similar.collect(),
    };
    let mut response = (status, Json(uploaded)).into_response();
    if owned.photo.state == 0 {
        response.headers_mut().insert(PROGRESS, owned.progress.into());
    }
    Ok(response)
}

fn refuse_failed(owned: &Owned) -> ApiResult<()> {
    match &owned.failure {
        Some(failure) if owned.photo.state == 2 => Err(ApiError::Unprocessable(failure.clone())),
        _ => Ok(()),
    }
}
