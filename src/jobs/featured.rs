//! Reads the tops of profiles that people here have begun to follow, and what was posted there before. Holds no rules; gives
//! up after a few tries.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Rounds};
use crate::actions::{read_featured, read_outbox};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::featured::Lent;
use crate::domain::clock::Time;
use crate::peers::KnowError;

const AT_ONCE: usize = 4;
/// Another process may try after this.
const LEASE: TimeDelta = TimeDelta::minutes(5);
const MOST_TRIES: i16 = 4;
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Featured,
        look: LOOK,
        trouble: "whose profile is to be read cannot be told",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// Gives how many there were.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let until = now + LEASE;
    let lent = {
        let mut db = app.db.acquire().await?;
        db::featured::lend(&mut db, AT_ONCE as i64 * 4, now, until).await?
    };
    let count = lent.len();
    stream::iter(lent)
        .for_each_concurrent(AT_ONCE, |lent| async move {
            if let Err(error) = one(app, lent, until).await {
                tracing::warn!(account = lent.account.0, %error, "a profile was read and that was not written down");
            }
        })
        .await;
    Ok(count)
}

async fn one(app: &App, lent: Lent, until: Time) -> sqlx::Result<()> {
    let top = read_featured::read(app, lent.account).await;
    let before = read_outbox::read(app, lent.account).await;
    let passes = |read: &Result<(), KnowError>| {
        let trouble = [KnowError::Busy, KnowError::Unreachable, KnowError::Internal];
        read.is_err_and(|error| trouble.contains(&error))
    };
    for error in [top, before].into_iter().filter_map(Result::err) {
        tracing::debug!(account = lent.account.0, %error, "a part of a profile is not to be had");
    }
    let again = (passes(&top) || passes(&before)) && lent.tries < MOST_TRIES;
    let again = again.then(|| {
        let minutes = 1i64 << (3 * u32::try_from(lent.tries - 1).unwrap_or_default());
        app.clock.now() + TimeDelta::minutes(minutes)
    });
    let mut db = app.db.acquire().await?;
    db::featured::settle(&mut db, lent.account, until, again).await
}
