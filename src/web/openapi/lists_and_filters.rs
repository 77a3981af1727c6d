//! What people sort out for themselves: whom they read apart, and what they do not want to meet. Serves none of it.

use super::document::Entity;
use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, patch, post, put};

const ACCOUNT: Kind = Of("Account");
const STATUS: Kind = Of("Status");
const LIST: Kind = Of("List");
const FILTER: Kind = Of("Filter");
const KEYWORD: Kind = Of("FilterKeyword");
const MARKED: Kind = Of("FilterStatus");
const OLD: Kind = Of("V1Filter");
const POLICY: Kind = OneOf(&["none", "list", "followed"]);
const ACTION: Kind = OneOf(&["warn", "hide", "blur"]);
const CONTEXT: Kind = OneOf(&["home", "notifications", "public", "thread", "account"]);
const CONTEXTS: Kind = List(&CONTEXT);
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
/// Seconds from now on; nothing, or null, for ever.
const LASTS: Kind = OrAbsent(&OrNull(&Whole));
const KEYWORDS: Kind = OrAbsent(&List(&Fields(&[
    ("id", MAYBE_TEXT),
    ("keyword", MAYBE_TEXT),
    ("whole_word", MAYBE_FLAG),
    ("_destroy", MAYBE_FLAG),
])));

const NEW_LIST: &[Field] = &[
    ("title", Text),
    ("replies_policy", OrAbsent(&POLICY)),
    ("exclusive", MAYBE_FLAG),
];
const LIST_CHANGE: &[Field] = &[
    ("title", MAYBE_TEXT),
    ("replies_policy", OrAbsent(&POLICY)),
    ("exclusive", MAYBE_FLAG),
];
const PEOPLE: &[Field] = &[("account_ids", List(&Text))];
const NEW_FILTER: &[Field] = &[
    ("title", Text),
    ("context", CONTEXTS),
    ("filter_action", OrAbsent(&ACTION)),
    ("expires_in", LASTS),
    ("keywords_attributes", KEYWORDS),
];
const FILTER_CHANGE: &[Field] = &[
    ("title", MAYBE_TEXT),
    ("context", OrAbsent(&CONTEXTS)),
    ("filter_action", OrAbsent(&ACTION)),
    ("expires_in", LASTS),
    ("keywords_attributes", KEYWORDS),
];
const NEW_KEYWORD: &[Field] = &[("keyword", Text), ("whole_word", MAYBE_FLAG)];
const KEYWORD_CHANGE: &[Field] = &[("keyword", MAYBE_TEXT), ("whole_word", MAYBE_FLAG)];
const NEW_OLD: &[Field] = &[
    ("phrase", Text),
    ("context", CONTEXTS),
    ("irreversible", MAYBE_FLAG),
    ("whole_word", MAYBE_FLAG),
    ("expires_in", LASTS),
];
const OLD_CHANGE: &[Field] = &[
    ("phrase", MAYBE_TEXT),
    ("context", OrAbsent(&CONTEXTS)),
    ("irreversible", MAYBE_FLAG),
    ("whole_word", MAYBE_FLAG),
    ("expires_in", LASTS),
];

pub const OPERATIONS: &[Operation] = &[
    get("/api/v1/lists", "One's lists")
        .needs("read:lists")
        .gives(List(&LIST)),
    post("/api/v1/lists", "Make a list")
        .needs("write:lists")
        .takes(NEW_LIST)
        .gives(LIST),
    get("/api/v1/lists/{id}", "One list")
        .needs("read:lists")
        .gives(LIST),
    put("/api/v1/lists/{id}", "Change a list")
        .needs("write:lists")
        .takes(LIST_CHANGE)
        .gives(LIST),
    patch("/api/v1/lists/{id}", "The same")
        .needs("write:lists")
        .takes(LIST_CHANGE)
        .gives(LIST),
    delete("/api/v1/lists/{id}", "Remove a list").needs("write:lists"),
    get(
        "/api/v1/lists/{id}/accounts",
        "Who is on a list; all at once with `limit=0`",
    )
    .needs("read:lists")
    .pages(&ACCOUNT),
    post(
        "/api/v1/lists/{id}/accounts",
        "Put people on a list whom one follows",
    )
    .needs("write:lists")
    .takes(PEOPLE),
    delete("/api/v1/lists/{id}/accounts", "Take people off a list")
        .needs("write:lists")
        .takes(PEOPLE),
    get("/api/v1/timelines/list/{id}", "What the people on a list post")
        .needs("read:lists")
        .pages(&STATUS),
    get("/api/v2/filters", "One's filters")
        .needs("read:filters")
        .gives(List(&FILTER)),
    post("/api/v2/filters", "Make a filter")
        .needs("write:filters")
        .takes(NEW_FILTER)
        .gives(FILTER),
    get("/api/v2/filters/{id}", "One filter")
        .needs("read:filters")
        .gives(FILTER),
    put("/api/v2/filters/{id}", "Change a filter and its keywords")
        .needs("write:filters")
        .takes(FILTER_CHANGE)
        .gives(FILTER),
    patch("/api/v2/filters/{id}", "The same")
        .needs("write:filters")
        .takes(FILTER_CHANGE)
        .gives(FILTER),
    delete("/api/v2/filters/{id}", "Remove a filter").needs("write:filters"),
    get("/api/v2/filters/{id}/keywords", "The keywords of a filter")
        .needs("read:filters")
        .gives(List(&KEYWORD)),
    post("/api/v2/filters/{id}/keywords", "Add a keyword to a filter")
        .needs("write:filters")
        .takes(NEW_KEYWORD)
        .gives(KEYWORD),
    get("/api/v2/filters/keywords/{id}", "One keyword")
        .needs("read:filters")
        .gives(KEYWORD),
    put("/api/v2/filters/keywords/{id}", "Change a keyword")
        .needs("write:filters")
        .takes(KEYWORD_CHANGE)
        .gives(KEYWORD),
    patch("/api/v2/filters/keywords/{id}", "The same")
        .needs("write:filters")
        .takes(KEYWORD_CHANGE)
        .gives(KEYWORD),
    delete("/api/v2/filters/keywords/{id}", "Remove a keyword").needs("write:filters"),
    get("/api/v2/filters/{id}/statuses", "The posts under a filter")
        .needs("read:filters")
        .gives(List(&MARKED)),
    post("/api/v2/filters/{id}/statuses", "Put a post under a filter")
        .needs("write:filters")
        .takes(&[("status_id", Text)])
        .gives(MARKED),
    get("/api/v2/filters/statuses/{id}", "One post under a filter")
        .needs("read:filters")
        .gives(MARKED),
    delete("/api/v2/filters/statuses/{id}", "Take a post from under a filter").needs("write:filters"),
    get("/api/v1/filters", "One's filters, one for each keyword")
        .needs("read:filters")
        .gives(List(&OLD)),
    post("/api/v1/filters", "Make a filter of one keyword")
        .needs("write:filters")
        .takes(NEW_OLD)
        .gives(OLD),
    get("/api/v1/filters/{id}", "One keyword with its filter")
        .needs("read:filters")
        .gives(OLD),
    put("/api/v1/filters/{id}", "Change a keyword with its filter")
        .needs("write:filters")
        .takes(OLD_CHANGE)
        .gives(OLD),
    patch("/api/v1/filters/{id}", "The same")
        .needs("write:filters")
        .takes(OLD_CHANGE)
        .gives(OLD),
    delete(
        "/api/v1/filters/{id}",
        "Remove a keyword, the last with its filter",
    )
    .needs("write:filters"),
];

pub const ENTITIES: &[Entity] = &[
    entity(
        "List",
        None,
        &[
            ("id", Id),
            ("title", Text),
            ("replies_policy", POLICY),
            ("exclusive", Flag),
        ],
    ),
    entity(
        "FilterHead",
        None,
        &[
            ("id", Id),
            ("title", Text),
            ("context", CONTEXTS),
            ("expires_at", OrNull(&Time)),
            ("filter_action", ACTION),
        ],
    ),
    entity(
        "Filter",
        Some("FilterHead"),
        &[("keywords", List(&KEYWORD)), ("statuses", List(&MARKED))],
    ),
    entity(
        "FilterKeyword",
        None,
        &[("id", Id), ("keyword", Text), ("whole_word", Flag)],
    ),
    entity("FilterStatus", None, &[("id", Id), ("status_id", Id)]),
    entity(
        "FilterResult",
        None,
        &[
            ("filter", Of("FilterHead")),
            ("keyword_matches", OrNull(&List(&Text))),
            ("status_matches", OrNull(&List(&Id))),
        ],
    ),
    entity(
        "V1Filter",
        None,
        &[
            ("id", Id),
            ("phrase", Text),
            ("context", CONTEXTS),
            ("whole_word", Flag),
            ("expires_at", OrNull(&Time)),
            ("irreversible", Flag),
        ],
    ),
];

const fn entity(name: &'static str, like: Option<&'static str>, fields: &'static [Field]) -> Entity {
    Entity { name, like, fields }
}
