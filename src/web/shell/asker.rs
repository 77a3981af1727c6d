//! The answers that the app would ask for first, asked for by the server itself and written into the page: the very ones
//! that the API gives to this browser. Knows no screen; the pages say what they need.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode, header};
use futures::future::join_all;
use serde::Serialize;
use serde_json::value::RawValue;
use tower::ServiceExt as _;

use super::packing::Packing;
use super::posts::{self, Listed};
use super::preload;
use crate::app::App;
use crate::web::api;

/// Longer answers are left to the app.
const LONGEST: usize = 1 << 20;
const ME: &str = "/api/v1/accounts/verify_credentials";
const INSTANCE: &str = "/api/v2/instance";
const UNREAD: &str = "/api/tintype/v1/unread";

/// The API's routes, put together once.
#[derive(Clone, Default)]
pub struct Door(Arc<OnceLock<Router>>);

/// Asks in the name of the browser that wants the page.
pub struct Asker {
    api: Option<Router>,
    cookie: Option<HeaderValue>,
    /// How it takes the page.
    pub packing: Packing,
}

/// What is written into a page for the app.
#[derive(Debug, Default)]
pub struct First {
    /// JSON that may stand in a script: answers by their paths.
    pub answers: String,
    /// A link to the first picture, or nothing.
    pub preload: String,
    /// What is seen before the app is there, or nothing.
    pub look: String,
    /// Of the first list, if it is one of posts.
    pub(super) posts: Vec<Listed>,
}

#[derive(Serialize)]
struct Answer {
    body: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl Asker {
    /// Who is here and where, what waits for them, and what these paths answer. What is refused is left out: the app asks for itself.
    pub async fn ask(&self, signed_in: bool, paths: &[String]) -> First {
        let own: &[&str] = match signed_in {
            true => &[INSTANCE, ME, UNREAD],
            false => &[INSTANCE],
        };
        let all = own.iter().copied().chain(paths.iter().map(String::as_str));
        let asked = all.map(|path| async move { Some((path.to_owned(), self.answer(path).await?)) });
        let mut answers: BTreeMap<String, Answer> = join_all(asked).await.into_iter().flatten().collect();
        if !signed_in {
            let nobody = Answer {
                body: RawValue::NULL.to_owned(),
                link: None,
            };
            answers.insert(ME.to_owned(), nobody);
        }
        let first_list = paths.iter().find_map(|path| answers.get(path));
        let posts = first_list.map_or(Vec::new(), |answer| posts::read(answer.body.get()));
        let json = serde_json::to_string(&answers).unwrap_or_else(|_| "{}".to_owned());
        First {
            // Outside of strings JSON has no `<`.
            answers: json.replace('<', "\\u003c"),
            preload: preload::link(&posts).unwrap_or_default(),
            look: String::new(),
            posts,
        }
    }

    async fn answer(&self, path: &str) -> Option<Answer> {
        let mut request = Request::get(path).header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let api = self.api.clone()?;
        let response = api.oneshot(request.body(Body::empty()).ok()?).await.ok()?;
        if response.status() != StatusCode::OK {
            return None;
        }
        let link = response.headers().get(header::LINK);
        let link = link.and_then(|link| link.to_str().ok()).map(str::to_owned);
        let body = axum::body::to_bytes(response.into_body(), LONGEST).await.ok()?;
        let body = RawValue::from_string(String::from_utf8(body.into()).ok()?).ok()?;
        Some(Answer { body, link })
    }
}

impl<S> FromRequestParts<S> for Asker
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let door = parts.extensions.get::<Door>();
        let app = App::from_ref(state);
        let api = door.map(|door| door.0.get_or_init(|| api::routes().with_state(app)).clone());
        Ok(Self {
            api,
            cookie: parts.headers.get(header::COOKIE).cloned(),
            packing: Packing::of(&parts.headers),
        })
    }
}
