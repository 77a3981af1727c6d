//! The place of pictures, or the two while they move from one to the other: which is asked first, and which else. Decides nothing
//! about when they move.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::{Instant, timeout};

use super::depot::Depot;
use super::{FileSize, ProbeError, StoreError};
use crate::media::key::MediaKey;

/// How long the second place is waited for, and how long it is left alone when it failed. What it misses is brought there before
/// anything hangs on it.
const SECOND: Duration = Duration::from_secs(20);
const REST: Duration = Duration::from_secs(60);

/// Where pictures are at the moment.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The place, or that which pictures move from.
    pub source: Depot,
    /// That which they move to.
    pub destination: Option<Depot>,
    /// Whether everything is at the destination.
    pub switched: bool,
    /// By when they are so; whoever arranges them knows it again by that.
    pub since: Option<DateTime<Utc>>,
}

#[derive(Debug)]
pub(super) struct Places {
    layout: RwLock<Layout>,
    /// Until when the second place is not written to.
    rests: Mutex<Option<Instant>>,
}

impl Layout {
    /// The place that has everything, and the other.
    pub(super) fn both(&self) -> (&Depot, Option<&Depot>) {
        match &self.destination {
            Some(destination) if self.switched => (destination, Some(&self.source)),
            other => (&self.source, other.as_ref()),
        }
    }
}

impl Places {
    pub fn of(only: Depot) -> Self {
        Self {
            layout: RwLock::new(Layout {
                source: only,
                destination: None,
                switched: false,
                since: None,
            }),
            rests: Mutex::default(),
        }
    }

    pub fn layout(&self) -> Layout {
        self.layout.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn arrange(&self, layout: Layout) {
        *self.layout.write().unwrap_or_else(PoisonError::into_inner) = layout;
        *self.rests() = None;
    }

    fn rests(&self) -> MutexGuard<'_, Option<Instant>> {
        self.rests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Into the place that has everything, and as well as can be into the other.
    pub async fn write<T, W: Future<Output = Result<T, StoreError>>>(
        &self,
        write: impl Fn(Depot) -> W,
    ) -> Result<T, StoreError> {
        let layout = self.layout();
        let (first, second) = layout.both();
        let written = write(first.clone()).await?;
        let is_resting = self.rests().is_some_and(|until| until > Instant::now());
        let Some(second) = second.filter(|_| !is_resting) else {
            return Ok(written);
        };
        match timeout(SECOND, write(second.clone())).await {
            Ok(Ok(_)) => return Ok(written),
            Ok(Err(error)) => {
                tracing::warn!(%error, "a file is missing in one of the places that media move between")
            }
            Err(_) => tracing::warn!("one of the places that media move between does not answer in time"),
        }
        *self.rests() = Some(Instant::now() + REST);
        Ok(written)
    }

    /// Out of the place that has everything; of the other what that does not have yet, or cannot give.
    pub async fn read<T, R: Future<Output = Result<Option<T>, StoreError>>>(
        &self,
        read: impl Fn(Depot) -> R,
    ) -> Result<Option<T>, StoreError> {
        let layout = self.layout();
        let (first, second) = layout.both();
        let found = read(first.clone()).await;
        let is_final = match &found {
            Ok(None) => !layout.switched,
            Ok(Some(_)) | Err(StoreError::OutOfRange { .. }) => true,
            Err(_) => false,
        };
        let Some(second) = second.filter(|_| !is_final) else {
            return found;
        };
        match (found, read(second.clone()).await) {
            (_, Ok(Some(found))) => Ok(Some(found)),
            // The second may be gone already: what the first does not have is not there.
            (first, _) => first,
        }
    }

    /// Removes all renditions of a key everywhere.
    pub async fn delete_prefix(&self, key: &MediaKey) -> Result<(), StoreError> {
        let Layout {
            source, destination, ..
        } = self.layout();
        // The source first: who copies looks there afterwards whether it still has what was copied.
        source.delete_prefix(key).await?;
        match destination {
            Some(destination) => destination.delete_prefix(key).await,
            None => Ok(()),
        }
    }

    /// The files of a key.
    pub async fn files(&self, key: &MediaKey) -> Result<Vec<FileSize>, StoreError> {
        let layout = self.layout();
        let (first, second) = layout.both();
        let mut files = first.files(key).await?;
        if let (true, Some(second)) = (layout.switched, second) {
            let others = second.files(key).await?;
            let missing = others.into_iter().filter(|other| {
                let is_same = |known: &FileSize| known.file == other.file;
                !files.iter().any(is_same)
            });
            let missing: Vec<FileSize> = missing.collect();
            files.extend(missing);
        }
        Ok(files)
    }

    /// Writes, reads and deletes a small file of its own in each place.
    pub async fn probe(&self) -> Result<(), ProbeError> {
        let layout = self.layout();
        let (first, second) = layout.both();
        first.probe().await?;
        match second {
            Some(second) => second.probe().await,
            None => Ok(()),
        }
    }
}
