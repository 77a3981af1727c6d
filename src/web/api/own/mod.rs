//! `/api/tintype/v1/…`: what Mastodon's API has no words for. What cannot be taken back asks for the password again.

mod account;
mod apps;
mod exports;
mod invitations;
mod moving;
mod quota;
mod sessions;
mod unread;

use axum::Router;
use axum::routing::{delete, get, post};

use crate::actions::prove::ProveError;
use crate::app::App;
use crate::web::error::ApiError;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/tintype/v1/account", get(account::show))
        .route("/api/tintype/v1/account/email", post(account::change_email))
        .route("/api/tintype/v1/account/password", post(account::change_password))
        .route("/api/tintype/v1/account/delete", post(account::end))
        .route(
            "/api/tintype/v1/sessions",
            get(sessions::list).delete(sessions::end_others),
        )
        .route("/api/tintype/v1/sessions/{id}", delete(sessions::end))
        .route("/api/tintype/v1/apps", get(apps::list))
        .route("/api/tintype/v1/apps/{id}", delete(apps::revoke))
        .route(
            "/api/tintype/v1/invitations",
            get(invitations::list).post(invitations::create),
        )
        .route("/api/tintype/v1/invitations/{code}", delete(invitations::revoke))
        .route("/api/tintype/v1/quota", get(quota::show))
        .route("/api/tintype/v1/unread", get(unread::show))
        // As Pixelfed has it.
        .route(
            "/api/v1.1/accounts/change-password",
            post(account::change_password_as_pixelfed),
        )
        // As GoToSocial has it.
        .route("/api/v1/accounts/delete", post(account::end))
        .route("/api/v1/accounts/alias", post(moving::alias))
        .route("/api/v1/accounts/move", post(moving::away))
        .route("/api/v1/exports/{file}", get(exports::export))
        .route("/api/v1/import", post(exports::import))
}

impl From<ProveError> for ApiError {
    fn from(error: ProveError) -> Self {
        match error {
            ProveError::Wrong => Self::Forbidden("The password is wrong"),
            ProveError::Throttled(error) => error.into(),
            ProveError::Password(error) => error.into(),
        }
    }
}
