//! Ids: 64 bits, ordered by time, decimal strings to clients. Never reused, never guessed from.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use serde::{Serialize, Serializer};

use super::clock::{Clock, Time};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Above every id that is ever given out.
            pub const MAX: Self = Self(i64::MAX);
            /// Below every id that is ever given out; as a viewer: nobody in particular.
            pub const NONE: Self = Self(0);
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;
            /// None is below zero.
            fn from_str(text: &str) -> Result<Self, ParseIntError> {
                text.parse::<u64>()?;
                text.parse().map(Self)
            }
        }

        /// Clients read ids as strings: JavaScript cannot hold 64 bits.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

    )*};
}

ids! {
    /// Somebody, here or elsewhere.
    AccountId,
    /// A post, a comment or a repost.
    PostId,
    /// An uploaded or remote picture.
    MediaId,
    /// A client program.
    AppId,
    /// A bearer token.
    TokenId,
    /// What is decided about a domain.
    DomainBlockId,
    /// A browser session.
    SessionId,
    /// One line of somebody's notifications.
    NotificationId,
    /// A filter, and a keyword of one.
    FilterId,
    KeywordId,
    /// Somebody's list of people.
    ListId,
    /// Somebody of whom notifications are set aside, for one person.
    NotificationRequestId,
    /// Somebody's talk with others.
    ConversationId,
    /// A hashtag.
    TagId,
    /// A server on the list of those with which this one speaks.
    DomainAllowId,
    /// What keeps people from signing up: a provider of mail, an address of mail, a network.
    EmailDomainBlockId,
    EmailBlockId,
    IpBlockId,
    /// A picture on the list of those that are not wanted here.
    KnownPictureId,
    /// A post that waits for its time.
    ScheduledId,
    /// What is asked of everybody here.
    RuleId,
    /// What those who run this server say to everybody here.
    AnnouncementId,
    /// Somebody's collection of their own posts.
    AlbumId,
    /// A place that posts have.
    PlaceId,
    /// A row of a relation (follow, like, bookmark, block …): the order in which lists are paged.
    RelationId,
}

/// A server that we have met; small, since it is in every letter.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize, sqlx::Type,
)]
#[sqlx(transparent)]
pub struct HostId(pub i32);

/// Unix milliseconds in the upper 48 bits, a sequence in the lower 16: 65,536 ids a millisecond before
/// one is repeated, and a repeated one is refused by the table's key and drawn again.
const LOW_BITS: u32 = 16;

/// Gives out ids.
#[derive(Clone, Debug)]
pub struct Ids {
    clock: Clock,
    /// Starts at a random place, so that two processes rarely collide.
    sequence: Arc<AtomicU64>,
    last: Arc<AtomicU64>,
    /// Given by hand for the next one; 0: none.
    preset: Arc<AtomicI64>,
}

impl Ids {
    pub fn new(clock: Clock, start: u16) -> Self {
        Self {
            clock,
            sequence: Arc::new(AtomicU64::new(start.into())),
            last: Arc::default(),
            preset: Arc::default(),
        }
    }

    /// Has `next` give this id, once: for servers whose ids tests know beforehand.
    pub fn preset(&self, id: i64) {
        self.preset.store(id, Ordering::Relaxed);
    }

    /// The next id in the order of time: always above the one before it in this process.
    pub fn next(&self) -> i64 {
        if self.preset.load(Ordering::Relaxed) != 0 {
            let preset = self.preset.swap(0, Ordering::Relaxed);
            if preset != 0 {
                return preset;
            }
        }
        let fresh = self.at(self.clock.now()) as u64;
        let before = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(fresh.max(last + 1))
            });
        let last = before.unwrap_or_else(|last| last);
        fresh.max(last + 1) as i64
    }

    /// An id that sorts where `time` does, for what was published elsewhere or long ago.
    /// `time` before 1970 counts as 1970.
    pub fn at(&self, time: Time) -> i64 {
        let low = self.sequence.fetch_add(1, Ordering::Relaxed) & ((1 << LOW_BITS) - 1);
        let milliseconds = time.timestamp_millis().clamp(1, (1 << 47) - 1);
        (milliseconds << LOW_BITS) | low as i64
    }

    /// The smallest id of a moment, for asking by time.
    pub fn floor_of(time: Time) -> i64 {
        time.timestamp_millis().clamp(0, (1 << 47) - 1) << LOW_BITS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn ids_rise_even_within_a_millisecond() {
        let ids = Ids::new(Clock::windable(), 65_500);
        let drawn: Vec<i64> = (0..200_000).map(|_| ids.next()).collect();
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn what_is_no_id_is_read_as_none() {
        assert_eq!("7".parse(), Ok(AccountId(7)));
        for text in ["", "-1", "-1383987252161301", "7x", "9223372036854775808"] {
            assert!(text.parse::<AccountId>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_id_given_by_hand_is_given_once() {
        let ids = Ids::new(Clock::system(), 0);
        ids.preset(7);
        assert_eq!(ids.next(), 7);
        assert!(ids.next() > 1 << LOW_BITS);
    }

    #[test]
    fn a_remote_post_sorts_by_when_it_was_published() {
        let ids = Ids::new(Clock::system(), 0);
        let early = DateTime::from_timestamp_millis(1_600_000_000_000).unwrap();
        let before_all = DateTime::from_timestamp_millis(-5).unwrap();
        assert!(ids.at(early) < ids.next());
        assert!(ids.at(before_all) > 0 && ids.at(before_all) < ids.at(early));
    }
}
