//! What is the same for every reader about posts that were read lately: version, author, audience, numbers. A page whose
//! posts are all known needs one light question (`db::glances`) instead of eight look-ups for each of them. Decides
//! nothing about who may see a post: it repeats what SQL said of it, and only while nothing that it was said from changed.
//!
//! Why nothing stale is ever shown, by whichever process or by hand the change was made:
//!
//! 1. Every change of these facts notes its subject in `card_changes`, by trigger, in its own transaction, under that
//!    transaction's number. It shows at the same moment as the change itself.
//! 2. A page asks, in the snapshot from which it is made, for all that was noted at or above the memory's horizon, and
//!    what is listed is forgotten before the memory is looked at. The horizon rises only to what was the lowest running
//!    transaction in a snapshot whose list has been applied. So a change below it has been applied already, and one that
//!    is not below it is in the page's own list if it is in the page's snapshot at all.
//! 3. What is learned comes from a query that began after a number was drawn here (`ask`). A change that the query did
//!    not see was not in any snapshot taken before it, so it is applied after that draw: either before the facts arrive,
//!    and then they are refused, or afterwards, and then they are forgotten. What a transaction that has written sees is
//!    never learned, since it may be rolled back.
//!
//! Hence a page shows its own snapshot or something newer, as it would without a memory. What depends on the viewer is
//! asked each time: marks, whom a narrow post is for, and whether there is anything at all between the viewer and an
//! author; where there is, SQL is asked about that post. Reposts are not kept. With too many changes the
//! memory starts anew, and when some that it has not seen were swept: the sweep says how far it went, so that no clock,
//! of this process or of the database, has to be believed.
//!
//! All of it holds for questions of a snapshot of their own (read committed), on the server that is written to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::changes::{Changes, Depends, Heard, Question};
use crate::db::changes::{Kind, Told};
use crate::db::glances::{Glance, MOST};
use crate::db::posts::Card;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};

/// Most posts that are remembered; then it starts anew. Some 10 MB.
const MOST_POSTS: usize = 100_000;

#[derive(Clone, Debug, Default)]
pub struct Cards(Arc<Mutex<Memory>>);

/// What became of the ids of a page.
#[derive(Debug, Default)]
pub struct Read {
    /// May be seen, and how they stand.
    pub cards: Vec<Card>,
    /// To be asked of SQL.
    pub unknown: Vec<PostId>,
}

#[derive(Debug, Default)]
struct Memory {
    changes: Changes,
    posts: HashMap<PostId, Known>,
    /// Versions of accounts in good standing.
    authors: HashMap<AccountId, i32>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    version: i32,
    author: AccountId,
    audience: Audience,
    likes: i32,
    reposts: i32,
    replies: i32,
    quotes: i32,
}

impl Cards {
    /// To be called before each question whose answer is given to `read` or `learn`.
    pub fn ask(&self) -> Question {
        self.memory().changes.ask()
    }

    /// Applies what has changed. Whether what is still remembered is no older than the snapshot that told of it.
    pub fn hear(&self, asked: Question, told: &Told) -> bool {
        self.memory().hear(asked, told)
    }

    /// Whether something that was asked for at this turn is to be had no other way now; then the turn up to which that
    /// is so. To be called after `hear`.
    pub fn still_holds(&self, depends: &Depends, turn: u64) -> Option<u64> {
        let memory = self.memory();
        (!memory.changes.is_any_changed(depends, turn)).then(|| memory.changes.ask().turn)
    }

    /// Applies what has changed, then sorts `ids` by what is known of them. Those that are known not to be for the
    /// viewer are in neither list.
    pub fn read(&self, asked: Question, glance: &Glance, ids: &[PostId]) -> Read {
        let mut memory = self.memory();
        if !memory.catch_up(asked, glance) {
            return Read {
                cards: Vec::new(),
                unknown: ids.to_vec(),
            };
        }
        let mut read = Read::default();
        for &id in ids {
            match memory.card(id) {
                Some(card) if glance.hidden.contains(&card.author_id) => read.unknown.push(id),
                Some(card) if !card.audience.is_open() && !glance.addressed.contains(&id) => {}
                Some(mut card) => {
                    let marked = glance.flagged.iter().position(|flagged| *flagged == id);
                    card.flags = marked
                        .and_then(|place| glance.flags.get(place))
                        .copied()
                        .unwrap_or(0);
                    read.cards.push(card);
                }
                None => read.unknown.push(id),
            }
        }
        read
    }

    /// Remembers what SQL said after `asked`, as far as nothing of it has changed since.
    pub fn learn(&self, asked: Question, cards: &[Card]) {
        let mut memory = self.memory();
        if !memory.changes.reach_back(asked.turn) {
            return;
        }
        for card in cards.iter().filter(|card| card.shown_id == card.id) {
            memory.learn(asked, card);
        }
    }

    /// Forgets everything, and all that is being asked now.
    pub fn clear(&self) {
        let mut memory = self.memory();
        memory.changes.start_over();
        memory.posts.clear();
        memory.authors.clear();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Whether the memory may be looked at for the snapshot of this glance.
    fn catch_up(&mut self, asked: Question, glance: &Glance) -> bool {
        self.hear(asked, &glance.told) && !glance.blocks_domains && glance.hidden.len() <= MOST
    }

    fn hear(&mut self, asked: Question, told: &Told) -> bool {
        match self.changes.hear(asked, told) {
            Heard::Changes(new) => {
                for (_, subject) in new.iter().filter(|(kind, _)| *kind == Kind::Facts) {
                    self.posts.remove(&PostId(*subject));
                    self.authors.remove(&AccountId(*subject));
                }
                true
            }
            Heard::Anew => {
                self.posts.clear();
                self.authors.clear();
                false
            }
            Heard::Early => false,
        }
    }

    fn learn(&mut self, asked: Question, card: &Card) {
        let changed = |subject| self.changes.is_changed(Kind::Facts, subject, asked.turn);
        if changed(card.id.0) || changed(card.author_id.0) {
            return;
        }
        if self.posts.len() >= MOST_POSTS || self.authors.len() >= MOST_POSTS {
            self.posts.clear();
            self.authors.clear();
        }
        self.authors.insert(card.author_id, card.author_version);
        let known = Known {
            version: card.version,
            author: card.author_id,
            audience: card.audience,
            likes: card.likes,
            reposts: card.reposts,
            replies: card.replies,
            quotes: card.quotes,
        };
        self.posts.insert(card.id, known);
    }

    /// A post and its author, both known, as somebody meets them who has nothing to do with either.
    fn card(&self, id: PostId) -> Option<Card> {
        let known = self.posts.get(&id)?;
        let author_version = *self.authors.get(&known.author)?;
        Some(Card {
            id,
            version: known.version,
            author_id: known.author,
            author_version,
            audience: known.audience,
            shown_id: id,
            shown_version: known.version,
            shown_author_id: known.author,
            shown_author_version: author_version,
            likes: known.likes,
            reposts: known.reposts,
            replies: known.replies,
            quotes: known.quotes,
            flags: 0,
            reasons: 0,
        })
    }
}

#[cfg(test)]
mod tests;
