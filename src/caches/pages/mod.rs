//! Home pages as they were written, for readers who ask again. Never gives one that was not checked since its reader asked,
//! or just before.
//!
//! Why a kept page is right:
//!
//! 1. What it was made from is told apart: facts of the posts looked at and of their authors; what its reader gets to see
//!    (marks, follows, hidden people and servers, the feed's own entries); and what is put into feeds or taken out for the
//!    authors and the tags that the reader follows. Every change of these is noted by trigger (migrations 0008 and 0009), each as one
//!    of three kinds of change that `Depends` looks for.
//! 2. Before it is given, a question is put (`Check`) after the reader asked, or a millisecond before if this process has
//!    changed nothing since, and all that its snapshot knows of changes is applied, as with cards (see there, 1 and 2).
//! 3. A page was asked for at a turn drawn before the first of its questions. What was applied after that turn and is
//!    something that it depends on, ends it; what was applied before, its questions have seen (see cards, 3).
//!
//! So it is what a page made now would be, or newer, but for the numbers inside of its authors' profiles, which may be
//! older anyway (`ACCOUNT_TRUST`): hence [`LONGEST`]. A page whose making left out something of which nothing is known, or
//! that reaches below its feed's floor, is not kept: there nobody notes on what it depends. Nor is the first one that a reader
//! asks for: most who come back after a while ask once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use http::HeaderValue;
use moka::sync::Cache;

use super::cards::Cards;
use super::changes::Depends;
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// As long as a reader may look at the same follower counts beside the same posts: a minute, within which nobody compares
/// them, and after which a reader who looks every few minutes would not find the page anyway.
const LONGEST: Duration = Duration::from_secs(60);
/// Bytes of all pages together.
const HEAVIEST: u64 = 64 << 20;
/// Readers of whom it is known that they asked before, and for how long after they did last.
const MOST_READERS: u64 = 50_000;
const REMEMBERED: Duration = Duration::from_secs(60 * 60);
/// What a page needs beside its text and its lists.
const FRAME: usize = 400;

/// A page as it is answered.
#[derive(Clone, Debug)]
pub struct Page {
    /// A JSON array.
    pub body: Bytes,
    /// In quotes, of the body.
    pub tag: HeaderValue,
    /// The query of the request that it was made for, and the `Link` for that.
    pub query: Option<String>,
    pub link: Option<HeaderValue>,
    /// The newest and the oldest id that bound it, and whether there may be something older.
    pub bounds: Option<(i64, i64)>,
    pub more: bool,
}

/// A page that was made, and from what.
#[derive(Debug)]
pub struct Made {
    pub page: Arc<Page>,
    pub depends: Depends,
    /// Drawn before the first question.
    pub turn: u64,
    /// Until when it is right if nothing changes: everything on it that ends by itself is to be thought of here.
    pub until: Option<Time>,
}

#[derive(Debug)]
struct Kept {
    page: Arc<Page>,
    depends: Depends,
    /// Up to here it has been checked.
    turn: AtomicU64,
    until: Time,
}

#[derive(Clone, Debug)]
pub struct Pages {
    cards: Cards,
    /// By reader and length.
    kept: Cache<(AccountId, i64), Arc<Kept>>,
    asked: Cache<(AccountId, i64), ()>,
}

impl Pages {
    pub fn new(cards: Cards) -> Self {
        let kept = Cache::builder()
            .max_capacity(HEAVIEST)
            .weigher(|_, kept: &Arc<Kept>| kept.weight())
            .time_to_live(LONGEST)
            .build();
        let asked = Cache::builder()
            .max_capacity(MOST_READERS)
            .time_to_idle(REMEMBERED)
            .build();
        Self { cards, kept, asked }
    }

    /// Whether a page that is made now is to be kept: its reader asked for one before.
    pub fn is_worth_keeping(&self, reader: AccountId, limit: i64) -> bool {
        let asked_before = self.asked.get(&(reader, limit)).is_some();
        if !asked_before {
            self.asked.insert((reader, limit), ());
        }
        asked_before
    }

    /// Whether it is worth a check.
    pub fn has(&self, reader: AccountId, limit: i64) -> bool {
        self.kept.contains_key(&(reader, limit))
    }

    /// The page, if it still is one. To be called after a check that was asked for when the reader asked.
    pub fn find(&self, reader: AccountId, limit: i64, now: Time) -> Option<Arc<Page>> {
        let kept = self.kept.get(&(reader, limit))?;
        let checked = kept.turn.load(Ordering::Relaxed);
        let holds = self.cards.still_holds(&kept.depends, checked);
        match holds.filter(|_| now < kept.until) {
            Some(turn) => {
                kept.turn.fetch_max(turn, Ordering::Relaxed);
                Some(kept.page.clone())
            }
            None => {
                self.kept.invalidate(&(reader, limit));
                None
            }
        }
    }

    pub fn keep(&self, reader: AccountId, limit: i64, made: Made, now: Time) {
        let most = now + TimeDelta::from_std(LONGEST).unwrap_or_default();
        let kept = Kept {
            page: made.page,
            depends: made.depends,
            turn: AtomicU64::new(made.turn),
            until: made.until.map_or(most, |until| until.min(most)),
        };
        self.kept.insert((reader, limit), Arc::new(kept));
    }
}

impl Kept {
    fn weight(&self) -> u32 {
        let bytes = self.page.body.len() + 8 * self.depends.count() + FRAME;
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
