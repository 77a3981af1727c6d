//! What the server tells of itself, to apps and to whoever asks. Says nothing of people and posts.

use super::document::Entity;
use super::kind::Kind::*;
use super::kind::{Field, Kind};

const RULES: Kind = List(&Of("Rule"));
const WORDS: Kind = Fields(&[("text", Text), ("hint", Text)]);

pub const ENTITIES: &[Entity] = &[
    entity(
        "Error",
        &[
            ("error", Text),
            ("error_description", OrAbsent(&Text)),
            ("details", OrAbsent(&Named(&List(&Any)))),
            ("existing_domain_block", OrAbsent(&Of("AdminDomainBlock"))),
        ],
    ),
    entity("Application", APPLICATION),
    Entity {
        name: "CredentialApplication",
        like: Some("Application"),
        fields: &[
            ("client_id", Text),
            ("client_secret", Text),
            ("client_secret_expires_at", Whole),
        ],
    },
    entity(
        "Token",
        &[
            ("access_token", Text),
            ("token_type", Text),
            ("scope", Text),
            ("created_at", Whole),
        ],
    ),
    entity(
        "WebPushSubscription",
        &[
            ("id", Whole),
            ("endpoint", Address),
            ("standard", Flag),
            ("alerts", Named(&Flag)),
            ("server_key", Text),
            ("policy", Text),
        ],
    ),
    entity(
        "Preferences",
        &[
            ("posting:default:visibility", Text),
            ("posting:default:sensitive", Flag),
            ("posting:default:language", OrNull(&Text)),
            ("posting:default:quote_policy", Text),
            ("reading:expand:media", Text),
            ("reading:expand:spoilers", Flag),
            ("reading:autoplay:gifs", Flag),
        ],
    ),
    entity(
        "Rule",
        &[
            ("id", Id),
            ("text", Text),
            ("hint", Text),
            ("translations", Named(&WORDS)),
        ],
    ),
    entity("Announcement", ANNOUNCEMENT),
    entity("Instance", INSTANCE),
    entity("InstanceV1", INSTANCE_V1),
];

const fn entity(name: &'static str, fields: &'static [Field]) -> Entity {
    Entity {
        name,
        like: None,
        fields,
    }
}

/// `url` and `static_url` of a reaction are there when it is an emoji of this server.
const ANNOUNCEMENT: &[Field] = &[
    ("id", Id),
    ("content", Text),
    ("starts_at", OrNull(&Time)),
    ("ends_at", OrNull(&Time)),
    ("all_day", Flag),
    ("published_at", Time),
    ("updated_at", Time),
    ("read", Flag),
    (
        "mentions",
        List(&Fields(&[
            ("id", Id),
            ("username", Text),
            ("url", Address),
            ("acct", Text),
        ])),
    ),
    ("statuses", List(&Fields(&[("id", Id), ("url", Address)]))),
    ("tags", List(&Fields(&[("name", Text), ("url", Address)]))),
    ("emojis", List(&Of("CustomEmoji"))),
    (
        "reactions",
        List(&Fields(&[
            ("name", Text),
            ("count", Whole),
            ("me", Flag),
            ("url", OrAbsent(&Address)),
            ("static_url", OrAbsent(&Address)),
        ])),
    ),
];

const APPLICATION: &[Field] = &[
    ("id", Id),
    ("name", Text),
    ("website", OrNull(&Text)),
    ("scopes", List(&Text)),
    ("redirect_uri", Text),
    ("redirect_uris", List(&Text)),
    ("vapid_key", Text),
];

const INSTANCE: &[Field] = &[
    ("domain", Text),
    ("title", Text),
    ("version", Text),
    ("source_url", Address),
    ("description", Text),
    ("usage", Fields(&[("users", Fields(&[("active_month", Whole)]))])),
    ("thumbnail", Fields(&[("url", Address)])),
    ("icon", List(&Fields(&[("src", Address), ("size", Text)]))),
    ("languages", List(&Text)),
    ("configuration", Named(&Any)),
    (
        "registrations",
        Fields(&[
            ("enabled", Flag),
            ("approval_required", Flag),
            ("reason_required", Flag),
            ("message", OrNull(&Text)),
            ("min_age", OrNull(&Whole)),
            ("url", OrNull(&Address)),
        ]),
    ),
    ("api_versions", Named(&Whole)),
    (
        "contact",
        Fields(&[("email", Text), ("account", OrNull(&Of("Account")))]),
    ),
    ("rules", RULES),
];

const INSTANCE_V1: &[Field] = &[
    ("uri", Text),
    ("title", Text),
    ("short_description", Text),
    ("description", Text),
    ("email", Text),
    ("version", Text),
    ("urls", Fields(&[("streaming_api", Address)])),
    (
        "stats",
        Fields(&[
            ("user_count", Whole),
            ("status_count", Whole),
            ("domain_count", Whole),
        ]),
    ),
    ("thumbnail", OrNull(&Address)),
    ("languages", List(&Text)),
    ("registrations", Flag),
    ("approval_required", Flag),
    ("invites_enabled", Flag),
    ("configuration", Named(&Any)),
    ("contact_account", OrNull(&Of("Account"))),
    ("rules", RULES),
];
