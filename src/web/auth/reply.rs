//! How pages with forms are sent: not kept by anybody, not put into frames. Draws nothing itself.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::visitor::Visitor;
use crate::actions::key_pair::KeyPairError;
use crate::actions::throttle::ThrottleError;
use crate::app::App;
use crate::passwords::PasswordError;
use crate::web::cookies::{self, Name};
use crate::web::error::ApiError;
use crate::web::pages::{Href, Template, csp};

/// What went wrong with a page, in a line: whoever sees it is a person, not a program.
#[derive(Debug)]
pub struct PageError(ApiError);

pub type PageResult = Result<Response, PageError>;

impl<E: Into<ApiError>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<KeyPairError> for ApiError {
    fn from(error: KeyPairError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<ThrottleError> for ApiError {
    fn from(error: ThrottleError) -> Self {
        match error {
            ThrottleError::TooMany { seconds } => Self::TooManyRequests {
                retry_after: seconds.into(),
            },
            ThrottleError::Database(error) => error.into(),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let sentence = match &self.0 {
            ApiError::Internal(_) => {
                "Something broke here. The fault is ours; please try again later.\n".to_owned()
            }
            told => format!("{told}\n"),
        };
        // The status, headers and log line are those of the API.
        let mut response = self.0.into_response();
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        *response.body_mut() = Body::from(sentence);
        response
    }
}

/// A page with the policy that is right for all but the consent page.
pub fn page(app: &App, visitor: &Visitor, status: StatusCode, page: &impl Template) -> PageResult {
    page_with(app, visitor, status, page, &csp::page(&media(app)))
}

pub fn page_with(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    page: &impl Template,
    policy: &str,
) -> PageResult {
    let html = page.render().map_err(|error| ApiError::Internal(error.into()))?;
    let mut response = (status, html).into_response();
    let policy = HeaderValue::try_from(policy).map_err(|error| ApiError::Internal(error.into()))?;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Codes and paths are in addresses; and `no-referrer` would take the origin from our own forms.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    keep_private(app, visitor, &mut response);
    if visitor.was_signed_out {
        let gone = cookies::remove(&app.urls, Name::Session);
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    Ok(response)
}

/// Sends the browser on. After a form, 302 is what every browser and app turns into a GET.
pub fn redirect(app: &App, visitor: &Visitor, to: &str) -> PageResult {
    let to = HeaderValue::try_from(to).map_err(|error| ApiError::Internal(error.into()))?;
    let mut response = StatusCode::FOUND.into_response();
    response.headers_mut().insert(header::LOCATION, to);
    keep_private(app, visitor, &mut response);
    Ok(response)
}

fn keep_private(app: &App, visitor: &Visitor, response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if visitor.is_new {
        headers.append(
            header::SET_COOKIE,
            cookies::set(&app.urls, Name::Visitor, visitor.secret()),
        );
    }
}

/// Where pictures come from when it is not from here.
pub fn media(app: &App) -> Vec<Href> {
    let config = &app.config;
    let places = config.media_url.iter().chain(&config.copies_url);
    places.filter_map(|place| Href::parse(place.as_str())).collect()
}
