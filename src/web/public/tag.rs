//! `/tags/name`: photos under a hashtag that this server has seen. Suggests no other tags.

use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;

use super::answer::Around;
use super::shown;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::text;
use crate::web::api::feed::Hiding;
use crate::web::auth::site::href;
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::Tag;
use crate::web::params::Params;
use crate::web::shell::Asker;

/// Whole rows of three.
const TILES: usize = 24;

pub async fn show(
    State(app): State<App>,
    Path(tag): Path<String>,
    uri: OriginalUri,
    visitor: Visitor,
    asker: Asker,
) -> ApiResult<Response> {
    let name = text::tag_name(&tag).ok_or(ApiError::NotFound)?;
    let viewer = visitor.account().unwrap_or(AccountId::NONE);
    let below = Params::from_query(uri.query())?.number("max_id").map(PostId);
    let around = Around::of(&app, visitor.account()).await?;
    let mut db = app.db.acquire().await?;
    let from = below.unwrap_or(PostId::MAX);
    let mut ids = db::pages::tagged(&mut db, viewer, &name, from, TILES as i64 + 1).await?;
    let more = ids.len() > TILES;
    ids.truncate(TILES);
    let tiles = shown::tiles(&app, &mut db, viewer, &ids, Hiding::Hidden).await?;
    let posts = db::pages::count_tagged(&mut db, &name).await?;
    drop(db);
    let canonical = app.urls.tag_page(&name);
    let last = ids.last().filter(|_| more);
    let segment = canonical.rsplit('/').next().unwrap_or_default();
    let list = format!("/api/v1/timelines/tag/{segment}?only_media=true&limit=30");
    let page = Tag {
        frame: around.frame(),
        posts: shown::count(posts),
        tiles,
        newer: below.map(|_| href(&canonical)),
        older: last.map(|last| href(&format!("{canonical}?max_id={last}"))),
        canonical: href(&canonical),
        name,
    };
    around.send_as_app(&app, &page, &asker, &[list]).await
}
