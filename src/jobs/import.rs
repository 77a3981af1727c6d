//! Does what people brought in files, a few at a time of each, so that nobody's long list holds up another's. Never logs
//! whom anybody follows or blocks.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Rounds};
use crate::actions::import::{self, Outcome};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::imports::Taken;

/// Lines that are worked on at once, and of those the most of one person.
const AT_ONCE: usize = 8;
const OF_ONE: i64 = 4;
/// Another process may try after this.
const LEASE: TimeDelta = TimeDelta::minutes(5);
const LOOK: Duration = Duration::from_secs(10);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Imports,
        look: LOOK,
        trouble: "imported lists cannot be worked on",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// Gives how many there were.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let taken = {
        let mut db = app.db.acquire().await?;
        db::imports::take(&mut db, now, now + LEASE, AT_ONCE as i64, OF_ONE).await?
    };
    let count = taken.len();
    stream::iter(taken)
        .for_each_concurrent(AT_ONCE, |line| async move {
            if let Err(error) = one(app, &line).await {
                tracing::warn!(id = line.id, %error, "a line of an imported list was not done");
            }
        })
        .await;
    Ok(count)
}

async fn one(app: &App, line: &Taken) -> sqlx::Result<()> {
    let outcome = import::one(app, line).await?;
    let mut db = app.db.acquire().await?;
    match outcome {
        Outcome::Over => db::imports::done(&mut db, line.id).await,
        Outcome::Later => {
            let until = app.clock.now() + import::pause(line.tries);
            db::imports::put_off(&mut db, line.id, until).await
        }
    }
}
