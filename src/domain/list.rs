//! What a list is beside its people. Knows no post.

/// Which answers of its members a list shows, as stored: those to nobody else, to other members, to anybody whom its
/// owner follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum Replies {
    None = 0,
    List = 1,
    Followed = 2,
}

impl Replies {
    /// As the client API spells it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::None),
            "list" => Some(Self::List),
            "followed" => Some(Self::Followed),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::List => "list",
            Self::Followed => "followed",
        }
    }
}
