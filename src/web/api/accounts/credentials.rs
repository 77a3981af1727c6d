//! One's own account: reading it, changing it, taking its pictures away.

use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::routing::{delete, get, patch};
use axum::{Json, Router};

use super::profile_form;
use crate::actions::update_profile::{self, ProfileEdit};
use crate::actions::upload;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::Purpose;
use crate::web::api::entities::credential_account::{self, Entity};
use crate::web::api::entities::people;
use crate::web::api::media;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::rate_limit;
use crate::web::viewer::Viewer;

/// The most that a request with two pictures may be.
pub const LARGEST_REQUEST: usize = 24 << 20;

pub fn routes() -> Router<App> {
    // Pixelfed's apps post what Mastodon's patch.
    let update = patch(update)
        .put(update)
        .post(update)
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST));
    Router::new()
        .route("/api/v1/accounts/verify_credentials", get(verify))
        .route("/api/v1/accounts/update_credentials", update)
        .route("/api/v1/profile/avatar", delete(delete_avatar))
        // As Pixelfed has it.
        .route("/api/v1.1/accounts/avatar", delete(delete_avatar))
        .route("/api/v1/profile/header", delete(delete_header))
}

async fn verify(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Entity>> {
    may_read(&viewer)?;
    own(&app, viewer.id).await
}

/// Refuses unless the token allows to see whose it is.
pub fn may_read(viewer: &Viewer) -> ApiResult<()> {
    viewer.may("profile").or_else(|_| viewer.may("read:accounts"))
}

/// One's own account as it is now.
async fn own(app: &App, id: AccountId) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id)
        .await?
        .ok_or(ApiError::Unauthorized)?;
    let preferences = db::preferences::of(&mut db, id)
        .await?
        .ok_or(ApiError::Unauthorized)?;
    let requests = db::follow_lists::request_count(&mut db, id).await?;
    let shown = people::entities(app, &mut db, &[&account]).await?.pop();
    Ok(Json(credential_account::entity(
        app,
        shown.ok_or(ApiError::Unauthorized)?,
        &account,
        &preferences,
        requests,
    )))
}

async fn update(State(app): State<App>, viewer: Viewer, request: Request) -> ApiResult<Json<Entity>> {
    change(&app, &viewer, request).await?;
    own(&app, viewer.id).await
}

/// Changes what the request says of one's profile, pictures and all, once there is room for so many bytes.
pub async fn change(app: &App, viewer: &Viewer, request: Request) -> ApiResult<()> {
    viewer.may("write:accounts")?;
    let most = LARGEST_REQUEST as u64;
    let length = media::announced(request.headers()).map_or(most, |length| length.min(most));
    let _room = app.uploads.room(viewer.id, length).await;
    let params = Params::from_request(request, &()).await?;
    let mut edit = profile_form::read(&params)?;
    edit.avatar = picture(app, viewer, &params, "avatar", Purpose::Avatar).await?;
    edit.header = picture(app, viewer, &params, "header", Purpose::Header).await?;
    Ok(update_profile::local(app, viewer.id, edit).await?)
}

/// A picture that came with the request, stored. Text in its place, or nothing in the file, changes nothing: forms send
/// that for what was not touched.
async fn picture(
    app: &App,
    viewer: &Viewer,
    params: &Params,
    name: &str,
    purpose: Purpose,
) -> ApiResult<Option<Option<MediaId>>> {
    match params.file(name) {
        Some(upload) if !upload.bytes.is_empty() => {
            rate_limit::profile_picture(app, viewer.id)?;
            let stored = upload::picture(app, viewer.id, purpose, upload.bytes.clone()).await?;
            Ok(Some(Some(stored)))
        }
        _ => Ok(None),
    }
}

async fn delete_avatar(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Entity>> {
    let edit = ProfileEdit {
        avatar: Some(None),
        ..ProfileEdit::default()
    };
    take_away(&app, &viewer, edit).await
}

async fn delete_header(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Entity>> {
    let edit = ProfileEdit {
        header: Some(None),
        ..ProfileEdit::default()
    };
    take_away(&app, &viewer, edit).await
}

async fn take_away(app: &App, viewer: &Viewer, edit: ProfileEdit) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    update_profile::local(app, viewer.id, edit).await?;
    own(app, viewer.id).await
}
