//! OAuth 2 as Mastodon's apps speak it: codes with PKCE, app tokens, revocation, discovery. All rules are in `actions`.

mod asked;
mod authorize;
mod client;
mod error;
mod metadata;
mod revoke;
pub mod token;
mod userinfo;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/oauth/authorize", get(authorize::show).post(authorize::submit))
        // toot asks with a slash at the end.
        .route("/oauth/authorize/", get(authorize::show).post(authorize::submit))
        .route("/oauth/authorize/native", get(authorize::native))
        .route("/oauth/token", post(token::create))
        .route("/oauth/revoke", post(revoke::create))
        .route("/oauth/userinfo", get(userinfo::show).post(userinfo::show))
        .route("/.well-known/oauth-authorization-server", get(metadata::show))
}
