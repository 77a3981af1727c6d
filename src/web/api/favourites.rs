//! `/api/v1/favourites` and `/api/v1/bookmarks`: lists paged by the ids of their relations, by `Link` only.

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use sqlx::PgConnection;

use super::entities::status::{self, Rendered};
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
    let mut db = app.db.acquire().await?;
    let page = range.cut(seen(app, &mut db, viewer, &range.and_one_more(), kept).await?);
    drop(db);
    let (ids, shown): (Vec<i64>, Vec<Rendered>) = page.found.into_iter().unzip();
    Ok(timelines::pager(app, uri).bounded(feed::array(&shown), &ids, page.older))
}

/// As many as are wanted of those that the viewer may still see, newest first, each with the id of its relation. What
/// went out of sight is passed over, so that no page is empty or short while there is more behind it.
async fn seen(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    range: &Range,
    kept: Kept,
) -> ApiResult<Vec<(i64, Rendered)>> {
    let mut window = Window::from(range);
    let mut seen = Vec::new();
    loop {
        let mut rows = kept.page(db, viewer, &window).await?;
        let found = rows.len() as i64;
        if range.from_old_end {
            // From the old end upwards, as the rounds go.
            rows.reverse();
        }
        let posts: Vec<PostId> = rows.iter().map(|(_, post)| *post).collect();
        for shown in status::many(app, db, viewer, &posts).await? {
            let relation = rows.iter().find(|(_, post)| *post == shown.card.id);
            seen.extend(relation.map(|(id, _)| (*id, shown)));
        }
        let enough = seen.len() as i64 >= range.limit;
        let Some((last, _)) = rows.last().filter(|_| !enough && found == window.limit) else {
            break;
        };
        match range.from_old_end {
            true => window.above = *last,
            false => window.below = *last,
        }
    }
    seen.truncate(usize::try_from(range.limit).unwrap_or_default());
    if range.from_old_end {
        seen.reverse();
    }
    Ok(seen)
}
