//! `/api/v1/statuses/…`. The rules of each verb are in `actions`.

mod act;
mod create;
mod edit;
mod quotes;
mod read;

use axum::Router;
use axum::routing::{get, post, put};
use serde_json::value::RawValue;

use super::entities::status;
use crate::actions::on_post::OnPostError;
use crate::actions::publish::PublishError;
use crate::app::App;
use crate::domain::ids::{AccountId, PostId};
use crate::web::error::{ApiError, ApiResult};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/statuses", get(read::several).post(create::create))
        .route(
            "/api/v1/statuses/{id}",
            get(read::one)
                .delete(act::delete)
                .put(edit::edit)
                .patch(edit::edit),
        )
        .route("/api/v1/statuses/{id}/context", get(read::context))
        .route("/api/v1/statuses/{id}/history", get(edit::history))
        .route("/api/v1/statuses/{id}/source", get(edit::source))
        .route("/api/v1/statuses/{id}/favourited_by", get(read::favourited_by))
        .route("/api/v1/statuses/{id}/reblogged_by", get(read::reblogged_by))
        .route("/api/v1/statuses/{id}/card", get(read::card))
        .route("/api/v1/statuses/{id}/quotes", get(quotes::list))
        .route(
            "/api/v1/statuses/{id}/quotes/{quoting}/revoke",
            post(quotes::revoke),
        )
        .route(
            "/api/v1/statuses/{id}/interaction_policy",
            put(quotes::change_policy).patch(quotes::change_policy),
        )
        .route("/api/v1/statuses/{id}/favourite", post(act::favourite))
        .route("/api/v1/statuses/{id}/unfavourite", post(act::unfavourite))
        .route("/api/v1/statuses/{id}/reblog", post(act::reblog))
        .route("/api/v1/statuses/{id}/unreblog", post(act::unreblog))
        .route("/api/v1/statuses/{id}/bookmark", post(act::bookmark))
        .route("/api/v1/statuses/{id}/unbookmark", post(act::unbookmark))
        .route("/api/v1/statuses/{id}/mute", post(act::mute))
        .route("/api/v1/statuses/{id}/unmute", post(act::unmute))
        .route("/api/v1/statuses/{id}/pin", post(act::pin))
        .route("/api/v1/statuses/{id}/unpin", post(act::unpin))
}

/// A status as the viewer sees it now.
async fn show(app: &App, viewer: AccountId, id: PostId) -> ApiResult<Box<RawValue>> {
    let mut db = app.db.acquire().await?;
    let rendered = status::one(app, &mut db, viewer, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    Ok(rendered.into_json())
}

impl From<OnPostError> for ApiError {
    fn from(error: OnPostError) -> Self {
        match error {
            OnPostError::NotFound => Self::NotFound,
            OnPostError::NotAllowed(sentence) => Self::Unprocessable(sentence.to_owned()),
            OnPostError::Database(error) => error.into(),
        }
    }
}

impl From<PublishError> for ApiError {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::NoSuchPost | PublishError::NoSuchParent | PublishError::NoSuchQuoted => {
                Self::NotFound
            }
            PublishError::PhotosNotReady | PublishError::PhotoFailed | PublishError::NoSuchPhoto => {
                Self::Unprocessable(error.to_string())
            }
            PublishError::Retouch(error) => error.into(),
            PublishError::Album(error) => error.into(),
            PublishError::Database(error) => error.into(),
            refusal => Self::Invalid(refusal.to_string()),
        }
    }
}
