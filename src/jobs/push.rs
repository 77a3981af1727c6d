//! Sends messages to push services: lent for a while, put off while a service is in trouble, dropped when they are old or
//! their subscription is gone. Never logs an endpoint or a token.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tintype_federation::push::{self, Message, Outcome};
use tokio_util::sync::CancellationToken;

use super::deliver::backoff;
use super::rounds::{self, Rounds};
use crate::actions::push as messages;
use crate::actions::vapid;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::pushes::Taken;
use crate::domain::notification::Kind;

/// Messages that are on their way at once, and of those the most to one service.
const AT_ONCE: usize = 32;
const AT_ONE: i64 = 8;
/// Another process may try after this.
const LEASE: TimeDelta = TimeDelta::minutes(2);
const MOST_TRIES: i16 = 8;
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Pushes,
        look: LOOK,
        trouble: "messages for push services cannot be taken up",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// Gives how many there were.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let taken = {
        let mut db = app.db.acquire().await?;
        db::pushes::sweep(&mut db, now - messages::NEWS).await?;
        db::pushes::take(&mut db, now, now + LEASE, AT_ONCE as i64, AT_ONE).await?
    };
    let count = taken.len();
    stream::iter(taken)
        .for_each_concurrent(AT_ONCE, |taken| async move {
            if let Err(error) = one(app, &taken).await {
                tracing::warn!(id = taken.id, %error, "what became of a push message was not written down");
            }
        })
        .await;
    Ok(count)
}

async fn one(app: &App, taken: &Taken) -> sqlx::Result<()> {
    let outcome = match compose(app, taken).await? {
        Some(message) => send(app, &message).await,
        // Taken back, hidden or unreadable by now.
        None => Outcome::Refused(None),
    };
    let mut db = app.db.acquire().await?;
    count(outcome);
    match outcome {
        Outcome::Accepted => db::pushes::done(&mut db, taken.id).await,
        Outcome::Gone => db::push_subscriptions::remove(&mut db, taken.token).await,
        Outcome::TryLater { after, .. } if taken.tries < MOST_TRIES => {
            let until = app.clock.now() + backoff::delay(i32::from(taken.tries), after);
            db::pushes::put_off(&mut db, taken.id, &taken.authority, until).await
        }
        Outcome::Refused(status) => {
            tracing::debug!(id = taken.id, ?status, "a push message cannot be sent");
            db::pushes::done(&mut db, taken.id).await
        }
        Outcome::TryLater { status, .. } => {
            tracing::debug!(id = taken.id, ?status, "a push message was given up");
            db::pushes::done(&mut db, taken.id).await
        }
    }
}

fn count(outcome: Outcome) {
    let outcome = match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Gone => "gone",
        Outcome::Refused(_) => "refused",
        Outcome::TryLater { .. } => "later",
    };
    metrics::counter!("tintype_pushes_total", "outcome" => outcome).increment(1);
}

async fn send(app: &App, message: &Message) -> Outcome {
    let key = match vapid::key(app).await {
        Ok(key) => key,
        Err(error) => {
            tracing::error!(%error, "push messages cannot be signed");
            return Outcome::TryLater {
                after: None,
                status: None,
            };
        }
    };
    let contact = match &app.config.contact_email {
        Some(email) => format!("mailto:{email}"),
        None => app.urls.base().to_owned(),
    };
    push::send(&app.peers, key, message, &contact, app.clock.now()).await
}

/// What the message says now. None when its notification is not shown any more.
async fn compose(app: &App, taken: &Taken) -> sqlx::Result<Option<Message>> {
    let mut db = app.db.acquire().await?;
    let shown = db::notification_lists::shown(&mut db, taken.account, taken.notification).await?;
    let Some((kind, notification)) = shown.and_then(|shown| Some((Kind::from_stored(shown.kind)?, shown)))
    else {
        return Ok(None);
    };
    let Some(from) = db::accounts::by_id(&mut db, notification.from_id).await? else {
        return Ok(None);
    };
    let post = match notification.post_id {
        Some(post) => db::posts::by_id(&mut db, post).await?,
        None => None,
    };
    if let Some(post) = &post
        && messages::is_left_out(app, &mut db, taken.account, post).await?
    {
        return Ok(None);
    }
    let about = messages::About {
        kind,
        from: &from,
        post: post.as_ref(),
    };
    Ok(messages::message(app, taken, &about))
}
