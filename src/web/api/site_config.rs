//! What Pixelfed's app asks of a server before anybody signs in: its bounds at `/api/v2/config`, and whether it is a Pixelfed
//! at all. Says so only where the settings allow it, and at that one address.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tintype_federation::nodeinfo::Version;

use super::entities::instance::{LONGEST_DESCRIPTION, media_types};
use crate::actions::update_profile::{LONGEST_NAME, LONGEST_NOTE};
use crate::app::App;
use crate::config::Registration;
use crate::passwords;
use crate::web::activitypub::nodeinfo_document;
use crate::web::error::{ApiError, ApiResult};

/// The oldest Pixelfed that its app talks to.
const PIXELFED: &str = "0.12.3";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/config", get(show))
        .route("/api/nodeinfo/2.0.json", get(as_pixelfed))
}

async fn show(State(app): State<App>) -> Json<Value> {
    Json(config(&app))
}

fn config(app: &App) -> Value {
    // In units of 1,024 bytes.
    let largest = app.config.photo_bytes / 1_024;
    let types = media_types(app.converter.is_some(), app.ffmpeg.is_some());
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "open_registration": is_open(app),
        "show_legal_notice_link": false,
        "uploader": {
            "max_photo_size": largest,
            "max_caption_length": app.config.post_characters,
            "max_altext_length": LONGEST_DESCRIPTION,
            "album_limit": app.config.post_photos,
            "optimize_image": true,
            "optimize_video": app.ffmpeg.is_some(),
            "media_types": types.join(","),
            "mime_types": types,
            "enforce_account_limit": false,
        },
        "activitypub": { "enabled": true, "remote_follow": true },
        "site": {
            "name": app.config.instance_name,
            "domain": app.urls.authority(),
            "url": app.urls.base(),
            "description": app.config.instance_description,
        },
        "account": {
            "max_avatar_size": largest,
            "max_bio_length": LONGEST_NOTE,
            "max_name_length": LONGEST_NAME,
            "min_password_length": passwords::SHORTEST,
        },
        "username": { "remote": { "formats": ["@"], "format": "@", "custom": null } },
        "features": features(),
    })
}

/// What there is of what it has switches for.
fn features() -> Value {
    json!({
        "timelines": { "local": true, "network": true },
        "mobile_apis": true,
        "mobile_registration": false,
        "stories": false,
        "video": false,
        "import": { "instagram": false, "mastodon": false, "pixelfed": false },
        "hls": { "enabled": false },
        "groups": false,
    })
}

fn is_open(app: &App) -> bool {
    matches!(
        app.config.registration,
        Registration::Open | Registration::Approval
    )
}

/// Its app refuses every server that does not call itself so here.
async fn as_pixelfed(State(app): State<App>) -> ApiResult<Json<Value>> {
    if !app.config.pixelfed_app {
        return Err(ApiError::NotFound);
    }
    let mut document = nodeinfo_document(&app, Version::V2_0).await?;
    document["software"] = json!({ "name": "pixelfed", "version": PIXELFED });
    document["metadata"]["config"] = config(&app);
    Ok(Json(document))
}
