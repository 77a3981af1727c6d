//! The web app that this program carries: its files, and the pages it takes over in a browser. Without it, or where it is
//! switched off, the plain pages are all there is. Writes no page of its own: what is in them is `pages`'.

mod asker;
mod carried;
mod dress;
mod files;
mod look;
mod manifest;
mod packing;
mod posts;
mod preload;
mod template;

use std::sync::LazyLock;

use axum::routing::get;
use axum::{Extension, Router};

pub use asker::{Asker, First};
pub use dress::dress;
pub use packing::Packing;
pub use template::Shell;

use crate::app::App;

/// None in a program that was built without the web app.
static SHELL: LazyLock<Option<Shell>> = LazyLock::new(|| {
    let index = carried::find("/index.html")?;
    Shell::parse(std::str::from_utf8(index.plain).ok()?)
});

/// The app around the pages, if there is to be one.
pub fn of(app: &App) -> Option<&'static Shell> {
    SHELL.as_ref().filter(|_| app.config.web_app)
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/_app/{*path}", get(files::show))
        .route("/service-worker.js", get(files::show))
        .route("/manifest.webmanifest", get(manifest::show))
}

/// What the handlers of pages need to ask for the app's first answers.
pub fn with_asker(pages: Router<App>) -> Router<App> {
    pages.layer(Extension(asker::Door::default()))
}
