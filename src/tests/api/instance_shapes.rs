//! The two Instance entities and what the server tells of itself elsewhere. Runs nothing.

use super::shape::Kind::*;
use super::shape::{Shape, and};
use super::shapes::account;

pub fn v2() -> Shape {
    vec![
        ("domain", Words),
        ("title", Words),
        ("version", Words),
        ("source_url", Address),
        ("description", Text),
        (
            "usage",
            Object(|| vec![("users", Object(|| vec![("active_month", Whole)]))]),
        ),
        ("thumbnail", Object(|| vec![("url", Address)])),
        ("icon", List(&Object(icon))),
        ("languages", List(&Words)),
        ("configuration", Object(configuration_v2)),
        ("registrations", Object(registrations)),
        ("api_versions", Object(|| vec![("mastodon", Whole)])),
        ("contact", Object(contact)),
        ("rules", List(&Object(rule))),
    ]
}

pub fn v1() -> Shape {
    vec![
        ("uri", Words),
        ("title", Words),
        ("short_description", Text),
        ("description", Text),
        ("email", Text),
        ("version", Words),
        ("urls", Object(|| vec![("streaming_api", Address)])),
        ("stats", Object(stats)),
        ("thumbnail", OrNull(&Address)),
        ("languages", List(&Words)),
        ("registrations", Flag),
        ("approval_required", Flag),
        ("invites_enabled", Flag),
        ("configuration", Object(configuration)),
        ("contact_account", OrNull(&Object(account))),
        ("rules", List(&Object(rule))),
    ]
}

fn stats() -> Shape {
    vec![
        ("user_count", Whole),
        ("status_count", Whole),
        ("domain_count", Whole),
    ]
}

fn icon() -> Shape {
    vec![("src", Address), ("size", Words)]
}

/// German is the one language in which rules of tests are said as well.
pub fn rule() -> Shape {
    vec![
        ("id", Id),
        ("text", Words),
        ("hint", Text),
        ("translations", Object(|| vec![("de", OrAbsent(&Object(words)))])),
    ]
}

fn words() -> Shape {
    vec![("text", Words), ("hint", Text)]
}

fn contact() -> Shape {
    vec![("email", Text), ("account", OrNull(&Object(account)))]
}

fn registrations() -> Shape {
    vec![
        ("enabled", Flag),
        ("approval_required", Flag),
        ("reason_required", Flag),
        ("message", OrNull(&Words)),
        ("min_age", OrNull(&Whole)),
        ("url", OrNull(&Address)),
    ]
}

fn configuration_v2() -> Shape {
    let more = vec![
        ("urls", Object(urls)),
        ("vapid", Object(|| vec![("public_key", Words)])),
        ("translation", Object(|| vec![("enabled", Flag)])),
        ("limited_federation", Flag),
        ("timelines_access", Object(timelines_access)),
    ];
    and(configuration(), more)
}

fn timelines_access() -> Shape {
    vec![
        ("live_feeds", Object(access)),
        ("hashtag_feeds", Object(access)),
        ("trending_link_feeds", Object(access)),
    ]
}

fn access() -> Shape {
    const WHO: super::shape::Kind = OneOf(&["public", "authenticated", "disabled"]);
    vec![("local", WHO), ("remote", WHO)]
}

fn urls() -> Shape {
    vec![
        ("streaming", Address),
        ("about", Address),
        ("status", OrNull(&Address)),
        ("privacy_policy", OrNull(&Address)),
        ("terms_of_service", OrNull(&Address)),
    ]
}

fn configuration() -> Shape {
    vec![
        ("accounts", Object(accounts)),
        ("statuses", Object(statuses)),
        ("media_attachments", Object(media)),
        ("polls", Object(polls)),
    ]
}

fn accounts() -> Shape {
    let names = [
        "max_featured_tags",
        "max_pinned_statuses",
        "max_profile_fields",
        "profile_field_name_limit",
        "profile_field_value_limit",
        "max_display_name_length",
        "max_note_length",
        "max_follows",
    ];
    names.map(|name| (name, Whole)).to_vec()
}

fn statuses() -> Shape {
    let names = [
        "max_characters",
        "max_media_attachments",
        "characters_reserved_per_url",
    ];
    names.map(|name| (name, Whole)).to_vec()
}

fn media() -> Shape {
    let names = [
        "description_limit",
        "image_size_limit",
        "image_matrix_limit",
        "video_size_limit",
        "video_frame_rate_limit",
        "video_matrix_limit",
        "video_duration_limit",
    ];
    let types = vec![("supported_mime_types", List(&Words))];
    and(names.map(|name| (name, Whole)).to_vec(), types)
}

/// Also where there are no polls.
fn polls() -> Shape {
    let names = [
        "max_options",
        "max_characters_per_option",
        "min_expiration",
        "max_expiration",
    ];
    names.map(|name| (name, Whole)).to_vec()
}
