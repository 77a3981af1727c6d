//! A connection's own end of the streams: what waits for it, and to what it listens. Leaves when it is dropped.

use tokio::sync::{mpsc, watch};

use super::{Cut, Frame, Streams, Topic};

pub struct Seat {
    streams: Streams,
    id: u64,
    frames: mpsc::Receiver<Frame>,
    end: End,
}

/// Tells that the connection is to end.
#[derive(Clone)]
pub struct End(watch::Receiver<Option<Cut>>);

/// Most streams of one connection.
const MOST_TOPICS: usize = 100;

impl Seat {
    pub(super) fn new(
        streams: Streams,
        id: u64,
        frames: mpsc::Receiver<Frame>,
        cut: watch::Receiver<Option<Cut>>,
    ) -> Self {
        Self {
            streams,
            id,
            frames,
            end: End(cut),
        }
    }

    /// Whether there was room for it.
    pub fn subscribe(&self, topic: Topic) -> bool {
        self.streams.registry().subscribe(self.id, topic, MOST_TOPICS)
    }

    pub fn unsubscribe(&self, topic: &Topic) {
        self.streams.registry().unsubscribe(self.id, topic);
    }

    /// The next event. None: there will be no more, `end` says why.
    pub async fn next(&mut self) -> Option<Frame> {
        self.frames.recv().await
    }

    pub fn end(&self) -> End {
        self.end.clone()
    }
}

impl End {
    /// Waits until the connection is cut off.
    pub async fn comes(&mut self) -> Cut {
        let cut = self.0.wait_for(Option::is_some).await;
        cut.ok().and_then(|cut| *cut).unwrap_or(Cut::Stopping)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.streams.registry().leave(self.id);
        metrics::gauge!("tintype_streams").decrement(1.0);
    }
}
