//! Feeds, notifications, search and what apps remember: what they take and give. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, patch, post, put};

const STATUS: Kind = Of("Status");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
const MAYBE_WHOLE: Kind = OrAbsent(&Whole);
const MAYBE_TEXTS: Kind = OrAbsent(&List(&Text));
const EVENTS: &str = "text/event-stream";
const MARKER: Kind = OrAbsent(&Fields(&[("last_read_id", MAYBE_TEXT)]));
const MARKERS: Kind = Named(&Of("Marker"));
const SUBSCRIPTION: Kind = Of("WebPushSubscription");
const DATA: Kind = OrAbsent(&Fields(&[
    ("alerts", OrAbsent(&Named(&Flag))),
    ("policy", MAYBE_TEXT),
]));

const WHICH: &[Field] = &[
    ("local", MAYBE_FLAG),
    ("remote", MAYBE_FLAG),
    ("only_media", MAYBE_FLAG),
];

const KINDS: &[Field] = &[
    ("types", MAYBE_TEXTS),
    ("exclude_types", MAYBE_TEXTS),
    ("account_id", MAYBE_TEXT),
];

const SUBSCRIBE: &[Field] = &[
    (
        "subscription",
        Fields(&[
            ("endpoint", Text),
            ("keys", Fields(&[("p256dh", Text), ("auth", Text)])),
            ("standard", MAYBE_FLAG),
        ]),
    ),
    ("data", DATA),
];

pub const OPERATIONS: &[Operation] = &[
    get("/api/v1/timelines/home", "One's feed")
        .needs("read:statuses")
        .pages(&STATUS),
    get("/api/v1/timelines/public", "What is public here")
        .open("read:statuses")
        .takes(WHICH)
        .pages(&STATUS),
    get("/api/v1/timelines/tag/{name}", "What has a tag")
        .open("read:statuses")
        .takes(&[
            ("local", MAYBE_FLAG),
            ("remote", MAYBE_FLAG),
            ("only_media", MAYBE_FLAG),
            ("any", MAYBE_TEXTS),
            ("all", MAYBE_TEXTS),
            ("none", MAYBE_TEXTS),
        ])
        .pages(&STATUS),
    get("/api/v1/notifications", "What happened to one")
        .needs("read:notifications")
        .takes(KINDS)
        .pages(&Of("Notification")),
    get(
        "/api/v1/notifications/unread_count",
        "How much happened since one looked",
    )
    .needs("read:notifications")
    .takes(&[
        ("types", MAYBE_TEXTS),
        ("exclude_types", MAYBE_TEXTS),
        ("account_id", MAYBE_TEXT),
        ("limit", MAYBE_WHOLE),
    ])
    .gives(Fields(&[("count", Whole)])),
    get("/api/v1/notifications/{id}", "One notification")
        .needs("read:notifications")
        .gives(Of("Notification")),
    delete("/api/v1/notifications/{id}", "Dismiss a notification").needs("write:notifications"),
    post("/api/v1/notifications/{id}/dismiss", "Dismiss a notification").needs("write:notifications"),
    post("/api/v1/notifications/clear", "Dismiss all notifications").needs("write:notifications"),
    get("/api/v2/search", "Find people, posts and tags")
        .open("read:search")
        .takes(&[
            ("q", Text),
            ("type", MAYBE_TEXT),
            ("resolve", MAYBE_FLAG),
            ("following", MAYBE_FLAG),
            ("account_id", MAYBE_TEXT),
            ("max_id", MAYBE_TEXT),
            ("min_id", MAYBE_TEXT),
            ("limit", MAYBE_WHOLE),
            ("offset", MAYBE_WHOLE),
        ])
        .gives(Of("Search")),
    get("/api/v1/markers", "How far one has read")
        .needs("read:statuses")
        .takes(&[("timeline", MAYBE_TEXTS)])
        .gives(MARKERS),
    post("/api/v1/markers", "Say how far one has read")
        .needs("write:statuses")
        .takes(&[("home", MARKER), ("notifications", MARKER)])
        .gives(MARKERS),
    get("/api/v1/preferences", "What one has set for apps")
        .needs("read:accounts")
        .gives(Of("Preferences")),
    get("/api/v1/push/subscription", "Where notifications are pushed")
        .needs("push")
        .refuses(&[404, 422])
        .gives(SUBSCRIPTION),
    post("/api/v1/push/subscription", "Have notifications pushed")
        .needs("push")
        .takes(SUBSCRIBE)
        .gives(SUBSCRIPTION),
    put("/api/v1/push/subscription", "Choose what is pushed")
        .needs("push")
        .takes(&[("data", DATA), ("policy", MAYBE_TEXT)])
        .gives(SUBSCRIPTION),
    patch("/api/v1/push/subscription", "The same")
        .needs("push")
        .takes(&[("data", DATA), ("policy", MAYBE_TEXT)])
        .gives(SUBSCRIPTION),
    delete("/api/v1/push/subscription", "Have nothing pushed any more")
        .needs("push")
        .refuses(&[422]),
    get("/api/v1/custom_emojis", "Emojis of this server")
        .open("")
        .gives(List(&Of("CustomEmoji"))),
    get("/api/v1/announcements", "What the server announces")
        .needs("")
        .takes(&[("with_dismissed", MAYBE_FLAG)])
        .gives(List(&Of("Announcement"))),
    post(
        "/api/v1/announcements/{id}/dismiss",
        "Have an announcement shown no more",
    )
    .needs("write:accounts"),
    put(
        "/api/v1/announcements/{id}/reactions/{name}",
        "Say something to an announcement with an emoji",
    )
    .needs("write:favourites"),
    patch("/api/v1/announcements/{id}/reactions/{name}", "The same").needs("write:favourites"),
    delete("/api/v1/announcements/{id}/reactions/{name}", "Take that back").needs("write:favourites"),
    get("/api/v1/streaming", "Live events over a WebSocket")
        .open("")
        .takes(&[("stream", MAYBE_TEXT), ("tag", MAYBE_TEXT), ("list", MAYBE_TEXT)])
        .with(&[101])
        .typed("text/plain"),
    get("/api/v1/streaming/health", "Whether live events are served").typed("text/plain"),
    get("/api/v1/streaming/{stream}", "Live events as an event stream")
        .open("")
        .takes(&[("tag", MAYBE_TEXT), ("list", MAYBE_TEXT)])
        .typed(EVENTS),
    get("/api/v1/streaming/{stream}/{part}", "The same: `public/local`")
        .open("")
        .takes(&[("tag", MAYBE_TEXT), ("list", MAYBE_TEXT)])
        .typed(EVENTS),
];
