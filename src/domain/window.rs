//! Which part of a long list is wanted.

/// Ids between two bounds, both excluded, and how many of them from which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub below: i64,
    pub above: i64,
    pub from_old_end: bool,
    pub limit: i64,
}
