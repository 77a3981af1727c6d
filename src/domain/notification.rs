//! What people are told about. The numbers are stored.

use super::clock::Time;
use super::ids::PostId;

/// As stored in `notifications.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Kind {
    Follow = 0,
    FollowRequest = 1,
    Mention = 2,
    Like = 3,
    Repost = 4,
    /// Somebody whose posts one wants to be told about.
    Posted = 5,
    /// A post that one reposted was edited.
    Edited = 6,
    /// Somebody signed up (moderators).
    SignedUp = 7,
    /// A poll that one held or voted in has ended.
    PollEnded = 8,
    /// Somebody was reported (moderators).
    Reported = 9,
    /// A post of one's own was quoted.
    Quoted = 10,
    /// A post that one quotes was edited.
    QuotedEdited = 11,
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Follow,
        Self::FollowRequest,
        Self::Mention,
        Self::Like,
        Self::Repost,
        Self::Posted,
        Self::Edited,
        Self::SignedUp,
        Self::PollEnded,
        Self::Reported,
        Self::Quoted,
        Self::QuotedEdited,
    ];

    /// Those of which many are one, in lists that have groups.
    pub const GROUPED: [Self; 4] = [Self::Follow, Self::Like, Self::Repost, Self::SignedUp];

    /// As the client API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Follow => "follow",
            Self::FollowRequest => "follow_request",
            Self::Mention => "mention",
            Self::Like => "favourite",
            Self::Repost => "reblog",
            Self::Posted => "status",
            Self::Edited => "update",
            Self::SignedUp => "admin.sign_up",
            Self::PollEnded => "poll",
            Self::Reported => "admin.report",
            Self::Quoted => "quote",
            Self::QuotedEdited => "quoted_update",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn from_stored(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i16 == number)
    }

    /// What its group is called, but for the hour in which that began; None where each stands alone. `about`: the post.
    pub fn group(self, about: Option<PostId>) -> Option<String> {
        let name = Self::GROUPED.contains(&self).then(|| self.as_str())?;
        Some(match about {
            Some(post) => format!("{name}-{post}-"),
            None => format!("{name}-"),
        })
    }

    /// Whether a policy about strangers looks at it: not at what one asked to hear of, nor at what moderators must know.
    pub fn is_filterable(self) -> bool {
        match self {
            Self::Follow | Self::FollowRequest | Self::Mention | Self::Like | Self::Repost | Self::Quoted => {
                true
            }
            Self::Posted
            | Self::Edited
            | Self::QuotedEdited
            | Self::SignedUp
            | Self::Reported
            | Self::PollEnded => false,
        }
    }
}

/// How long a group goes on to take in what comes, in hours.
pub const GROUP_HOURS: i64 = 12;

/// Of what group something is that happens now: in hours since 1970. They have six digits until 2084, so that keys are in
/// the order of time.
pub fn hour(now: Time) -> i64 {
    now.timestamp() / 3_600
}
