//! How many requests go to one host at once. Never remembers a host that nobody is speaking to:
//! the names come from strangers, and there is no end of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A slow host holds up only what is for it.
const MOST_PER_HOST: usize = 16;

#[derive(Debug, Clone, Default)]
pub(super) struct Hosts {
    entries: Arc<Mutex<HashMap<String, Entry>>>,
}

#[derive(Debug)]
struct Entry {
    slots: Arc<Semaphore>,
    users: usize,
}

/// A turn at one host; the host is forgotten with its last turn.
#[derive(Debug)]
pub(super) struct Turn {
    _slot: Option<OwnedSemaphorePermit>,
    _interest: Interest,
}

#[derive(Debug)]
struct Interest {
    hosts: Hosts,
    host: String,
}

impl Hosts {
    /// Waits for a turn. Giving up (a deadline) while waiting leaves nothing behind.
    pub(super) async fn turn(&self, host: &str) -> Turn {
        let slots = {
            let mut entries = self.lock();
            let entry = entries.entry(host.to_owned()).or_insert_with(|| Entry {
                slots: Arc::new(Semaphore::new(MOST_PER_HOST)),
                users: 0,
            });
            entry.users += 1;
            Arc::clone(&entry.slots)
        };
        let interest = Interest {
            hosts: self.clone(),
            host: host.to_owned(),
        };
        // The semaphore is never closed; without a slot the turn would only be unbounded, not wrong.
        let slot = slots.acquire_owned().await.ok();
        Turn {
            _slot: slot,
            _interest: interest,
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Interest {
    fn drop(&mut self) {
        let mut entries = self.hosts.lock();
        if let Some(entry) = entries.get_mut(&self.host) {
            entry.users -= 1;
            if entry.users == 0 {
                entries.remove(&self.host);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    #[tokio::test]
    async fn a_host_gets_its_share_and_is_then_forgotten() {
        let hosts = Hosts::default();
        let mut turns = Vec::new();
        for _ in 0..MOST_PER_HOST {
            turns.push(hosts.turn("slow.example").await);
        }
        assert!(hosts.turn("slow.example").now_or_never().is_none());
        assert!(hosts.turn("quick.example").now_or_never().is_some());
        turns.pop();
        assert!(hosts.turn("slow.example").now_or_never().is_some());
        drop(turns);
        assert!(hosts.lock().is_empty());
    }
}
