//! The entities of the client API, each declared once: field, kind, whether it may be null or missing. Runs nothing.

use super::media_shapes::picture;
use super::shape::Kind::{self, *};
use super::shape::{Shape, and};

const AUDIENCES: &[&str] = &["public", "unlisted", "private", "direct"];
const NOTIFICATIONS_WITH_STATUS: &[&str] = &[
    "mention",
    "status",
    "reblog",
    "favourite",
    "update",
    "poll",
    "quote",
    "quoted_update",
];
const NOTIFICATIONS_WITHOUT: &[&str] = &["follow", "follow_request", "admin.sign_up"];
const VERDICTS: &[&str] = &["accept", "filter", "drop"];

pub fn account() -> Shape {
    vec![
        ("id", Id),
        ("username", Words),
        ("acct", Words),
        ("url", Address),
        ("uri", Address),
        ("display_name", Text),
        ("note", Text),
        ("avatar", Address),
        ("avatar_static", Address),
        ("header", Address),
        ("header_static", Address),
        ("locked", Flag),
        ("bot", Flag),
        ("group", Flag),
        ("discoverable", Flag),
        ("indexable", Flag),
        ("hide_collections", Flag),
        ("created_at", Midnight),
        ("last_status_at", OrNull(&Day)),
        ("followers_count", Whole),
        ("following_count", Whole),
        ("statuses_count", Whole),
        ("emojis", List(&Object(emoji))),
        ("fields", List(&Object(field))),
        ("roles", OrAbsent(&Empty)),
        ("moved", OrAbsent(&Object(account))),
        ("suspended", TrueOrAbsent),
        ("limited", TrueOrAbsent),
    ]
}

pub fn muted_account() -> Shape {
    and(account(), vec![("mute_expires_at", OrNull(&Time))])
}

fn field() -> Shape {
    vec![("name", Text), ("value", Text), ("verified_at", OrNull(&Time))]
}

pub fn emoji() -> Shape {
    vec![
        ("shortcode", Words),
        ("url", Address),
        ("static_url", Address),
        ("visible_in_picker", Flag),
        ("category", OrAbsent(&Words)),
    ]
}

pub fn credential_account() -> Shape {
    and(
        account(),
        vec![("source", Object(source)), ("role", Object(role))],
    )
}

fn source() -> Shape {
    vec![
        ("privacy", OneOf(&["public", "unlisted", "private"])),
        ("sensitive", Flag),
        ("language", OrNull(&Words)),
        ("note", Text),
        ("fields", List(&Object(field))),
        ("follow_requests_count", Whole),
        ("hide_collections", Flag),
        ("discoverable", Flag),
        ("indexable", Flag),
        ("attribution_domains", List(&Words)),
        ("quote_policy", OneOf(&["public", "followers", "nobody"])),
        ("offer_originals", Flag),
        ("show_camera", Flag),
    ]
}

pub fn role() -> Shape {
    vec![
        ("id", Words),
        ("name", Text),
        // A number as text: it has more bits than some clients' numbers.
        ("permissions", Id),
        ("color", Text),
        ("highlighted", Flag),
    ]
}

/// As anybody sees it.
pub fn open_status() -> Shape {
    and(open_alone(), vec![("quote", OrNull(&Object(open_quote)))])
}

fn open_alone() -> Shape {
    let own = vec![
        ("poll", OrNull(&Object(open_poll))),
        ("reblog", OrNull(&Object(open_status))),
    ];
    and(body(), own)
}

/// As somebody signed in sees it: with their flags.
pub fn status() -> Shape {
    and(alone(), vec![("quote", OrNull(&Object(quote)))])
}

fn alone() -> Shape {
    let flags = vec![
        ("favourited", Flag),
        ("reblogged", Flag),
        ("bookmarked", Flag),
        ("muted", Flag),
        ("filtered", List(&Object(super::small_shapes::filter_result))),
        ("pinned", OrAbsent(&Flag)),
        ("poll", OrNull(&Object(poll))),
        ("reblog", OrNull(&Object(status))),
    ];
    and(body(), flags)
}

const QUOTE_STATES: &[&str] = &[
    "pending",
    "accepted",
    "rejected",
    "revoked",
    "deleted",
    "unauthorized",
    "blocked_account",
    "blocked_domain",
    "muted_account",
];

pub fn quote() -> Shape {
    vec![
        ("state", OneOf(QUOTE_STATES)),
        ("quoted_status", OrNull(&Object(quoted_status))),
    ]
}

fn open_quote() -> Shape {
    vec![
        ("state", OneOf(QUOTE_STATES)),
        ("quoted_status", OrNull(&Object(open_quoted_status))),
    ]
}

fn quoted_status() -> Shape {
    and(alone(), vec![("quote", OrNull(&Object(shallow_quote)))])
}

fn open_quoted_status() -> Shape {
    and(open_alone(), vec![("quote", OrNull(&Object(shallow_quote)))])
}

fn shallow_quote() -> Shape {
    vec![("state", OneOf(QUOTE_STATES)), ("quoted_status_id", OrNull(&Id))]
}

fn quote_approval() -> Shape {
    const CIRCLES: Kind = List(&OneOf(&["public", "followers", "unsupported_policy"]));
    vec![
        ("automatic", CIRCLES),
        ("manual", CIRCLES),
        (
            "current_user",
            OneOf(&["automatic", "manual", "denied", "unknown"]),
        ),
    ]
}

/// What a deletion leaves, for writing it anew.
pub fn deleted_status() -> Shape {
    and(status(), vec![("text", Text)])
}

fn body() -> Shape {
    vec![
        ("id", Id),
        ("uri", Address),
        ("url", OrNull(&Address)),
        ("created_at", Time),
        ("edited_at", OrNull(&Time)),
        ("account", Object(account)),
        ("content", Text),
        ("visibility", OneOf(AUDIENCES)),
        ("sensitive", Flag),
        ("spoiler_text", Text),
        ("language", OrNull(&Words)),
        ("media_attachments", List(&Object(picture))),
        ("mentions", List(&Object(mention))),
        ("tags", List(&Object(named_tag))),
        ("emojis", List(&Object(emoji))),
        ("place", OrAbsent(&Object(super::small_shapes::place))),
        ("reblogs_count", Whole),
        ("favourites_count", Whole),
        ("replies_count", Whole),
        ("quotes_count", Whole),
        ("quote_approval", Object(quote_approval)),
        ("in_reply_to_id", OrNull(&Id)),
        ("in_reply_to_account_id", OrNull(&Id)),
        ("card", Null),
        ("application", OrAbsent(&Object(application_of_status))),
    ]
}

pub fn open_poll() -> Shape {
    vec![
        ("id", Id),
        ("expires_at", OrNull(&Time)),
        ("expired", Flag),
        ("multiple", Flag),
        ("votes_count", Whole),
        ("voters_count", OrNull(&Whole)),
        ("options", List(&Object(poll_option))),
        ("emojis", List(&Object(emoji))),
    ]
}

/// As somebody signed in sees it.
pub fn poll() -> Shape {
    and(open_poll(), vec![("voted", Flag), ("own_votes", List(&Whole))])
}

fn poll_option() -> Shape {
    vec![("title", Words), ("votes_count", OrNull(&Whole))]
}

fn application_of_status() -> Shape {
    vec![("name", Words), ("website", OrNull(&Address))]
}

pub fn mention() -> Shape {
    vec![("id", Id), ("username", Words), ("url", Address), ("acct", Words)]
}

pub fn named_tag() -> Shape {
    vec![("name", Words), ("url", Address)]
}

pub fn relationship() -> Shape {
    let flags = [
        "following",
        "showing_reblogs",
        "notifying",
        "followed_by",
        "blocking",
        "blocked_by",
        "muting",
        "muting_notifications",
        "requested",
        "requested_by",
        "domain_blocking",
        "endorsed",
    ];
    let rest = vec![
        ("id", Id),
        ("note", Text),
        ("languages", OrNull(&List(&Words))),
        ("following_since", OrAbsent(&Time)),
    ];
    and(flags.map(|flag| (flag, Flag)).to_vec(), rest)
}

/// Of a kind that is about a post.
pub fn notification_with_status() -> Shape {
    let kind = ("type", OneOf(NOTIFICATIONS_WITH_STATUS));
    and(notification(), vec![kind, ("status", Object(status))])
}

pub fn notification_without_status() -> Shape {
    and(notification(), vec![("type", OneOf(NOTIFICATIONS_WITHOUT))])
}

pub fn notification_with_report() -> Shape {
    let kind = ("type", OneOf(&["admin.report"]));
    and(notification(), vec![kind, ("report", Object(report))])
}

fn notification() -> Shape {
    vec![
        ("id", Id),
        ("created_at", Time),
        ("group_key", Words),
        ("account", Object(account)),
        ("filtered", TrueOrAbsent),
    ]
}

pub fn report() -> Shape {
    vec![
        ("id", Id),
        ("action_taken", Flag),
        ("action_taken_at", OrNull(&Time)),
        ("category", OneOf(&["spam", "legal", "violation", "other"])),
        ("comment", Text),
        ("forwarded", Flag),
        ("created_at", Time),
        ("status_ids", List(&Id)),
        ("rule_ids", List(&Id)),
        ("target_account", Object(account)),
    ]
}

pub fn grouped_notifications() -> Shape {
    vec![
        ("accounts", List(&Object(account))),
        ("partial_accounts", OrAbsent(&List(&Object(partial_account)))),
        ("statuses", List(&Object(status))),
        ("notification_groups", List(&Object(notification_group))),
    ]
}

fn partial_account() -> Shape {
    vec![
        ("id", Id),
        ("acct", Words),
        ("url", Address),
        ("avatar", Address),
        ("avatar_static", Address),
        ("locked", Flag),
        ("bot", Flag),
    ]
}

fn notification_group() -> Shape {
    vec![
        ("group_key", Words),
        ("notifications_count", Whole),
        ("type", Words),
        ("most_recent_notification_id", Id),
        ("page_min_id", Id),
        ("page_max_id", Id),
        ("latest_page_notification_at", Time),
        ("sample_account_ids", List(&Id)),
        ("status_id", OrAbsent(&Id)),
        ("report", OrAbsent(&Object(report))),
    ]
}

pub fn notification_policy() -> Shape {
    vec![
        ("for_not_following", OneOf(VERDICTS)),
        ("for_not_followers", OneOf(VERDICTS)),
        ("for_new_accounts", OneOf(VERDICTS)),
        ("for_private_mentions", OneOf(VERDICTS)),
        ("for_limited_accounts", OneOf(VERDICTS)),
        ("for_bots", OneOf(VERDICTS)),
        ("summary", Object(summary)),
    ]
}

pub fn notification_policy_of_flags() -> Shape {
    vec![
        ("filter_not_following", Flag),
        ("filter_not_followers", Flag),
        ("filter_new_accounts", Flag),
        ("filter_private_mentions", Flag),
        ("summary", Object(summary)),
    ]
}

fn summary() -> Shape {
    vec![
        ("pending_requests_count", Whole),
        ("pending_notifications_count", Whole),
    ]
}

pub fn notification_request() -> Shape {
    vec![
        ("id", Id),
        ("created_at", Time),
        ("updated_at", Time),
        // A number as text.
        ("notifications_count", Id),
        ("account", Object(account)),
        ("last_status", OrAbsent(&Object(status))),
    ]
}

pub fn conversation() -> Shape {
    vec![
        ("id", Id),
        ("unread", Flag),
        ("accounts", List(&Object(account))),
        ("last_status", Object(status)),
    ]
}

pub fn context() -> Shape {
    vec![
        ("ancestors", List(&Object(status))),
        ("descendants", List(&Object(status))),
    ]
}

pub fn status_source() -> Shape {
    vec![("id", Id), ("text", Text), ("spoiler_text", Text)]
}

pub fn status_edit() -> Shape {
    vec![
        ("content", Text),
        ("spoiler_text", Text),
        ("sensitive", Flag),
        ("created_at", Time),
        ("account", Object(account)),
        ("media_attachments", List(&Object(picture))),
        ("emojis", List(&Object(emoji))),
        ("poll", OrAbsent(&Object(poll_of_edit))),
    ]
}

fn poll_of_edit() -> Shape {
    vec![("options", List(&Object(|| vec![("title", Words)])))]
}

pub const ACCOUNT: Kind = Object(account);
pub const STATUS: Kind = Object(status);
pub const RELATIONSHIP: Kind = Object(relationship);
