//! Brings the public files of somebody here who was suspended to where nobody reads them, and back when that is taken back.
//! Removes none. Whatever ends it in between, the next round goes on: a file is in one of two places, and its row says that it
//! is to be looked after until it is in the right one.

use chrono::TimeDelta;
use futures::StreamExt;

use crate::app::App;
use crate::db;
use crate::db::withheld::Due;
use crate::domain::clock::Time;
use crate::media::{MediaKey, StoreError};

/// When files that could not be moved are tried again.
const RETRY: TimeDelta = TimeDelta::minutes(5);
/// How long a suspension is looked at once more for what was stored in the same moment.
const LATELY: TimeDelta = TimeDelta::hours(1);
const BATCH: i64 = 200;
/// Batches of one round; what is left is for the next.
const ROUNDS: usize = 50;
const HANDS: usize = 8;

/// One round, in one process at a time: two could move the same file in both directions.
pub async fn round(app: &App) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    db::withheld::note_missed(&mut db, now - LATELY, now).await?;
    if !db::withheld::is_any_due(&mut db, now).await? {
        return Ok(());
    }
    // Of its own, so that work which is abandoned gives the right to it back with it.
    let mut lock = db.detach();
    if !db::withheld::lock(&mut lock).await? {
        return Ok(());
    }
    let done = batches(app, now).await;
    db::withheld::unlock(&mut lock).await?;
    done
}

async fn batches(app: &App, now: Time) -> sqlx::Result<()> {
    let retry_at = now + RETRY;
    for _ in 0..ROUNDS {
        let due = db::withheld::take(&mut *app.db.acquire().await?, now, retry_at, BATCH).await?;
        if due.is_empty() {
            break;
        }
        let moved = futures::stream::iter(due).map(|due| moved(app, due));
        let moved: Vec<Option<Due>> = moved.buffer_unordered(HANDS).collect().await;
        let (away, back): (Vec<Due>, Vec<Due>) = moved.into_iter().flatten().partition(|due| due.is_withheld);
        settle(app, keys(away), keys(back), retry_at).await?;
    }
    Ok(())
}

fn keys(due: Vec<Due>) -> Vec<String> {
    due.into_iter().map(|due| due.key).collect()
}

/// The same, when its files are where they belong.
async fn moved(app: &App, due: Due) -> Option<Due> {
    match move_files(app, &due).await {
        Ok(()) => Some(due),
        Err(error) => {
            tracing::warn!(%error, "files of somebody suspended could not be withheld or given back");
            None
        }
    }
}

async fn move_files(app: &App, due: &Due) -> Result<(), StoreError> {
    match (MediaKey::parse(&due.key), due.is_withheld) {
        (Some(key), true) => app.store.withhold(&key).await,
        (Some(key), false) => app.store.give_back(&key).await,
        (None, _) => Ok(()),
    }
}

async fn settle(app: &App, away: Vec<String>, back: Vec<String>, retry_at: Time) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    let settled = db::withheld::settle(&mut db, &away, &back, retry_at).await?;
    let mut others = away;
    others.extend(back);
    others.retain(|key| !settled.contains(key));
    // Who removed the files of one that is gone by now may not have seen those on their way.
    db::media_inventory::discard(&mut db, &others, false, app.clock.now()).await
}
