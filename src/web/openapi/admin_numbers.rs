//! What moderators see of use and fashion: numbers, what trends, tags. Serves none of it.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, get, patch, post, put};

const STATUS: Kind = Of("Status");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
const MAYBE_WHOLE: Kind = OrAbsent(&Whole);

const TAG: Kind = Fields(&[
    ("id", Id),
    ("name", Text),
    ("url", Address),
    (
        "history",
        List(&Fields(&[("day", Id), ("accounts", Id), ("uses", Id)])),
    ),
    ("following", Flag),
    ("featuring", Flag),
    ("trendable", Flag),
    ("usable", Flag),
    ("listable", Flag),
    ("requires_review", Flag),
]);

const MEASURE: Kind = Fields(&[
    ("key", Text),
    ("unit", OrNull(&Text)),
    ("total", Id),
    ("human_value", MAYBE_TEXT),
    ("previous_total", OrAbsent(&Id)),
    ("data", List(&Fields(&[("date", Time), ("value", Id)]))),
]);

const DIMENSION: Kind = Fields(&[
    ("key", Text),
    (
        "data",
        List(&Fields(&[
            ("key", Text),
            ("human_key", Text),
            ("value", Text),
            ("unit", MAYBE_TEXT),
            ("human_value", MAYBE_TEXT),
        ])),
    ),
]);

const COHORT: Kind = Fields(&[
    ("period", Time),
    ("frequency", OneOf(&["day", "month"])),
    (
        "data",
        List(&Fields(&[("date", Time), ("rate", Number), ("value", Id)])),
    ),
]);

const OF_TAG: Kind = OrAbsent(&Fields(&[("id", MAYBE_TEXT)]));
const OF_INSTANCE: Kind = OrAbsent(&Fields(&[("domain", MAYBE_TEXT)]));

const MEASURES: &[Field] = &[
    ("keys", OrAbsent(&List(&Text))),
    ("start_at", MAYBE_TEXT),
    ("end_at", MAYBE_TEXT),
    ("tag_accounts", OF_TAG),
    ("tag_uses", OF_TAG),
    ("tag_servers", OF_TAG),
    ("instance_accounts", OF_INSTANCE),
    ("instance_media_attachments", OF_INSTANCE),
    ("instance_reports", OF_INSTANCE),
    ("instance_statuses", OF_INSTANCE),
    ("instance_follows", OF_INSTANCE),
    ("instance_followers", OF_INSTANCE),
];

const DIMENSIONS: &[Field] = &[
    ("keys", OrAbsent(&List(&Text))),
    ("start_at", MAYBE_TEXT),
    ("end_at", MAYBE_TEXT),
    ("limit", MAYBE_WHOLE),
    ("tag_servers", OF_TAG),
    ("tag_languages", OF_TAG),
    ("instance_accounts", OF_INSTANCE),
    ("instance_languages", OF_INSTANCE),
];

const A_TAG: &[Field] = &[
    ("trendable", MAYBE_FLAG),
    ("usable", MAYBE_FLAG),
    ("listable", MAYBE_FLAG),
    ("display_name", MAYBE_TEXT),
];

const PART: &[Field] = &[("limit", MAYBE_WHOLE), ("offset", MAYBE_WHOLE)];

const READ: &str = "admin:read";
const WRITE: &str = "admin:write";

const fn decides(path: &'static str, summary: &'static str) -> Operation {
    post(path, summary).needs(WRITE)
}

pub const OPERATIONS: &[Operation] = &[
    post("/api/v1/admin/measures", "Numbers day by day")
        .needs(READ)
        .takes(MEASURES)
        .gives(List(&MEASURE)),
    post("/api/v1/admin/dimensions", "What of something there is most")
        .needs(READ)
        .takes(DIMENSIONS)
        .gives(List(&DIMENSION)),
    post("/api/v1/admin/retention", "Who stayed, of those who came")
        .needs(READ)
        .takes(&[
            ("start_at", MAYBE_TEXT),
            ("end_at", MAYBE_TEXT),
            ("frequency", MAYBE_TEXT),
        ])
        .gives(List(&COHORT)),
    get(
        "/api/v1/admin/trends/tags",
        "Tags that many use of late, also those that are not shown",
    )
    .needs(READ)
    .takes(PART)
    .gives(List(&TAG)),
    decides("/api/v1/admin/trends/tags/{id}/approve", "Let a tag trend").gives(TAG),
    decides(
        "/api/v1/admin/trends/tags/{id}/reject",
        "Keep a tag from trending",
    )
    .gives(TAG),
    get(
        "/api/v1/admin/trends/statuses",
        "Posts that many like of late, also those that are not shown",
    )
    .needs(READ)
    .takes(PART)
    .gives(List(&STATUS)),
    decides("/api/v1/admin/trends/statuses/{id}/approve", "Let a post trend").gives(STATUS),
    decides(
        "/api/v1/admin/trends/statuses/{id}/reject",
        "Keep a post from trending",
    )
    .gives(STATUS),
    get("/api/v1/admin/trends/links", "Always empty")
        .needs(READ)
        .gives(List(&Any)),
    decides("/api/v1/admin/trends/links/{id}/approve", "There is none"),
    decides("/api/v1/admin/trends/links/{id}/reject", "There is none"),
    get("/api/v1/admin/trends/links/publishers", "Always empty")
        .needs(READ)
        .gives(List(&Any)),
    decides(
        "/api/v1/admin/trends/links/publishers/{id}/approve",
        "There is none",
    ),
    decides(
        "/api/v1/admin/trends/links/publishers/{id}/reject",
        "There is none",
    ),
    get("/api/v1/admin/tags", "All tags").needs(READ).pages(&TAG),
    get("/api/v1/admin/tags/{id}", "A tag").needs(READ).gives(TAG),
    put("/api/v1/admin/tags/{id}", "Decide of a tag")
        .needs(WRITE)
        .takes(A_TAG)
        .gives(TAG),
    patch("/api/v1/admin/tags/{id}", "The same")
        .needs(WRITE)
        .takes(A_TAG)
        .gives(TAG),
];
