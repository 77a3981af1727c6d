//! Filters and lists: what they take and give. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, patch, post, put};

const ACCOUNT: Kind = Of("Account");

const STATUS: Kind = Of("Status");

const MAYBE_TEXT: Kind = OrAbsent(&Text);

const MAYBE_FLAG: Kind = OrAbsent(&Flag);

const MAYBE_TEXTS: Kind = OrAbsent(&List(&Text));

const KEYWORD: Kind = Fields(&[("id", Id), ("keyword", Text), ("whole_word", Flag)]);

const FILTERED_STATUS: Kind = Fields(&[("id", Id), ("status_id", Id)]);

const FILTER: Kind = Fields(&[
    ("id", Id),
    ("title", Text),
    ("context", List(&Text)),
    ("expires_at", OrNull(&Time)),
    ("filter_action", OneOf(&["warn", "hide", "blur"])),
    ("keywords", List(&KEYWORD)),
    ("statuses", List(&FILTERED_STATUS)),
]);

const OLD_FILTER: Kind = Fields(&[
    ("id", Id),
    ("phrase", Text),
    ("context", List(&Text)),
    ("expires_at", OrNull(&Time)),
    ("irreversible", Flag),
    ("whole_word", Flag),
]);

const LIST: Kind = Fields(&[
    ("id", Id),
    ("title", Text),
    ("replies_policy", OneOf(&["none", "list", "followed"])),
    ("exclusive", Flag),
]);

const A_FILTER: &[Field] = &[
    ("title", MAYBE_TEXT),
    ("context", MAYBE_TEXTS),
    ("filter_action", MAYBE_TEXT),
    ("expires_in", MAYBE_TEXT),
    (
        "keywords_attributes",
        OrAbsent(&List(&Fields(&[
            ("id", MAYBE_TEXT),
            ("keyword", MAYBE_TEXT),
            ("whole_word", MAYBE_FLAG),
            ("_destroy", MAYBE_FLAG),
        ]))),
    ),
];

const AN_OLD_FILTER: &[Field] = &[
    ("phrase", MAYBE_TEXT),
    ("context", MAYBE_TEXTS),
    ("expires_in", MAYBE_TEXT),
    ("irreversible", MAYBE_FLAG),
    ("whole_word", MAYBE_FLAG),
];

const A_KEYWORD: &[Field] = &[("keyword", MAYBE_TEXT), ("whole_word", MAYBE_FLAG)];

const A_LIST: &[Field] = &[
    ("title", MAYBE_TEXT),
    ("replies_policy", MAYBE_TEXT),
    ("exclusive", MAYBE_FLAG),
];

const MEMBERS: &[Field] = &[("account_ids", MAYBE_TEXTS)];

const READ_FILTERS: &str = "read:filters";

const WRITE_FILTERS: &str = "write:filters";

const READ_LISTS: &str = "read:lists";

const WRITE_LISTS: &str = "write:lists";

pub const OPERATIONS: &[Operation] = &[
    get("/api/v2/filters", "One's filters")
        .needs(READ_FILTERS)
        .gives(List(&FILTER)),
    post("/api/v2/filters", "Make a filter")
        .needs(WRITE_FILTERS)
        .takes(A_FILTER)
        .gives(FILTER),
    get("/api/v2/filters/{id}", "A filter")
        .needs(READ_FILTERS)
        .gives(FILTER),
    put("/api/v2/filters/{id}", "Change a filter")
        .needs(WRITE_FILTERS)
        .takes(A_FILTER)
        .gives(FILTER),
    patch("/api/v2/filters/{id}", "The same")
        .needs(WRITE_FILTERS)
        .takes(A_FILTER)
        .gives(FILTER),
    delete("/api/v2/filters/{id}", "Remove a filter").needs(WRITE_FILTERS),
    get("/api/v2/filters/{id}/keywords", "A filter's words")
        .needs(READ_FILTERS)
        .gives(List(&KEYWORD)),
    post("/api/v2/filters/{id}/keywords", "Add a word")
        .needs(WRITE_FILTERS)
        .takes(A_KEYWORD)
        .gives(KEYWORD),
    get("/api/v2/filters/keywords/{id}", "A word of a filter")
        .needs(READ_FILTERS)
        .gives(KEYWORD),
    put("/api/v2/filters/keywords/{id}", "Change a word")
        .needs(WRITE_FILTERS)
        .takes(A_KEYWORD)
        .gives(KEYWORD),
    patch("/api/v2/filters/keywords/{id}", "The same")
        .needs(WRITE_FILTERS)
        .takes(A_KEYWORD)
        .gives(KEYWORD),
    delete("/api/v2/filters/keywords/{id}", "Remove a word")
        .needs(WRITE_FILTERS)
        .refuses(&[422]),
    get("/api/v2/filters/{id}/statuses", "Posts that a filter names")
        .needs(READ_FILTERS)
        .gives(List(&FILTERED_STATUS)),
    post("/api/v2/filters/{id}/statuses", "Have a filter name a post")
        .needs(WRITE_FILTERS)
        .takes(&[("status_id", Text)])
        .gives(FILTERED_STATUS),
    get("/api/v2/filters/statuses/{id}", "A post that a filter names")
        .needs(READ_FILTERS)
        .gives(FILTERED_STATUS),
    delete("/api/v2/filters/statuses/{id}", "Name it no more").needs(WRITE_FILTERS),
    get("/api/v1/filters", "One's filters, one for each word")
        .needs(READ_FILTERS)
        .gives(List(&OLD_FILTER)),
    post("/api/v1/filters", "Make a filter of one word")
        .needs(WRITE_FILTERS)
        .takes(AN_OLD_FILTER)
        .gives(OLD_FILTER),
    get("/api/v1/filters/{id}", "A filter of one word")
        .needs(READ_FILTERS)
        .gives(OLD_FILTER),
    put("/api/v1/filters/{id}", "Change it")
        .needs(WRITE_FILTERS)
        .takes(AN_OLD_FILTER)
        .gives(OLD_FILTER),
    patch("/api/v1/filters/{id}", "The same")
        .needs(WRITE_FILTERS)
        .takes(AN_OLD_FILTER)
        .gives(OLD_FILTER),
    delete("/api/v1/filters/{id}", "Remove it")
        .needs(WRITE_FILTERS)
        .refuses(&[422]),
    get("/api/v1/lists", "One's lists")
        .needs(READ_LISTS)
        .gives(List(&LIST)),
    post("/api/v1/lists", "Make a list")
        .needs(WRITE_LISTS)
        .takes(A_LIST)
        .gives(LIST),
    get("/api/v1/lists/{id}", "A list").needs(READ_LISTS).gives(LIST),
    put("/api/v1/lists/{id}", "Change a list")
        .needs(WRITE_LISTS)
        .takes(A_LIST)
        .gives(LIST),
    patch("/api/v1/lists/{id}", "The same")
        .needs(WRITE_LISTS)
        .takes(A_LIST)
        .gives(LIST),
    delete("/api/v1/lists/{id}", "Remove a list").needs(WRITE_LISTS),
    get("/api/v1/lists/{id}/accounts", "Who is on a list")
        .needs(READ_LISTS)
        .pages(&ACCOUNT),
    post("/api/v1/lists/{id}/accounts", "Put people on a list")
        .needs(WRITE_LISTS)
        .takes(MEMBERS),
    delete("/api/v1/lists/{id}/accounts", "Take people off a list")
        .needs(WRITE_LISTS)
        .takes(MEMBERS),
    get("/api/v1/timelines/list/{id}", "What people on a list post")
        .needs(READ_LISTS)
        .pages(&STATUS),
];
