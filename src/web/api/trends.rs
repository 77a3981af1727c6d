//! `/api/v1/trends`: what many use and like of late. What is chosen, `actions::trends` says; paged by offset, as Mastodon's.
//! Links do not trend, since posts here carry no previews of them.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use super::feed;
use super::timelines::pager;
use crate::app::App;
use crate::db;
use crate::db::trends::Wanted;
use crate::web::api::entities::status::{self, Rendered};
use crate::web::api::entities::tag;
use crate::web::error::ApiResult;
use crate::web::params::Params;
use crate::web::viewer::Anyone;

const USUAL_TAGS: i64 = 10;
const MOST_TAGS: i64 = 20;
const USUAL_POSTS: i64 = 20;
const MOST_POSTS: i64 = 40;
/// Nothing is kept beyond.
const FURTHEST: i64 = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/trends", get(tags))
        .route("/api/v1/trends/tags", get(tags))
        .route("/api/v1/trends/statuses", get(statuses))
        .route(
            "/api/v1/trends/links",
            get(|_viewer: Anyone| async { Json([(); 0]) }),
        )
}

fn wanted(app: &App, params: &Params, usual: i64, most: i64) -> Wanted {
    Wanted {
        reviewed_only: app.config.trends_review,
        only_photos: false,
        limit: params.number("limit").unwrap_or(usual).clamp(1, most),
        offset: params.number("offset").unwrap_or(0).clamp(0, FURTHEST),
    }
}

/// The same with one more, which tells whether there is anything behind the page.
fn and_one_more(wanted: &Wanted) -> Wanted {
    Wanted {
        limit: wanted.limit + 1,
        ..*wanted
    }
}

/// Takes the one more off; whether it was there.
fn cut<T>(found: &mut Vec<T>, wanted: &Wanted) -> bool {
    let most = usize::try_from(wanted.limit).unwrap_or_default();
    let more = found.len() > most;
    found.truncate(most);
    more
}

async fn tags(
    State(app): State<App>,
    viewer: Anyone,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    let wanted = wanted(&app, &params, USUAL_TAGS, MOST_TAGS);
    let mut db = app.db.acquire().await?;
    let mut names = db::trends::tags(&mut db, &and_one_more(&wanted)).await?;
    let more = cut(&mut names, &wanted);
    let entities = tag::many(&app, &mut db, viewer.id(), &names).await?;
    let response = Json(entities).into_response();
    Ok(pager(&app, &uri).by_offset(response, wanted.offset, wanted.limit, more))
}

async fn statuses(
    State(app): State<App>,
    viewer: Anyone,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    let wanted = wanted(&app, &params, USUAL_POSTS, MOST_POSTS);
    let mut db = app.db.acquire().await?;
    let mut ids = db::trends::posts(&mut db, viewer.id(), &and_one_more(&wanted)).await?;
    let more = cut(&mut ids, &wanted);
    let mut found: Vec<Rendered> = status::many(&app, &mut db, viewer.id(), &ids).await?;
    found.retain(|one| !one.card.is_hidden());
    Ok(pager(&app, &uri).by_offset(feed::array(&found), wanted.offset, wanted.limit, more))
}
