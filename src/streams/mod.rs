//! Who is connected to this process, and to what they listen. Knows nothing of HTTP and asks no database; whoever speaks
//! here never waits for a client: one who reads too slowly is cut off.

mod registry;
mod seat;
mod topic;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Notify, mpsc, watch};

use crate::domain::ids::{AccountId, ListId, NotificationId, TokenId};
use registry::{Listener, Registry};

pub use seat::{End, Seat};
pub use topic::{Origin, Topic};

/// What one process takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one person.
    pub per_person: usize,
    /// Events that wait for one connection.
    pub waiting: usize,
    /// How often a silent connection gets a sign of life.
    pub heartbeat: Duration,
}

/// By what a connection may be there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    Token(TokenId),
    /// A session of our own pages, by its hash.
    Session(Vec<u8>),
}

/// Somebody who connects.
#[derive(Clone, Debug)]
pub struct Guest {
    pub viewer: AccountId,
    pub proof: Proof,
    pub wire: Wire,
    /// Whether their token lets them read notifications.
    pub hears_notifications: bool,
}

/// How events are written to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    Socket,
    EventSource,
}

/// An event as it is written to a connection.
#[derive(Clone, Debug)]
pub struct Frame {
    pub bytes: Bytes,
    /// Of which notification it tells.
    pub notification: Option<NotificationId>,
}

/// Why a connection ends from our side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It does not read what it is sent.
    Slow,
    /// What let it in does not any more.
    Revoked,
    /// The server stops.
    Stopping,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// This person has as many connections as one may have.
    Person,
    /// The server has, or is about to stop.
    Server,
}

#[derive(Clone)]
pub struct Streams(Arc<Shared>);

struct Shared {
    limits: Limits,
    registry: Mutex<Registry>,
    /// Whether somebody sees to it that events arrive here.
    fed: watch::Sender<bool>,
    came: Notify,
    doubted: Notify,
}

impl Streams {
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Shared {
            limits,
            registry: Mutex::default(),
            fed: watch::Sender::new(false),
            came: Notify::new(),
            doubted: Notify::new(),
        }))
    }

    pub fn heartbeat(&self) -> Duration {
        self.0.limits.heartbeat
    }

    /// Takes somebody in; they are there until the seat is dropped.
    pub fn join(&self, guest: Guest) -> Result<Seat, NoPlace> {
        let (sender, frames) = mpsc::channel(self.0.limits.waiting);
        let (cut, is_cut) = watch::channel(None);
        let id = self
            .registry()
            .join(&self.0.limits, Listener::new(guest, sender, cut))?;
        self.0.came.notify_one();
        metrics::gauge!("tintype_streams").increment(1.0);
        Ok(Seat::new(self.clone(), id, frames, is_cut))
    }

    /// Waits until events arrive, so that nothing is missed from then on.
    pub async fn are_fed(&self) {
        let mut fed = self.0.fed.subscribe();
        // An error would mean that these streams are gone, and with them whoever waits.
        drop(fed.wait_for(|fed| *fed).await);
    }

    pub fn feed(&self) {
        self.0.fed.send_replace(true);
    }

    /// Waits until somebody has come.
    pub async fn somebody_comes(&self) {
        self.0.came.notified().await;
    }

    /// Says that a token or session may have ended: those who are connected are looked at now and not in a while.
    pub fn doubt(&self) {
        self.0.doubted.notify_one();
    }

    pub async fn doubted(&self) {
        self.0.doubted.notified().await;
    }

    pub fn is_empty(&self) -> bool {
        self.registry().is_empty()
    }

    /// Who listens to one of these.
    pub fn viewers<'a>(&self, topics: impl IntoIterator<Item = &'a Topic>) -> HashSet<AccountId> {
        self.registry().viewers(topics)
    }

    /// Who listens to their own home feed.
    pub fn home_viewers(&self) -> Vec<AccountId> {
        self.registry().home_viewers()
    }

    /// The lists that somebody listens to.
    pub fn lists(&self) -> Vec<ListId> {
        self.registry().lists()
    }

    /// Puts what `write` makes of it into the queue of each who listens to `topic`; who has no room is cut off.
    pub fn send(&self, topic: &Topic, write: impl FnMut(&Guest) -> Option<Frame>) {
        let slow = self.registry().send(topic, write);
        if slow > 0 {
            metrics::counter!("tintype_streams_cut_total", "reason" => "slow").increment(slow);
        }
    }

    /// Everything by which somebody is here.
    pub fn proofs(&self) -> HashSet<Proof> {
        self.registry().proofs()
    }

    /// Cuts off whoever is here by one of these.
    pub fn revoke(&self, proofs: &HashSet<Proof>) {
        let cut = self
            .registry()
            .cut(Cut::Revoked, |guest| proofs.contains(&guest.proof));
        metrics::counter!("tintype_streams_cut_total", "reason" => "revoked").increment(cut);
    }

    /// Cuts everybody off, and lets nobody in any more.
    pub fn stop(&self) {
        self.registry().stop();
        self.feed();
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.0.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
