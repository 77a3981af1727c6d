//! Quotes of posts: how they stand, and who may make them. Knows neither SQL nor anybody's JSON.

use serde::{Deserialize, Serialize};

use super::html;
use super::ids::PostId;

/// How a quote stands, as stored in `quotes.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, sqlx::Type)]
#[serde(from = "i16")]
#[repr(i16)]
pub enum State {
    /// Who is quoted has not said anything yet, as far as we know.
    Pending = 0,
    Accepted = 1,
    Rejected = 2,
    /// Leave was given, and taken back.
    Revoked = 3,
}

impl State {
    /// As the client API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Revoked => "revoked",
        }
    }
}

/// What was stored by somebody who knows more states is no leave.
impl From<i16> for State {
    fn from(number: i16) -> Self {
        match number {
            1 => Self::Accepted,
            2 => Self::Rejected,
            3 => Self::Revoked,
            _ => Self::Pending,
        }
    }
}

/// What a post quotes.
#[derive(Clone, Debug, Deserialize)]
pub struct Quote {
    pub state: State,
    /// None: not known here, or gone.
    pub quoted: Option<PostId>,
    /// Its address, for other servers.
    pub uri: String,
    /// The address of the stamp by which it may be quoted.
    pub stamp: Option<String>,
}

impl Quote {
    /// For readers whose program knows nothing of quotes. Those that do, hide what is of this class.
    pub fn fallback(&self) -> String {
        let uri = html::escape(&self.uri);
        format!(
            r#"<p class="quote-inline">RE: <a href="{uri}" rel="nofollow noopener noreferrer" target="_blank">{uri}</a></p>"#
        )
    }
}

/// What a post elsewhere says that it quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteQuote {
    pub uri: String,
    pub stamp: Option<String>,
}

/// People who may quote a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Circle {
    /// Whom, cannot be told here.
    Unsupported = 1,
    Public = 2,
    Followers = 4,
}

impl Circle {
    const ALL: [Self; 3] = [Self::Public, Self::Followers, Self::Unsupported];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported_policy",
            Self::Public => "public",
            Self::Followers => "followers",
        }
    }
}

/// What somebody who would quote a post is to its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Stranger,
    Follower,
}

impl Relation {
    pub fn of(follows: bool) -> Self {
        match follows {
            true => Self::Follower,
            false => Self::Stranger,
        }
    }
}

/// What comes of wanting to quote a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    Automatic,
    /// The author looks at it first.
    Manual,
    Denied,
    /// Its server says so in a way that is not understood here.
    Unknown,
}

impl Leave {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Manual => "manual",
            Self::Denied => "denied",
            Self::Unknown => "unknown",
        }
    }
}

/// Who may quote a post: circles that may at once, times 65,536, and circles that the author looks at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Policy(i32);

impl Policy {
    pub const NOBODY: Self = Self(0);
    pub const FOLLOWERS: Self = Self((Circle::Followers as i32) << 16);
    pub const PUBLIC: Self = Self((Circle::Public as i32) << 16);

    pub fn new(automatic: &[Circle], manual: &[Circle]) -> Self {
        let bits = |circles: &[Circle]| circles.iter().fold(0, |bits, circle| bits | *circle as i32);
        Self((bits(automatic) << 16) | bits(manual))
    }

    /// As people here choose it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "public" => Some(Self::PUBLIC),
            "followers" => Some(Self::FOLLOWERS),
            "nobody" => Some(Self::NOBODY),
            _ => None,
        }
    }

    /// The same of one that was chosen here.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PUBLIC => "public",
            Self::FOLLOWERS => "followers",
            _ => "nobody",
        }
    }

    pub fn automatic(self) -> impl Iterator<Item = Circle> {
        in_bits(self.0 >> 16)
    }

    pub fn manual(self) -> impl Iterator<Item = Circle> {
        in_bits(self.0 & 0xFFFF)
    }

    /// Whether it depends on who follows the author.
    pub fn asks_for_relation(self) -> bool {
        !self.automatic().any(|circle| circle == Circle::Public) && self.names(Circle::Followers)
    }

    /// What comes of it for somebody else than the author.
    pub fn leave(self, relation: Relation) -> Leave {
        let is_in = |circle: Circle| match circle {
            Circle::Public => true,
            Circle::Followers => relation == Relation::Follower,
            Circle::Unsupported => false,
        };
        if self.automatic().any(is_in) {
            Leave::Automatic
        } else if self.manual().any(is_in) {
            Leave::Manual
        } else if self.names(Circle::Unsupported) {
            Leave::Unknown
        } else {
            Leave::Denied
        }
    }

    fn names(self, circle: Circle) -> bool {
        self.automatic().chain(self.manual()).any(|one| one == circle)
    }
}

fn in_bits(bits: i32) -> impl Iterator<Item = Circle> {
    Circle::ALL
        .into_iter()
        .filter(move |circle| bits & *circle as i32 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_circle_in_which_somebody_is_counts() {
        for (policy, of_stranger, of_follower) in [
            (Policy::PUBLIC, Leave::Automatic, Leave::Automatic),
            (Policy::FOLLOWERS, Leave::Denied, Leave::Automatic),
            (Policy::NOBODY, Leave::Denied, Leave::Denied),
            (
                Policy::new(&[Circle::Followers], &[Circle::Public]),
                Leave::Manual,
                Leave::Automatic,
            ),
            (
                Policy::new(&[Circle::Unsupported], &[]),
                Leave::Unknown,
                Leave::Unknown,
            ),
        ] {
            assert_eq!(policy.leave(Relation::Stranger), of_stranger, "{policy:?}");
            assert_eq!(policy.leave(Relation::Follower), of_follower, "{policy:?}");
        }
    }

    #[test]
    fn what_people_choose_is_read_back() {
        for name in ["public", "followers", "nobody"] {
            assert_eq!(Policy::parse(name).map(Policy::as_str), Some(name));
        }
        assert_eq!(Policy::parse("following"), None);
    }
}
