//! `/api/v1/statuses/…`, pictures and what one has kept: what they take and give. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, patch, post, put};

const STATUS: Kind = Of("Status");
const PICTURE: Kind = Of("MediaAttachment");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
const MAYBE_IDS: Kind = OrAbsent(&List(&Text));

const MAYBE_POLL: Kind = OrAbsent(&Fields(&[
    ("options", MAYBE_IDS),
    ("expires_in", OrAbsent(&Whole)),
    ("multiple", MAYBE_FLAG),
    ("hide_totals", MAYBE_FLAG),
]));

const SCHEDULED: Kind = Fields(&[
    ("id", Id),
    ("scheduled_at", Time),
    ("params", Fields(PLANNED)),
    ("media_attachments", List(&PICTURE)),
]);

const PLANNED: &[Field] = &[
    ("text", Text),
    ("spoiler_text", Text),
    ("sensitive", Flag),
    ("language", OrNull(&Text)),
    ("visibility", Text),
    ("media_ids", List(&Id)),
    (
        "poll",
        OrNull(&Fields(&[
            ("options", List(&Text)),
            ("expires_in", Whole),
            ("multiple", Flag),
            ("hide_totals", Flag),
        ])),
    ),
    ("in_reply_to_id", OrNull(&Whole)),
    ("application_id", OrNull(&Whole)),
    ("quoted_status_id", OrNull(&Id)),
    ("quote_approval_policy", Text),
    ("idempotency", OrNull(&Text)),
    ("scheduled_at", OrNull(&Time)),
    ("with_rate_limit", Flag),
];

const AT: &[Field] = &[("scheduled_at", MAYBE_TEXT)];

const fn verb(path: &'static str, summary: &'static str, scope: &'static str) -> Operation {
    post(path, summary).needs(scope).gives(STATUS)
}

const POLICY: &[Field] = &[("quote_approval_policy", OneOf(&["public", "followers", "nobody"]))];
const MAYBE_POLICY: Kind = OrAbsent(&OneOf(&["public", "followers", "nobody"]));

const NEW: &[Field] = &[
    ("status", MAYBE_TEXT),
    ("media_ids", MAYBE_IDS),
    ("in_reply_to_id", MAYBE_TEXT),
    ("sensitive", MAYBE_FLAG),
    ("spoiler_text", MAYBE_TEXT),
    ("visibility", MAYBE_TEXT),
    ("language", MAYBE_TEXT),
    ("comments_disabled", MAYBE_FLAG),
    ("offer_originals", MAYBE_FLAG),
    ("show_camera", MAYBE_FLAG),
    ("poll", MAYBE_POLL),
    ("scheduled_at", MAYBE_TEXT),
    ("collection_ids", MAYBE_IDS),
    ("quoted_status_id", MAYBE_TEXT),
    ("quote_approval_policy", MAYBE_POLICY),
    ("place_id", MAYBE_TEXT),
    (
        "place",
        OrAbsent(&Fields(&[("name", MAYBE_TEXT), ("country", MAYBE_TEXT)])),
    ),
];

const EDIT: &[Field] = &[
    ("status", MAYBE_TEXT),
    ("media_ids", MAYBE_IDS),
    (
        "media_attributes",
        OrAbsent(&List(&Fields(&[
            ("id", Text),
            ("description", MAYBE_TEXT),
            ("focus", MAYBE_TEXT),
            ("film", MAYBE_FILM),
        ]))),
    ),
    ("sensitive", MAYBE_FLAG),
    ("spoiler_text", MAYBE_TEXT),
    ("language", MAYBE_TEXT),
    ("offer_originals", MAYBE_FLAG),
    ("show_camera", MAYBE_FLAG),
    ("poll", MAYBE_POLL),
    ("quote_approval_policy", MAYBE_POLICY),
];

const UPLOAD: &[Field] = &[("file", File), ("description", MAYBE_TEXT), ("focus", MAYBE_TEXT)];

const WORDS: &[Field] = &[
    ("description", MAYBE_TEXT),
    ("focus", MAYBE_TEXT),
    ("film", MAYBE_FILM),
];

/// What is blank takes away what was said before.
const MAYBE_FILM: Kind = OrAbsent(&Fields(&[
    ("stock", MAYBE_TEXT),
    ("developer", MAYBE_TEXT),
    ("scanner", MAYBE_TEXT),
]));

const ASYNC_REFRESH: &[Field] = &[
    ("id", Id),
    ("status", OneOf(&["running", "finished"])),
    ("result_count", Whole),
];

pub const OPERATIONS: &[Operation] = &[
    post(
        "/api/v1/statuses",
        "Publish a post, or plan it, if it says for when",
    )
    .needs("write:statuses")
    .takes(NEW)
    .gives(Either(&[STATUS, SCHEDULED])),
    get("/api/v1/scheduled_statuses", "What one has planned")
        .needs("read:statuses")
        .pages(&SCHEDULED),
    get("/api/v1/scheduled_statuses/{id}", "A post that is planned")
        .needs("read:statuses")
        .gives(SCHEDULED),
    put("/api/v1/scheduled_statuses/{id}", "Plan it for another time")
        .needs("write:statuses")
        .takes(AT)
        .gives(SCHEDULED),
    patch("/api/v1/scheduled_statuses/{id}", "The same")
        .needs("write:statuses")
        .takes(AT)
        .gives(SCHEDULED),
    delete("/api/v1/scheduled_statuses/{id}", "Publish it not at all").needs("write:statuses"),
    get("/api/v1/statuses", "Several posts")
        .open("read:statuses")
        .takes(&[("id", MAYBE_IDS)])
        .gives(List(&STATUS)),
    get("/api/v1/statuses/{id}", "A post")
        .open("read:statuses")
        .gives(STATUS),
    put("/api/v1/statuses/{id}", "Edit a post")
        .needs("write:statuses")
        .takes(EDIT)
        .gives(STATUS),
    patch("/api/v1/statuses/{id}", "The same")
        .needs("write:statuses")
        .takes(EDIT)
        .gives(STATUS),
    delete(
        "/api/v1/statuses/{id}",
        "Delete a post; the answer is what it was, to write it anew",
    )
    .needs("write:statuses")
    .takes(&[("delete_media", MAYBE_FLAG)])
    .gives(Of("DeletedStatus")),
    get("/api/v1/statuses/{id}/context", "What is above and below a post")
        .open("read:statuses")
        .gives(Of("Context")),
    get(
        "/api/v1_alpha/async_refreshes/{id}",
        "How far the look for answers under a post has come",
    )
    .needs("read:statuses")
    .gives(Fields(&[("async_refresh", Fields(ASYNC_REFRESH))])),
    get("/api/v1/statuses/{id}/history", "How a post was before its edits")
        .open("read:statuses")
        .gives(List(&Of("StatusEdit"))),
    get("/api/v1/statuses/{id}/source", "A post as it was typed")
        .needs("read:statuses")
        .gives(Of("StatusSource")),
    get("/api/v1/statuses/{id}/favourited_by", "Who likes a post")
        .open("read:accounts")
        .pages(&Of("Account")),
    get("/api/v1/statuses/{id}/reblogged_by", "Who reposted a post")
        .open("read:accounts")
        .pages(&Of("Account")),
    get("/api/v1/statuses/{id}/quotes", "What quotes a post")
        .needs("read:statuses")
        .pages(&STATUS),
    verb(
        "/api/v1/statuses/{id}/quotes/{quoting}/revoke",
        "Take back the leave to quote one's post; the answer is the post that quoted it",
        "write:statuses",
    ),
    put(
        "/api/v1/statuses/{id}/interaction_policy",
        "Say who may quote one's post",
    )
    .needs("write:statuses")
    .takes(POLICY)
    .gives(STATUS),
    patch("/api/v1/statuses/{id}/interaction_policy", "The same")
        .needs("write:statuses")
        .takes(POLICY)
        .gives(STATUS),
    get("/api/v1/statuses/{id}/card", "A link's preview; empty")
        .open("")
        .gives(Named(&Any)),
    verb(
        "/api/v1/statuses/{id}/favourite",
        "Like a post",
        "write:favourites",
    ),
    verb(
        "/api/v1/statuses/{id}/unfavourite",
        "Like a post no more",
        "write:favourites",
    ),
    verb(
        "/api/v1/statuses/{id}/reblog",
        "Repost a post; the answer is the repost",
        "write:statuses",
    )
    .takes(&[("visibility", MAYBE_TEXT)]),
    verb(
        "/api/v1/statuses/{id}/unreblog",
        "Take a repost back",
        "write:statuses",
    ),
    verb("/api/v1/statuses/{id}/bookmark", "Keep a post", "write:bookmarks"),
    verb(
        "/api/v1/statuses/{id}/unbookmark",
        "Keep a post no more",
        "write:bookmarks",
    ),
    verb(
        "/api/v1/statuses/{id}/mute",
        "Hear no more of a conversation",
        "write:mutes",
    ),
    verb(
        "/api/v1/statuses/{id}/unmute",
        "Hear of a conversation again",
        "write:mutes",
    ),
    verb(
        "/api/v1/statuses/{id}/pin",
        "Pin a post to one's profile",
        "write:accounts",
    ),
    verb(
        "/api/v1/statuses/{id}/unpin",
        "Pin a post no more",
        "write:accounts",
    ),
    get("/api/v1/favourites", "What one likes")
        .needs("read:favourites")
        .pages(&STATUS),
    get("/api/v1/bookmarks", "What one keeps")
        .needs("read:bookmarks")
        .pages(&STATUS),
    post("/api/v2/media", "Upload a picture or a video; 202 while it is made ready")
        .needs("write:media")
        .takes(UPLOAD)
        .with(&[200, 202])
        .gives(Of("UploadedMedia")),
    post("/api/v1/media", "Upload a picture or a video and wait until it is ready, but no longer than 20 s")
        .needs("write:media")
        .takes(UPLOAD)
        .with(&[200, 202])
        .gives(Of("UploadedMedia")),
    get(
        "/api/v1/media/{id}",
        "A picture or video of one's own that is not posted; 206 while it is made ready, with the hundredths of the way in `X-Progress`",
    )
    .needs("write:media")
    .with(&[200, 206])
    .refuses(&[422])
    .gives(Of("UploadedMedia")),
    put("/api/v1/media/{id}", "Describe a picture")
        .needs("write:media")
        .takes(WORDS)
        .with(&[200, 206])
        .gives(Of("UploadedMedia")),
    patch("/api/v1/media/{id}", "The same")
        .needs("write:media")
        .takes(WORDS)
        .with(&[200, 206])
        .gives(Of("UploadedMedia")),
    get(
        "/api/v1/polls/{id}",
        "A poll; its server is asked for newer numbers meanwhile",
    )
    .open("read:statuses")
    .gives(Of("Poll")),
    post("/api/v1/polls/{id}/votes", "Vote; choices are counted from 0")
        .needs("write:statuses")
        .takes(&[("choices", MAYBE_IDS)])
        .refuses(&[422])
        .gives(Of("Poll")),
    delete("/api/v1/media/{id}", "Delete a picture that is not posted")
        .needs("write:media")
        .refuses(&[422]),
];
