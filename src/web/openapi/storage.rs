//! Uploads that come in piece by piece, room for all of them, and pictures that are not wanted, as admins have it. Serves none of it.

use super::kind::Kind;
use super::kind::Kind::*;
use super::operation::{Operation, delete, get, patch, post, put};

const QUOTA: Kind = Fields(&[
    ("limit", OrNull(&Whole)),
    ("used", Whole),
    ("left", OrNull(&Whole)),
    ("is_own", Flag),
]);
const QUOTA_OF: &str = "/api/tintype/v1/admin/accounts/{id}/quota";
const READ: &str = "admin:read:accounts";
const WRITE: &str = "admin:write:accounts";

const LISTED: Kind = Fields(&[
    ("id", Id),
    ("kind", OneOf(&["sha256", "pdq"])),
    ("hash", Text),
    ("action", OneOf(ACTIONS)),
    ("comment", Text),
    ("hits", Whole),
    ("last_hit_at", OrNull(&Time)),
    ("created_at", Time),
]);
const ACTIONS: &[&str] = &["refuse", "hide", "report"];
const KNOWN: &str = "/api/tintype/v1/admin/known_pictures";
const KNOWN_ONE: &str = "/api/tintype/v1/admin/known_pictures/{id}";

const UPLOADS: &str = "/api/tintype/v1/uploads";
const UPLOAD: &str = "/api/tintype/v1/uploads/{key}";
const DIRECT: &str = "/api/tintype/v1/direct_uploads";
const DIRECT_ONE: &str = "/api/tintype/v1/direct_uploads/{key}";
const CONFIRM: &str = "/api/tintype/v1/direct_uploads/{key}/confirm";
const PLACES: Kind = Fields(&[
    ("id", Text),
    (
        "parts",
        List(&Fields(&[("url", Address), ("offset", Whole), ("size", Whole)])),
    ),
    (
        "headers",
        Fields(&[
            ("content-type", OrAbsent(&Text)),
            ("x-amz-checksum-sha256", OrAbsent(&Text)),
        ]),
    ),
    ("expires_at", Time),
    ("media_id", OrNull(&Id)),
]);
const OF_TUS: &[u16] = &[408, 410, 412, 423, 460, 507];

pub const OPERATIONS: &[Operation] = &[
    post(
        UPLOADS,
        "Announce a resumable upload (tus 1.0.0); `Location` says where it goes",
    )
    .needs("write:media")
    .with(&[201])
    .empty()
    .refuses(OF_TUS),
    patch(
        UPLOAD,
        "Send the next piece of an upload; with the last, `Tintype-Media-Id` says what it is now",
    )
    .needs("write:media")
    .with(&[204])
    .empty()
    .refuses(OF_TUS),
    delete(UPLOAD, "Give an upload up")
        .needs("write:media")
        .with(&[204])
        .empty()
        .refuses(OF_TUS),
    post(
        UPLOAD,
        "The same as `X-HTTP-Method-Override` says: PATCH, DELETE or HEAD",
    )
    .needs("write:media")
    .with(&[200, 204])
    .empty()
    .refuses(OF_TUS),
    post(
        DIRECT,
        "Announce an upload that is put into the bucket; it says where to",
    )
    .needs("write:media")
    .takes(&[
        ("size", Whole),
        ("sha256", Text),
        ("content_type", OrAbsent(&Text)),
        ("file_name", OrAbsent(&Text)),
        ("description", OrAbsent(&Text)),
        ("focus", OrAbsent(&Text)),
    ])
    .gives(PLACES)
    .refuses(&[413, 415, 507]),
    get(
        DIRECT_ONE,
        "The same upload, with addresses that are good for another hour",
    )
    .needs("write:media")
    .gives(PLACES)
    .refuses(&[410]),
    post(
        CONFIRM,
        "Say that it is in the bucket: it becomes a media attachment",
    )
    .needs("write:media")
    .takes(&[("etags", OrAbsent(&List(&Text)))])
    .gives(PLACES)
    .refuses(&[409, 410, 413, 415, 507]),
    delete(DIRECT_ONE, "Give such an upload up")
        .needs("write:media")
        .with(&[204])
        .empty()
        .refuses(&[410]),
    get(QUOTA_OF, "How many bytes of uploads somebody may keep, and does")
        .needs(READ)
        .gives(QUOTA),
    put(QUOTA_OF, "Say how many bytes somebody may keep; 0 is no bound")
        .needs(WRITE)
        .takes(&[("limit", Whole)])
        .gives(QUOTA),
    delete(QUOTA_OF, "Let them keep as many as everybody")
        .needs(WRITE)
        .gives(QUOTA),
    get(KNOWN, "Pictures that are not wanted here, by their hashes")
        .needs("admin:read")
        .pages(&LISTED),
    post(KNOWN, "Put a picture on that list, or say something else of it")
        .needs("admin:write")
        .takes(&[
            ("kind", OneOf(&["sha256", "pdq"])),
            ("hash", Text),
            ("action", OrAbsent(&OneOf(ACTIONS))),
            ("comment", OrAbsent(&Text)),
        ])
        .gives(LISTED),
    get(KNOWN_ONE, "A picture on that list")
        .needs("admin:read")
        .gives(LISTED),
    delete(KNOWN_ONE, "Take a picture off that list").needs("admin:write"),
];
