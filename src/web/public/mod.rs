//! The pages that anybody may open: the front, people, posts, tags. Shows nothing that SQL does not give the visitor.

mod about;
mod answer;
mod api_docs;
mod assets;
mod comments;
mod error_pages;
mod explore;
mod front;
mod interact;
mod own_words;
mod post;
mod profile;
mod remote_follow;
mod screens;
mod shown;
mod tag;
mod whose;

use axum::Router;
use axum::routing::get;

pub use error_pages::{for_people, of_people};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(front::show))
        .route("/explore", get(explore::show))
        .route("/about", get(about::show))
        .route("/privacy-policy", get(own_words::privacy_policy))
        .route("/terms-of-service", get(own_words::terms))
        .route("/api/docs", get(api_docs::show))
        .route("/@{name}", get(profile::show))
        .route(
            "/@{name}/follow",
            get(remote_follow::of_person).post(remote_follow::submit),
        )
        .route("/@{name}/{id}", get(post::show))
        .route(
            "/@{name}/{id}/interact",
            get(remote_follow::of_post).post(remote_follow::submit),
        )
        .route("/tags/{tag}", get(tag::show))
        .route(
            "/authorize_interaction",
            get(interact::show).post(interact::submit),
        )
        .merge(screens::routes())
        .route("/assets/{*path}", get(assets::show))
        .route("/favicon.ico", get(assets::show))
}
