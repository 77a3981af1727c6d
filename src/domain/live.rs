//! What connected clients are told of. Carries ids and where a thing is shown, never what it says.

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, AnnouncementId, ConversationId, NotificationId, PostId};

/// Something that happened, as it is written down in `live_events` and in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Published {
        post: PostId,
    },
    Edited {
        post: PostId,
    },
    /// Deleted, or a repost taken back. Says itself where it was shown, for nobody can look it up any more.
    Ended {
        post: PostId,
        places: Places,
    },
    Notified {
        notification: NotificationId,
        to: AccountId,
    },
    /// There is something new in a talk of somebody's.
    Conversed {
        conversation: ConversationId,
        to: AccountId,
    },
    /// Somebody's filters are others than before.
    FiltersChanged {
        account: AccountId,
    },
    /// Notifications that somebody had set aside are among the others now.
    NotificationsMerged {
        account: AccountId,
    },
    /// Something is said to everybody here.
    Announced {
        announcement: AnnouncementId,
    },
    /// It is said no more.
    AnnouncementEnded {
        announcement: AnnouncementId,
    },
    /// Another number of people says this to it.
    Reacted {
        announcement: AnnouncementId,
        name: String,
    },
}

/// Where a post is shown, home feeds aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub author: AccountId,
    /// In the public timelines.
    pub public: bool,
    /// Made here.
    pub local: bool,
    /// With pictures.
    pub media: bool,
    /// Under these tags, in lower case.
    pub tags: Vec<String>,
    /// Whom it is for, when it is for nobody else but its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressed: Option<Vec<AccountId>>,
}

/// An event with its place in the order of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub id: i64,
    pub event: Event,
}
