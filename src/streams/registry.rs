//! The lists behind the streams, under one lock that is never held while anybody waits.

use std::collections::{HashMap, HashSet};

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, watch};

use super::{Cut, Frame, Guest, Limits, NoPlace, Proof, Topic};
use crate::domain::ids::{AccountId, ListId};

pub struct Listener {
    guest: Guest,
    /// None once it is cut off.
    queue: Option<mpsc::Sender<Frame>>,
    cut: watch::Sender<Option<Cut>>,
    topics: Vec<Topic>,
}

impl Listener {
    pub fn new(guest: Guest, queue: mpsc::Sender<Frame>, cut: watch::Sender<Option<Cut>>) -> Self {
        Self {
            guest,
            queue: Some(queue),
            cut,
            topics: Vec::new(),
        }
    }
}

#[derive(Default)]
pub struct Registry {
    listeners: HashMap<u64, Listener>,
    by_topic: HashMap<Topic, HashSet<u64>>,
    of_person: HashMap<AccountId, usize>,
    last: u64,
    stopped: bool,
}

impl Registry {
    pub fn is_empty(&self) -> bool {
        self.listeners.is_empty()
    }

    pub fn join(&mut self, limits: &Limits, listener: Listener) -> Result<u64, NoPlace> {
        if self.stopped || self.listeners.len() >= limits.connections {
            return Err(NoPlace::Server);
        }
        let own = self.of_person.entry(listener.guest.viewer).or_default();
        if *own >= limits.per_person {
            return Err(NoPlace::Person);
        }
        *own += 1;
        self.last += 1;
        self.listeners.insert(self.last, listener);
        Ok(self.last)
    }

    pub fn leave(&mut self, id: u64) {
        let Some(listener) = self.listeners.remove(&id) else {
            return;
        };
        for topic in &listener.topics {
            self.forget(id, topic);
        }
        let viewer = listener.guest.viewer;
        if let Some(own) = self.of_person.get_mut(&viewer) {
            *own -= 1;
            if *own == 0 {
                self.of_person.remove(&viewer);
            }
        }
    }

    fn forget(&mut self, id: u64, topic: &Topic) {
        if let Some(ids) = self.by_topic.get_mut(topic) {
            ids.remove(&id);
            if ids.is_empty() {
                self.by_topic.remove(topic);
            }
        }
    }

    pub fn subscribe(&mut self, id: u64, topic: Topic, most: usize) -> bool {
        let Some(listener) = self.listeners.get_mut(&id) else {
            return false;
        };
        if listener.topics.contains(&topic) {
            return true;
        }
        if listener.topics.len() >= most {
            return false;
        }
        listener.topics.push(topic.clone());
        self.by_topic.entry(topic).or_default().insert(id);
        true
    }

    pub fn unsubscribe(&mut self, id: u64, topic: &Topic) {
        if let Some(listener) = self.listeners.get_mut(&id) {
            listener.topics.retain(|known| known != topic);
        }
        self.forget(id, topic);
    }

    pub fn viewers<'a>(&self, topics: impl IntoIterator<Item = &'a Topic>) -> HashSet<AccountId> {
        let ids = topics.into_iter().filter_map(|topic| self.by_topic.get(topic));
        ids.flatten()
            .filter_map(|id| self.listeners.get(id))
            .map(|listener| listener.guest.viewer)
            .collect()
    }

    pub fn home_viewers(&self) -> Vec<AccountId> {
        let own = self.by_topic.keys().filter_map(|topic| match topic {
            Topic::User(viewer) => Some(*viewer),
            _ => None,
        });
        own.collect()
    }

    pub fn lists(&self) -> Vec<ListId> {
        let lists = self.by_topic.keys().filter_map(|topic| match topic {
            Topic::List(list) => Some(*list),
            _ => None,
        });
        lists.collect()
    }

    /// Gives how many were cut off.
    pub fn send(&mut self, topic: &Topic, mut write: impl FnMut(&Guest) -> Option<Frame>) -> u64 {
        let mut slow = Vec::new();
        for id in self.by_topic.get(topic).into_iter().flatten() {
            let Some(listener) = self.listeners.get(id) else {
                continue;
            };
            let (Some(queue), Some(frame)) = (&listener.queue, write(&listener.guest)) else {
                continue;
            };
            if let Err(TrySendError::Full(_)) = queue.try_send(frame) {
                slow.push(*id);
            }
        }
        for id in &slow {
            self.end(*id, Cut::Slow);
        }
        slow.len() as u64
    }

    /// It listens to nothing any more; whether it goes soon is up to its own task, and to whoever reads it.
    fn end(&mut self, id: u64, why: Cut) {
        let Some(listener) = self.listeners.get_mut(&id) else {
            return;
        };
        listener.queue = None;
        // It may have gone a moment ago, which is as well.
        listener.cut.send_replace(Some(why));
        for topic in std::mem::take(&mut listener.topics) {
            self.forget(id, &topic);
        }
    }

    pub fn proofs(&self) -> HashSet<Proof> {
        let listeners = self.listeners.values();
        listeners.map(|listener| listener.guest.proof.clone()).collect()
    }

    /// Gives how many there were.
    pub fn cut(&mut self, why: Cut, whom: impl Fn(&Guest) -> bool) -> u64 {
        let there = self.listeners.iter();
        let met = there.filter(|(_, listener)| listener.queue.is_some() && whom(&listener.guest));
        let met: Vec<u64> = met.map(|(id, _)| *id).collect();
        for id in &met {
            self.end(*id, why);
        }
        met.len() as u64
    }

    pub fn stop(&mut self) {
        self.stopped = true;
        self.cut(Cut::Stopping, |_| true);
    }
}
