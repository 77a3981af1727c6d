//! Conversations, and notifications in groups and of strangers: what they take and give. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, patch, post, put};

const ACCOUNT: Kind = Of("Account");

const STATUS: Kind = Of("Status");

const MAYBE_TEXT: Kind = OrAbsent(&Text);

const MAYBE_FLAG: Kind = OrAbsent(&Flag);

const MAYBE_WHOLE: Kind = OrAbsent(&Whole);

const MAYBE_TEXTS: Kind = OrAbsent(&List(&Text));

const VERDICT: Kind = OneOf(&["accept", "filter", "drop"]);

const CONVERSATION: Kind = Fields(&[
    ("id", Id),
    ("unread", Flag),
    ("accounts", List(&ACCOUNT)),
    ("last_status", STATUS),
]);

const GROUPS: Kind = Fields(&[
    ("accounts", List(&ACCOUNT)),
    ("partial_accounts", OrAbsent(&List(&Any))),
    ("statuses", List(&STATUS)),
    ("notification_groups", List(&Named(&Any))),
]);

const REQUEST: Kind = Fields(&[
    ("id", Id),
    ("created_at", Time),
    ("updated_at", Time),
    ("notifications_count", Id),
    ("account", ACCOUNT),
    ("last_status", OrAbsent(&STATUS)),
]);

const SUMMARY: Kind = Fields(&[
    ("pending_requests_count", Whole),
    ("pending_notifications_count", Whole),
]);

const POLICY: Kind = Fields(&[
    ("for_not_following", VERDICT),
    ("for_not_followers", VERDICT),
    ("for_new_accounts", VERDICT),
    ("for_private_mentions", VERDICT),
    ("for_limited_accounts", VERDICT),
    ("for_bots", VERDICT),
    ("summary", SUMMARY),
]);

const OLD_POLICY: Kind = Fields(&[
    ("filter_not_following", Flag),
    ("filter_not_followers", Flag),
    ("filter_new_accounts", Flag),
    ("filter_private_mentions", Flag),
    ("summary", SUMMARY),
]);

const IDS: &[Field] = &[("id", MAYBE_TEXTS)];

const GROUPED: &[Field] = &[
    ("types", MAYBE_TEXTS),
    ("exclude_types", MAYBE_TEXTS),
    ("account_id", MAYBE_TEXT),
    ("grouped_types", MAYBE_TEXTS),
    ("expand_accounts", MAYBE_TEXT),
];

const VERDICTS: &[Field] = &[
    ("for_not_following", MAYBE_TEXT),
    ("for_not_followers", MAYBE_TEXT),
    ("for_new_accounts", MAYBE_TEXT),
    ("for_private_mentions", MAYBE_TEXT),
    ("for_limited_accounts", MAYBE_TEXT),
    ("for_bots", MAYBE_TEXT),
];

const FLAGS: &[Field] = &[
    ("filter_not_following", MAYBE_FLAG),
    ("filter_not_followers", MAYBE_FLAG),
    ("filter_new_accounts", MAYBE_FLAG),
    ("filter_private_mentions", MAYBE_FLAG),
];

const READ_NEWS: &str = "read:notifications";

const WRITE_NEWS: &str = "write:notifications";

const CONVERSE: &str = "write:conversations";

pub const OPERATIONS: &[Operation] = &[
    get(
        "/api/tintype/v1/unread",
        "How much waits for one, counted to a hundred",
    )
    .needs(READ_NEWS)
    .gives(Fields(&[("notifications", Whole), ("messages", Whole)])),
    get("/api/v1/conversations", "One's conversations")
        .needs("read:statuses")
        .pages(&CONVERSATION),
    delete("/api/v1/conversations/{id}", "Put a conversation away").needs(CONVERSE),
    post("/api/v1/conversations/{id}/read", "Mark it as read")
        .needs(CONVERSE)
        .gives(CONVERSATION),
    post("/api/v1/conversations/{id}/unread", "Mark it as unread")
        .needs(CONVERSE)
        .gives(CONVERSATION),
    get("/api/v1/timelines/direct", "Posts for named people only")
        .needs("read:statuses")
        .pages(&STATUS),
    delete("/api/v1/notifications/destroy_multiple", "Dismiss several")
        .needs(WRITE_NEWS)
        .takes(&[("ids", MAYBE_TEXTS)]),
    post("/api/v1/notifications/destroy_multiple", "The same")
        .needs(WRITE_NEWS)
        .takes(&[("ids", MAYBE_TEXTS)]),
    get("/api/v2/notifications", "What happened to one, in groups")
        .needs(READ_NEWS)
        .takes(GROUPED)
        .pages(&Any)
        .gives(GROUPS),
    get("/api/v2/notifications/unread_count", "How many groups are unread")
        .needs(READ_NEWS)
        .takes(GROUPED)
        .gives(Fields(&[("count", Whole)])),
    post("/api/v2/notifications/clear", "Dismiss all notifications").needs(WRITE_NEWS),
    get("/api/v2/notifications/policy", "What is done with strangers")
        .needs(READ_NEWS)
        .gives(POLICY),
    patch("/api/v2/notifications/policy", "Change that")
        .needs(WRITE_NEWS)
        .takes(VERDICTS)
        .gives(POLICY),
    put("/api/v2/notifications/policy", "The same")
        .needs(WRITE_NEWS)
        .takes(VERDICTS)
        .gives(POLICY),
    get(
        "/api/v1/notifications/policy",
        "What is done with strangers, as it was asked once",
    )
    .needs(READ_NEWS)
    .gives(OLD_POLICY),
    patch("/api/v1/notifications/policy", "Change that")
        .needs(WRITE_NEWS)
        .takes(FLAGS)
        .gives(OLD_POLICY),
    put("/api/v1/notifications/policy", "The same")
        .needs(WRITE_NEWS)
        .takes(FLAGS)
        .gives(OLD_POLICY),
    get("/api/v2/notifications/{id}", "A group by its key")
        .needs(READ_NEWS)
        .takes(&[("expand_accounts", MAYBE_TEXT)])
        .gives(GROUPS),
    get("/api/v2/notifications/{id}/accounts", "Everybody of a group")
        .needs(READ_NEWS)
        .takes(&[("offset", MAYBE_WHOLE)])
        .pages(&ACCOUNT),
    post("/api/v2/notifications/{id}/dismiss", "Dismiss a group").needs(WRITE_NEWS),
    get(
        "/api/v1/notifications/requests",
        "Strangers whose notifications wait",
    )
    .needs(READ_NEWS)
    .pages(&REQUEST),
    post("/api/v1/notifications/requests/accept", "Let several in")
        .needs(WRITE_NEWS)
        .takes(IDS),
    post(
        "/api/v1/notifications/requests/dismiss",
        "Let several wait for ever",
    )
    .needs(WRITE_NEWS)
    .takes(IDS),
    get(
        "/api/v1/notifications/requests/merged",
        "Whether those let in are among the others",
    )
    .needs(READ_NEWS)
    .gives(Fields(&[("merged", Flag)])),
    get(
        "/api/v1/notifications/requests/{id}",
        "A stranger whose notifications wait",
    )
    .needs(READ_NEWS)
    .gives(REQUEST),
    post("/api/v1/notifications/requests/{id}/accept", "Let them in").needs(WRITE_NEWS),
    post(
        "/api/v1/notifications/requests/{id}/dismiss",
        "Let them wait for ever",
    )
    .needs(WRITE_NEWS),
];
