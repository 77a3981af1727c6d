//! The document of everything that programs may ask of us (OpenAPI 3.1), made from one line for each operation. Handles no
//! request but those for the document itself.
//!
//! The tables are data, not attributes of the handlers: several hundred operations cost the compiler nothing, and entities
//! that are pieced together as text are declared like all others. Tests hold them to what is really served and answered.

mod admin;
mod admin_blocks;
mod admin_entities;
mod admin_numbers;
mod albums;
mod discovery;
mod document;
mod entities;
mod kind;
mod media;
mod news;
mod operation;
mod own;
mod people;
mod pixelfed;
mod posts;
mod server;
mod server_entities;
mod sorting;
mod storage;
mod timelines;

use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;

pub use kind::{Field, Kind};
pub use operation::{Access, Operation};

use super::etag;
use crate::app::App;
use crate::domain::random;

pub fn routes() -> Router<App> {
    Router::new().route("/api/openapi.json", get(show))
}

/// All operations, in the order in which the document shows them.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    let tables = [
        people::OPERATIONS,
        posts::OPERATIONS,
        timelines::OPERATIONS,
        discovery::OPERATIONS,
        albums::OPERATIONS,
        sorting::OPERATIONS,
        news::OPERATIONS,
        own::OPERATIONS,
        storage::OPERATIONS,
        admin_blocks::OPERATIONS,
        admin_numbers::OPERATIONS,
        admin::OPERATIONS,
        pixelfed::OPERATIONS,
        server::OPERATIONS,
    ];
    tables.into_iter().flatten()
}

/// The whole document.
pub fn document() -> Value {
    document::of(operations())
}

/// As it is sent, with its tag: it stays the same for as long as this program runs.
static TEXT: LazyLock<(String, HeaderValue)> = LazyLock::new(|| {
    let text = document().to_string();
    let digest = random::sha256(text.as_bytes());
    let tag: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let tag = HeaderValue::try_from(format!("\"{tag}\"")).expect("it is made of digits and quotes");
    (text, tag)
});

async fn show(headers: HeaderMap) -> Response {
    let (text, tag) = &*TEXT;
    etag::respond(&headers, tag, || {
        ([(header::CONTENT_TYPE, "application/json")], text.as_str()).into_response()
    })
}
