//! Wake-ups between the parts of a process, and what its clients are told. Keeps nothing: what there is to do is in the
//! database, and nobody who listens slowly holds up whoever speaks.

use std::sync::Arc;

use tokio::sync::{Notify, broadcast};

use crate::domain::ids::MediaId;
use crate::domain::live::Told;
use crate::domain::random;

/// Who is woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Rows in `outbox`.
    Outbox,
    /// Rows in `received`.
    Received,
    /// Letters.
    Letters,
    /// Pictures to be made ready.
    Media,
    /// Profiles elsewhere whose top is to be read.
    Featured,
    /// Messages to push services.
    Pushes,
    /// Mails.
    Mails,
    /// Lists that people brought.
    Imports,
    /// What has its time.
    Due,
    /// Quotes to be looked into.
    Quotes,
    /// Statements about who here follows whom elsewhere.
    Followers,
}

/// A listener that falls behind by more than this looks for itself.
const SETTLED_PICTURES: usize = 256;
/// The same, in batches of events.
const TOLD_BATCHES: usize = 256;

/// Wakes workers after a commit. A wake-up that is lost costs only time: workers look by themselves too.
#[derive(Clone, Debug)]
pub struct Bus {
    queues: Arc<[Notify; 11]>,
    settled: broadcast::Sender<MediaId>,
    told: broadcast::Sender<Arc<[Told]>>,
    process: i64,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            queues: Arc::default(),
            settled: broadcast::Sender::new(SETTLED_PICTURES),
            told: broadcast::Sender::new(TOLD_BATCHES),
            process: i64::from_le_bytes(random::bytes()),
        }
    }
}

impl Bus {
    /// Says that there is work; many calls before the worker looks are one.
    pub fn wake(&self, queue: Queue) {
        self.queues[queue as usize].notify_one();
    }

    /// Waits for the next wake-up.
    pub async fn woken(&self, queue: Queue) {
        self.queues[queue as usize].notified().await;
    }

    /// Says that a picture is ready, or refused.
    pub fn settled(&self, picture: MediaId) {
        // Nobody listens, most of the time.
        drop(self.settled.send(picture));
    }

    /// The pictures that are settled from now on.
    pub fn settling(&self) -> broadcast::Receiver<MediaId> {
        self.settled.subscribe()
    }

    /// By what other processes on the same database know which events are this one's.
    pub fn process(&self) -> i64 {
        self.process
    }

    /// Tells this process' clients what has been committed.
    pub fn tell(&self, events: Vec<Told>) {
        if !events.is_empty() {
            // Nobody listens, most of the time.
            drop(self.told.send(events.into()));
        }
    }

    /// What is told from now on.
    pub fn telling(&self) -> broadcast::Receiver<Arc<[Told]>> {
        self.told.subscribe()
    }
}
