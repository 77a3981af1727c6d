//! `/api/v1/admin/trends`: what many use and like of late, also what is not shown, and what moderators say of it. Links do
//! not trend here, since posts carry no previews of them: there are none to list and none to decide about.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::value::RawValue;

use super::moderator::Moderator;
use super::tags;
use crate::actions::trends::{self, Verdict};
use crate::app::App;
use crate::db;
use crate::domain::ids::{PostId, TagId};
use crate::domain::moderation::Permission;
use crate::web::api::accounts::Of;
use crate::web::api::entities::status;
use crate::web::api::feed;
use crate::web::api::timelines::pager;
use crate::web::api::trends::{Part, cut};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read";
const WRITE: &str = "admin:write";

pub fn routes() -> Router<App> {
    let at = |path: &str| format!("/api/v1/admin/trends/{path}");
    Router::new()
        .route(&at("tags"), get(list_tags))
        .route(&at("tags/{id}/approve"), post(approve_tag))
        .route(&at("tags/{id}/reject"), post(reject_tag))
        .route(&at("statuses"), get(list_posts))
        .route(&at("statuses/{id}/approve"), post(approve_post))
        .route(&at("statuses/{id}/reject"), post(reject_post))
        .route(&at("links"), get(none))
        .route(&at("links/{id}/approve"), post(no_such))
        .route(&at("links/{id}/reject"), post(no_such))
        .route(&at("links/publishers"), get(none))
        .route(&at("links/publishers/{id}/approve"), post(no_such))
        .route(&at("links/publishers/{id}/reject"), post(no_such))
}

async fn list_tags(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageTaxonomies)?;
    let part = Part::of_tags(&params);
    let mut db = app.db.acquire().await?;
    let mut ids = db::trends::tags_to_review(&mut db, part.limit + 1, part.offset).await?;
    let more = cut(&mut ids, part.limit);
    let entities = tags::many(&app, &mut db, moderator.id, &ids).await?;
    let response = Json(entities).into_response();
    Ok(pager(&app, &uri).by_offset(response, part.offset, part.limit, more))
}

async fn list_posts(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageTaxonomies)?;
    let part = Part::of_posts(&params);
    let mut db = app.db.acquire().await?;
    let mut ids = db::trends::posts_to_review(&mut db, part.limit + 1, part.offset).await?;
    let more = cut(&mut ids, part.limit);
    let found = status::many(&app, &mut db, moderator.id, &ids).await?;
    Ok(pager(&app, &uri).by_offset(feed::array(&found), part.offset, part.limit, more))
}

async fn none(moderator: Moderator) -> ApiResult<Json<[(); 0]>> {
    moderator.may(READ, Permission::ManageTaxonomies)?;
    Ok(Json([]))
}

async fn no_such(moderator: Moderator) -> ApiError {
    match moderator.may(WRITE, Permission::ManageTaxonomies) {
        Ok(_) => ApiError::NotFound,
        Err(error) => error,
    }
}

async fn approve_tag(
    state: State<App>,
    moderator: Moderator,
    id: Of<TagId>,
) -> ApiResult<Json<tags::Entity>> {
    decide_tag(state, moderator, id, Verdict::Approved).await
}

async fn reject_tag(state: State<App>, moderator: Moderator, id: Of<TagId>) -> ApiResult<Json<tags::Entity>> {
    decide_tag(state, moderator, id, Verdict::Rejected).await
}

async fn decide_tag(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<TagId>,
    verdict: Verdict,
) -> ApiResult<Json<tags::Entity>> {
    let by = moderator.may(WRITE, Permission::ManageTaxonomies)?;
    trends::decide_tag(&app, by, id, verdict).await?;
    tags::one(&app, moderator.id, id).await
}

async fn approve_post(
    state: State<App>,
    moderator: Moderator,
    id: Of<PostId>,
) -> ApiResult<Json<Box<RawValue>>> {
    decide_post(state, moderator, id, Verdict::Approved).await
}

async fn reject_post(
    state: State<App>,
    moderator: Moderator,
    id: Of<PostId>,
) -> ApiResult<Json<Box<RawValue>>> {
    decide_post(state, moderator, id, Verdict::Rejected).await
}

async fn decide_post(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<PostId>,
    verdict: Verdict,
) -> ApiResult<Json<Box<RawValue>>> {
    moderator.may(WRITE, Permission::ManageTaxonomies)?;
    if !trends::decide_post(&app, moderator.id, id, verdict).await? {
        return Err(ApiError::NotFound);
    }
    let mut db = app.db.acquire().await?;
    let post = status::one(&app, &mut db, moderator.id, id).await?;
    post.map(|post| Json(post.into_json())).ok_or(ApiError::NotFound)
}
