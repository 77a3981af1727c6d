//! How a relay is asked, and how far a subscription is. Knows no relay.

use serde::{Deserialize, Serialize};

/// What a relay was asked for, and so what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelayWay {
    /// For everybody's posts (Mastodon): it is given posts themselves.
    Everybody,
    /// To be followed itself (LitePub): it is given the server's own announcements of them.
    Itself,
}

/// In which ways there are relays that accepted this server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelayWays {
    pub everybody: bool,
    pub itself: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum RelayState {
    Asked = 0,
    Accepted = 1,
    Refused = 2,
}

impl RelayState {
    /// A word for the admin.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}
