//! `/settings/apps`: apps that may act for somebody. Shows no token.

use axum::http::{HeaderMap, StatusCode};

use super::room::{Outcome, Room, expired};
use crate::actions::lock_out;
use crate::db;
use crate::domain::ids::AppId;
use crate::web::auth::reply::PageResult;
use crate::web::pages::{AppSettings, Href, Moment, Open, permission};
use crate::web::params::Params;

/// Who has more sees the newest.
const MOST: i64 = 200;

pub async fn show(room: Room) -> PageResult {
    draw(&room, Outcome::nothing()).await
}

pub async fn revoke(room: Room, headers: HeaderMap, params: Params) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    let id: Option<AppId> = params.text("id").and_then(|id| id.parse().ok());
    let revoked = match id {
        Some(id) => lock_out::of_app(&room.app, room.account(), id).await?,
        None => false,
    };
    let outcome = match revoked {
        true => Outcome::done("That app may do nothing for you any more."),
        false => Outcome::wrong(
            StatusCode::NOT_FOUND,
            "That app might do nothing for you already.",
        ),
    };
    draw(&room, outcome).await
}

async fn draw(room: &Room, outcome: Outcome) -> PageResult {
    let mut db = room.app.db.acquire().await?;
    let allowed = db::tokens::allowed_by(&mut db, room.account(), MOST).await?;
    drop(db);
    let page = AppSettings {
        frame: room.frame(),
        settings: room.settings(outcome.said),
        apps: allowed.into_iter().map(open).collect(),
    };
    room.page(outcome.status, &page)
}

fn open(app: db::tokens::Allowed) -> Open {
    let groups = permission::describe(&app.scopes.join(" "));
    Open {
        id: app.app.to_string(),
        name: app.name,
        website: app.website.as_deref().and_then(Href::parse),
        since: Moment(app.since),
        last_used: app.last_used_on.map(|day| day.format("%-d %B %Y").to_string()),
        allows: groups.into_iter().flat_map(|group| group.sentences).collect(),
        current: false,
    }
}
