//! The screens that only the web app has: an address of each, so that it can be opened, kept and reloaded. Where there is
//! no app there is no such page.

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::answer::Around;
use crate::app::App;
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::Screen;
use crate::web::shell::{self, Asker};

/// As in the app's own routes.
const SCREENS: [&str; 27] = [
    "/search",
    "/compose",
    "/scheduled",
    "/notifications",
    "/notifications/requests",
    "/notifications/requests/{id}",
    "/messages",
    "/messages/{id}",
    "/lists",
    "/lists/{id}",
    "/followed_tags",
    "/bookmarks",
    "/favourites",
    "/follow_requests",
    "/blocks",
    "/mutes",
    "/settings",
    "/settings/profile",
    "/settings/appearance",
    "/settings/posting",
    "/settings/filters",
    "/settings/filters/{id}",
    "/settings/notifications",
    "/settings/data",
    "/@{name}/followers",
    "/@{name}/following",
    "/@{name}/{id}/quotes",
];

pub fn routes() -> Router<App> {
    SCREENS
        .iter()
        .fold(Router::new(), |routes, path| routes.route(path, get(show)))
        .route("/_app/shell", get(bare))
}

/// What the service worker keeps: any screen, before anything is known of it.
async fn bare(State(app): State<App>) -> ApiResult<Response> {
    let around = Around::of(&app, None).await?;
    let page = Screen {
        frame: around.frame(),
    };
    around.send_bare_app(&app, &page)
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    uri: OriginalUri,
    asker: Asker,
) -> ApiResult<Response> {
    if shell::of(&app).is_none() {
        return match uri.path() {
            // Those pages of ours work without the app.
            "/settings" => Ok(Redirect::to("/settings/account").into_response()),
            _ => Err(ApiError::NotFound),
        };
    }
    let around = Around::of(&app, visitor.account()).await?;
    let page = Screen {
        frame: around.frame(),
    };
    around.send_as_app(&app, &page, &asker, &[]).await
}
