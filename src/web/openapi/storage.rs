//! Room for uploads, as admins give it. Serves none of it.

use super::kind::Kind;
use super::kind::Kind::*;
use super::operation::{Operation, delete, get, put};

const QUOTA: Kind = Fields(&[
    ("limit", OrNull(&Whole)),
    ("used", Whole),
    ("left", OrNull(&Whole)),
    ("is_own", Flag),
]);
const QUOTA_OF: &str = "/api/tintype/v1/admin/accounts/{id}/quota";
const READ: &str = "admin:read:accounts";
const WRITE: &str = "admin:write:accounts";

pub const OPERATIONS: &[Operation] = &[
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
];
