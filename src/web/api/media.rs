//! `/api/v1/media`, `/api/v2/media`: pictures and videos before they are posted. Never shows one to anybody but its owner.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;

use super::accounts::Of;
use super::entities::media::{Attachment, attachment};
use crate::actions::quota;
use crate::actions::retouch::{self, Change, RetouchError};
use crate::actions::settle;
use crate::actions::upload::{self, Body, Upload, UploadError};
use crate::app::App;
use crate::db;
use crate::db::media::Owned;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::{FocalPoint, Purpose};
use crate::domain::quota::{Full, Quota};
use crate::media::{Ffmpeg, Unplayable, Unusable, VideoError, staging};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::{MOST_BESIDE, Params};
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
/// Room for the other fields of an upload.
const FIELDS: u64 = 1 << 20;

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
    };
    // A refused one says why; only then is it missing.
    refuse_failed(&own(&app, viewer.id, id).await?)?;
    retouch::local(&app, viewer.id, id, &change).await?;
    let owned = own(&app, viewer.id, id).await?;
    as_far_as_it_is(&app, owned, StatusCode::PARTIAL_CONTENT).await
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

async fn take_in(app: &App, viewer: &Viewer, request: Request) -> ApiResult<MediaId> {
    viewer.may(SCOPE)?;
    let length = length(&request, most(app))?;
    let quota = quota::bound(app, viewer.id).await?;
    refuse_beyond(quota, announced(request.headers()))?;
    if let Some(ffmpeg) = app
        .ffmpeg
        .as_ref()
        .filter(|_| length > most_in_memory(app) && is_multipart(request.headers()))
    {
        return take_in_large(app, viewer, ffmpeg, quota, request).await;
    }
    let _room = app.uploads.room(viewer.id, length.min(most_in_memory(app))).await;
    let params = read_within(app, quota, request).await?;
    let file = params
        .file("file")
        .ok_or_else(|| ApiError::invalid("File can't be blank"))?;
    let upload = with_words(Body::Memory(file.bytes.clone()), &params);
    keep(app, viewer, upload, file.content_type.as_deref()).await
}

/// What may be larger than any picture goes into a file on its way, and takes no room in memory from others.
async fn take_in_large(
    app: &App,
    viewer: &Viewer,
    ffmpeg: &Ffmpeg,
    quota: Option<Quota>,
    mut request: Request,
) -> ApiResult<MediaId> {
    let beside = app.uploads.room(viewer.id, MOST_BESIDE as u64).await;
    let bench = ffmpeg.bench().await.map_err(UploadError::from)?;
    let quota = quota.filter(|quota| room(*quota) < most(app));
    let most = quota.map_or(most(app), room);
    DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX)).apply(&mut request);
    let spooled = Params::spooling(request, "file", &bench.source()).await;
    let (params, file) = spooled.map_err(|error| beyond(quota, error))?;
    let file = file.ok_or_else(|| ApiError::invalid("File can't be blank"))?;
    drop(beside);
    let written = bench.written().await.map_err(UploadError::from)?;
    // Whoever did not say how long it is may have sent a picture.
    let is_small = written <= app.config.photo_bytes;
    let _room = app
        .uploads
        .room(viewer.id, if is_small { written } else { FIELDS })
        .await;
    let body = match is_small {
        true => Body::Memory(bench.read().await.map_err(UploadError::from)?),
        false => Body::File(bench),
    };
    let upload = with_words(body, &params);
    keep(app, viewer, upload, file.content_type.as_deref()).await
}

fn with_words(body: Body, params: &Params) -> Upload {
    Upload {
        purpose: Purpose::Attachment,
        body,
        description: params.text("description").unwrap_or_default(),
        focus: FocalPoint::parse(&params.text("focus").unwrap_or_default()),
    }
}

async fn keep(app: &App, viewer: &Viewer, upload: Upload, claimed: Option<&str>) -> ApiResult<MediaId> {
    match upload::local(app, viewer.id, upload).await {
        Err(UploadError::Unusable(Unusable::UnknownType)) if !claims_to_be_a_picture(claimed) => {
            Err(ApiError::UnsupportedType(Unusable::UnknownType.to_string()))
        }
        taken => Ok(taken?),
    }
}

/// Whoever has no room, or says that more comes than there is room for, sends it in vain.
fn refuse_beyond(quota: Option<Quota>, announced: Option<u64>) -> ApiResult<()> {
    let least = announced.unwrap_or_default().saturating_sub(FIELDS).max(1);
    Ok(quota.map_or(Ok(()), |quota| quota.takes(least))?)
}

/// Parameters of an upload, of which no more is read than its sender may keep.
async fn read_within(app: &App, quota: Option<Quota>, mut request: Request) -> ApiResult<Params> {
    let Some(quota) = quota.filter(|quota| room(*quota) < most_in_memory(app)) else {
        return read(request, most_in_memory(app)).await;
    };
    DefaultBodyLimit::max(usize::try_from(room(quota)).unwrap_or(usize::MAX)).apply(&mut request);
    let read = Params::from_request(request, &()).await;
    read.map_err(|error| beyond(Some(quota), error))
}

/// Bytes of a request's body that somebody may send with what they have left.
fn room(quota: Quota) -> u64 {
    quota.left().saturating_add(FIELDS)
}

/// What was too large for what somebody has left is refused for that.
fn beyond(quota: Option<Quota>, error: ApiError) -> ApiError {
    match (quota, error) {
        (Some(quota), ApiError::TooLarge(_)) => Full::from(quota).into(),
        (_, error) => error,
    }
}

/// Parameters within the bounds of an upload; the rest of the server takes much smaller bodies.
async fn read(mut request: Request, most: u64) -> ApiResult<Params> {
    length(&request, most)?;
    DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX)).apply(&mut request);
    Params::from_request(request, &()).await
}

fn most(app: &App) -> u64 {
    upload::longest(app).saturating_add(FIELDS)
}

/// What is larger goes into a file.
fn most_in_memory(app: &App) -> u64 {
    app.config.photo_bytes.saturating_add(FIELDS)
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"multipart/"))
}

/// How long a body is at the most, as far as its sender says.
fn length(request: &Request, most: u64) -> ApiResult<u64> {
    match announced(request.headers()).unwrap_or(most) {
        length if length > most => Err(too_large(most.saturating_sub(FIELDS))),
        length => Ok(length),
    }
}

/// How long the sender says that the body is.
pub(super) fn announced(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

fn too_large(most: u64) -> ApiError {
    ApiError::TooLarge(format!(
        "The upload is larger than this server takes; the most is {most} bytes."
    ))
}

/// A file that says that it is a picture, or says nothing, is a bad picture; any other is of the wrong type.
fn claims_to_be_a_picture(claimed: Option<&str>) -> bool {
    match claimed.unwrap_or_default() {
        "" | "application/octet-stream" => true,
        claimed => claimed.starts_with("image/"),
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

impl From<UploadError> for ApiError {
    fn from(error: UploadError) -> Self {
        let sentence = error.to_string();
        match error {
            UploadError::Unusable(reason) => match reason {
                Unusable::TooManyBytes { .. } => Self::TooLarge(sentence),
                Unusable::NotYet { .. } => Self::UnsupportedType(sentence),
                _ => Self::Unprocessable(sentence),
            },
            UploadError::Video(reason) => match reason {
                VideoError::Unplayable(Unplayable::TooManyBytes { .. }) => Self::TooLarge(sentence),
                VideoError::Unplayable(Unplayable::NoProgram) => Self::UnsupportedType(sentence),
                VideoError::Unplayable(Unplayable::TooSlow { .. }) => {
                    Self::Unavailable("This server is too busy to look at the video, please try again")
                }
                VideoError::Unplayable(_) => Self::Unprocessable(sentence),
                VideoError::Io(error) if staging::is_full(&error) => Self::DiskFull,
                VideoError::Stopped | VideoError::Io(_) => Self::Internal(reason.into()),
            },
            UploadError::Refused(_) => Self::Unprocessable(sentence),
            UploadError::DescriptionTooLong(_) => Self::Invalid(sentence),
            UploadError::Full(full) => full.into(),
            UploadError::NotReady => Self::Unavailable("The picture is not ready yet, please try again"),
            UploadError::Database(error) => error.into(),
            UploadError::NoRandomness(error) => Self::Internal(error.into()),
            UploadError::Store(error) if error.is_full() => Self::DiskFull,
            UploadError::Store(error) => Self::Internal(error.into()),
        }
    }
}

impl From<Full> for ApiError {
    fn from(full: Full) -> Self {
        Self::TooLarge(full.to_string())
    }
}

impl From<RetouchError> for ApiError {
    fn from(error: RetouchError) -> Self {
        match error {
            RetouchError::NotFound => Self::NotFound,
            RetouchError::DescriptionTooLong(error) => Self::Invalid(error.to_string()),
            RetouchError::NoRandomness(error) => Self::Internal(error.into()),
            RetouchError::Database(error) => error.into(),
        }
    }
}
