//! Wake-ups between the parts of a process. Carries no data: what there is to do is in the database.

use std::sync::Arc;

use tokio::sync::Notify;

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
}

/// Wakes workers after a commit. A wake-up that is lost costs only time: workers look by themselves too.
#[derive(Clone, Debug, Default)]
pub struct Bus {
    queues: Arc<[Notify; 4]>,
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
}
