//! `/`: the front of the server. Shows recent public photos of people here, and no other server's.

use axum::extract::{OriginalUri, State};
use axum::response::Response;

use super::answer::Around;
use super::shown;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::web::activitypub;
use crate::web::api::feed::Hiding;
use crate::web::auth::visitor::Visitor;
use crate::web::error::ApiResult;
use crate::web::pages::Front;
use crate::web::shell::Asker;

const PHOTOS: i64 = 24;

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
    asker: Asker,
) -> ApiResult<Response> {
    let viewer = visitor.account().unwrap_or(AccountId::NONE);
    let usage = activitypub::usage(&app).await?;
    let around = Around::with_rules(&app, visitor.account()).await?;
    let mut db = app.db.acquire().await?;
    let ids = db::pages::recent(&mut db, viewer, PHOTOS).await?;
    let photos = shown::tiles(&app, &mut db, viewer, &ids, Hiding::Hidden).await?;
    drop(db);
    let page = Front {
        frame: around.frame(),
        photos,
        people: shown::count(usage.users),
        posts: shown::count(usage.local_posts),
    };
    let first: &[&str] = match visitor.account() {
        Some(_) => &["/api/v1/timelines/home?limit=20", "/api/v1/lists"],
        None => &["/api/v1/timelines/public?local=true&limit=20"],
    };
    let first: Vec<String> = first.iter().map(|path| (*path).to_owned()).collect();
    // A query chooses another list.
    match uri.query() {
        None => around.send_as_list(&app, &page, &asker, &first).await,
        Some(_) => around.send_as_app(&app, &page, &asker, &first).await,
    }
}
