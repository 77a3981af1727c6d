//! Pixelfed's routes for places: finding one while a post is written, and the posts of one. There are no places but those
//! that people named.

use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};

use super::accounts::id;
use super::feed::{self, Hiding, Source};
use super::timelines::pager;
use crate::app::App;
use crate::db;
use crate::domain::ids::PlaceId;
use crate::web::api::entities::place::{self, Entity};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// Places that are offered while somebody types.
const MOST_OFFERED: i64 = 10;
const USUAL: i64 = 20;
const MOST: i64 = 40;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1.1/compose/search/location", get(search))
        .route("/api/v1.1/places/posts/{id}/{slug}", get(posts))
}

async fn search(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:search")?;
    let start = params.text("q").unwrap_or_default().replace('\0', "");
    let start = start.trim();
    if start.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let mut db = app.db.acquire().await?;
    let found = db::places::find(&mut db, viewer.id, start, MOST_OFFERED).await?;
    let entities = found.iter().map(|one| place::entity(&app.urls, one));
    Ok(Json(entities.collect()))
}

async fn posts(
    State(app): State<App>,
    viewer: Viewer,
    Path((of, _slug)): Path<(String, String)>,
    uri: OriginalUri,
) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let of: PlaceId = id(&of)?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    let known = db::places::by_id(&mut *app.db.acquire().await?, of).await?;
    let place = known.ok_or(ApiError::NotFound)?;
    feed::page(
        &app,
        &pager(&app, &uri),
        viewer.id,
        &range,
        Hiding::Hidden,
        &Source::Place(place.id),
    )
    .await
}
