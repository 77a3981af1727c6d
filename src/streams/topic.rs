//! What one can listen to. Says nothing about who may.

use crate::domain::ids::{AccountId, ListId};

/// One stream, of one person where it is somebody's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// What comes into somebody's home feed, and what they are notified of.
    User(AccountId),
    /// What they are notified of alone.
    Notifications(AccountId),
    Public {
        from: Origin,
        only_media: bool,
    },
    /// In lower case, without #.
    Tag {
        name: String,
        from: Origin,
    },
    /// A list of somebody's.
    List(ListId),
    /// Somebody's conversations.
    Direct(AccountId),
}

/// Where posts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    Anywhere,
    Here,
    Elsewhere,
}

impl Origin {
    fn suffix(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::Here => ":local",
            Self::Elsewhere => ":remote",
        }
    }
}

impl Topic {
    /// As clients name it: the stream, and the tag or list where it has one.
    pub fn label(&self) -> Vec<String> {
        match self {
            Self::User(_) => vec!["user".into()],
            Self::Notifications(_) => vec!["user:notification".into()],
            Self::List(list) => vec!["list".into(), list.to_string()],
            Self::Direct(_) => vec!["direct".into()],
            Self::Public { from, only_media } => {
                let media = if *only_media { ":media" } else { "" };
                vec![format!("public{}{media}", from.suffix())]
            }
            Self::Tag { name, from } => vec![format!("hashtag{}", from.suffix()), name.clone()],
        }
    }
}
