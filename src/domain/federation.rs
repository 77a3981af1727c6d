//! With which servers this one speaks, and how it signs what it says to them. Names none of them.

/// The rule for servers about which nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Federation {
    /// With all.
    Open,
    /// With those on the moderators' list.
    Listed,
}

/// By which signature a server understands requests, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum Signing {
    /// draft-cavage-12, which nearly every server reads.
    Cavage = 0,
    /// RFC 9421.
    Rfc9421 = 1,
}
