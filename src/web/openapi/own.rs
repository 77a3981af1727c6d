//! One's own account: signing in, moving, taking along, ending. What that takes and gives; serves none of it.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Access, Operation, delete, get, post};

const MAYBE_TEXT: Kind = OrAbsent(&Text);
/// Addresses, sessions and apps are no part of a profile: whoever was asked for that alone has not agreed to these.
const READ: &str = "read";
const WRITE: &str = "write";
const PASSWORD: &[Field] = &[("password", Text)];

const SESSION: Kind = Fields(&[
    ("id", Text),
    ("name", Text),
    ("user_agent", Text),
    ("created_at", Time),
    ("last_used_on", Day),
    ("current", Flag),
]);
const APP: Kind = Fields(&[
    ("id", Id),
    ("name", Text),
    ("website", OrNull(&Text)),
    ("scopes", Any),
    ("created_at", Time),
    ("last_used_on", OrNull(&Day)),
    ("current", Flag),
]);
const INVITATION: Kind = Fields(&[
    ("code", Text),
    ("url", Address),
    ("uses_left", OrNull(&Whole)),
    ("expires_at", OrNull(&Time)),
    ("created_at", Time),
]);

pub const OPERATIONS: &[Operation] = &[
    get("/api/tintype/v1/account", "How one signs in")
        .needs(READ)
        .gives(Fields(&[
            ("email", Text),
            ("unconfirmed_email", OrNull(&Text)),
            ("role", Text),
            ("may_invite", Flag),
        ])),
    post(
        "/api/tintype/v1/account/email",
        "Change one's address; 202 until it is confirmed",
    )
    .needs(WRITE)
    .takes(&[("email", Text), ("password", Text)])
    .with(&[200, 202]),
    post("/api/tintype/v1/account/password", "Change one's password")
        .needs(WRITE)
        .takes(&[("password", Text), ("new_password", Text)]),
    post("/api/tintype/v1/account/delete", "End one's account")
        .needs(WRITE)
        .takes(PASSWORD)
        .with(&[202]),
    get("/api/tintype/v1/sessions", "Browsers in which one is signed in")
        .needs(READ)
        .gives(List(&SESSION)),
    delete("/api/tintype/v1/sessions", "Sign all others out").needs(WRITE),
    delete("/api/tintype/v1/sessions/{id}", "Sign a browser out").needs(WRITE),
    get("/api/tintype/v1/apps", "Apps that one has let in")
        .needs(READ)
        .gives(List(&APP)),
    delete("/api/tintype/v1/apps/{id}", "Let an app in no more").needs(WRITE),
    get("/api/tintype/v1/invitations", "One's open invitations")
        .needs(READ)
        .gives(List(&INVITATION)),
    post("/api/tintype/v1/invitations", "Invite somebody")
        .needs(WRITE)
        .takes(&[("max_uses", OrAbsent(&Whole)), ("expires_in", OrAbsent(&Whole))])
        .gives(INVITATION),
    delete("/api/tintype/v1/invitations/{code}", "Take an invitation back").needs(WRITE),
    get(
        "/api/tintype/v1/quota",
        "How many bytes of uploads one may keep, and does",
    )
    .needs(READ)
    .gives(Fields(&[
        ("limit", OrNull(&Whole)),
        ("used", Whole),
        ("left", OrNull(&Whole)),
    ])),
    post("/api/v1/accounts/delete", "End one's account")
        .needs(WRITE)
        .takes(PASSWORD)
        .with(&[202]),
    post("/api/v1/accounts/alias", "Say which other accounts are one's own")
        .needs(WRITE)
        .takes(&[("also_known_as_uris", OrAbsent(&List(&Text)))])
        .gives(Fields(&[("also_known_as_uris", List(&Text))])),
    post("/api/v1/accounts/move", "Move to another account")
        .needs(WRITE)
        .takes(&[("password", Text), ("moved_to_uri", Text)])
        .with(&[202]),
    get(
        "/api/v1/exports/{file}",
        "What one takes along, as CSV; the scope is that of what is in it",
    )
    .needs("")
    .typed("text/csv"),
    post(
        "/api/v1/import",
        "Bring along what was exported; the scope is that of what is in it",
    )
    .needs("")
    .takes(&[("type", Text), ("mode", MAYBE_TEXT), ("data", Any)])
    .with(&[202]),
    post("/api/v1/emails/confirmations", "Have the address confirmed again")
        .by(Access::App)
        .takes(&[("email", MAYBE_TEXT)]),
    get(
        "/api/v1/emails/check_confirmation",
        "Whether the address is confirmed",
    )
    .by(Access::App)
    .gives(Flag),
];
