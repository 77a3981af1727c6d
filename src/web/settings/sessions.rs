//! `/settings/sessions`: browsers in which somebody is signed in. Shows no secret of any.

use axum::http::{HeaderMap, StatusCode};

use super::room::{Outcome, Room, expired};
use crate::actions::{lock_out, sign_in};
use crate::db;
use crate::domain::browser;
use crate::domain::ids::SessionId;
use crate::web::auth::reply::PageResult;
use crate::web::pages::{Moment, Open, SessionSettings};
use crate::web::params::Params;

/// Who has more sees the newest.
const MOST: i64 = 200;

pub async fn show(room: Room) -> PageResult {
    draw(&room, Outcome::nothing()).await
}

pub async fn end(room: Room, headers: HeaderMap, params: Params) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    let id: Option<SessionId> = params.text("id").and_then(|id| id.parse().ok());
    let ended = match id {
        Some(id) => lock_out::of_session(&room.app, room.account(), id).await?,
        None => false,
    };
    let outcome = match ended {
        true => Outcome::done("That browser is signed out."),
        false => Outcome::wrong(StatusCode::NOT_FOUND, "That browser was signed out already."),
    };
    draw(&room, outcome).await
}

pub async fn end_others(room: Room, headers: HeaderMap, params: Params) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    lock_out::of_other_sessions(&room.app, room.account(), Some(room.session.id)).await?;
    draw(&room, Outcome::done("All other browsers are signed out.")).await
}

async fn draw(room: &Room, outcome: Outcome) -> PageResult {
    let since = room.app.clock.now().date_naive() - sign_in::UNUSED;
    let mut db = room.app.db.acquire().await?;
    let sessions = db::sessions::of(&mut db, room.account(), since, MOST).await?;
    drop(db);
    let open = |session: db::sessions::Listed| Open {
        id: session.id.to_string(),
        name: browser::name(&session.user_agent),
        website: None,
        since: Moment(session.created_at),
        last_used: Some(session.last_used_on.format("%-d %B %Y").to_string()),
        allows: Vec::new(),
        current: session.id == room.session.id,
    };
    let page = SessionSettings {
        frame: room.frame(),
        settings: room.settings(outcome.said),
        sessions: sessions.into_iter().map(open).collect(),
    };
    room.page(outcome.status, &page)
}
