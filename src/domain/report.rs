//! What people say that somebody does wrong. Judges nobody.

/// Why somebody is reported, as stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum Category {
    #[default]
    Other = 0,
    Spam = 1,
    /// Against a rule of this server.
    Violation = 2,
    /// Against the law.
    Legal = 3,
}

impl Category {
    /// As the client API spells it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "other" => Some(Self::Other),
            "spam" => Some(Self::Spam),
            "violation" => Some(Self::Violation),
            "legal" => Some(Self::Legal),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Spam => "spam",
            Self::Violation => "violation",
            Self::Legal => "legal",
        }
    }
}
