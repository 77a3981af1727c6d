//! What went wrong, as a page for people: programs keep the answer as it was. Changes no status.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::answer::Around;
use crate::app::App;
use crate::web::activitypub::negotiate;
use crate::web::auth::visitor::Visitor;
use crate::web::error::ApiResult;
use crate::web::pages::ErrorPage;
use crate::web::request_id;

/// Doors of programs, who are told in their own way even when they say that they are browsers.
const FOR_PROGRAMS: [&str; 12] = [
    "/api",
    "/oauth/token",
    "/oauth/revoke",
    "/.well-known",
    "/nodeinfo",
    "/inbox",
    "/actor",
    "/users",
    "/media",
    "/health",
    "/ready",
    "/metrics",
];
/// A sentence of our own is no longer than this.
const LONGEST_SENTENCE: usize = 1_000;

/// What was asked by somebody who is told in pages; none: a program, or at one of their doors.
pub fn of_people(request: &Request) -> Option<HeaderMap> {
    let is_people = negotiate::wants_page(request.headers()) && !is_for_programs(request.uri().path());
    is_people.then(|| request.headers().clone())
}

/// Turns an answer that says no into a page, where it is not one already.
pub async fn for_people(app: &App, asked: &HeaderMap, response: Response) -> Response {
    let status = response.status();
    let is_page = is(&response, "text/html");
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let detail = match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => sentence(&parts.headers, body).await,
        _ => None,
    };
    match draw(app, asked, status, detail).await {
        Ok(mut page) => {
            for name in [header::RETRY_AFTER, header::SET_COOKIE] {
                for value in parts.headers.get_all(&name) {
                    page.headers_mut().append(name.clone(), value.clone());
                }
            }
            page
        }
        Err(error) => {
            tracing::error!(%error, "the page for an error could not be drawn");
            let mut bare = Response::new(Body::from("Something broke here."));
            *bare.status_mut() = status;
            bare
        }
    }
}

fn is_for_programs(path: &str) -> bool {
    FOR_PROGRAMS.iter().any(|door| {
        let rest = path.strip_prefix(door);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn is(response: &Response, essence: &str) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(essence.as_bytes()))
}

/// What the answer said in plain text, which is written for people.
async fn sentence(headers: &HeaderMap, body: Body) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?;
    if !kind.as_bytes().starts_with(b"text/plain") {
        return None;
    }
    let bytes = axum::body::to_bytes(body, LONGEST_SENTENCE).await.ok()?;
    let text = String::from_utf8(bytes.into()).ok()?;
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

async fn draw(
    app: &App,
    asked: &HeaderMap,
    status: StatusCode,
    detail: Option<String>,
) -> ApiResult<Response> {
    // When the server itself is in trouble, the database is not asked who this is.
    let account = match status.is_server_error() {
        true => None,
        false => Visitor::of(app, asked, None)
            .await
            .ok()
            .and_then(|it| it.account()),
    };
    let around = Around::of(app, account).await?;
    let id = asked.get(&request_id::NAME).map(HeaderValue::as_bytes);
    let page = ErrorPage {
        frame: around.frame(),
        status: status.as_u16(),
        request_id: String::from_utf8_lossy(id.unwrap_or_default()).into_owned(),
        detail,
    };
    around.send(app, status, &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_of_programs_are_left_alone() {
        for path in [
            "/api/v1/x",
            "/users/ana",
            "/inbox",
            "/media/a/b.jpg",
            "/nodeinfo/2.0",
            "/oauth/token",
        ] {
            assert!(is_for_programs(path), "{path}");
        }
        for path in [
            "/",
            "/@ana",
            "/users_are_here",
            "/apiary",
            "/tags/media",
            "/oauth/authorize",
        ] {
            assert!(!is_for_programs(path), "{path}");
        }
    }
}
