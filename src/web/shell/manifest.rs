//! `/manifest.webmanifest`: how the app stands on a home screen, and what other apps may share with it. Says nothing of
//! whoever asks.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::web::auth::site;
use crate::web::error::ApiError;
use crate::web::pages::{Site, assets};

/// The name may change.
const FOR_AN_HOUR: &str = "public, max-age=3600";

pub async fn show(State(app): State<App>) -> Result<Response, ApiError> {
    super::of(&app).ok_or(ApiError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        (header::CACHE_CONTROL, FOR_AN_HOUR),
    ];
    Ok((headers, manifest(&site::site(&app)).to_string()).into_response())
}

fn manifest(site: &Site) -> Value {
    json!({
        "id": "/",
        "name": site.name,
        "short_name": site.name,
        "description": site.description,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "categories": ["photo", "social"],
        "icons": [
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-mask.png", "512x512", "maskable"),
        ],
        "shortcuts": [{ "name": "New post", "url": "/compose" }],
        // The service worker takes it, as no other part of the app can read a form.
        "share_target": {
            "action": "/compose",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title", "text": "text", "url": "url",
                "files": [{ "name": "photos", "accept": ["image/*", "video/mp4", "video/quicktime", "video/webm"] }],
            },
        },
    })
}

fn icon(name: &str, sizes: &str, purpose: &str) -> Value {
    json!({ "src": assets::path(name), "sizes": sizes, "type": "image/png", "purpose": purpose })
}
