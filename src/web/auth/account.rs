//! `/account`: where somebody lands after signing in. Changes nothing.

use axum::extract::State;
use axum::http::StatusCode;

use super::reply::{self, PageResult};
use super::site;
use super::visitor::Visitor;
use crate::app::App;
use crate::web::pages::{Frame, MyAccount};

pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    let site = site::site(&app);
    let viewer = site::viewer(&app, visitor.account()).await?;
    let page = MyAccount {
        frame: Frame {
            site: &site,
            viewer: viewer.as_ref(),
        },
        csrf: visitor.csrf(),
        apps: None,
    };
    reply::page(&app, &visitor, StatusCode::OK, &page)
}
