//! `/api/v1.1/archive`: Pixelfed's routes for posts that their authors put away. Shows nobody but their author any of them.

use std::collections::HashMap;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::accounts::Of;
use super::timelines::pager;
use crate::actions::archive;
use crate::app::App;
use crate::db;
use crate::domain::ids::PostId;
use crate::domain::window::Window;
use crate::web::api::entities::status;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 10;
const MOST: i64 = 40;
/// What Pixelfed answers with when it is done.
const DONE: [u16; 1] = [200];

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1.1/archive/add/{id}", post(add))
        .route("/api/v1.1/archive/remove/{id}", post(take_out))
        .route("/api/v1.1/archive/list", get(list))
}

async fn add(State(app): State<App>, viewer: Viewer, Of(id): Of<PostId>) -> ApiResult<Json<[u16; 1]>> {
    viewer.may("write:statuses")?;
    archive::local(&app, viewer.id, id).await?;
    Ok(Json(DONE))
}

async fn take_out(State(app): State<App>, viewer: Viewer, Of(id): Of<PostId>) -> ApiResult<Json<[u16; 1]>> {
    viewer.may("write:statuses")?;
    archive::undo_local(&app, viewer.id, id).await?;
    Ok(Json(DONE))
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let range = Range::read(&params, USUAL, MOST);
    let author = app.person(viewer.id).await?.ok_or(ApiError::NotFound)?;
    let mut db = app.db.acquire().await?;
    let found = db::archive::page(&mut db, viewer.id, &Window::from(&range.and_one_more())).await?;
    let page = range.cut(found);
    let ids: Vec<PostId> = page.found.iter().map(|one| one.id).collect();
    let posts = match ids.len() {
        0 => Vec::new(),
        _ => db::posts::by_ids(&mut db, &ids).await?,
    };
    let by_id: HashMap<PostId, _> = posts.into_iter().map(|post| (post.id, post)).collect();
    let mut shown = Vec::new();
    for one in &page.found {
        let numbers = [one.likes, one.reposts, one.replies, one.quotes];
        if let Some(post) = by_id.get(&one.id) {
            shown.push(status::to_its_author(&app, &mut db, post, &author, numbers).await?);
        }
    }
    let bounds: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(pager(&app, &uri).respond(&shown, &bounds, page.older))
}
