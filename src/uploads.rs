//! Room for the files of uploads, which are in memory while they come in: so many bytes of all, and few files of one person,
//! so that whoever sends slowly keeps nobody else waiting. Never looks inside.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::ids::AccountId;

/// Memory is handed out in pieces of this many bytes.
const PIECE: u64 = 64 << 10;
/// Pieces for all uploads at once: 128 MiB.
const PIECES: u32 = 2_048;
/// Files of one person at once; an app that sends more has them wait.
const EACH: usize = 2;

/// The room of this process.
#[derive(Clone, Debug)]
pub struct Uploads {
    memory: Arc<Semaphore>,
    people: Arc<Mutex<HashMap<AccountId, Person>>>,
}

/// Somebody who sends, or waits to.
#[derive(Debug)]
struct Person {
    turns: Arc<Semaphore>,
    uploads: usize,
}

/// Room for one upload, until it is dropped. In this order: whose turn comes next may need the memory.
#[derive(Debug)]
pub struct Room {
    _memory: Option<OwnedSemaphorePermit>,
    _turn: Option<OwnedSemaphorePermit>,
    _interest: Interest,
}

/// Remembers a person as long as they send or wait.
#[derive(Debug)]
struct Interest {
    uploads: Uploads,
    person: AccountId,
}

impl Default for Uploads {
    fn default() -> Self {
        Self {
            memory: Arc::new(Semaphore::new(PIECES as usize)),
            people: Arc::default(),
        }
    }
}

impl Uploads {
    /// Waits for room for so many bytes of this person's. One that is larger than all the room waits until it is alone.
    pub async fn room(&self, person: AccountId, bytes: u64) -> Room {
        let (interest, turns) = self.interest(person);
        // Neither is ever closed; without a permit the upload would only be unbounded, not wrong.
        let turn = turns.acquire_owned().await.ok();
        let memory = self.memory.clone().acquire_many_owned(pieces(bytes)).await.ok();
        Room {
            _memory: memory,
            _turn: turn,
            _interest: interest,
        }
    }

    fn interest(&self, person: AccountId) -> (Interest, Arc<Semaphore>) {
        let mut people = self.people();
        let known = people.entry(person).or_insert_with(|| Person {
            turns: Arc::new(Semaphore::new(EACH)),
            uploads: 0,
        });
        known.uploads += 1;
        let interest = Interest {
            uploads: self.clone(),
            person,
        };
        (interest, known.turns.clone())
    }

    fn people(&self) -> MutexGuard<'_, HashMap<AccountId, Person>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Interest {
    fn drop(&mut self) {
        let mut people = self.uploads.people();
        if let Some(known) = people.get_mut(&self.person) {
            known.uploads -= 1;
            if known.uploads == 0 {
                people.remove(&self.person);
            }
        }
    }
}

fn pieces(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(PIECE))
        .unwrap_or(PIECES)
        .clamp(1, PIECES)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    const MEBIBYTE: u64 = 1 << 20;

    #[tokio::test]
    async fn uploads_of_many_people_share_the_memory_by_their_bytes() {
        let uploads = Uploads::default();
        let room = |person: i64, bytes| uploads.room(AccountId(person), bytes);
        let mut held = Vec::new();
        for person in 0..3 {
            held.push(room(person, 40 * MEBIBYTE).await);
        }
        assert_eq!(uploads.memory.available_permits() as u64 * PIECE, 8 * MEBIBYTE);
        assert!(room(3, 40 * MEBIBYTE).now_or_never().is_none());
        // Whoever gave up waiting left nothing behind.
        assert!(room(4, 8 * MEBIBYTE).now_or_never().is_some());
        held.pop();
        assert!(room(3, 40 * MEBIBYTE).now_or_never().is_some());
        assert!(room(3, u64::MAX).now_or_never().is_none());
        drop(held);
        assert!(room(3, u64::MAX).now_or_never().is_some());
        assert!(uploads.people().is_empty());
    }

    #[tokio::test]
    async fn whoever_sends_many_at_once_waits_for_themselves_alone() {
        let uploads = Uploads::default();
        let room = |person: i64| uploads.room(AccountId(person), MEBIBYTE);
        let mut held = Vec::new();
        for _ in 0..EACH {
            held.push(room(1).await);
        }
        assert!(room(1).now_or_never().is_none());
        assert!(room(2).now_or_never().is_some());
        held.pop();
        assert!(room(1).now_or_never().is_some());
    }
}
