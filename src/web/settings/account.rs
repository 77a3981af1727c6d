//! `/settings/account`: the address and the password. Both are changed by who knows the password only.

use axum::http::{HeaderMap, StatusCode};

use super::room::{Outcome, Room, expired};
use crate::actions::change_email::{self, ChangeEmailError, Changed};
use crate::actions::change_password::{self, ChangePasswordError, Passwords};
use crate::actions::set_password::SetPasswordError;
use crate::db;
use crate::domain::mail::Purpose;
use crate::passwords::SHORTEST;
use crate::web::address::ClientAddress;
use crate::web::auth::reply::{PageError, PageResult};
use crate::web::error::ApiError;
use crate::web::pages::AccountSettings;
use crate::web::params::Params;

pub async fn show(room: Room) -> PageResult {
    draw(&room, Outcome::nothing()).await
}

pub async fn change_email(
    room: Room,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    let email = params.text("email").unwrap_or_default();
    let password = params.text("password").unwrap_or_default();
    let changed = change_email::local(&room.app, room.account(), &email, &password, address).await;
    let outcome = match changed {
        Ok(Changed::Now) => Outcome::done("Your address is changed."),
        Ok(Changed::OnceConfirmed) => {
            Outcome::done("Open the link in the mail that we sent to the new address.")
        }
        Err(ChangeEmailError::Password(error)) => Outcome::unproven(error)?,
        Err(said) => Outcome::wrong(StatusCode::UNPROCESSABLE_ENTITY, format!("{said}.")),
    };
    draw(&room, outcome).await
}

pub async fn change_password(
    room: Room,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    if !room.sent(&headers, &params) {
        return draw(&room, expired()).await;
    }
    let typed = |name| params.text(name).unwrap_or_default();
    let (old, new) = (typed("password"), typed("new_password"));
    let passwords = Passwords {
        old: &old,
        new: &new,
        from: address,
    };
    let changed = change_password::local(&room.app, room.account(), &passwords, room.staying()).await;
    let outcome = match changed {
        Ok(()) => Outcome::done("Your password is changed. You are signed out everywhere else."),
        Err(ChangePasswordError::Old(error)) => Outcome::unproven(error)?,
        Err(ChangePasswordError::New(SetPasswordError::Fault(fault))) => {
            Outcome::wrong(StatusCode::UNPROCESSABLE_ENTITY, format!("{}.", fault.sentence()))
        }
        Err(ChangePasswordError::New(error)) => return Err(PageError::from(error)),
    };
    draw(&room, outcome).await
}

async fn draw(room: &Room, outcome: Outcome) -> PageResult {
    let mut db = room.app.db.acquire().await?;
    let contact = db::contacts::of(&mut db, room.account()).await?;
    let contact = contact.ok_or(ApiError::Unauthorized)?;
    let purpose = Purpose::Confirm as i16;
    let waiting = db::mail_tokens::waiting(&mut db, room.account(), purpose, room.app.clock.now()).await?;
    drop(db);
    let page = AccountSettings {
        frame: room.frame(),
        settings: room.settings(outcome.said),
        email: contact.email,
        waiting,
        shortest_password: SHORTEST,
    };
    room.page(outcome.status, &page)
}
