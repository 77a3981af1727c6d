//! `/settings/invitations`: links by which others may join. Shows nobody another's.

use axum::http::{HeaderMap, StatusCode};

use super::room::{Outcome, Room, expired};
use crate::actions::invite::{self, InviteError, Wanted};
use crate::db::invitations::Listed;
use crate::web::auth::reply::PageResult;
use crate::web::error::ApiError;
use crate::web::pages::{InvitationSettings, Moment, OpenInvitation};
use crate::web::params::Params;

pub async fn show(room: Room) -> PageResult {
    draw(&room, Outcome::nothing()).await
}

pub async fn create(room: Room, headers: HeaderMap, params: Params) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    let wanted = Wanted {
        uses: params.number("max_uses").unwrap_or_default(),
        expires_in: params.number("expires_in"),
    };
    let outcome = match invite::by_member(&room.app, room.account(), room.session.role, wanted).await {
        Ok(_) => Outcome::done("The link is made. Send it to whom you want here."),
        Err(InviteError::NotAllowed) => {
            return Err(ApiError::Forbidden("You may not invite others here").into());
        }
        Err(InviteError::Database(error)) => return Err(error.into()),
        Err(said) => Outcome::wrong(StatusCode::UNPROCESSABLE_ENTITY, format!("{said}.")),
    };
    draw(&room, outcome).await
}

pub async fn revoke(room: Room, headers: HeaderMap, params: Params) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    let code = params.text("code").unwrap_or_default();
    let outcome = match invite::revoke(&room.app, room.account(), &code).await? {
        true => Outcome::done("Nobody can join by that link any more."),
        false => Outcome::wrong(
            StatusCode::NOT_FOUND,
            "That link was used up or taken back already.",
        ),
    };
    draw(&room, outcome).await
}

async fn draw(room: &Room, outcome: Outcome) -> PageResult {
    if !invite::may(&room.app, room.session.role) {
        return Err(ApiError::Forbidden("You may not invite others here").into());
    }
    let open = |one: Listed| OpenInvitation {
        address: room.app.urls.at(&format!("/invite/{}", one.code)),
        code: one.code,
        uses_left: one.uses_left,
        until: one.expires_at.map(Moment),
    };
    let invitations = invite::open_of(&room.app, room.account()).await?;
    let page = InvitationSettings {
        frame: room.frame(),
        settings: room.settings(outcome.said),
        invitations: invitations.into_iter().map(open).collect(),
    };
    room.page(outcome.status, &page)
}
