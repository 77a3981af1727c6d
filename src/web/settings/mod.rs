//! `/settings/…`: where people look after their account, without scripts. All rules are in `actions`; every change is a
//! form with its token.

mod account;
mod apps;
mod delete;
mod invitations;
mod room;
mod sessions;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings/account", get(account::show))
        .route("/settings/email", post(account::change_email))
        .route("/settings/password", post(account::change_password))
        .route("/settings/sessions", get(sessions::show))
        .route("/settings/sessions/end", post(sessions::end))
        .route("/settings/sessions/end_others", post(sessions::end_others))
        .route("/settings/apps", get(apps::show))
        .route("/settings/apps/revoke", post(apps::revoke))
        .route(
            "/settings/invitations",
            get(invitations::show).post(invitations::create),
        )
        .route("/settings/invitations/revoke", post(invitations::revoke))
        .route("/settings/delete", get(delete::show).post(delete::submit))
        // Where programs that keep passwords send people (W3C, a well-known URL for changing passwords).
        .route(
            "/.well-known/change-password",
            get(|| async { Redirect::to("/settings/account") }),
        )
}
