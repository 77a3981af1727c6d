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

/// Which part of what trends is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub limit: i64,
    pub offset: i64,
}

impl Part {
    pub fn of_tags(params: &Params) -> Self {
        Self::read(params, USUAL_TAGS, MOST_TAGS)
    }

    pub fn of_posts(params: &Params) -> Self {
        Self::read(params, USUAL_POSTS, MOST_POSTS)
    }

    fn read(params: &Params, usual: i64, most: i64) -> Self {
        Self {
            limit: params.number("limit").unwrap_or(usual).clamp(1, most),
            offset: params.number("offset").unwrap_or(0).clamp(0, FURTHEST),
        }
    }

    /// With one more, which tells whether there is anything behind the page.
    fn wanted(self, app: &App) -> Wanted {
        Wanted {
            reviewed_only: app.config.trends_review,
            only_photos: false,
            limit: self.limit + 1,
            offset: self.offset,
        }
    }
}

/// Takes the one more off; whether it was there.
pub fn cut<T>(found: &mut Vec<T>, limit: i64) -> bool {
    let most = usize::try_from(limit).unwrap_or_default();
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
    let part = Part::of_tags(&params);
    let mut db = app.db.acquire().await?;
    let mut names = db::trends::tags(&mut db, &part.wanted(&app)).await?;
    let more = cut(&mut names, part.limit);
    let entities = tag::many(&app, &mut db, viewer.id(), &names).await?;
    let response = Json(entities).into_response();
    Ok(pager(&app, &uri).by_offset(response, part.offset, part.limit, more))
}

async fn statuses(
    State(app): State<App>,
    viewer: Anyone,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    let part = Part::of_posts(&params);
    let mut db = app.db.acquire().await?;
    let mut ids = db::trends::posts(&mut db, viewer.id(), &part.wanted(&app)).await?;
    let more = cut(&mut ids, part.limit);
    let mut found: Vec<Rendered> = status::many(&app, &mut db, viewer.id(), &ids).await?;
    found.retain(|one| !one.card.is_hidden());
    Ok(pager(&app, &uri).by_offset(feed::array(&found), part.offset, part.limit, more))
}
