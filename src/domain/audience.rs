//! Who a post is for. Decides nothing about who sees it: that is SQL's `visible_posts`.

use serde::{Deserialize, Serialize};

/// From widest to narrowest, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[repr(i16)]
pub enum Audience {
    #[serde(rename = "public")]
    Public = 0,
    #[serde(rename = "unlisted")]
    Unlisted = 1,
    #[serde(rename = "private")]
    Followers = 2,
    #[serde(rename = "direct")]
    Direct = 3,
}

impl Audience {
    /// As the client API spells it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "public" => Some(Self::Public),
            "unlisted" => Some(Self::Unlisted),
            "private" => Some(Self::Followers),
            "direct" => Some(Self::Direct),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Followers => "private",
            Self::Direct => "direct",
        }
    }

    /// Anybody may read it, pass it on, and fetch it unsigned.
    pub fn is_open(self) -> bool {
        self <= Self::Unlisted
    }
}
