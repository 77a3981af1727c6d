//! Activities that name something that we do not have: it is fetched, then they are applied. Apart from the rest, so
//! that a slow server holds up only what is about it.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::apply::{self, Applied};
use crate::actions::{know_post, read_again};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::received::Parked;
use crate::domain::account::Account;
use crate::peers::KnowError;

/// Fetched for at once, and how long one may take before another process may try it.
const AT_ONCE: usize = 8;
const LEASE: TimeDelta = TimeDelta::minutes(5);
const LOOK: Duration = Duration::from_secs(2);
const MOST_TRIES: i16 = 5;

pub async fn run(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match round(&app).await {
            Ok(0) => pause(&stop).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "what has to be fetched could not be read");
                pause(&stop).await;
            }
        }
    }
}

async fn pause(stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(LOOK) => {}
        () = stop.cancelled() => {}
    }
}

/// Gives how many there were.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let lent = {
        let mut db = app.db.acquire().await?;
        db::received::lend_fetching(&mut db, AT_ONCE as i64 * 4, now, now + LEASE).await?
    };
    let count = lent.len();
    stream::iter(lent).for_each_concurrent(AT_ONCE, |parked| async move {
        if let Err(error) = settle(app, &parked).await {
            tracing::warn!(actor = parked.actor_uri, %error, "an activity that fetches failed; trying again later");
        }
    })
    .await;
    if count > 0 {
        app.bus.wake(Queue::Outbox);
    }
    Ok(count)
}

async fn settle(app: &App, parked: &Parked) -> sqlx::Result<()> {
    let (got, then) = match wanted(app, parked).await? {
        Wanted::Nothing => return Ok(()),
        Wanted::Fetch(object) => {
            let got = know_post::by_uri(app, object.as_str()).await;
            (got.map(drop), Then::Apply)
        }
        Wanted::Read(actor, object) => (read_again::changed(app, &actor, &object).await, Then::Done),
    };
    match got {
        Ok(()) => finish(app, parked, then).await,
        Err(KnowError::Busy | KnowError::Unreachable | KnowError::Internal) if parked.tries < MOST_TRIES => {
            let wait = TimeDelta::seconds(30 << (2 * u32::try_from(parked.tries).unwrap_or_default()));
            let mut db = app.db.acquire().await?;
            db::received::postpone(&mut db, parked.id, app.clock.now() + wait).await
        }
        Err(error) => {
            tracing::debug!(actor = parked.actor_uri, %error, "not to be had; what names it is dropped");
            finish(app, parked, Then::Done).await
        }
    }
}

/// What an activity still needs.
enum Wanted {
    /// It could be applied, or never can be.
    Nothing,
    Fetch(Url),
    Read(Box<Account>, Url),
}

/// What is to be done when that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Apply,
    Done,
}

async fn wanted(app: &App, parked: &Parked) -> sqlx::Result<Wanted> {
    let mut tx = app.db.begin().await?;
    let actor = match db::accounts::id_by_uri(&mut tx, &parked.actor_uri).await? {
        Some(id) => db::accounts::by_id(&mut tx, id).await?,
        None => None,
    };
    let (Some(actor), Some(envelope)) = (actor.filter(|actor| actor.is_active()), apply::read(parked)) else {
        db::received::remove(&mut tx, parked.id).await?;
        tx.commit().await?;
        return Ok(Wanted::Nothing);
    };
    match apply::one(app, &mut tx, &actor, &envelope).await? {
        Applied::NeedsFetch(object) => Ok(Wanted::Fetch(object)),
        Applied::NeedsReading(object) => Ok(Wanted::Read(Box::new(actor), object)),
        Applied::Done => {
            db::received::mark_applied(&mut tx, std::slice::from_ref(&parked.hash), app.clock.now()).await?;
            db::received::remove(&mut tx, parked.id).await?;
            tx.commit().await?;
            Ok(Wanted::Nothing)
        }
    }
}

/// Applies it now that what it named is there, or takes it out.
async fn finish(app: &App, parked: &Parked, then: Then) -> sqlx::Result<()> {
    if then == Then::Apply && matches!(wanted(app, parked).await?, Wanted::Nothing) {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    db::received::mark_applied(&mut tx, std::slice::from_ref(&parked.hash), app.clock.now()).await?;
    db::received::remove(&mut tx, parked.id).await?;
    tx.commit().await
}
