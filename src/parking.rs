//! Keeps verified activities, many with one commit: what is queued while the last commit runs goes with the next one.
//! No timer: an activity that comes alone is written at once. Never looks inside.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use sqlx::PgPool;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::bus::{Bus, Queue};
use crate::db;
use crate::db::parked::Parcel;
use crate::domain::clock::Clock;

/// Most activities of one commit.
const BATCH: usize = 128;
/// Commits under way at once. With two, who comes just after one began need not wait for the next, but each is half as
/// full, and the second costs more than the waiting.
const WRITERS: usize = 1;
/// How many may wait for a commit before senders are asked to come again.
const QUEUE: usize = 1024;

/// An activity whose sender waits to hear that it is kept.
struct Slip {
    parcel: Parcel,
    kept: oneshot::Sender<Result<(), ParkError>>,
}

/// Why an activity is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParkError {
    /// The queue is full: its sender may come again in a moment.
    #[error("busy")]
    Busy,
    /// Logged here.
    #[error("the database failed")]
    Database,
}

impl From<sqlx::Error> for ParkError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            error => {
                tracing::error!(%error, "activities could not be written down");
                Self::Database
            }
        }
    }
}

/// The queue in front of the writers, which start with the first activity.
#[derive(Default)]
pub struct Parking {
    queue: OnceLock<mpsc::Sender<Slip>>,
    arrived: AtomicU64,
}

impl Parking {
    /// Returns once the activity is committed, or was before.
    pub async fn park(&self, db: &PgPool, clock: &Clock, bus: &Bus, parcel: Parcel) -> Result<(), ParkError> {
        self.arrived.fetch_add(1, Ordering::Relaxed);
        let queue = self.queue.get_or_init(|| {
            let (sender, slips) = mpsc::channel(QUEUE);
            let slips = Arc::new(Mutex::new(slips));
            for _ in 0..WRITERS {
                let writer = Writer {
                    db: db.clone(),
                    clock: clock.clone(),
                    bus: bus.clone(),
                };
                tokio::spawn(writer.run(slips.clone()));
            }
            sender
        });
        let (kept, result) = oneshot::channel();
        queue
            .try_send(Slip { parcel, kept })
            .map_err(|_| ParkError::Busy)?;
        result.await.unwrap_or(Err(ParkError::Busy))
    }

    /// How many came to be kept since the process began.
    pub fn arrived(&self) -> u64 {
        self.arrived.load(Ordering::Relaxed)
    }
}

struct Writer {
    db: PgPool,
    clock: Clock,
    bus: Bus,
}

impl Writer {
    async fn run(self, slips: Arc<Mutex<mpsc::Receiver<Slip>>>) {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let taken = slips.lock().await.recv_many(&mut batch, BATCH).await;
            if taken == 0 {
                return;
            }
            let (parcels, waiting): (Vec<_>, Vec<_>) =
                batch.drain(..).map(|slip| (slip.parcel, slip.kept)).unzip();
            let results = self.write(&parcels).await;
            self.bus.wake(Queue::Received);
            for (kept, result) in waiting.into_iter().zip(results) {
                // Who has hung up will send it again, and it will be there already.
                let _ = kept.send(result);
            }
        }
    }

    async fn write(&self, parcels: &[Parcel]) -> Vec<Result<(), ParkError>> {
        match self.insert(parcels).await {
            Ok(()) => vec![Ok(()); parcels.len()],
            // One that the database refuses, or that another writer has too, must not take the others with it.
            Err(sqlx::Error::Database(_)) if parcels.len() > 1 => {
                let mut results = Vec::with_capacity(parcels.len());
                for parcel in parcels {
                    results.push(
                        self.insert(std::slice::from_ref(parcel))
                            .await
                            .map_err(ParkError::from),
                    );
                }
                results
            }
            Err(error) => vec![Err(ParkError::from(error)); parcels.len()],
        }
    }

    async fn insert(&self, parcels: &[Parcel]) -> sqlx::Result<()> {
        let mut db = self.db.acquire().await?;
        db::parked::insert(&mut db, parcels, self.clock.now()).await
    }
}
