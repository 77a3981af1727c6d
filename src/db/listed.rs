//! Pages of relations: what is asked for and what comes back. Runs no SQL itself.

use crate::domain::ids::{AccountId, RelationId};

/// Which part of a list is wanted: ids between two bounds, both excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub below: i64,
    pub above: i64,
    /// The oldest of them rather than the newest.
    pub from_old_end: bool,
    pub limit: i64,
}

/// Somebody in a list, with the id by which the list is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: RelationId,
    pub account: AccountId,
}
