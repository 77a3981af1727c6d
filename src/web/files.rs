//! `/media/{key}/{file}`: stored pictures, and those of other servers as soon as they are here. Never lists anything,
//! and knows no name of an original.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::TryStreamExt as _;

use super::byte_range;
use super::error::ApiError;
use crate::actions::settle;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::media::store::{ByteRange, CACHE_CONTROL, Content};
use crate::media::{MediaKey, StoreError, Stored, StoredFile};

/// How long a reader waits for another server.
const PATIENCE: Duration = Duration::from_secs(5);
/// When a picture that did not come in time may be asked for again, in seconds.
const ASK_AGAIN: &str = "10";
/// The same for one whose server did not give it.
const ASK_LATER: &str = "300";
const POLICY: &str = "default-src 'none'; sandbox";

pub fn routes() -> Router<App> {
    Router::new().route("/media/{key}/{file}", get(show))
}

async fn show(
    State(app): State<App>,
    Path((key, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (Some(key), Some(file)) = (MediaKey::parse(&key), StoredFile::parse(&file)) else {
        return Ok(missing(None));
    };
    let etag = format!("\"{key}-{file}\"");
    if byte_range::has_it(&headers, &etag) {
        // What is stored under a key never changes.
        app.caches.viewed.note(key);
        return Ok(with_tag(StatusCode::NOT_MODIFIED.into_response(), &etag));
    }
    let range = byte_range::wanted(&headers, &etag);
    // It may have been named before it got its place in the store of copies.
    let of_copy = Some(app.store.key_of_copy(key)).filter(|of_copy| *of_copy != key);
    let keys: Vec<MediaKey> = [key].into_iter().chain(of_copy).collect();
    if let Some(response) = stored(&app, &keys, file, range, &etag).await? {
        return Ok(response);
    }
    match arrival(&app, &keys).await? {
        Arrival::Here => Ok(stored(&app, &keys, file, range, &etag)
            .await?
            .unwrap_or_else(|| missing(None))),
        Arrival::Late => Ok(missing(Some(ASK_AGAIN))),
        Arrival::Hindered => Ok(missing(Some(ASK_LATER))),
        Arrival::Never => Ok(missing(None)),
    }
}

/// What is stored under the first of these keys under which anything is.
async fn stored(
    app: &App,
    keys: &[MediaKey],
    file: StoredFile,
    range: Option<ByteRange>,
    etag: &str,
) -> Result<Option<Response>, ApiError> {
    for key in keys {
        if let Some(response) = stored_under(app, key, file, range, etag).await? {
            return Ok(Some(response));
        }
    }
    Ok(None)
}

async fn stored_under(
    app: &App,
    key: &MediaKey,
    file: StoredFile,
    range: Option<ByteRange>,
    etag: &str,
) -> Result<Option<Response>, ApiError> {
    let found = match range {
        Some(range) => app.store.get_range(key, file, range).await,
        None => app.store.get(key, file).await,
    };
    match found {
        Ok(Some(stored)) => {
            app.caches.viewed.note(*key);
            Ok(Some(with_tag(body(stored, range.is_some()), etag)))
        }
        Ok(None) => Ok(None),
        Err(StoreError::OutOfRange { size }) => Ok(Some(out_of_range(size))),
        Err(error) => Err(ApiError::Internal(error.into())),
    }
}

/// What is to be expected of a picture whose files are not here.
enum Arrival {
    Here,
    /// Its server has not answered yet.
    Late,
    /// It was tried, and will be again.
    Hindered,
    Never,
}

/// Has a worker fetch a remote picture before all others, once however many ask, and waits a little.
async fn arrival(app: &App, keys: &[MediaKey]) -> Result<Arrival, ApiError> {
    let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let mut db = app.db.acquire().await?;
    let wanted = db::media_progress::want(&mut db, &keys, app.clock.now()).await?;
    drop(db);
    let Some(wanted) = wanted else {
        return Ok(Arrival::Never);
    };
    // A server that is left alone is not waited for.
    let host = wanted.host.as_deref();
    let resting = host.is_some_and(|host| app.peers.pictures.resting(host, app.clock.now()).is_some());
    if !wanted.coming || resting {
        return Ok(Arrival::Hindered);
    }
    app.bus.wake(Queue::Media);
    let progress = settle::within(app, wanted.id, PATIENCE).await?;
    Ok(match progress.map(|progress| progress.state) {
        Some(1) => Arrival::Here,
        Some(0) => Arrival::Late,
        _ => Arrival::Never,
    })
}

fn body(stored: Stored, part: bool) -> Response {
    let Stored {
        content,
        size,
        range,
        content_type,
    } = stored;
    let body = match content {
        Content::Whole(bytes) => Body::from(bytes),
        Content::Stream(pieces) => Body::from_stream(
            pieces.inspect_err(|error| tracing::error!(%error, "a file ended before its end")),
        ),
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_LENGTH, (range.end - range.start).into());
    if part {
        let place = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        headers.insert(header::CONTENT_RANGE, value(&place));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    response
}

fn out_of_range(size: u64) -> Response {
    let mut response = guarded(StatusCode::RANGE_NOT_SATISFIABLE.into_response());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_RANGE, value(&format!("bytes */{size}")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn missing(retry_after: Option<&'static str>) -> Response {
    let mut response = guarded(StatusCode::NOT_FOUND.into_response());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    }
    response
}

fn with_tag(response: Response, etag: &str) -> Response {
    let mut response = guarded(response);
    let headers = response.headers_mut();
    headers.insert(header::ETAG, value(etag));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    response
}

/// Whatever is in a file, a browser shows it as a picture and does nothing else with it.
fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("keys, file names and numbers are ASCII")
}
