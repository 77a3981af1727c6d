//! `/api/v1/accounts/…` and the lists of people: what they take and give. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Kind, NOTHING};
use super::operation::{Access, Operation, delete, get, patch, post, put};

const ACCOUNT: Kind = Of("Account");
const ME: Kind = Of("CredentialAccount");
const RELATIONSHIP: Kind = Of("Relationship");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
const MAYBE_WHOLE: Kind = OrAbsent(&Whole);
const MAYBE_IDS: Kind = OrAbsent(&List(&Text));

const REPORT: Kind = Fields(&[
    ("id", Id),
    ("action_taken", Flag),
    ("action_taken_at", OrNull(&Time)),
    ("category", OneOf(&["spam", "legal", "violation", "other"])),
    ("comment", Text),
    ("forwarded", Flag),
    ("created_at", Time),
    ("status_ids", List(&Id)),
    ("rule_ids", List(&Id)),
    ("target_account", ACCOUNT),
]);

const fn verb(path: &'static str, summary: &'static str, scope: &'static str) -> Operation {
    post(path, summary).needs(scope).gives(RELATIONSHIP)
}

const OWN_PROFILE: Kind = Fields(&[
    ("id", Id),
    ("display_name", Text),
    ("note", Text),
    ("fields", List(&Of("Field"))),
    ("avatar", OrNull(&Address)),
    ("avatar_static", OrNull(&Address)),
    ("avatar_description", Text),
    ("header", OrNull(&Address)),
    ("header_static", OrNull(&Address)),
    ("header_description", Text),
    ("locked", Flag),
    ("bot", Flag),
    ("hide_collections", Flag),
    ("discoverable", Flag),
    ("indexable", Flag),
    ("show_media", Flag),
    ("show_media_replies", Flag),
    ("show_featured", Flag),
    ("attribution_domains", List(&Text)),
    ("featured_tags", List(&super::discovery::FEATURED)),
]);

const PROFILE: &[super::Field] = &[
    ("display_name", MAYBE_TEXT),
    ("note", MAYBE_TEXT),
    ("avatar", OrAbsent(&File)),
    ("avatar_description", MAYBE_TEXT),
    ("header", OrAbsent(&File)),
    ("header_description", MAYBE_TEXT),
    ("locked", MAYBE_FLAG),
    ("bot", MAYBE_FLAG),
    ("discoverable", MAYBE_FLAG),
    ("indexable", MAYBE_FLAG),
    ("hide_collections", MAYBE_FLAG),
    (
        "fields_attributes",
        OrAbsent(&List(&Fields(&[("name", MAYBE_TEXT), ("value", MAYBE_TEXT)]))),
    ),
    (
        "source",
        OrAbsent(&Fields(&[
            ("privacy", MAYBE_TEXT),
            ("sensitive", MAYBE_FLAG),
            ("language", MAYBE_TEXT),
            ("quote_policy", MAYBE_TEXT),
            ("offer_originals", MAYBE_FLAG),
            ("show_camera", MAYBE_FLAG),
        ])),
    ),
];

pub const OPERATIONS: &[Operation] = &[
    post("/api/v1/accounts", "Sign somebody up")
        .by(Access::App)
        .takes(&[
            ("username", Text),
            ("email", Text),
            ("password", Text),
            ("agreement", Flag),
            ("locale", MAYBE_TEXT),
            ("reason", MAYBE_TEXT),
            ("invite_code", MAYBE_TEXT),
        ])
        .gives(Of("Token")),
    get("/api/v1/accounts", "Several people")
        .open("read:accounts")
        .takes(&[("id", MAYBE_IDS)])
        .gives(List(&ACCOUNT)),
    get("/api/v1/accounts/verify_credentials", "Who is signed in")
        .needs("read:accounts")
        .gives(ME),
    patch("/api/v1/accounts/update_credentials", "Change one's profile")
        .needs("write:accounts")
        .takes(PROFILE)
        .gives(ME),
    post("/api/v1/accounts/update_credentials", "The same")
        .needs("write:accounts")
        .takes(PROFILE)
        .gives(ME),
    put("/api/v1/accounts/update_credentials", "The same")
        .needs("write:accounts")
        .takes(PROFILE)
        .gives(ME),
    get("/api/v1/profile", "One's profile, as one wrote it")
        .needs("profile")
        .gives(OWN_PROFILE),
    patch("/api/v1/profile", "Change one's profile")
        .needs("write:accounts")
        .takes(PROFILE)
        .gives(OWN_PROFILE),
    put("/api/v1/profile", "The same")
        .needs("write:accounts")
        .takes(PROFILE)
        .gives(OWN_PROFILE),
    delete("/api/v1/profile/avatar", "Take one's picture away")
        .needs("write:accounts")
        .gives(ME),
    delete("/api/v1/profile/header", "Take one's header picture away")
        .needs("write:accounts")
        .gives(ME),
    get("/api/v1/accounts/relationships", "How one stands to others")
        .needs("read:follows")
        .takes(&[("id", MAYBE_IDS), ("with_suspended", MAYBE_FLAG)])
        .gives(List(&RELATIONSHIP)),
    get("/api/v1/accounts/search", "Find people")
        .needs("read:accounts")
        .takes(&[
            ("q", MAYBE_TEXT),
            ("resolve", MAYBE_FLAG),
            ("following", MAYBE_FLAG),
            ("limit", MAYBE_WHOLE),
            ("offset", MAYBE_WHOLE),
        ])
        .gives(List(&ACCOUNT)),
    get("/api/v1/accounts/lookup", "Somebody by their handle")
        .open("read:accounts")
        .takes(&[("acct", Text)])
        .gives(ACCOUNT),
    get(
        "/api/v1/accounts/familiar_followers",
        "Whom one follows among somebody's followers",
    )
    .needs("read:follows")
    .takes(&[("id", MAYBE_IDS)])
    .gives(List(&Fields(&[("id", Id), ("accounts", List(&ACCOUNT))]))),
    get("/api/v1/accounts/{id}", "Somebody")
        .open("read:accounts")
        .gives(ACCOUNT),
    get("/api/v1/accounts/{id}/statuses", "Somebody's posts")
        .open("read:statuses")
        .takes(&[
            ("only_media", MAYBE_FLAG),
            ("exclude_replies", MAYBE_FLAG),
            ("exclude_reblogs", MAYBE_FLAG),
            ("pinned", MAYBE_FLAG),
            ("tagged", MAYBE_TEXT),
        ])
        .pages(&Of("Status")),
    get("/api/v1/accounts/{id}/followers", "Who follows somebody")
        .open("read:accounts")
        .pages(&ACCOUNT),
    get("/api/v1/accounts/{id}/following", "Whom somebody follows")
        .open("read:accounts")
        .pages(&ACCOUNT),
    get("/api/v1/accounts/{id}/identity_proofs", "Always empty")
        .open("read:accounts")
        .gives(List(&Any)),
    get("/api/v1/accounts/{id}/lists", "One's lists that somebody is on")
        .needs("read:lists")
        .gives(List(&Any)),
    verb("/api/v1/accounts/{id}/follow", "Follow somebody", "write:follows").takes(&[
        ("reblogs", MAYBE_FLAG),
        ("notify", MAYBE_FLAG),
        ("languages", MAYBE_IDS),
    ]),
    verb(
        "/api/v1/accounts/{id}/unfollow",
        "Follow somebody no more",
        "write:follows",
    ),
    verb(
        "/api/v1/accounts/{id}/remove_from_followers",
        "Send a follower away",
        "write:follows",
    ),
    verb("/api/v1/accounts/{id}/block", "Block somebody", "write:blocks"),
    verb(
        "/api/v1/accounts/{id}/unblock",
        "Block somebody no more",
        "write:blocks",
    ),
    verb("/api/v1/accounts/{id}/mute", "Mute somebody", "write:mutes")
        .takes(&[("notifications", MAYBE_FLAG), ("duration", MAYBE_WHOLE)]),
    verb(
        "/api/v1/accounts/{id}/unmute",
        "Mute somebody no more",
        "write:mutes",
    ),
    verb(
        "/api/v1/accounts/{id}/note",
        "Note something about somebody",
        "write:accounts",
    )
    .takes(&[("comment", MAYBE_TEXT)]),
    get("/api/v1/follow_requests", "Who asks to follow")
        .needs("read:follows")
        .pages(&ACCOUNT),
    verb(
        "/api/v1/follow_requests/{id}/authorize",
        "Let somebody follow",
        "write:follows",
    ),
    verb(
        "/api/v1/follow_requests/{id}/reject",
        "Let somebody not follow",
        "write:follows",
    ),
    get("/api/v1/blocks", "Whom one blocks")
        .needs("read:blocks")
        .pages(&ACCOUNT),
    get("/api/v1/mutes", "Whom one mutes")
        .needs("read:mutes")
        .pages(&Of("MutedAccount")),
    post("/api/v1/reports", "Tell the moderators of somebody")
        .needs("write:reports")
        .takes(&[
            ("account_id", Text),
            ("status_ids", MAYBE_IDS),
            ("comment", MAYBE_TEXT),
            ("forward", MAYBE_FLAG),
            ("category", MAYBE_TEXT),
            ("rule_ids", MAYBE_IDS),
        ])
        .gives(REPORT),
    get("/api/v1/domain_blocks", "Servers that one blocks")
        .needs("read:blocks")
        .pages(&Text),
    get(
        "/api/v1/domain_blocks/preview",
        "How many follows a block of a server would end",
    )
    .needs("write:blocks")
    .takes(&[("domain", Text)])
    .gives(Fields(&[("followers_count", Whole), ("following_count", Whole)])),
    post("/api/v1/domain_blocks", "Block a server")
        .needs("write:blocks")
        .takes(&[("domain", Text)])
        .gives(NOTHING),
    delete("/api/v1/domain_blocks", "Block a server no more")
        .needs("write:blocks")
        .takes(&[("domain", Text)])
        .gives(NOTHING),
];
