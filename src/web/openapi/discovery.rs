//! Tags, trends, suggestions and what Pixelfed's apps find things by: what they take and give. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Field, Kind, NOTHING};
use super::operation::{Operation, delete, get, post};

const ACCOUNT: Kind = Of("Account");
const STATUS: Kind = Of("Status");
const TAG: Kind = Of("Tag");
const RELATIONSHIP: Kind = Of("Relationship");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
const MAYBE_WHOLE: Kind = OrAbsent(&Whole);

const PART: &[Field] = &[("limit", MAYBE_WHOLE), ("offset", MAYBE_WHOLE)];
const FIRST: &[Field] = &[("limit", MAYBE_WHOLE)];
const FIRST_OF_RANGE: &[Field] = &[("limit", MAYBE_WHOLE), ("range", MAYBE_TEXT)];

pub const FEATURED: Kind = Fields(&[
    ("id", Id),
    ("name", Text),
    ("url", Address),
    ("statuses_count", Id),
    ("last_status_at", OrNull(&Day)),
]);

const fn tag(path: &'static str, summary: &'static str, scope: &'static str) -> Operation {
    post(path, summary).needs(scope).gives(TAG)
}

const fn verb(path: &'static str, summary: &'static str) -> Operation {
    post(path, summary).needs("write:accounts").gives(RELATIONSHIP)
}

pub const OPERATIONS: &[Operation] = &[
    get("/api/v1/tags/{name}", "A tag, with how much it is used")
        .open("read:statuses")
        .gives(TAG),
    tag("/api/v1/tags/{name}/follow", "Follow a tag", "write:follows"),
    tag(
        "/api/v1/tags/{name}/unfollow",
        "Follow a tag no more",
        "write:follows",
    ),
    tag(
        "/api/v1/tags/{name}/feature",
        "Show a tag on one's profile",
        "write:accounts",
    ),
    tag(
        "/api/v1/tags/{name}/unfeature",
        "Show a tag there no more",
        "write:accounts",
    ),
    get("/api/v1/tags/{name}/related", "Tags that go with a tag")
        .needs("read:statuses")
        .gives(List(&Fields(&[
            ("name", Text),
            ("related_count", Whole),
            ("url", Address),
        ]))),
    get("/api/v1/followed_tags", "Tags that one follows")
        .needs("read:follows")
        .pages(&TAG),
    get("/api/v1/featured_tags", "Tags on one's profile")
        .needs("read:accounts")
        .gives(List(&FEATURED)),
    post("/api/v1/featured_tags", "Show a tag on one's profile")
        .needs("write:accounts")
        .takes(&[("name", Text)])
        .gives(FEATURED),
    delete("/api/v1/featured_tags/{id}", "Show a tag there no more")
        .needs("write:accounts")
        .gives(NOTHING),
    get(
        "/api/v1/featured_tags/suggestions",
        "Tags that one uses and does not show",
    )
    .needs("read:accounts")
    .gives(List(&TAG)),
    get(
        "/api/v1/accounts/{id}/featured_tags",
        "Tags on somebody's profile",
    )
    .open("read:accounts")
    .gives(List(&FEATURED)),
    get("/api/v1/endorsements", "People on one's profile")
        .needs("read:accounts")
        .pages(&ACCOUNT),
    get(
        "/api/v1/accounts/{id}/endorsements",
        "People on somebody's profile",
    )
    .open("read:accounts")
    .pages(&ACCOUNT),
    verb("/api/v1/accounts/{id}/endorse", "Show somebody on one's profile").refuses(&[422]),
    verb("/api/v1/accounts/{id}/pin", "The same, as it was called once").refuses(&[422]),
    verb("/api/v1/accounts/{id}/unendorse", "Show somebody there no more"),
    verb("/api/v1/accounts/{id}/unpin", "The same, as it was called once"),
    get("/api/v1/trends", "Tags that many use of late")
        .open("")
        .takes(PART)
        .gives(List(&TAG)),
    get("/api/v1/trends/tags", "Tags that many use of late")
        .open("")
        .takes(PART)
        .gives(List(&TAG)),
    get("/api/v1/trends/statuses", "Posts that many like of late")
        .open("")
        .takes(PART)
        .gives(List(&STATUS)),
    get("/api/v1/trends/links", "Always empty")
        .open("")
        .gives(List(&Any)),
    get("/api/v2/suggestions", "People whom one may want to follow")
        .needs("read:accounts")
        .takes(PART)
        .gives(List(&Fields(&[
            ("source", Text),
            ("sources", List(&Text)),
            ("account", ACCOUNT),
        ]))),
    get("/api/v1/suggestions", "The same people alone")
        .needs("read:accounts")
        .takes(PART)
        .gives(List(&ACCOUNT)),
    delete("/api/v1/suggestions/{id}", "Not to be suggested again")
        .needs("write:accounts")
        .gives(NOTHING),
    get("/api/v1/directory", "People who wish to be found")
        .open("")
        .takes(&[
            ("order", MAYBE_TEXT),
            ("local", MAYBE_FLAG),
            ("limit", MAYBE_WHOLE),
            ("offset", MAYBE_WHOLE),
        ])
        .gives(List(&ACCOUNT)),
    get(
        "/api/v1.1/discover/accounts/popular",
        "Whom many here follow and one does not",
    )
    .needs("read:accounts")
    .takes(FIRST)
    .gives(List(&ACCOUNT)),
    get(
        "/api/v1.1/discover/posts/trending",
        "Photos that many like of late",
    )
    .needs("read:statuses")
    .takes(FIRST_OF_RANGE)
    .gives(List(&STATUS)),
    get("/api/v1.1/discover/posts/network/trending", "The same")
        .needs("read:statuses")
        .takes(FIRST_OF_RANGE)
        .gives(List(&STATUS)),
    get("/api/v2/discover/posts/trending", "The same")
        .needs("read:statuses")
        .takes(FIRST_OF_RANGE)
        .gives(List(&STATUS)),
    get("/api/v1/discover/posts", "The same, in an object")
        .needs("read:statuses")
        .takes(FIRST)
        .gives(Fields(&[("posts", List(&STATUS))])),
    get(
        "/api/v1.1/discover/posts/hashtags",
        "Tags that many use of late, as Pixelfed has them",
    )
    .needs("read:statuses")
    .takes(FIRST)
    .gives(List(&Fields(&[
        ("id", Id),
        ("name", Text),
        ("hashtag", Text),
        ("url", Address),
        ("count", Whole),
        ("total", Whole),
    ]))),
    get("/api/v1.1/accounts/username/{name}", "Somebody by their handle")
        .open("read:accounts")
        .gives(ACCOUNT),
    get(
        "/api/v1.1/accounts/mutuals/{id}",
        "Whom one follows among somebody's followers",
    )
    .needs("read:follows")
    .gives(List(&ACCOUNT)),
    get(
        "/api/v1.1/compose/settings",
        "What apps ask before a post is written",
    )
    .needs("read:accounts")
    .gives(Fields(&[
        ("default_license", OrNull(&Text)),
        ("default_scope", Text),
        ("media_descriptions", Flag),
        ("max_altext_length", Whole),
        ("max_media_attachments", Whole),
    ])),
];
