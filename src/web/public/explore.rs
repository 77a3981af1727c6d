//! `/explore`: what people here have posted lately. Shows no other server's photos.

use axum::extract::State;
use axum::response::Response;

use super::answer::Around;
use super::shown;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::web::api::feed::Hiding;
use crate::web::auth::site::href;
use crate::web::auth::visitor::Visitor;
use crate::web::error::ApiResult;
use crate::web::pages::Explore;
use crate::web::shell::Asker;

/// Whole rows of three.
const PHOTOS: i64 = 48;

pub async fn show(State(app): State<App>, visitor: Visitor, asker: Asker) -> ApiResult<Response> {
    let viewer = visitor.account().unwrap_or(AccountId::NONE);
    let around = Around::of(&app, visitor.account()).await?;
    let mut db = app.db.acquire().await?;
    let ids = db::pages::recent(&mut db, viewer, PHOTOS).await?;
    let photos = shown::tiles(&app, &mut db, viewer, &ids, Hiding::Hidden).await?;
    drop(db);
    let page = Explore {
        frame: around.frame(),
        canonical: href(&app.urls.at("/explore")),
        photos,
    };
    let list = "/api/v1/timelines/public?local=true&only_media=true&limit=30".to_owned();
    around.send_as_app(&app, &page, &asker, &[list]).await
}
