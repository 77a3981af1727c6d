//! `/api/v1/favourites` and `/api/v1/bookmarks`: lists paged by the ids of their relations, by `Link` only.

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use sqlx::PgConnection;

use super::entities::status;
use super::{feed, timelines};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::window::Window;
use crate::web::error::ApiResult;
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 20;
const MOST: i64 = 40;

#[derive(Clone, Copy, Debug)]
enum Kept {
    Liked,
    Bookmarked,
}

impl Kept {
    async fn page(
        self,
        db: &mut PgConnection,
        owner: AccountId,
        window: &Window,
    ) -> sqlx::Result<Vec<(i64, PostId)>> {
        match self {
            Self::Liked => db::timelines::liked(db, owner, window).await,
            Self::Bookmarked => db::timelines::bookmarked(db, owner, window).await,
        }
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/favourites", get(favourites))
        .route("/api/v1/bookmarks", get(bookmarks))
}

async fn favourites(State(app): State<App>, viewer: Viewer, uri: OriginalUri) -> ApiResult<Response> {
    viewer.may("read:favourites")?;
    list(&app, viewer.id, &uri, Kept::Liked).await
}

async fn bookmarks(State(app): State<App>, viewer: Viewer, uri: OriginalUri) -> ApiResult<Response> {
    viewer.may("read:bookmarks")?;
    list(&app, viewer.id, &uri, Kept::Bookmarked).await
}

async fn list(app: &App, viewer: AccountId, uri: &OriginalUri, kept: Kept) -> ApiResult<Response> {
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    let mut window = Window::from(&range);
    let mut db = app.db.acquire().await?;
    loop {
        let rows = kept.page(&mut db, viewer, &window).await?;
        let posts: Vec<PostId> = rows.iter().map(|(_, post)| *post).collect();
        let shown = status::many(app, &mut db, viewer, &posts).await?;
        let more = rows.len() as i64 == window.limit;
        if shown.is_empty() && more {
            // All of it went out of sight; there is more behind it.
            match range.from_old_end {
                true => window.above = rows[0].0,
                false => window.below = rows[rows.len() - 1].0,
            }
            continue;
        }
        let ids: Vec<i64> = rows.iter().map(|(relation, _)| *relation).collect();
        return Ok(timelines::pager(app, uri).with_link(feed::array(&shown), &ids, &range));
    }
}
