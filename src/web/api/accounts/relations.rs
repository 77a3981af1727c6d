//! Verbs of a viewer on somebody: each answers with the whole relationship as it is afterwards.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::TimeDelta;

use super::path::Of;
use crate::actions::mute::Muting;
use crate::actions::{block, follow, mute, note_about, remove_follower, unblock, unfollow, unmute};
use crate::app::App;
use crate::db;
use crate::db::follows::Wishes;
use crate::domain::ids::AccountId;
use crate::web::api::entities::relationship::{self, Entity};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// Most people that are asked about at once.
const MOST_ASKED: usize = 200;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/accounts/relationships", get(relationships))
        .route("/api/v1/accounts/{id}/follow", post(follow))
        .route("/api/v1/accounts/{id}/unfollow", post(unfollow))
        .route(
            "/api/v1/accounts/{id}/remove_from_followers",
            post(remove_from_followers),
        )
        .route("/api/v1/accounts/{id}/block", post(block))
        .route("/api/v1/accounts/{id}/unblock", post(unblock))
        .route("/api/v1/accounts/{id}/mute", post(mute))
        .route("/api/v1/accounts/{id}/unmute", post(unmute))
        .route("/api/v1/accounts/{id}/note", post(note))
}

/// The relationship of the viewer with somebody; 404 when there is nobody.
pub async fn answer(app: &App, viewer: AccountId, with: AccountId) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let found = relationship::many(app, &mut db, viewer, &[with]).await?.pop();
    found.map(Json).ok_or(ApiError::NotFound)
}

async fn relationships(
    State(app): State<App>,
    viewer: Viewer,
    params: Params,
) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:follows")?;
    let mut ids: Vec<AccountId> = params.ids("id");
    ids.truncate(MOST_ASKED);
    let mut db = app.db.acquire().await?;
    if params.flag("with_suspended") != Some(true) {
        let shown = db::finding::active(&mut db, &ids).await?;
        ids.retain(|id| shown.contains(id));
    }
    Ok(Json(relationship::many(&app, &mut db, viewer.id, &ids).await?))
}

async fn follow(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of,
    params: Params,
) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    let wishes = Wishes {
        shows_reposts: params.flag("reblogs"),
        notifies: params.flag("notify"),
        languages: params.contains("languages").then(|| languages(&params)),
    };
    follow::local(&app, viewer.id, id, &wishes).await?;
    answer(&app, viewer.id, id).await
}

/// Language codes; what cannot be one is left out.
fn languages(params: &Params) -> Vec<String> {
    let mut codes = params.texts("languages");
    codes.retain(|code| {
        (2..=8).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
    });
    codes.truncate(50);
    codes
}

async fn unfollow(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    unfollow::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn remove_from_followers(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of,
) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    remove_follower::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn block(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:blocks")?;
    block::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn unblock(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:blocks")?;
    unblock::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn mute(State(app): State<App>, viewer: Viewer, Of(id): Of, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:mutes")?;
    let seconds = params.number("duration").filter(|seconds| *seconds > 0);
    let muting = Muting {
        notifications: params.flag("notifications").unwrap_or(true),
        lasts: seconds.and_then(TimeDelta::try_seconds),
    };
    mute::local(&app, viewer.id, id, muting).await?;
    answer(&app, viewer.id, id).await
}

async fn unmute(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("write:mutes")?;
    unmute::local(&app, viewer.id, id).await?;
    answer(&app, viewer.id, id).await
}

async fn note(State(app): State<App>, viewer: Viewer, Of(id): Of, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    let comment = params.text("comment").unwrap_or_default();
    note_about::local(&app, viewer.id, id, &comment).await?;
    answer(&app, viewer.id, id).await
}
