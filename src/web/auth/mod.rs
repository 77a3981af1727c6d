//! Signing up, in and out in a browser, without scripts. All rules are in `actions`.

mod account;
mod confirmation;
mod password;
pub mod reply;
mod sign_in;
mod sign_out;
mod sign_up;
pub mod site;
mod told;
pub mod visitor;
mod want_mail;

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/auth/sign_in", get(sign_in::show).post(sign_in::submit))
        .route("/auth/sign_up", get(sign_up::show).post(sign_up::submit))
        .route("/invite/{code}", get(sign_up::invited))
        .route("/auth/sign_out", get(sign_out::show).post(sign_out::submit))
        .route(
            "/auth/confirmation",
            get(confirmation::show).post(confirmation::submit),
        )
        .route(
            "/auth/confirmation/new",
            get(confirmation::want).post(confirmation::wanted),
        )
        .route("/auth/password/new", get(password::want).post(password::wanted))
        .route("/auth/password/edit", get(password::show).post(password::submit))
        .route("/account", get(account::show))
        .route("/auth/account", get(account::show))
}
