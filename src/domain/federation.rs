//! With which servers this one speaks. Names none of them.

/// The rule for servers about which nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Federation {
    /// With all.
    Open,
    /// With those on the moderators' list.
    Listed,
}
