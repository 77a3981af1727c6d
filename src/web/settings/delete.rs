//! `/settings/delete`: the end of an account. Asks for the password, and for a yes.

use axum::http::{HeaderMap, StatusCode, header};

use super::room::{Outcome, Room, expired};
use crate::actions::delete_account::{self, DeleteAccountError};
use crate::actions::delete_actor::DeleteError;
use crate::web::address::ClientAddress;
use crate::web::auth::reply::{self, PageResult};
use crate::web::cookies::{self, Name};
use crate::web::pages::{DeleteSettings, Frame, Href, Notice, NoticePage};
use crate::web::params::Params;

pub async fn show(room: Room) -> PageResult {
    draw(&room, Outcome::nothing())
}

pub async fn submit(
    room: Room,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired());
    }
    if params.flag("sure") != Some(true) {
        let sentence = "Tick the box if you want all of it gone.";
        return draw(&room, Outcome::wrong(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let password = params.text("password").unwrap_or_default();
    match delete_account::local(&room.app, room.account(), &password, address).await {
        Ok(()) => gone(&room),
        Err(DeleteAccountError::Password(error)) => draw(&room, Outcome::unproven(error)?),
        Err(DeleteAccountError::Delete(DeleteError::Owner)) => {
            let sentence = "You own this server: without you there would be nobody to look after it.";
            draw(&room, Outcome::wrong(StatusCode::FORBIDDEN, sentence))
        }
        // Somewhere else, a moment ago.
        Err(DeleteAccountError::Delete(DeleteError::NotHere)) => gone(&room),
        Err(DeleteAccountError::Delete(DeleteError::Database(error))) => Err(error.into()),
    }
}

fn gone(room: &Room) -> PageResult {
    let page = NoticePage {
        frame: Frame {
            viewer: None,
            ..room.frame()
        },
        notice: Notice::Deleted,
        onwards: Href::parse("/").map(|front| (front, "To the front page".to_owned())),
    };
    let mut response = reply::page(&room.app, &room.visitor, StatusCode::OK, &page)?;
    let cookie = cookies::remove(&room.app.urls, Name::Session);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn draw(room: &Room, outcome: Outcome) -> PageResult {
    let page = DeleteSettings {
        frame: room.frame(),
        settings: room.settings(outcome.said),
    };
    room.page(outcome.status, &page)
}
