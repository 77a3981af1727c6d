//! `/api/v1.1/collections`: Pixelfed's collections of one's own posts, and what its API lacks for them, under ours. Not
//! Mastodon's collections, which are of people.

use axum::extract::State;
use axum::response::Response;
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::Of;
use super::feed;
use crate::actions::albums::{self, AlbumError, Wishes};
use crate::app::App;
use crate::db;
use crate::db::albums::Which;
use crate::domain::album::Visibility;
use crate::domain::ids::{AccountId, AlbumId, PostId};
use crate::web::api::entities::album::{self, Entity};
use crate::web::api::entities::status;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// Of collections and of posts, as Pixelfed's apps expect.
const PAGE: i64 = 9;
/// Pages are counted; beyond these there is nothing.
const LAST_PAGE: i64 = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1.1/collections/accounts/{id}", get(of_account))
        .route("/api/v1.1/collections/self", get(own))
        .route("/api/v1.1/collections/view/{id}", get(view))
        .route("/api/v1.1/collections/items/{id}", get(items))
        .route("/api/v1.1/collections/add", post(add))
        .route("/api/v1.1/collections/remove", post(take_out))
        .route("/api/v1.1/collections/update/{id}", post(update))
        .route("/api/v1.1/collections/delete/{id}", delete(remove))
        .route("/api/tintype/v1/collections", post(create))
        .route("/api/tintype/v1/collections/{id}/items", put(arrange))
}

impl From<AlbumError> for ApiError {
    fn from(error: AlbumError) -> Self {
        match error {
            AlbumError::NotFound => Self::NotFound,
            AlbumError::Database(error) => error.into(),
            refusal => Self::invalid(refusal.to_string()),
        }
    }
}

/// The page that is asked for, from 0; none: it is not said.
fn page(params: &Params) -> Option<i64> {
    let page = params.number("page")?;
    Some(page.clamp(1, LAST_PAGE) - 1)
}

async fn listed(
    app: &App,
    viewer: AccountId,
    owner: AccountId,
    params: &Params,
) -> ApiResult<Json<Vec<Entity>>> {
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, owner).await?;
    let account = account
        .filter(|account| account.is_known())
        .ok_or(ApiError::NotFound)?;
    let offset = page(params).unwrap_or(0) * PAGE;
    let found = db::albums::shown(&mut db, viewer, Which::Of(owner), PAGE, offset).await?;
    let entities = found.iter().map(|one| album::entity(&app.urls, &account, one));
    Ok(Json(entities.collect()))
}

async fn of_account(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<AccountId>,
    params: Params,
) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:collections")?;
    listed(&app, viewer.id, id, &params).await
}

async fn own(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:collections")?;
    listed(&app, viewer.id, viewer.id, &params).await
}

/// A collection, if the viewer may see it.
async fn one(app: &App, viewer: AccountId, id: AlbumId) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let found = db::albums::shown(&mut db, viewer, Which::One(id), 1, 0)
        .await?
        .pop();
    let found = found.ok_or(ApiError::NotFound)?;
    let owner = db::accounts::by_id(&mut db, found.album.owner).await?;
    let owner = owner.ok_or(ApiError::NotFound)?;
    Ok(Json(album::entity(&app.urls, &owner, &found)))
}

async fn view(State(app): State<App>, viewer: Viewer, Of(id): Of<AlbumId>) -> ApiResult<Json<Entity>> {
    viewer.may("read:collections")?;
    one(&app, viewer.id, id).await
}

/// All of its posts, or a page of them.
async fn items(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<AlbumId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:collections")?;
    let mut db = app.db.acquire().await?;
    if db::albums::shown(&mut db, viewer.id, Which::One(id), 1, 0)
        .await?
        .is_empty()
    {
        return Err(ApiError::NotFound);
    }
    let posts = db::albums::posts(&mut db, id).await?;
    let mut found = status::many(&app, &mut db, viewer.id, &posts).await?;
    if let Some(page) = page(&params) {
        let first = usize::try_from(page * PAGE).unwrap_or(usize::MAX);
        found.drain(..first.min(found.len()));
        found.truncate(PAGE as usize);
    }
    Ok(feed::array(&found))
}

fn wishes(params: &Params) -> ApiResult<Wishes> {
    let visibility = params.text("visibility").filter(|text| !text.is_empty());
    let visibility = visibility.map(|text| {
        Visibility::parse(&text).ok_or_else(|| ApiError::invalid("Visibility is not included in the list"))
    });
    Ok(Wishes {
        title: params.text("title"),
        description: params.text("description"),
        visibility: visibility.transpose()?,
    })
}

async fn create(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:collections")?;
    let id = albums::make(&app, viewer.id, wishes(&params)?).await?;
    one(&app, viewer.id, id).await
}

async fn update(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<AlbumId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    viewer.may("write:collections")?;
    albums::change(&app, viewer.id, id, wishes(&params)?).await?;
    one(&app, viewer.id, id).await
}

async fn remove(State(app): State<App>, viewer: Viewer, Of(id): Of<AlbumId>) -> ApiResult<Json<Value>> {
    viewer.may("write:collections")?;
    albums::delete(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}

/// Which post and which collection a request is about.
fn item(params: &Params) -> ApiResult<(AlbumId, PostId)> {
    let album = params.id("collection_id")?;
    let post = params.id("post_id")?;
    album
        .zip(post)
        .ok_or_else(|| ApiError::invalid("collection_id and post_id can't be blank"))
}

async fn add(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:collections")?;
    let (id, post) = item(&params)?;
    albums::add(&app, viewer.id, id, post).await?;
    one(&app, viewer.id, id).await
}

async fn take_out(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:collections")?;
    let (id, post) = item(&params)?;
    albums::take_out(&app, viewer.id, id, post).await?;
    one(&app, viewer.id, id).await
}

async fn arrange(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<AlbumId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    viewer.may("write:collections")?;
    let texts = params.texts("post_ids");
    let posts: Result<Vec<PostId>, _> = texts.iter().map(|text| text.parse()).collect();
    let posts = posts.map_err(|_| AlbumError::NotFitting)?;
    albums::arrange(&app, viewer.id, id, &posts).await?;
    one(&app, viewer.id, id).await
}
