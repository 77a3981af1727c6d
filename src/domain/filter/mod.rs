//! What somebody does not want to meet, as they said it. How it meets posts is `matching`.

mod matching;
mod words;

use serde::Deserialize;

use super::clock::Time;
use super::ids::{FilterId, KeywordId, PostId, RelationId};

pub use matching::{Filters, Found, Verdict, fold};
pub use words::{words, words_of};

/// Where posts are met. As bits, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Context {
    /// Also lists.
    Home = 1,
    Notifications = 2,
    /// Also tags.
    Public = 4,
    Thread = 8,
    /// Somebody's profile.
    Account = 16,
}

impl Context {
    pub const ALL: [Self; 5] = [
        Self::Home,
        Self::Notifications,
        Self::Public,
        Self::Thread,
        Self::Account,
    ];

    /// As the client API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Notifications => "notifications",
            Self::Public => "public",
            Self::Thread => "thread",
            Self::Account => "account",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.as_str() == text)
    }
}

/// Some of the contexts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Contexts(pub i16);

impl Contexts {
    pub fn has(self, context: Context) -> bool {
        self.0 & context as i16 != 0
    }

    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub fn names(self) -> Vec<&'static str> {
        let named = Context::ALL.into_iter().filter(|context| self.has(*context));
        named.map(Context::as_str).collect()
    }
}

impl FromIterator<Context> for Contexts {
    fn from_iter<T: IntoIterator<Item = Context>>(contexts: T) -> Self {
        Self(
            contexts
                .into_iter()
                .fold(0, |bits, context| bits | context as i16),
        )
    }
}

/// What becomes of a post that a filter meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "i16")]
pub enum Action {
    Warn = 0,
    /// It is left out.
    Hide = 1,
    /// Its pictures are shown blurred.
    Blur = 2,
}

impl Action {
    /// As the client API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Hide => "hide",
            Self::Blur => "blur",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Warn, Self::Hide, Self::Blur];
        all.into_iter().find(|action| action.as_str() == text)
    }
}

impl From<i16> for Action {
    fn from(stored: i16) -> Self {
        match stored {
            1 => Self::Hide,
            2 => Self::Blur,
            _ => Self::Warn,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Filter {
    pub id: FilterId,
    pub title: String,
    pub contexts: Contexts,
    pub action: Action,
    pub expires_at: Option<Time>,
    pub keywords: Vec<Keyword>,
    pub posts: Vec<FilteredPost>,
}

impl Filter {
    pub fn is_active(&self, now: Time) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Keyword {
    pub id: KeywordId,
    /// As it was written.
    pub keyword: String,
    pub whole_word: bool,
}

/// A post that was put under a filter by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct FilteredPost {
    pub id: RelationId,
    pub post: PostId,
}
