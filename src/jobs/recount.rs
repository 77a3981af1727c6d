//! Once a night, counts are counted again from the rows, which are the truth: a little at a time, from where the last
//! process stopped. What differed is a fault of ours: it is mended and reported. Holds up nobody for more than a batch.

use std::time::Duration;

use chrono::{TimeDelta, Timelike};
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::db;
use crate::db::recount::Progress;
use crate::domain::clock::Time;

const ACCOUNTS: i64 = 200;
const POSTS: i64 = 500;
/// Between two batches: the recount may take all night, and others work meanwhile.
const BREATH: Duration = Duration::from_millis(100);
const LOOK: Duration = Duration::from_secs(600);
/// By the server's clock, which is UTC.
const NIGHT: std::ops::Range<u32> = 2..5;
/// The first recount waits for the night; one that began is ended whatever the hour.
const EVERY: TimeDelta = TimeDelta::hours(20);

pub async fn run(app: App, stop: CancellationToken) {
    // Not at once: a server that has just started has more urgent things to do, also at night.
    let mut pause = LOOK;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return,
        }
        pause = match step(&app).await {
            Ok(Step::More) => BREATH,
            Ok(Step::Nothing) => LOOK,
            Err(error) => {
                tracing::error!(%error, "the recount failed; it goes on later");
                LOOK
            }
        };
    }
}

/// Whether there is more to count now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    More,
    Nothing,
}

/// Counts the next batch, when it is time.
pub async fn step(app: &App) -> sqlx::Result<Step> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(mut progress) = db::recount::progress(&mut tx).await? else {
        return Ok(Step::Nothing);
    };
    if progress.done || progress.began_at.is_none() {
        if !is_time(&progress, now) {
            // At once, not when the connection is used again: whoever looks next would find the row taken.
            tx.rollback().await?;
            return Ok(Step::Nothing);
        }
        progress = begun(now);
    }
    if !count(&mut tx, &mut progress).await? {
        tx.rollback().await?;
        return Ok(Step::More);
    }
    db::recount::note(&mut tx, &progress).await?;
    tx.commit().await?;
    if !progress.done {
        return Ok(Step::More);
    }
    tracing::info!(
        accounts = progress.accounts_mended,
        posts = progress.posts_mended,
        "all numbers were counted again; so many differed and are mended"
    );
    Ok(Step::Nothing)
}

fn begun(now: Time) -> Progress {
    Progress {
        began_at: Some(now),
        account: Some(i64::MIN),
        post: i64::MIN,
        ..Progress::default()
    }
}

/// Whether it could be done: not while somebody else adds up what people do with posts.
async fn count(db: &mut PgConnection, progress: &mut Progress) -> sqlx::Result<bool> {
    if let Some(after) = progress.account {
        let counted = db::recount::accounts(db, after, ACCOUNTS).await?;
        progress.account = counted.last;
        progress.accounts_mended += counted.mended;
        report("account", counted.mended);
        return Ok(true);
    }
    if !db::outbox::lock_dispatch(db).await? {
        return Ok(false);
    }
    let counted = db::recount::posts(db, progress.post, POSTS).await?;
    progress.post = counted.last.unwrap_or(progress.post);
    progress.done = counted.last.is_none();
    progress.posts_mended += counted.mended;
    report("post", counted.mended);
    Ok(true)
}

fn is_time(progress: &Progress, now: Time) -> bool {
    NIGHT.contains(&now.hour()) && progress.began_at.is_none_or(|began| now - began > EVERY)
}

fn report(of: &'static str, mended: i64) {
    metrics::counter!("tintype_counts_mended_total", "of" => of).increment(mended.unsigned_abs());
}
