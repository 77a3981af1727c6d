//! Compares what people elsewhere say about who here follows them. Holds no rules; gives up after a few tries.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Rounds};
use crate::actions::synchronize;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follower_statements::Lent;
use crate::peers::KnowError;

const AT_ONCE: usize = 4;
/// Another process may try after this.
const LEASE: TimeDelta = TimeDelta::minutes(5);
const MOST_TRIES: i16 = 4;
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Followers,
        look: LOOK,
        trouble: "what is said of followers cannot be read",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// Gives how many there were.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let lent = {
        let mut db = app.db.acquire().await?;
        db::follower_statements::lend(&mut db, AT_ONCE as i64 * 4, now, now + LEASE).await?
    };
    let count = lent.len();
    stream::iter(lent)
        .for_each_concurrent(AT_ONCE, |lent| async move {
            if let Err(error) = one(app, &lent).await {
                tracing::warn!(account = lent.account.0, %error, "followers were compared and that was not written down");
            }
        })
        .await;
    Ok(count)
}

async fn one(app: &App, lent: &Lent) -> sqlx::Result<()> {
    let again = match synchronize::compare(app, lent).await {
        Err(KnowError::Busy | KnowError::Unreachable | KnowError::Internal) if lent.tries < MOST_TRIES => {
            let minutes = 1i64 << (3 * u32::try_from(lent.tries - 1).unwrap_or_default());
            Some(app.clock.now() + TimeDelta::minutes(minutes))
        }
        Err(error) => {
            tracing::debug!(account = lent.account.0, %error, "a list of followers is not to be had");
            None
        }
        Ok(()) => None,
    };
    let mut db = app.db.acquire().await?;
    db::follower_statements::settle(&mut db, lent, again, app.clock.now()).await
}
