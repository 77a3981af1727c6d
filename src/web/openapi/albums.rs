//! Pixelfed's collections, places and archive, and what we add to them: what they take and give. Serves none of them.

use super::document::Entity;
use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, post, put};

const STATUS: Kind = Of("Status");
const COLLECTION: Kind = Of("PixelfedCollection");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const VISIBILITY: Kind = OneOf(&["public", "private", "draft"]);
const READ: &str = "read:collections";
const WRITE: &str = "write:collections";
const PAGE: &[Field] = &[("page", OrAbsent(&Whole))];
const ITEM: &[Field] = &[("collection_id", Text), ("post_id", Text)];
const WISHES: &[Field] = &[
    ("title", MAYBE_TEXT),
    ("description", MAYBE_TEXT),
    ("visibility", OrAbsent(&VISIBILITY)),
];

pub const ENTITIES: &[Entity] = &[
    Entity {
        name: "Place",
        like: None,
        fields: &[
            ("id", Id),
            ("slug", Text),
            ("name", Text),
            ("country", Text),
            ("url", Address),
        ],
    },
    Entity {
        name: "PixelfedCollection",
        like: None,
        fields: &[
            ("id", Id),
            ("pid", Id),
            ("visibility", VISIBILITY),
            ("title", Text),
            ("description", Text),
            ("thumb", Address),
            ("url", Address),
            ("updated_at", Time),
            ("published_at", OrNull(&Time)),
            ("avatar", Address),
            ("username", Text),
            ("post_count", Whole),
        ],
    },
];

pub const OPERATIONS: &[Operation] = &[
    get("/api/v1.1/collections/accounts/{id}", "Somebody's collections")
        .needs(READ)
        .takes(PAGE)
        .gives(List(&COLLECTION)),
    get("/api/v1.1/collections/self", "One's collections")
        .needs(READ)
        .takes(PAGE)
        .gives(List(&COLLECTION)),
    get("/api/v1.1/collections/view/{id}", "One collection")
        .needs(READ)
        .gives(COLLECTION),
    get("/api/v1.1/collections/items/{id}", "What is in a collection")
        .needs(READ)
        .takes(PAGE)
        .gives(List(&STATUS)),
    post("/api/v1.1/collections/add", "Put a post into a collection")
        .needs(WRITE)
        .takes(ITEM)
        .gives(COLLECTION),
    post("/api/v1.1/collections/remove", "Take a post out of a collection")
        .needs(WRITE)
        .takes(ITEM)
        .gives(COLLECTION),
    post("/api/v1.1/collections/update/{id}", "Change a collection")
        .needs(WRITE)
        .takes(WISHES)
        .gives(COLLECTION),
    delete("/api/v1.1/collections/delete/{id}", "Take a collection away").needs(WRITE),
    post(
        "/api/tintype/v1/collections",
        "Make a collection; Pixelfed's API has no way to",
    )
    .needs(WRITE)
    .takes(WISHES)
    .gives(COLLECTION),
    put(
        "/api/tintype/v1/collections/{id}/items",
        "Say which posts are in a collection, in their order",
    )
    .needs(WRITE)
    .takes(&[("post_ids", OrAbsent(&List(&Text)))])
    .gives(COLLECTION),
    get(
        "/api/v1.1/compose/search/location",
        "Places that people have named",
    )
    .needs("read:search")
    .takes(&[("q", MAYBE_TEXT)])
    .gives(List(&Of("Place"))),
    get("/api/v1.1/places/posts/{id}/{slug}", "Public posts of a place")
        .needs("read:statuses")
        .pages(&STATUS),
    post("/api/v1.1/archive/add/{id}", "Hide a post from everybody")
        .needs("write:statuses")
        .gives(List(&Whole)),
    post("/api/v1.1/archive/remove/{id}", "Show it again")
        .needs("write:statuses")
        .gives(List(&Whole)),
    get("/api/v1.1/archive/list", "Posts that one hides")
        .needs("read:statuses")
        .pages(&STATUS),
];
