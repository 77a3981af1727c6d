//! What a change causes, as it is written down beside the change. Carries ids and runs twice without harm.

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, HostId, PostId};
use super::live::Event;
use super::relay::RelayWay;

/// A row of `outbox`, as stored in `work` with its subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum Work {
    /// Put posts into the feeds that they belong in.
    FanOut { posts: Vec<PostId> },
    /// The same for posts of before, of which nobody is told.
    FillIn { posts: Vec<PostId> },
    /// Posts from elsewhere are there: what they answer and what answers them may have come in another transaction.
    Join { posts: Vec<PostId> },
    /// Make letters of an activity: one for each distinct inbox of its recipients.
    Post { outgoing: i64, to: Recipients },
    /// A new follower's feed wants what the followee posted before.
    Backfill { owner: AccountId, followee: AccountId },
    /// Somebody came back after a long time: their feed is written again.
    Rebuild { owner: AccountId },
    /// A deleted account leaves things behind: a batch of them goes, and the rest later.
    Erase { account: AccountId },
    /// More of what somebody's policy set aside of a sender, whom they accepted, is put among the rest.
    Merge { account: AccountId, from: AccountId },
    /// Connected clients are told. Also written by a trigger: migrations/0010_live.sql.
    Tell { events: Vec<Event> },
}

/// Who gets an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipients {
    /// Followers elsewhere, of this account.
    pub followers_of: Option<AccountId>,
    /// These people, where they live elsewhere.
    pub people: Vec<AccountId>,
    /// Everybody elsewhere who has had to do with this account, and so may have heard of it: followers, followees, those
    /// whom it named, answered, liked or passed on.
    pub acquaintances_of: Option<AccountId>,
    /// Where nobody has to be known: a relay that is asked, a letter that is sent once more.
    pub inboxes: Vec<Inbox>,
    /// The relays that accepted this server, of those that were asked in this way.
    pub relays: Option<RelayWay>,
}

/// Where letters go, on one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    pub host: HostId,
    pub url: String,
}

impl Recipients {
    pub fn one(account: AccountId) -> Self {
        Self {
            people: vec![account],
            ..Self::default()
        }
    }

    pub fn inbox(inbox: Inbox) -> Self {
        Self {
            inboxes: vec![inbox],
            ..Self::default()
        }
    }

    pub fn relays(way: RelayWay) -> Self {
        Self {
            relays: Some(way),
            ..Self::default()
        }
    }

    pub fn followers(author: AccountId) -> Self {
        Self {
            followers_of: Some(author),
            ..Self::default()
        }
    }

    pub fn acquaintances(account: AccountId) -> Self {
        Self {
            acquaintances_of: Some(account),
            ..Self::default()
        }
    }

    pub fn and(mut self, people: impl IntoIterator<Item = AccountId>) -> Self {
        self.people.extend(people);
        self
    }
}
