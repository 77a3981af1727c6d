//! host-meta: where old software is told to ask WebFinger.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;
use tintype_federation::webfinger;

use super::answer;
use crate::app::App;
use crate::translate;

pub async fn xrd(State(app): State<App>) -> Response {
    answer::open(
        "application/xrd+xml",
        webfinger::host_meta(&translate::address(app.urls.base())),
    )
}

pub async fn jrd(State(app): State<App>) -> Response {
    let template = app.urls.at("/.well-known/webfinger?resource={uri}");
    answer::open(
        "application/json",
        json!({ "links": [{ "rel": "lrdd", "template": template }] }).to_string(),
    )
}
