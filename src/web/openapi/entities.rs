//! People, posts and what belongs to them, each declared once, field by field. Says nothing of the server itself.

use super::document::Entity;
use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::media::{PICTURE, UPLOADED};

const AUDIENCE: Kind = OneOf(&["public", "unlisted", "private", "direct"]);
const ACCOUNT: Kind = Of("Account");
const STATUS: Kind = Of("Status");
const PICTURES: Kind = List(&Of("MediaAttachment"));

pub const ENTITIES: &[Entity] = &[
    entity("Account", None, ACCOUNT_FIELDS),
    entity(
        "MutedAccount",
        Some("Account"),
        &[("mute_expires_at", OrNull(&Time))],
    ),
    entity(
        "CredentialAccount",
        Some("Account"),
        &[("source", Fields(SOURCE)), ("role", Of("Role"))],
    ),
    entity(
        "Role",
        None,
        &[
            ("id", Text),
            ("name", Text),
            ("permissions", Id),
            ("color", Text),
            ("highlighted", Flag),
        ],
    ),
    entity(
        "Field",
        None,
        &[("name", Text), ("value", Text), ("verified_at", OrNull(&Time))],
    ),
    entity(
        "CustomEmoji",
        None,
        &[
            ("shortcode", Text),
            ("url", Address),
            ("static_url", Address),
            ("visible_in_picker", Flag),
            ("category", OrAbsent(&OrNull(&Text))),
        ],
    ),
    entity("Relationship", None, RELATIONSHIP),
    entity("Status", None, STATUS_FIELDS),
    entity("DeletedStatus", Some("Status"), &[("text", Text)]),
    entity("MediaAttachment", None, PICTURE),
    entity("UploadedMedia", Some("MediaAttachment"), UPLOADED),
    entity("Poll", None, POLL),
    entity(
        "Context",
        None,
        &[("ancestors", List(&STATUS)), ("descendants", List(&STATUS))],
    ),
    entity(
        "StatusSource",
        None,
        &[("id", Id), ("text", Text), ("spoiler_text", Text)],
    ),
    entity(
        "StatusEdit",
        None,
        &[
            ("content", Text),
            ("spoiler_text", Text),
            ("sensitive", Flag),
            ("created_at", Time),
            ("account", ACCOUNT),
            ("media_attachments", PICTURES),
            ("emojis", List(&Of("CustomEmoji"))),
        ],
    ),
    entity("Notification", None, NOTIFICATION),
    entity(
        "Tag",
        None,
        &[
            ("id", Text),
            ("name", Text),
            ("url", Address),
            (
                "history",
                List(&Fields(&[("day", Id), ("accounts", Id), ("uses", Id)])),
            ),
            ("following", Flag),
            ("featuring", Flag),
        ],
    ),
    entity(
        "Search",
        None,
        &[
            ("accounts", List(&ACCOUNT)),
            ("statuses", List(&STATUS)),
            ("hashtags", List(&Of("Tag"))),
        ],
    ),
    entity(
        "Marker",
        None,
        &[("last_read_id", Id), ("version", Whole), ("updated_at", Time)],
    ),
];

const fn entity(name: &'static str, like: Option<&'static str>, fields: &'static [Field]) -> Entity {
    Entity { name, like, fields }
}

const ACCOUNT_FIELDS: &[Field] = &[
    ("id", Id),
    ("username", Text),
    ("acct", Text),
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
    ("created_at", Time),
    ("last_status_at", OrNull(&Day)),
    ("followers_count", Whole),
    ("following_count", Whole),
    ("statuses_count", Whole),
    ("emojis", List(&Of("CustomEmoji"))),
    ("fields", List(&Of("Field"))),
    ("roles", OrAbsent(&List(&Any))),
    ("moved", OrAbsent(&ACCOUNT)),
    ("suspended", OrAbsent(&Flag)),
    ("limited", OrAbsent(&Flag)),
    // With `_pe=1`.
    ("local", OrAbsent(&Flag)),
    ("note_text", OrAbsent(&OrNull(&Text))),
    ("website", OrAbsent(&OrNull(&Text))),
    ("pronouns", OrAbsent(&List(&Text))),
    ("header_bg", OrAbsent(&OrNull(&Text))),
    ("is_admin", OrAbsent(&Flag)),
];

const SOURCE: &[Field] = &[
    ("privacy", AUDIENCE),
    ("sensitive", Flag),
    ("language", OrNull(&Text)),
    ("note", Text),
    ("fields", List(&Of("Field"))),
    ("follow_requests_count", Whole),
    ("hide_collections", Flag),
    ("discoverable", Flag),
    ("indexable", Flag),
    ("attribution_domains", List(&Text)),
    ("quote_policy", Text),
    ("offer_originals", Flag),
    ("show_camera", Flag),
];

const RELATIONSHIP: &[Field] = &[
    ("id", Id),
    ("following", Flag),
    ("following_since", OrAbsent(&Time)),
    ("showing_reblogs", Flag),
    ("notifying", Flag),
    ("languages", OrNull(&List(&Text))),
    ("followed_by", Flag),
    ("blocking", Flag),
    ("blocked_by", Flag),
    ("muting", Flag),
    ("muting_notifications", Flag),
    ("requested", Flag),
    ("requested_by", Flag),
    ("domain_blocking", Flag),
    ("endorsed", Flag),
    ("note", Text),
];

/// The post itself is there where the viewer meets it. Of what a quoted post quotes in its turn, there is only the id.
const QUOTE: &[Field] = &[
    (
        "state",
        OneOf(&[
            "pending",
            "accepted",
            "rejected",
            "revoked",
            "deleted",
            "unauthorized",
            "blocked_account",
            "blocked_domain",
            "muted_account",
        ]),
    ),
    ("quoted_status", OrAbsent(&OrNull(&STATUS))),
    ("quoted_status_id", OrAbsent(&OrNull(&Id))),
];

const CIRCLES: Kind = List(&OneOf(&["public", "followers", "unsupported_policy"]));

const QUOTE_APPROVAL: &[Field] = &[
    ("automatic", CIRCLES),
    ("manual", CIRCLES),
    (
        "current_user",
        OneOf(&["automatic", "manual", "denied", "unknown"]),
    ),
];

/// The flags are there for whoever is signed in.
const STATUS_FIELDS: &[Field] = &[
    ("id", Id),
    ("uri", Address),
    ("url", OrNull(&Address)),
    ("created_at", Time),
    ("edited_at", OrNull(&Time)),
    ("account", ACCOUNT),
    ("content", Text),
    ("visibility", AUDIENCE),
    ("sensitive", Flag),
    ("spoiler_text", Text),
    ("language", OrNull(&Text)),
    ("media_attachments", PICTURES),
    (
        "mentions",
        List(&Fields(&[
            ("id", Id),
            ("username", Text),
            ("url", Address),
            ("acct", Text),
        ])),
    ),
    ("tags", List(&Fields(&[("name", Text), ("url", Address)]))),
    ("emojis", List(&Of("CustomEmoji"))),
    ("reblogs_count", Whole),
    ("favourites_count", Whole),
    ("replies_count", Whole),
    ("quotes_count", Whole),
    ("quote", OrNull(&Fields(QUOTE))),
    ("quote_approval", Fields(QUOTE_APPROVAL)),
    ("in_reply_to_id", OrNull(&Id)),
    ("in_reply_to_account_id", OrNull(&Id)),
    ("poll", OrNull(&Of("Poll"))),
    ("card", OrNull(&Any)),
    (
        "application",
        OrAbsent(&Fields(&[("name", Text), ("website", OrNull(&Address))])),
    ),
    ("place", OrAbsent(&Of("Place"))),
    // With `_pe=1`.
    ("pf_type", OrAbsent(&Text)),
    ("local", OrAbsent(&Flag)),
    ("reply_count", OrAbsent(&Whole)),
    ("comments_disabled", OrAbsent(&Flag)),
    (
        "liked_by",
        OrAbsent(&Fields(&[("username", OrNull(&Text)), ("others", Flag)])),
    ),
    ("reblog", OrNull(&STATUS)),
    ("favourited", OrAbsent(&Flag)),
    ("reblogged", OrAbsent(&Flag)),
    ("bookmarked", OrAbsent(&Flag)),
    ("muted", OrAbsent(&Flag)),
    ("filtered", OrAbsent(&List(&Any))),
    ("pinned", OrAbsent(&Flag)),
];

/// What one chose is there for somebody who is signed in; how many chose an option is null while that is a secret.
const POLL: &[Field] = &[
    ("id", Id),
    ("expires_at", OrNull(&Time)),
    ("expired", Flag),
    ("multiple", Flag),
    ("votes_count", Whole),
    ("voters_count", OrNull(&Whole)),
    ("voted", OrAbsent(&Flag)),
    ("own_votes", OrAbsent(&List(&Whole))),
    (
        "options",
        List(&Fields(&[("title", Text), ("votes_count", OrNull(&Whole))])),
    ),
    ("emojis", List(&Of("CustomEmoji"))),
];

/// `status` is there when it is about one.
const NOTIFICATION: &[Field] = &[
    ("id", Id),
    ("type", Text),
    ("created_at", Time),
    ("group_key", Text),
    ("account", ACCOUNT),
    ("status", OrAbsent(&STATUS)),
    ("report", OrAbsent(&Any)),
    ("filtered", OrAbsent(&Flag)),
    ("emoji", OrAbsent(&Text)),
    ("emoji_url", OrAbsent(&Text)),
];
