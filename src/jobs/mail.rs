//! Sends mails: lent for a while, put off while the mail server is in trouble, dropped when they are of no use any more.
//! Never logs an address or a word of one.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use super::deliver::backoff;
use super::rounds::{self, Rounds};
use crate::actions::mail;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::mails::Taken;
use crate::mail::{Letter, Outcome};

/// Mails that are on their way at once: mail servers do not like more from one sender.
const AT_ONCE: usize = 4;
/// Another process may try after this; longer than a try may take.
const LEASE: TimeDelta = TimeDelta::minutes(5);
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Mails,
        look: LOOK,
        trouble: "mails cannot be taken up",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// Gives how many there were.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let taken = {
        let mut db = app.db.acquire().await?;
        db::mails::sweep(&mut db, now).await?;
        db::mails::take(&mut db, now, now + LEASE, AT_ONCE as i64).await?
    };
    let count = taken.len();
    stream::iter(taken)
        .for_each_concurrent(AT_ONCE, |taken| async move {
            if let Err(error) = one(app, &taken).await {
                tracing::warn!(id = taken.id, %error, "what became of a mail was not written down");
            }
        })
        .await;
    Ok(count)
}

async fn one(app: &App, taken: &Taken) -> sqlx::Result<()> {
    let outcome = match mail::ready(app, taken).await? {
        Some(ready) => {
            let letter = Letter {
                id: &ready.id,
                to: &ready.to,
                text: &ready.text,
                written_at: ready.written_at,
            };
            app.mailer.send(&letter).await
        }
        None => Outcome::Refused,
    };
    count(outcome);
    let mut db = app.db.acquire().await?;
    let until = app.clock.now() + backoff::delay(i32::from(taken.tries), None);
    match outcome {
        Outcome::Sent | Outcome::Refused => db::mails::done(&mut db, taken.id).await,
        Outcome::TryLater => db::mails::put_off(&mut db, taken.id, until).await,
        Outcome::Down => {
            db::mails::put_off(&mut db, taken.id, until).await?;
            db::mails::put_all_off(&mut db, until).await
        }
    }
}

fn count(outcome: Outcome) {
    let outcome = match outcome {
        Outcome::Sent => "sent",
        Outcome::Refused => "refused",
        Outcome::TryLater => "later",
        Outcome::Down => "down",
    };
    metrics::counter!("tintype_mails_total", "outcome" => outcome).increment(1);
}
