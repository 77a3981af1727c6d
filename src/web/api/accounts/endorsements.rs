//! People on profiles: putting them there, taking them off, reading who is. `pin` is the older word for it.

use axum::extract::{OriginalUri, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::lists::{open_lists, range, respond};
use super::path::Of;
use super::relations::answer;
use crate::actions::endorse::{self, EndorseError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::web::api::entities::relationship::Entity;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/endorsements", get(own))
        .route("/api/v1/accounts/{id}/endorsements", get(of_account))
        .route("/api/v1/accounts/{id}/endorse", post(put))
        .route("/api/v1/accounts/{id}/pin", post(put))
        .route("/api/v1/accounts/{id}/unendorse", post(take_off))
        .route("/api/v1/accounts/{id}/unpin", post(take_off))
}

impl From<EndorseError> for ApiError {
    fn from(error: EndorseError) -> Self {
        match error {
            EndorseError::NotFollowed => {
                Self::invalid("You must be already following the person you want to endorse")
            }
            EndorseError::Party(error) => error.into(),
        }
    }
}

async fn put(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    endorse::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn take_off(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    endorse::undo_local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn own(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:accounts")?;
    page(&app, &uri, &params, viewer.id, viewer.id).await
}

async fn of_account(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:accounts")?;
    page(&app, &uri, &params, viewer.id(), id).await
}

async fn page(
    app: &App,
    uri: &Uri,
    params: &Params,
    viewer: AccountId,
    of: AccountId,
) -> ApiResult<Response> {
    let range = range(params);
    let mut db = app.db.acquire().await?;
    let listed = match open_lists(&mut db, viewer, of).await? {
        Some(of) => db::endorsements::page(&mut db, of.id, viewer, &range.and_one_more().into()).await?,
        None => Vec::new(),
    };
    respond(app, &mut db, uri, &range, listed).await
}
