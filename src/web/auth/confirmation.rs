//! `/auth/confirmation`: behind the link that confirms an address. Opening the link confirms nothing: programs that look
//! at mails open it as well.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};

use super::reply::{self, PageResult};
use super::visitor::Visitor;
use super::want_mail::Form;
use super::{site, told};
use crate::actions::confirm_address::{self, ConfirmError};
use crate::actions::mail_link;
use crate::actions::throttle::{self, Subject};
use crate::app::App;
use crate::domain::mail::Purpose;
use crate::web::address::ClientAddress;
use crate::web::pages::{self, Frame, Notice};
use crate::web::params::Params;

const AGAIN: Form = Form {
    purpose: Purpose::Confirm,
    action: "/auth/confirmation/new",
    heading: "Confirm your address",
    explains: "If the mail with the link did not come, or the link is too old, we send another one.",
};

pub async fn want(State(app): State<App>, visitor: Visitor) -> PageResult {
    AGAIN.show(&app, &visitor)
}

pub async fn wanted(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    AGAIN.submit(&app, &visitor, address, &headers, &params).await
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    RawQuery(query): RawQuery,
) -> PageResult {
    let token = token(&Params::from_query(query.as_deref())?);
    throttle::begin(&app, vec![Subject::links(address)]).await?;
    match mail_link::is_open(&app, Purpose::Confirm, &token).await? {
        true => draw(&app, &visitor, StatusCode::OK, token),
        false => no_link(&app, &visitor),
    }
}

pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    let token = token(&params);
    if !visitor.sent(&app, &headers, &params) {
        return draw(&app, &visitor, StatusCode::FORBIDDEN, token);
    }
    throttle::begin(&app, vec![Subject::links(address)]).await?;
    match confirm_address::local(&app, &token).await {
        Ok(confirmed) => {
            let onwards = match visitor.session {
                Some(_) => ("/account", "My account"),
                None => ("/auth/sign_in", "Sign in"),
            };
            let notice = Notice::Confirmed {
                waiting: confirmed.waiting,
            };
            told::with(&app, &visitor, StatusCode::OK, notice, onwards)
        }
        Err(ConfirmError::NoLink) => no_link(&app, &visitor),
        Err(ConfirmError::Taken) => {
            let front = ("/", "To the front page");
            told::with(&app, &visitor, StatusCode::CONFLICT, Notice::AddressTaken, front)
        }
        Err(ConfirmError::Database(error)) => Err(error.into()),
    }
}

fn token(params: &Params) -> String {
    params.text("confirmation_token").unwrap_or_default()
}

fn no_link(app: &App, visitor: &Visitor) -> PageResult {
    let onwards = (AGAIN.action, "Send another one");
    told::with(app, visitor, StatusCode::NOT_FOUND, Notice::NoLink, onwards)
}

fn draw(app: &App, visitor: &Visitor, status: StatusCode, token: String) -> PageResult {
    let site = site::site(app);
    let page = pages::ConfirmAddress {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        csrf: visitor.csrf(),
        token,
        expired: status == StatusCode::FORBIDDEN,
    };
    reply::page(app, visitor, status, &page)
}
