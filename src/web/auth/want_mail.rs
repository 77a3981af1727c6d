//! Forms that ask for a mail with a link, by an address alone. The answer is the same for every address.

use std::net::IpAddr;

use axum::http::{HeaderMap, StatusCode};

use super::reply::{self, PageResult};
use super::visitor::Visitor;
use super::{site, told};
use crate::actions::reset_password;
use crate::app::App;
use crate::domain::mail::Purpose;
use crate::web::pages::{Frame, Notice, WantMail};
use crate::web::params::Params;

pub struct Form {
    pub purpose: Purpose,
    pub action: &'static str,
    pub heading: &'static str,
    pub explains: &'static str,
}

impl Form {
    pub fn show(&self, app: &App, visitor: &Visitor) -> PageResult {
        match app.mailer.is_on() {
            true => self.draw(app, visitor, StatusCode::OK, String::new(), None),
            false => told::notice(app, visitor, Notice::NoMail),
        }
    }

    pub async fn submit(
        &self,
        app: &App,
        visitor: &Visitor,
        from: IpAddr,
        headers: &HeaderMap,
        params: &Params,
    ) -> PageResult {
        if !app.mailer.is_on() {
            return told::notice(app, visitor, Notice::NoMail);
        }
        let email = params.node("user").get("email").text().unwrap_or_default();
        if !visitor.sent(app, headers, params) {
            let problem = Some("This page was open for too long. Please send it again.");
            return self.draw(app, visitor, StatusCode::FORBIDDEN, email, problem);
        }
        reset_password::want(app, &email, self.purpose, from).await?;
        told::notice(app, visitor, Notice::MailWanted)
    }

    fn draw(
        &self,
        app: &App,
        visitor: &Visitor,
        status: StatusCode,
        email: String,
        problem: Option<&'static str>,
    ) -> PageResult {
        let site = site::site(app);
        let page = WantMail {
            frame: Frame {
                site: &site,
                viewer: None,
            },
            csrf: visitor.csrf(),
            action: self.action,
            heading: self.heading,
            explains: self.explains,
            email,
            problem,
        };
        reply::page(app, visitor, status, &page)
    }
}
