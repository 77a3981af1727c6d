//! `/api/v1/timelines/…`. Which ids: SQL and the feed's engine; what of them may be seen: rendering asks.

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::accounts::Of;
use super::feed::{self, Hiding, Source};
use super::{home, lists};
use crate::app::App;
use crate::db::timelines::{Public, Tagged};
use crate::domain::ids::ListId;
use crate::domain::text;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

const USUAL: i64 = 20;
const MOST: i64 = 40;
/// Most tags of one question.
const MOST_TAGS: usize = 20;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/timelines/home", get(own))
        .route("/api/v1/timelines/list/{id}", get(list))
        .route("/api/v1/timelines/direct", get(direct))
        .route("/api/v1/timelines/public", get(public))
        .route("/api/v1/timelines/tag/{name}", get(tag))
}

pub fn pager<'a>(app: &'a App, uri: &'a OriginalUri) -> Pager<'a> {
    Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    }
}

async fn own(
    State(app): State<App>,
    viewer: Viewer,
    uri: OriginalUri,
    asked: HeaderMap,
) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    if range == Range::newest(range.limit) {
        return home::newest(&app, &pager(&app, &uri), viewer.id, &range, &asked).await;
    }
    let (pager, source) = (pager(&app, &uri), Source::Home(viewer.id));
    Box::pin(feed::page(
        &app,
        &pager,
        viewer.id,
        &range,
        Hiding::Hidden,
        &source,
    ))
    .await
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ListId>,
    uri: OriginalUri,
) -> ApiResult<Response> {
    viewer.may("read:lists")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    lists::own(&app, viewer.id, id).await?;
    feed::page(
        &app,
        &pager(&app, &uri),
        viewer.id,
        &range,
        Hiding::Hidden,
        &Source::List(id),
    )
    .await
}

async fn public(State(app): State<App>, viewer: Anyone, uri: OriginalUri) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    let wanted = Public {
        local: params.flag("local").unwrap_or(false),
        remote: params.flag("remote").unwrap_or(false),
        only_media: params.flag("only_media").unwrap_or(false),
    };
    feed::page(
        &app,
        &pager(&app, &uri),
        viewer.id(),
        &range,
        Hiding::Hidden,
        &Source::Public(wanted),
    )
    .await
}

/// Gone from Mastodon, and asked for by clients that are older.
async fn direct(State(app): State<App>, viewer: Viewer, uri: OriginalUri) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    feed::page(
        &app,
        &pager(&app, &uri),
        viewer.id,
        &range,
        Hiding::Hidden,
        &Source::Direct(viewer.id),
    )
    .await
}

async fn tag(
    State(app): State<App>,
    viewer: Anyone,
    Of(name): Of<String>,
    uri: OriginalUri,
) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    let names = |list: &str| -> Vec<String> {
        params
            .texts(list)
            .iter()
            .take(MOST_TAGS)
            .filter_map(|tag| text::tag_name(tag))
            .collect()
    };
    let mut any = names("any");
    any.push(text::tag_name(&name).ok_or(ApiError::NotFound)?);
    let wanted = Tagged {
        any,
        all: names("all"),
        none: names("none"),
        local: params.flag("local").unwrap_or(false),
        remote: params.flag("remote").unwrap_or(false),
        only_media: params.flag("only_media").unwrap_or(false),
    };
    feed::page(
        &app,
        &pager(&app, &uri),
        viewer.id(),
        &range,
        Hiding::Hidden,
        &Source::Tagged(wanted),
    )
    .await
}
