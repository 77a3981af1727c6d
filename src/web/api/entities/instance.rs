//! The Instance entities, both versions, from the settings. Claims nothing that is not served.

use serde_json::{Value, json};

use super::{account, rule};
use crate::actions::feature_tag;
use crate::actions::follow::MOST_FOLLOWS;
use crate::actions::update_profile::{LONGEST_FIELD, LONGEST_NAME, LONGEST_NOTE, MOST_FIELDS};
use crate::config::{Config, Registration};
use crate::domain::federation::Federation;
use crate::domain::html;
use crate::domain::poll;
use crate::domain::text::LINK_CHARACTERS;
use crate::domain::urls::Urls;
use crate::media::video::MOST_FRAMES_A_SECOND;

/// The Mastodon version whose API this is comes first: clients switch features by it.
pub const VERSION: &str = concat!("4.5.0 (compatible; Tintype ", env!("CARGO_PKG_VERSION"), ")");
/// The number by which clients know what is served, as Mastodon counts: 7 came with its 4.5, and is quotes beside all that was
/// before. What the numbers above promise is not all here.
pub const API_VERSION: u32 = 7;
/// Most characters of a picture's description.
pub const LONGEST_DESCRIPTION: u32 = 1_500;
/// Pictures that may be sent; the last ones where a program is installed that opens them.
const PICTURE_TYPES: [&str; 7] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/heic",
    "image/heif",
];
const OURS: usize = 4;

/// Videos that may be sent, where a program is installed that opens them.
const VIDEO_TYPES: [&str; 3] = ["video/mp4", "video/quicktime", "video/webm"];

/// Of all that may be sent.
pub fn media_types(converts: bool, films: bool) -> Vec<&'static str> {
    let pictures = match converts {
        true => &PICTURE_TYPES[..],
        false => &PICTURE_TYPES[..OURS],
    };
    let videos = match films {
        true => &VIDEO_TYPES[..],
        false => &[],
    };
    [pictures, videos].concat()
}

/// What the settings do not say.
#[derive(Debug)]
pub struct Facts {
    pub users: i64,
    pub active_month: i64,
    pub posts: i64,
    pub domains: i64,
    /// Public half of the key for push.
    pub vapid_key: String,
    pub contact: Option<account::Entity>,
    pub rules: Vec<rule::Entity>,
    /// Where the source of the running program can be had.
    pub source_url: String,
    /// Whether AVIF and HEIC can be opened here.
    pub converts: bool,
    /// Whether videos can.
    pub films: bool,
    /// Whether apps may put uploads into the bucket themselves.
    pub direct_uploads: bool,
}

pub fn v2(config: &Config, urls: &Urls, facts: &Facts) -> Value {
    let mut configuration = configuration(config, facts);
    configuration["urls"] = json!({
        "streaming": streaming(urls), "status": null, "about": urls.at("/about"),
        "privacy_policy": null, "terms_of_service": null,
    });
    configuration["vapid"] = json!({ "public_key": facts.vapid_key });
    if facts.direct_uploads {
        configuration["media_attachments"]["direct_uploads"] = json!(true);
    }
    configuration["translation"] = json!({ "enabled": false });
    configuration["limited_federation"] = json!(config.federation == Federation::Listed);
    configuration["timelines_access"] = timelines_access();
    json!({
        "domain": urls.authority(),
        "title": config.instance_name,
        "version": VERSION,
        "source_url": facts.source_url,
        "description": config.instance_description,
        "usage": { "users": { "active_month": facts.active_month } },
        "thumbnail": { "url": thumbnail(urls) },
        "icon": icons(urls),
        "languages": [],
        "configuration": configuration,
        "registrations": {
            "enabled": is_open(config),
            "approval_required": config.registration == Registration::Approval,
            "reason_required": config.registration == Registration::Approval,
            "message": null,
            "min_age": null,
            "url": null,
        },
        "api_versions": { "mastodon": API_VERSION },
        "contact": { "email": config.contact_email.as_deref().unwrap_or_default(), "account": facts.contact },
        "rules": facts.rules,
    })
}

pub fn v1(config: &Config, urls: &Urls, facts: &Facts) -> Value {
    json!({
        "uri": urls.authority(),
        "title": config.instance_name,
        "short_description": config.instance_description,
        "description": config.instance_description,
        "email": config.contact_email.as_deref().unwrap_or_default(),
        "version": VERSION,
        "urls": { "streaming_api": streaming(urls) },
        "stats": { "user_count": facts.users, "status_count": facts.posts, "domain_count": facts.domains },
        "thumbnail": thumbnail(urls),
        "languages": [],
        "registrations": is_open(config),
        "approval_required": config.registration == Registration::Approval,
        "invites_enabled": config.registration == Registration::Invite,
        "configuration": configuration(config, facts),
        "contact_account": facts.contact,
        "rules": facts.rules,
    })
}

/// Who may read them: anybody, as far as they are served.
fn timelines_access() -> Value {
    let anybody = json!({ "local": "public", "remote": "public" });
    json!({
        "live_feeds": anybody,
        "hashtag_feeds": anybody,
        "trending_link_feeds": { "local": "disabled", "remote": "disabled" },
    })
}

/// What both versions say. Clients refuse an instance without the limits of videos, also where none are taken.
fn configuration(config: &Config, facts: &Facts) -> Value {
    json!({
        "accounts": {
            "max_featured_tags": feature_tag::MOST,
            "max_pinned_statuses": 5,
            "max_profile_fields": MOST_FIELDS,
            "profile_field_name_limit": LONGEST_FIELD,
            "profile_field_value_limit": LONGEST_FIELD,
            "max_display_name_length": LONGEST_NAME,
            "max_note_length": LONGEST_NOTE,
            "max_follows": MOST_FOLLOWS,
        },
        "statuses": {
            "max_characters": config.post_characters,
            "max_media_attachments": config.post_photos,
            "characters_reserved_per_url": LINK_CHARACTERS,
        },
        "media_attachments": {
            "supported_mime_types": media_types(facts.converts, facts.films),
            "description_limit": LONGEST_DESCRIPTION,
            "image_size_limit": config.photo_bytes,
            "image_matrix_limit": config.photo_pixels,
            "video_size_limit": config.video_bytes,
            "video_frame_rate_limit": MOST_FRAMES_A_SECOND,
            "video_matrix_limit": config.video_pixels,
            "video_duration_limit": config.video_seconds,
        },
        "polls": {
            "max_options": poll::MOST_OPTIONS,
            "max_characters_per_option": poll::LONGEST_OPTION,
            "min_expiration": poll::SHORTEST,
            "max_expiration": poll::LONGEST,
        },
    })
}

/// Signing up through an app is possible.
fn is_open(config: &Config) -> bool {
    matches!(config.registration, Registration::Open | Registration::Approval)
}

fn streaming(urls: &Urls) -> String {
    // `http` becomes `ws`, `https` becomes `wss`.
    urls.base().replacen("http", "ws", 1)
}

fn thumbnail(urls: &Urls) -> String {
    urls.at("/assets/card.png")
}

fn icons(urls: &Urls) -> Value {
    json!([{ "src": urls.at("/assets/touch.png"), "size": "180x180" }])
}

/// The description as HTML.
pub fn description_html(config: &Config) -> String {
    format!("<p>{}</p>", html::escape(&config.instance_description))
}
