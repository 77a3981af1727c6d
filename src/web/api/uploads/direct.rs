//! `/api/tintype/v1/direct_uploads`: uploads that apps put into the bucket themselves. No byte of one comes through here.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;

use super::parse;
use super::refusal::Answer;
use crate::actions::resumable;
use crate::actions::resumable::direct::{self, Direct};
use crate::app::App;
use crate::domain::clock::Time;
use crate::domain::ids::MediaId;
use crate::domain::upload_metadata::UploadMetadata;
use crate::web::error::ApiError;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const PATH: &str = "/api/tintype/v1/direct_uploads";
const SCOPE: &str = "write:media";

pub fn routes() -> Router<App> {
    Router::new()
        .route(PATH, post(announce))
        .route("/api/tintype/v1/direct_uploads/{key}", get(show).delete(end))
        .route("/api/tintype/v1/direct_uploads/{key}/confirm", post(confirm))
}

/// An upload, and where it goes.
#[derive(Debug, Serialize)]
struct Shown {
    id: String,
    /// Each is put by itself; several are named in their order when the upload is confirmed.
    parts: Vec<PartShown>,
    /// What has to be sent with each, letter by letter.
    headers: BTreeMap<&'static str, String>,
    expires_at: Time,
    media_id: Option<MediaId>,
}

#[derive(Debug, Serialize)]
struct PartShown {
    url: String,
    offset: u64,
    size: u64,
}

async fn announce(State(app): State<App>, viewer: Viewer, params: Params) -> Answer<Json<Shown>> {
    viewer.may(SCOPE)?;
    let size = params.number("size").and_then(|size| u64::try_from(size).ok());
    let size = size.ok_or_else(|| ApiError::invalid("size is no number of bytes"))?;
    let sum = hash(&params.required("sha256")?)
        .ok_or_else(|| ApiError::invalid("sha256 is no SHA-256 in 64 hexadecimal digits"))?;
    let word = |name| params.text(name).unwrap_or_default();
    let metadata = UploadMetadata::write(&[
        ("description", &word("description")),
        ("focus", &word("focus")),
        ("filetype", &word("content_type")),
        ("filename", &word("file_name")),
    ]);
    let upload = direct::announce(&app, viewer.id, size, sum, metadata).await?;
    shown(&app, &upload).await
}

async fn show(State(app): State<App>, viewer: Viewer, Path(key): Path<String>) -> Answer<Json<Shown>> {
    viewer.may(SCOPE)?;
    let upload = direct::find(&app, viewer.id, parse(&key)?).await?;
    shown(&app, &upload).await
}

async fn confirm(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    params: Params,
) -> Answer<Json<Shown>> {
    viewer.may(SCOPE)?;
    let key = parse(&key)?;
    let tags = params.texts("etags");
    resumable::confirm(&app, viewer.id, key, &tags).await?;
    let upload = direct::find(&app, viewer.id, key).await?;
    shown(&app, &upload).await
}

async fn end(State(app): State<App>, viewer: Viewer, Path(key): Path<String>) -> Answer<StatusCode> {
    viewer.may(SCOPE)?;
    direct::end(&app, viewer.id, parse(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn shown(app: &App, upload: &Direct) -> Answer<Json<Shown>> {
    let parts = direct::addresses(app, upload).await?;
    let headers = direct::headers(upload).into_iter().collect();
    let parts = parts.into_iter().map(|part| PartShown {
        url: part.url.into(),
        offset: part.offset,
        size: part.bytes,
    });
    Ok(Json(Shown {
        id: upload.key.to_string(),
        parts: parts.collect(),
        headers,
        expires_at: upload.expires_at,
        media_id: upload.media_id,
    }))
}

fn hash(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut sum = [0; 32];
    for (byte, at) in sum.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(sum)
}
