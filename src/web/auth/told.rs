//! Answers that only tell something. Asks for nothing.

use axum::http::StatusCode;

use super::reply::{self, PageResult};
use super::site;
use super::visitor::Visitor;
use crate::app::App;
use crate::web::pages::{Frame, Href, Notice, NoticePage};

/// A notice, and the way to the front page.
pub fn notice(app: &App, visitor: &Visitor, notice: Notice) -> PageResult {
    with(app, visitor, StatusCode::OK, notice, ("/", "To the front page"))
}

/// A notice with its status, and where it goes on.
pub fn with(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    notice: Notice,
    (path, label): (&str, &str),
) -> PageResult {
    let site = site::site(app);
    let page = NoticePage {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        notice,
        onwards: Href::parse(path).map(|href| (href, label.to_owned())),
    };
    reply::page(app, visitor, status, &page)
}
