//! Looks into quotes that were made elsewhere. Holds no rules; gives up after a few tries, and then the quote stays as it is.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Rounds};
use crate::actions::quote;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::quote_checks::Lent;
use crate::domain::clock::Time;
use crate::peers::KnowError;

/// The fetches of each are bounded for each server besides (`peers::Fetches`): what finds no place there comes again.
const AT_ONCE: usize = 4;
/// Another process may try after this.
const LEASE: TimeDelta = TimeDelta::minutes(5);
const MOST_TRIES: i16 = 4;
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Quotes,
        look: LOOK,
        trouble: "which quotes are to be looked into cannot be told",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// Gives how many there were.
async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let until = now + LEASE;
    let lent = {
        let mut db = app.db.acquire().await?;
        db::quote_checks::lend(&mut db, AT_ONCE as i64 * 4, now, until).await?
    };
    let count = lent.len();
    stream::iter(lent)
        .for_each_concurrent(AT_ONCE, |lent| async move {
            if let Err(error) = one(app, lent, until).await {
                tracing::warn!(post = lent.post.0, %error, "a quote was looked into and that was not written down");
            }
        })
        .await;
    Ok(count)
}

async fn one(app: &App, lent: Lent, until: Time) -> sqlx::Result<()> {
    let again = match quote::verify(app, lent.post).await {
        Err(KnowError::Busy | KnowError::Unreachable | KnowError::Internal) if lent.tries < MOST_TRIES => {
            let minutes = 1i64 << (3 * u32::try_from(lent.tries - 1).unwrap_or_default());
            Some(app.clock.now() + TimeDelta::minutes(minutes))
        }
        Err(error) => {
            tracing::debug!(post = lent.post.0, %error, "what a post quotes, or leave for it, is not to be had");
            None
        }
        Ok(()) => None,
    };
    let mut db = app.db.acquire().await?;
    db::quote_checks::settle(&mut db, lent.post, until, again).await
}
