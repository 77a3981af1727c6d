//! What people are told about. The numbers are stored.

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
    /// Somebody signed up (admins).
    SignedUp = 7,
    /// A poll that one held or voted in has ended.
    PollEnded = 8,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Follow,
        Self::FollowRequest,
        Self::Mention,
        Self::Like,
        Self::Repost,
        Self::Posted,
        Self::Edited,
        Self::SignedUp,
        Self::PollEnded,
    ];

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
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn from_stored(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i16 == number)
    }
}
