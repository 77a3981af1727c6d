//! `/api/v1/profile`: one's own profile, as one wrote it. Changes it as `accounts/update_credentials` does, by no rule of its
//! own.

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::routing::get;
use axum::{Json, Router};

use super::accounts::credentials::{self, LARGEST_REQUEST};
use super::entities::profile::{self, Entity};
use super::featured_tags;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    let profile = get(show)
        .patch(update)
        .put(update)
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST));
    Router::new().route("/api/v1/profile", profile)
}

async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Entity>> {
    credentials::may_read(&viewer)?;
    own(&app, viewer.id).await
}

async fn update(State(app): State<App>, viewer: Viewer, request: Request) -> ApiResult<Json<Entity>> {
    credentials::change(&app, &viewer, request).await?;
    own(&app, viewer.id).await
}

async fn own(app: &App, id: AccountId) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id)
        .await?
        .ok_or(ApiError::Unauthorized)?;
    let described = db::profile_pictures::described(&mut db, id).await?;
    let tags = featured_tags::of(app, &mut db, id).await?;
    Ok(Json(profile::entity(&app.urls, &account, described, tags)))
}
