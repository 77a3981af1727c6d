//! What this process has heard of changes, in one order for all that it remembers. Asks nobody: it is told.
//!
//! Every memory says at which turn it asked for what it learned. A change that is applied at a later turn may be missing
//! from it; one that was applied before is in it, since some earlier snapshot showed it already. So each needs to be
//! applied only once, however often it is listed until the horizon has passed it.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::db::changes::{Change, Kind, Told};

/// Most subjects whose last change is remembered.
const MOST_NOTED: usize = 50_000;
/// Most changes that are remembered in their order.
const MOST_IN_ORDER: usize = 4_096;

/// Where a memory stood when a question was put.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub turn: u64,
    /// Changes are wanted from here on; none: nothing is remembered.
    pub horizon: Option<i64>,
}

/// What the answer to a question means for what is remembered.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// These are new; with them forgotten, all that is left is in the answer's snapshot, or newer.
    Changes(Vec<(Kind, i64)>),
    /// Everything is to be forgotten.
    Anew,
    /// The question was put before there was anything to remember: its answer says nothing.
    Early,
}

/// What something remembered was made from. Each list in ascending order.
#[derive(Clone, Debug, Default)]
pub struct Depends {
    pub reader: i64,
    /// Posts and accounts whose facts are in it.
    pub facts: Box<[i64]>,
    /// Accounts whose posts belong into it; below zero, tags whose posts do.
    pub authors: Box<[i64]>,
}

impl Depends {
    fn on(&self, kind: Kind, subject: i64) -> bool {
        match kind {
            Kind::Facts => self.facts.binary_search(&subject).is_ok(),
            Kind::Reader => self.reader == subject,
            Kind::Author => self.authors.binary_search(&subject).is_ok(),
        }
    }

    fn all(&self) -> impl Iterator<Item = (Kind, i64)> {
        let of = |kind| move |subject: &i64| (kind, *subject);
        let authors = self.authors.iter().map(of(Kind::Author));
        std::iter::once((Kind::Reader, self.reader))
            .chain(self.facts.iter().map(of(Kind::Facts)))
            .chain(authors)
    }

    pub fn count(&self) -> usize {
        1 + self.facts.len() + self.authors.len()
    }
}

#[derive(Debug, Default)]
pub struct Changes {
    horizon: Option<i64>,
    /// Goes up with every change that is applied.
    turn: u64,
    /// What was asked before this turn comes too late to be learned.
    floor: u64,
    /// When each subject changed last.
    noted: HashMap<(Kind, i64), u64>,
    /// The last ones; the newest has the number of this turn.
    in_order: VecDeque<(Kind, i64)>,
    /// Those at or above the horizon: they are listed again.
    applied: HashSet<Change>,
}

impl Changes {
    pub fn ask(&self) -> Question {
        Question {
            turn: self.turn,
            horizon: self.horizon,
        }
    }

    pub fn hear(&mut self, asked: Question, told: &Told) -> Heard {
        let Some(horizon) = self.horizon else {
            self.begin(told.horizon);
            return Heard::Anew;
        };
        let Some(since) = asked.horizon else {
            return Heard::Early;
        };
        // The lowest running transaction never falls, but in a database that was put in the place of the one we knew.
        if told.horizon < since {
            self.begin(told.horizon);
            return Heard::Anew;
        }
        // Nobody asked for so long that changes have been swept meanwhile, whatever either clock says.
        if told.too_many || since < told.swept {
            self.begin(told.horizon.max(horizon));
            return Heard::Anew;
        }
        let mut new = Vec::new();
        for change in &told.changes {
            if change.xid >= horizon && self.applied.insert(*change) {
                self.note(change.kind, change.subject);
                new.push((change.kind, change.subject));
            }
        }
        if told.horizon > horizon {
            self.horizon = Some(told.horizon);
            self.applied.retain(|change| change.xid >= told.horizon);
        }
        Heard::Changes(new)
    }

    /// Forgets everything, all that is being asked now, and from where on changes are known.
    pub fn start_over(&mut self) {
        let turn = self.turn + 1;
        *self = Self {
            turn,
            floor: turn,
            ..Self::default()
        };
    }

    /// Forgets everything, and all that is being asked now.
    fn begin(&mut self, horizon: i64) {
        let turn = self.turn + 1;
        *self = Self {
            horizon: Some(horizon),
            turn,
            floor: turn,
            ..Self::default()
        };
    }

    fn note(&mut self, kind: Kind, subject: i64) {
        self.turn += 1;
        if self.noted.len() >= MOST_NOTED {
            self.noted.clear();
            self.in_order.clear();
            self.floor = self.turn;
        }
        if self.in_order.len() >= MOST_IN_ORDER {
            self.in_order.pop_front();
        }
        self.noted.insert((kind, subject), self.turn);
        self.in_order.push_back((kind, subject));
    }

    /// Whether what was asked at this turn may be remembered, as far as it does not depend on what changed since.
    pub fn reach_back(&self, turn: u64) -> bool {
        self.horizon.is_some() && self.floor <= turn
    }

    pub fn is_changed(&self, kind: Kind, subject: i64, turn: u64) -> bool {
        self.noted.get(&(kind, subject)).is_some_and(|last| *last > turn)
    }

    /// Whether anything was applied after this turn that it depends on: by the changes or by what it depends on,
    /// whichever are fewer.
    pub fn is_any_changed(&self, depends: &Depends, turn: u64) -> bool {
        if !self.reach_back(turn) {
            return true;
        }
        let since = usize::try_from(self.turn - turn).unwrap_or(usize::MAX);
        if since <= depends.count().min(self.in_order.len()) {
            let mut newest_first = self.in_order.iter().rev().take(since);
            newest_first.any(|(kind, subject)| depends.on(*kind, *subject))
        } else {
            depends
                .all()
                .any(|(kind, subject)| self.is_changed(kind, subject, turn))
        }
    }
}

#[cfg(test)]
mod tests;
