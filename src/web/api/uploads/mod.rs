//! `/api/tintype/v1/uploads`: uploads that are gone on with after they broke off, by tus 1.0.0 with `creation`,
//! `creation-with-upload`, `expiration`, `termination` and `checksum`. Takes no parallel or nameless uploads: a photo has one
//! sender, who knows its length.

mod direct;
mod headers;
mod refusal;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{head, post};

use self::refusal::{Answer, Refusal};
use super::media::announced;
use crate::actions::resumable::{self, Piece, Upload};
use crate::app::App;
use crate::domain::ids::AccountId;
use crate::media::{OriginalKey, checksum};
use crate::web::error::ApiError;
use crate::web::viewer::Viewer;

const PATH: &str = "/api/tintype/v1/uploads";
const SCOPE: &str = "write:media";
const EXTENSIONS: &str = "creation,creation-with-upload,expiration,termination,checksum";

/// Headers that scripts of other sites may read.
pub const EXPOSED: [&str; 11] = [
    "location",
    "tus-resumable",
    "tus-version",
    "tus-extension",
    "tus-max-size",
    "tus-checksum-algorithm",
    "upload-offset",
    "upload-length",
    "upload-metadata",
    "upload-expires",
    "tintype-media-id",
];

pub fn routes() -> Router<App> {
    Router::new()
        .route(PATH, post(create))
        .route(
            "/api/tintype/v1/uploads/{key}",
            head(show).patch(append).delete(end).post(instead),
        )
        .layer(middleware::map_response(in_tus))
        .merge(direct::routes())
}

/// Every answer says what it speaks, refusals too.
async fn in_tus(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(headers::RESUMABLE, headers::VERSION);
    response
}

/// `OPTIONS` is answered for all routes alike, as scripts of other sites need it; at ours it also says what is spoken.
pub fn tell(app: &App, path: &str, told: &mut HeaderMap) {
    let is_ours = path
        .strip_prefix(PATH)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if !is_ours {
        return;
    }
    let name = HeaderName::from_static;
    told.insert(headers::RESUMABLE, headers::VERSION);
    told.insert(name("tus-version"), headers::VERSION);
    told.insert(name("tus-extension"), HeaderValue::from_static(EXTENSIONS));
    told.insert(name("tus-max-size"), resumable::longest(app).into());
    let algorithms = HeaderValue::from_str(&checksum::ALGORITHMS.join(","));
    told.extend(algorithms.ok().map(|them| (name("tus-checksum-algorithm"), them)));
}

async fn create(State(app): State<App>, viewer: Viewer, request: Request) -> Answer<Response> {
    viewer.may(SCOPE)?;
    let given = request.headers();
    headers::spoken(given)?;
    let length = headers::number(given, &headers::LENGTH)?;
    let metadata = headers::text(given, &headers::METADATA)?
        .unwrap_or_default()
        .to_owned();
    let has_piece = headers::is_piece(given);
    if !has_piece && announced(given).is_some_and(|bytes| bytes > 0) {
        return Err(wrong_type());
    }
    let checksum = headers::checksum(given)?;
    let mut upload = resumable::create(&app, viewer.id, length, metadata).await?;
    let key = upload.key;
    if has_piece {
        let piece = Piece {
            offset: 0,
            announced: announced(given),
            checksum,
            bytes: request.into_body().into_data_stream(),
        };
        upload = go_on(&app, viewer.id, key, piece, Known::Nobody).await?;
    }
    let place = app.urls.at(&format!("{PATH}/{key}"));
    let place = [(header::LOCATION, place)];
    Ok((StatusCode::CREATED, place, headers::progress(&upload)).into_response())
}

async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    given: HeaderMap,
) -> Answer<Response> {
    viewer.may(SCOPE)?;
    headers::spoken(&given)?;
    let upload = resumable::find(&app, viewer.id, parse(&key)?).await?;
    Ok((StatusCode::OK, headers::all(&upload)).into_response())
}

async fn append(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    request: Request,
) -> Answer<Response> {
    viewer.may(SCOPE)?;
    let given = request.headers();
    headers::spoken(given)?;
    let key = parse(&key)?;
    if !headers::is_piece(given) {
        return Err(wrong_type());
    }
    let piece = Piece {
        offset: headers::number(given, &headers::OFFSET)?,
        announced: announced(given),
        checksum: headers::checksum(given)?,
        bytes: request.into_body().into_data_stream(),
    };
    let upload = go_on(&app, viewer.id, key, piece, Known::Sender).await?;
    Ok((StatusCode::NO_CONTENT, headers::progress(&upload)).into_response())
}

async fn end(
    State(app): State<App>,
    viewer: Viewer,
    Path(key): Path<String>,
    given: HeaderMap,
) -> Answer<StatusCode> {
    viewer.may(SCOPE)?;
    headers::spoken(&given)?;
    resumable::end(&app, viewer.id, parse(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// For those whose environment cannot send every method.
async fn instead(state: State<App>, viewer: Viewer, key: Path<String>, request: Request) -> Answer<Response> {
    viewer.may(SCOPE)?;
    let meant = request.headers().get("x-http-method-override");
    match meant.map(HeaderValue::as_bytes) {
        Some(b"PATCH") => append(state, viewer, key, request).await,
        Some(b"DELETE") => {
            let given = request.headers().clone();
            Ok(end(state, viewer, key, given).await?.into_response())
        }
        Some(b"HEAD") => show(state, viewer, key, request.headers().clone()).await,
        _ => Err(ApiError::BadRequest("X-HTTP-Method-Override says nothing that can be done".into()).into()),
    }
}

/// Who was told where an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Sender,
    Nobody,
}

/// Whoever hangs up drops their request, but not what has come of it: that is noted by a task of its own.
async fn go_on(
    app: &App,
    owner: AccountId,
    key: OriginalKey,
    piece: Piece<axum::body::BodyDataStream>,
    known: Known,
) -> Answer<Upload> {
    let app = app.clone();
    let writing = tokio::spawn(async move {
        let written = resumable::append(&app, owner, key, piece).await;
        // Nobody could go on with it, or give its room back.
        if written.is_err() && known == Known::Nobody {
            resumable::end(&app, owner, key).await.ok();
        }
        written
    });
    match writing.await {
        Ok(written) => Ok(written?),
        Err(error) => Err(ApiError::Internal(error.into()).into()),
    }
}

fn parse(key: &str) -> Answer<OriginalKey> {
    OriginalKey::parse(key).ok_or_else(|| ApiError::NotFound.into())
}

fn wrong_type() -> Refusal {
    ApiError::UnsupportedType("A piece of an upload is application/offset+octet-stream".into()).into()
}
