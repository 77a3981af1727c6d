//! Mastodon's client API and our own. File names follow the URLs.

pub mod apps;
pub mod entities;
pub mod favourites;
pub mod feed;
pub mod media;
pub mod sign_up;
pub mod statuses;
pub mod timelines;

use axum::Router;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(apps::routes())
        .merge(sign_up::routes())
        .merge(statuses::routes())
        .merge(timelines::routes())
        .merge(favourites::routes())
        .merge(media::routes())
}
