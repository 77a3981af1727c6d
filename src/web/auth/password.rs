//! `/auth/password/…`: for who forgot theirs. Says the same to everybody, whether or not an address is anybody's.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};

use super::reply::{self, PageError, PageResult};
use super::visitor::Visitor;
use super::want_mail::Form;
use super::{site, told};
use crate::actions::mail_link;
use crate::actions::reset_password::{self, ResetError};
use crate::actions::set_password::SetPasswordError;
use crate::actions::throttle::{self, Subject};
use crate::app::App;
use crate::domain::mail::Purpose;
use crate::passwords::SHORTEST;
use crate::web::address::ClientAddress;
use crate::web::cookies::{self, Name};
use crate::web::error::ApiError;
use crate::web::pages::{Frame, NewPassword, Notice};
use crate::web::params::Params;

const FORGOTTEN: Form = Form {
    purpose: Purpose::ResetPassword,
    action: "/auth/password/new",
    heading: "Forgot your password?",
    explains: "We send a link to the address of your account. With it you choose a new one.",
};

pub async fn want(State(app): State<App>, visitor: Visitor) -> PageResult {
    FORGOTTEN.show(&app, &visitor)
}

pub async fn wanted(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    FORGOTTEN.submit(&app, &visitor, address, &headers, &params).await
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    RawQuery(query): RawQuery,
) -> PageResult {
    let token = token(&Params::from_query(query.as_deref())?);
    throttle::begin(&app, vec![Subject::links(address)]).await?;
    match mail_link::is_open(&app, Purpose::ResetPassword, &token).await? {
        true => draw(&app, &visitor, StatusCode::OK, token, None),
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
        let problem = Some("This page was open for too long. Please send it again.".to_owned());
        return draw(&app, &visitor, StatusCode::FORBIDDEN, token, problem);
    }
    throttle::begin(&app, vec![Subject::links(address)]).await?;
    let password = params.node("user").get("password").text().unwrap_or_default();
    match reset_password::local(&app, &token, &password).await {
        Ok(()) => set(&app, &visitor),
        Err(ResetError::NoLink) => no_link(&app, &visitor),
        Err(ResetError::Password(SetPasswordError::Fault(fault))) => {
            let problem = Some(fault.sentence());
            draw(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, token, problem)
        }
        Err(ResetError::Password(error)) => Err(broken(error)),
        Err(ResetError::Database(error)) => Err(error.into()),
    }
}

fn broken(error: SetPasswordError) -> PageError {
    ApiError::Internal(error.into()).into()
}

/// Whoever was signed in with this browser is not any more.
fn set(app: &App, visitor: &Visitor) -> PageResult {
    let onwards = ("/auth/sign_in", "Sign in");
    let mut response = told::with(app, visitor, StatusCode::OK, Notice::PasswordSet, onwards)?;
    let gone = cookies::remove(&app.urls, Name::Session);
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

fn token(params: &Params) -> String {
    params.text("reset_password_token").unwrap_or_default()
}

fn no_link(app: &App, visitor: &Visitor) -> PageResult {
    let onwards = (FORGOTTEN.action, "Send another one");
    told::with(app, visitor, StatusCode::NOT_FOUND, Notice::NoLink, onwards)
}

fn draw(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    token: String,
    problem: Option<String>,
) -> PageResult {
    let site = site::site(app);
    let page = NewPassword {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        csrf: visitor.csrf(),
        token,
        shortest_password: SHORTEST,
        problem,
    };
    reply::page(app, visitor, status, &page)
}
