//! Pictures that a server does not want, by what they are or what they look like, and what becomes of them. Knows no list.

use super::fingerprint::{self, Fingerprint};

/// By what a picture is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// SHA-256 of the file.
    Exact([u8; 32]),
    Alike(Fingerprint),
}

/// What becomes of a picture that is known, the gravest first; as `known_bad.action`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[repr(i16)]
pub enum Action {
    /// It is not taken.
    Refuse = 0,
    /// Its post is sensitive, whatever its author says.
    Hide = 1,
    /// Moderators are told, and nobody else.
    Report = 2,
}

impl Mark {
    pub const KINDS: [&'static str; 2] = ["sha256", "pdq"];

    pub fn parse(kind: &str, hash: &str) -> Option<Self> {
        match kind {
            "sha256" => fingerprint::bytes(hash).map(Self::Exact),
            "pdq" => Fingerprint::parse(hash).map(Self::Alike),
            _ => None,
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Self::Exact(_) => Self::KINDS[0],
            Self::Alike(_) => Self::KINDS[1],
        }
    }

    pub fn hash(&self) -> String {
        match self {
            Self::Exact(sum) => fingerprint::hexadecimal(sum),
            Self::Alike(look) => look.to_string(),
        }
    }
}

impl Action {
    pub const ALL: [Self; 3] = [Self::Refuse, Self::Hide, Self::Report];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Hide => "hide",
            Self::Report => "report",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }
}
