//! From a request to a file that waits to be made ready: no more of it is read than its sender may keep. Shows nothing.

use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, header};

use super::SCOPE;
use crate::actions::quota;
use crate::actions::upload::{self, Body, Upload, UploadError};
use crate::app::App;
use crate::domain::ids::MediaId;
use crate::domain::picture::{FocalPoint, Purpose};
use crate::domain::quota::{Full, Quota};
use crate::media::{Claimed, Ffmpeg, Unusable};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::{MOST_BESIDE, Params};
use crate::web::viewer::Viewer;

/// Room for the other fields of an upload.
pub const FIELDS: u64 = 1 << 20;

pub async fn take_in(app: &App, viewer: &Viewer, request: Request) -> ApiResult<MediaId> {
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
        Err(UploadError::Unusable(Unusable::UnknownType))
            if Claimed::of(claimed.unwrap_or_default()).is_no_picture() =>
        {
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
pub async fn read(mut request: Request, most: u64) -> ApiResult<Params> {
    length(&request, most)?;
    DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX)).apply(&mut request);
    Params::from_request(request, &()).await
}

fn most(app: &App) -> u64 {
    upload::longest(app).saturating_add(FIELDS)
}

/// What is larger goes into a file.
pub fn most_in_memory(app: &App) -> u64 {
    app.config.photo_bytes.saturating_add(FIELDS)
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"multipart/"))
}

/// How long a body is at the most, as far as its sender says.
pub fn length(request: &Request, most: u64) -> ApiResult<u64> {
    match announced(request.headers()).unwrap_or(most) {
        length if length > most => Err(too_large(most.saturating_sub(FIELDS))),
        length => Ok(length),
    }
}

/// How long the sender says that the body is.
pub fn announced(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

fn too_large(most: u64) -> ApiError {
    ApiError::TooLarge(format!(
        "The upload is larger than this server takes; the most is {most} bytes."
    ))
}
