//! `/about`: what this server is, who answers for it and where its source is. Shows nobody's posts.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

use super::answer::Around;
use crate::app::App;
use crate::web::auth::visitor::Visitor;
use crate::web::error::ApiResult;
use crate::web::pages::{About, Href};

pub async fn show(State(app): State<App>, visitor: Visitor) -> ApiResult<Response> {
    let around = Around::with_rules(&app, visitor.account()).await?;
    let page = About {
        frame: around.frame(),
        source: app
            .config
            .source_url
            .as_ref()
            .map(Url::as_str)
            .and_then(Href::parse),
    };
    around.send(&app, StatusCode::OK, &page)
}
