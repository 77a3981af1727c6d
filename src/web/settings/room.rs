//! Who may be in the settings, and what is around each of their pages. Lets nobody in who is not signed in.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use crate::actions::invite;
use crate::actions::lock_out::Staying;
use crate::app::App;
use crate::db::sessions::Session;
use crate::domain::ids::AccountId;
use crate::web::auth::reply::{self, PageResult};
use crate::web::auth::site;
use crate::web::auth::visitor::Visitor;
use crate::web::pages::{self, Frame, Said, Settings, Site, Template};
use crate::web::params::Params;

/// Somebody who is signed in, in their own browser.
pub struct Room {
    pub app: App,
    pub visitor: Visitor,
    pub session: Session,
    site: Site,
    viewer: Option<pages::Viewer>,
}

impl FromRequestParts<App> for Room {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, app)
            .await
            .map_err(IntoResponse::into_response)?;
        let Some(session) = visitor.session.clone() else {
            let OriginalUri(uri) = OriginalUri::from_request_parts(parts, app)
                .await
                .map_err(|never| match never {})?;
            return Err(sign_in(app, &visitor, uri.path()).into_response());
        };
        let site = site::site(app);
        let viewer = site::viewer(app, Some(session.account_id))
            .await
            .map_err(|error| reply::PageError::from(error).into_response())?;
        Ok(Self {
            app: app.clone(),
            visitor,
            session,
            site,
            viewer,
        })
    }
}

/// Signing in, and back to the page; after a form, to the page that has it.
fn sign_in(app: &App, visitor: &Visitor, path: &str) -> PageResult {
    let page = match path {
        "/settings/email" | "/settings/password" => "/settings/account",
        path => path
            .trim_end_matches("/end")
            .trim_end_matches("/end_others")
            .trim_end_matches("/revoke"),
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", &visitor.sign_path(page));
    reply::redirect(app, visitor, &format!("/auth/sign_in?{}", query.finish()))
}

impl Room {
    pub fn account(&self) -> AccountId {
        self.session.account_id
    }

    pub fn staying(&self) -> Staying {
        Staying {
            session: Some(self.session.id),
            token: None,
        }
    }

    pub fn frame(&self) -> Frame<'_> {
        Frame {
            site: &self.site,
            viewer: self.viewer.as_ref(),
        }
    }

    pub fn settings(&self, said: Option<Said>) -> Settings<'_> {
        Settings {
            frame: self.frame(),
            csrf: self.visitor.csrf(),
            said,
            may_invite: invite::may(&self.app, self.session.role),
        }
    }

    /// Whether a form was sent from a page of ours in this very browser.
    pub fn sent(&self, headers: &HeaderMap, params: &Params) -> bool {
        self.visitor.sent(&self.app, headers, params)
    }

    pub fn page(&self, status: StatusCode, page: &impl Template) -> PageResult {
        reply::page(&self.app, &self.visitor, status, page)
    }
}

/// What a form without its token is told.
pub fn expired() -> Outcome {
    Outcome::wrong(
        StatusCode::FORBIDDEN,
        "This page was open for too long. Please send it again.",
    )
}

/// What a form led to: how it is told, and with which status.
pub struct Outcome {
    pub status: StatusCode,
    pub said: Option<Said>,
}

impl Outcome {
    /// Nothing was asked yet.
    pub fn nothing() -> Self {
        Self {
            status: StatusCode::OK,
            said: None,
        }
    }

    pub fn done(sentence: &'static str) -> Self {
        Self {
            status: StatusCode::OK,
            said: Some(Said::Done(sentence)),
        }
    }

    pub fn wrong(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self {
            status,
            said: Some(Said::Problem(sentence.into())),
        }
    }

    /// A password that was asked for is wrong, or tried too often.
    pub fn unproven(error: crate::actions::prove::ProveError) -> Result<Self, reply::PageError> {
        use crate::actions::prove::ProveError;
        match error {
            ProveError::Wrong => Ok(Self::wrong(StatusCode::FORBIDDEN, "The password is wrong.")),
            error => Err(error.into()),
        }
    }
}
