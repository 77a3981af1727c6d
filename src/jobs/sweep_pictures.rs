//! Takes away pictures that nobody needs, and their files. Never removes a file that a row still names.

use std::time::Duration;

use chrono::TimeDelta;
use futures::StreamExt;
use tokio::time::{Instant, interval};
use tokio_util::sync::CancellationToken;

use crate::actions::measure_pictures::{self, MeasureError};
use crate::actions::prune_pictures::{self, PruneError};
use crate::actions::resumable::{self, ResumableError};
use crate::actions::withhold;
use crate::app::App;
use crate::db;
use crate::db::media_sweep::Discarded;
use crate::domain::clock::Time;
use crate::domain::picture::UNUSED;
use crate::media::{MediaKey, OriginalKey, StoreError};

const EVERY: Duration = Duration::from_secs(60);
/// Looking through all profile pictures takes longer than the rest, and nothing hangs on it.
const PROFILES_EVERY: Duration = Duration::from_secs(3_600);
/// When files that could not be removed are tried again.
const RETRY: TimeDelta = TimeDelta::minutes(5);
const BATCH: i64 = 200;
/// Changes of what pictures take that are added up at once.
const CHANGES: i64 = 10_000;
/// Batches of one round; what is left is for the next.
const ROUNDS: usize = 50;
const HANDS: usize = 8;

#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Prune(#[from] PruneError),
    #[error(transparent)]
    Measure(#[from] MeasureError),
    #[error(transparent)]
    Resumable(#[from] ResumableError),
}

/// Sweeps every minute until `stop`.
pub async fn run(app: App, stop: CancellationToken) {
    let mut ticks = interval(EVERY);
    let mut profiles_at = Instant::now();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let mut sweep = once(&app).await;
        if sweep.is_ok() && Instant::now() >= profiles_at {
            profiles_at = Instant::now() + PROFILES_EVERY;
            sweep = profiles(&app).await;
            if sweep.is_ok() {
                sweep = buckets(&app).await;
            }
        }
        if let Err(error) = sweep {
            tracing::warn!(%error, "pictures were not swept");
        }
    }
}

/// One round of all but former profile pictures and uploads that nobody confirmed.
pub async fn once(app: &App) -> Result<(), SweepError> {
    let now = app.clock.now();
    note_views(app, now).await?;
    for _ in 0..ROUNDS {
        let mut db = app.db.acquire().await?;
        if db::media_sweep::delete_unneeded(&mut db, now - UNUSED, BATCH).await? == 0 {
            break;
        }
    }
    add_up(app).await?;
    prune_pictures::round(app).await?;
    // Files of the rows that went just now are due already.
    remove_files(app, app.clock.now()).await?;
    withhold::round(app).await?;
    measure_pictures::round(app).await?;
    resumable::sweep(app).await?;
    Ok(())
}

/// Writes down what was looked at.
pub async fn note_views(app: &App, now: Time) -> sqlx::Result<()> {
    let viewed = app.caches.viewed.drain();
    if viewed.is_empty() {
        return Ok(());
    }
    db::media_pruning::seen(&mut *app.db.acquire().await?, &viewed, now).await
}

/// Brings the sums of what pictures take up to date.
pub async fn add_up(app: &App) -> sqlx::Result<()> {
    for _ in 0..ROUNDS {
        let mut db = app.db.acquire().await?;
        if db::media_usage::merge(&mut db, CHANGES).await? < CHANGES {
            break;
        }
    }
    Ok(())
}

/// Removes what was put into the bucket and never confirmed.
pub async fn buckets(app: &App) -> Result<(), SweepError> {
    Ok(resumable::direct::sweep(app).await?)
}

/// Removes avatars and headers that were replaced.
pub async fn profiles(app: &App) -> Result<(), SweepError> {
    let used_by = app.clock.now() - UNUSED;
    for _ in 0..ROUNDS {
        let mut db = app.db.acquire().await?;
        if db::media_sweep::delete_former_profile_pictures(&mut db, used_by, BATCH).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// Removes the files that are due.
pub async fn remove_files(app: &App, now: Time) -> sqlx::Result<()> {
    for _ in 0..ROUNDS {
        let mut db = app.db.acquire().await?;
        let due = db::media_sweep::take_discarded(&mut db, now, now + RETRY, BATCH).await?;
        drop(db);
        if due.is_empty() {
            break;
        }
        let removed: Vec<Option<String>> = futures::stream::iter(due)
            .map(|discarded| remove(app, discarded))
            .buffer_unordered(HANDS)
            .collect()
            .await;
        let removed: Vec<String> = removed.into_iter().flatten().collect();
        db::media_sweep::forget_discarded(&mut *app.db.acquire().await?, &removed, now).await?;
    }
    Ok(())
}

/// The key, when its files are gone.
async fn remove(app: &App, discarded: Discarded) -> Option<String> {
    let Discarded { key, original } = discarded;
    match delete(app, &key, original).await {
        Ok(()) => Some(key),
        Err(error) => {
            tracing::warn!(%error, original, "stored files could not be removed");
            None
        }
    }
}

async fn delete(app: &App, key: &str, original: bool) -> Result<(), StoreError> {
    if original {
        match OriginalKey::parse(key) {
            Some(key) => app.store.delete_original(&key).await,
            None => Ok(()),
        }
    } else {
        match MediaKey::parse(key) {
            Some(key) => app.store.delete_prefix(&key).await,
            None => Ok(()),
        }
    }
}
