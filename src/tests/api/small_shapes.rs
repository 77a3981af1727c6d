//! The entities that are not people, posts or pictures. Runs nothing.

use super::media_shapes::picture;
use super::shape::Kind::*;
use super::shape::{Shape, and};
use super::shapes::{account, emoji, mention, named_tag, status};

const CONTEXTS: &[&str] = &["home", "notifications", "public", "thread", "account"];

pub fn search() -> Shape {
    vec![
        ("accounts", List(&Object(account))),
        ("statuses", List(&Object(status))),
        ("hashtags", List(&Object(tag))),
    ]
}

pub fn tag() -> Shape {
    vec![
        ("id", Words),
        ("name", Words),
        ("url", Address),
        ("history", List(&Object(tag_day))),
        ("following", Flag),
        ("featuring", Flag),
    ]
}

/// As it stands beside a post.
fn filter_head() -> Shape {
    vec![
        ("id", Id),
        ("title", Words),
        ("context", List(&OneOf(CONTEXTS))),
        ("expires_at", OrNull(&Time)),
        ("filter_action", OneOf(&["warn", "hide", "blur"])),
    ]
}

pub fn filter() -> Shape {
    let more = vec![
        ("keywords", List(&Object(filter_keyword))),
        ("statuses", List(&Object(filter_status))),
    ];
    and(filter_head(), more)
}

pub fn filter_keyword() -> Shape {
    vec![("id", Id), ("keyword", Words), ("whole_word", Flag)]
}

pub fn filter_status() -> Shape {
    vec![("id", Id), ("status_id", Id)]
}

pub fn filter_result() -> Shape {
    vec![
        ("filter", Object(filter_head)),
        ("keyword_matches", OrNull(&List(&Words))),
        ("status_matches", OrNull(&List(&Id))),
    ]
}

pub fn old_filter() -> Shape {
    vec![
        ("id", Id),
        ("phrase", Words),
        ("context", List(&OneOf(CONTEXTS))),
        ("expires_at", OrNull(&Time)),
        ("irreversible", Flag),
        ("whole_word", Flag),
    ]
}

pub fn list() -> Shape {
    vec![
        ("id", Id),
        ("title", Words),
        ("replies_policy", OneOf(&["none", "list", "followed"])),
        ("exclusive", Flag),
    ]
}

/// Numbers as text.
pub fn tag_day() -> Shape {
    vec![("day", Id), ("accounts", Id), ("uses", Id)]
}

pub fn featured_tag() -> Shape {
    vec![
        ("id", Id),
        ("name", Words),
        ("url", Address),
        ("statuses_count", Id),
        ("last_status_at", OrNull(&Day)),
    ]
}

pub fn preferences() -> Shape {
    vec![
        (
            "posting:default:visibility",
            OneOf(&["public", "unlisted", "private"]),
        ),
        ("posting:default:sensitive", Flag),
        ("posting:default:language", OrNull(&Words)),
        (
            "posting:default:quote_policy",
            OneOf(&["public", "followers", "nobody"]),
        ),
        (
            "reading:expand:media",
            OneOf(&["default", "show_all", "hide_all"]),
        ),
        ("reading:expand:spoilers", Flag),
        ("reading:autoplay:gifs", Flag),
    ]
}

pub fn marker() -> Shape {
    vec![("last_read_id", Id), ("version", Whole), ("updated_at", Time)]
}

pub fn markers() -> Shape {
    vec![
        ("home", OrAbsent(&Object(marker))),
        ("notifications", OrAbsent(&Object(marker))),
    ]
}

pub fn profile() -> Shape {
    let flags = [
        "locked",
        "bot",
        "hide_collections",
        "discoverable",
        "indexable",
        "show_media",
        "show_media_replies",
        "show_featured",
    ];
    let rest = vec![
        ("id", Id),
        ("display_name", Text),
        ("note", Text),
        ("fields", List(&Object(plain_field))),
        ("avatar", OrNull(&Address)),
        ("avatar_static", OrNull(&Address)),
        ("avatar_description", Text),
        ("header", OrNull(&Address)),
        ("header_static", OrNull(&Address)),
        ("header_description", Text),
        ("attribution_domains", Empty),
        ("featured_tags", List(&Object(featured_tag))),
    ];
    and(flags.map(|flag| (flag, Flag)).to_vec(), rest)
}

fn plain_field() -> Shape {
    vec![("name", Text), ("value", Text), ("verified_at", OrNull(&Time))]
}

pub fn scheduled_status() -> Shape {
    vec![
        ("id", Id),
        ("scheduled_at", Time),
        ("params", Object(planned)),
        ("media_attachments", List(&Object(picture))),
    ]
}

/// Ids are numbers in here, as Mastodon has them.
fn planned() -> Shape {
    vec![
        ("text", Text),
        ("spoiler_text", Text),
        ("sensitive", Flag),
        ("language", OrNull(&Words)),
        ("visibility", OneOf(&["public", "unlisted", "private", "direct"])),
        ("media_ids", List(&Id)),
        ("poll", OrNull(&Object(planned_poll))),
        ("in_reply_to_id", OrNull(&Whole)),
        ("application_id", OrNull(&Whole)),
        ("quoted_status_id", OrNull(&Id)),
        ("quote_approval_policy", OneOf(&["public", "followers", "nobody"])),
        ("idempotency", Null),
        ("scheduled_at", Null),
        ("with_rate_limit", Flag),
    ]
}

fn planned_poll() -> Shape {
    vec![
        ("options", List(&Words)),
        ("expires_in", Whole),
        ("multiple", Flag),
        ("hide_totals", Flag),
    ]
}

pub fn token() -> Shape {
    vec![
        ("access_token", Words),
        ("token_type", OneOf(&["Bearer"])),
        ("scope", Words),
        ("created_at", Whole),
    ]
}

pub fn application() -> Shape {
    vec![
        ("id", Id),
        ("name", Words),
        ("website", OrNull(&Address)),
        ("scopes", List(&Words)),
        ("redirect_uri", Words),
        ("redirect_uris", List(&Words)),
        ("vapid_key", Words),
    ]
}

pub fn credential_application() -> Shape {
    let secrets = vec![
        ("client_id", Words),
        ("client_secret", Words),
        ("client_secret_expires_at", Whole),
    ];
    and(application(), secrets)
}

pub fn announcement() -> Shape {
    vec![
        ("id", Id),
        ("content", Words),
        ("starts_at", OrNull(&Time)),
        ("ends_at", OrNull(&Time)),
        ("all_day", Flag),
        ("published_at", Time),
        ("updated_at", Time),
        ("read", Flag),
        ("mentions", List(&Object(mention))),
        ("statuses", List(&Object(linked_status))),
        ("tags", List(&Object(named_tag))),
        ("emojis", List(&Object(emoji))),
        ("reactions", List(&Object(reaction))),
    ]
}

fn linked_status() -> Shape {
    vec![("id", Id), ("url", Address)]
}

fn reaction() -> Shape {
    vec![
        ("name", Words),
        ("count", Whole),
        ("me", Flag),
        ("url", OrAbsent(&Address)),
        ("static_url", OrAbsent(&Address)),
    ]
}

pub fn place() -> Shape {
    vec![
        ("id", Id),
        ("slug", Words),
        ("name", Words),
        ("country", Text),
        ("url", Address),
    ]
}

pub fn album() -> Shape {
    vec![
        ("id", Id),
        ("pid", Id),
        ("visibility", OneOf(&["public", "private", "draft"])),
        ("title", Text),
        ("description", Text),
        ("thumb", Address),
        ("url", Address),
        ("updated_at", Time),
        ("published_at", OrNull(&Time)),
        ("avatar", Address),
        ("username", Words),
        ("post_count", Whole),
    ]
}

pub fn nothing() -> Shape {
    Vec::new()
}
