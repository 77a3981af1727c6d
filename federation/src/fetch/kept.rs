//! Connections that carried an answer a moment ago, one for each server, kept for the next letter.
//! Never keeps one longer than half a minute, nor more than a few hundred.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::time::Instant;

use super::connector::Sending;

const KEPT: Duration = Duration::from_secs(30);
const MOST: usize = 512;

#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    idle: HashMap<String, (Sending, Instant)>,
    /// Whether a task looks after them.
    swept: bool,
}

impl Kept {
    /// Takes the connection to this server out, if there is one.
    pub(super) fn take(&self, server: &str) -> Option<Sending> {
        let (sending, since) = lock(&self.0).idle.remove(server)?;
        (since.elapsed() < KEPT && !sending.is_closed()).then_some(sending)
    }

    /// Keeps a connection; one too many is closed instead.
    pub(super) fn put(&self, server: String, sending: Sending) {
        let mut state = lock(&self.0);
        if sending.is_closed() || state.idle.len() >= MOST {
            return;
        }
        state.idle.insert(server, (sending, Instant::now()));
        if !state.swept {
            state.swept = true;
            tokio::spawn(sweep(Arc::downgrade(&self.0)));
        }
    }
}

/// Closes what lay too long, until nothing is left.
async fn sweep(state: Weak<Mutex<State>>) {
    loop {
        tokio::time::sleep(KEPT / 2).await;
        let Some(state) = state.upgrade() else {
            return;
        };
        let mut state = lock(&state);
        state
            .idle
            .retain(|_, (sending, since)| since.elapsed() < KEPT && !sending.is_closed());
        if state.idle.is_empty() {
            state.swept = false;
            return;
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
