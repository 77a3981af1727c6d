//! `/auth/sign_out`. A link signs nobody out: only the form with its token does.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};

use super::reply::{self, PageResult};
use super::site;
use super::visitor::Visitor;
use crate::actions::sign_in;
use crate::app::App;
use crate::web::cookies::{self, Name};
use crate::web::pages::{Frame, Href, Notice, NoticePage, SignOut};
use crate::web::params::Params;

pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    if visitor.session.is_none() {
        return reply::redirect(&app, &visitor, "/auth/sign_in");
    }
    ask(&app, &visitor, StatusCode::OK).await
}

pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    if visitor.session.is_some() {
        if !visitor.sent(&app, &headers, &params) {
            return ask(&app, &visitor, StatusCode::FORBIDDEN).await;
        }
        sign_in::out(&app, visitor.secret()).await?;
    }
    let site = site::site(&app);
    let page = NoticePage {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        notice: Notice::SignedOut,
        onwards: Href::parse("/").map(|front| (front, "To the front page".to_owned())),
    };
    let mut response = reply::page(&app, &visitor, StatusCode::OK, &page)?;
    let gone = cookies::remove(&app.urls, Name::Session);
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

async fn ask(app: &App, visitor: &Visitor, status: StatusCode) -> PageResult {
    let site = site::site(app);
    let viewer = site::viewer(app, visitor.account()).await?;
    let page = SignOut {
        frame: Frame {
            site: &site,
            viewer: viewer.as_ref(),
        },
        csrf: visitor.csrf(),
    };
    reply::page(app, visitor, status, &page)
}
