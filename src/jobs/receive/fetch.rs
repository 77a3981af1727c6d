//! Activities that name something that we do not have: it is fetched, then they are applied. Apart from the rest, so
//! that a slow server holds up only what is about it.

use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use super::apply::{self, Applied};
use crate::actions::know_post;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::received::Parked;
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
    let Some(wanted) = wanted(app, parked).await? else {
        return Ok(());
    };
    match know_post::by_uri(app, wanted.as_str()).await {
        Ok(_) => finish(app, parked, true).await,
        Err(KnowError::Busy | KnowError::Unreachable | KnowError::Internal) if parked.tries < MOST_TRIES => {
            let wait = TimeDelta::seconds(30 << (2 * u32::try_from(parked.tries).unwrap_or_default()));
            let mut db = app.db.acquire().await?;
            db::received::postpone(&mut db, parked.id, app.clock.now() + wait).await
        }
        Err(error) => {
            tracing::debug!(wanted = wanted.as_str(), %error, "not to be had; what names it is dropped");
            finish(app, parked, false).await
        }
    }
}

/// What it still needs; none when it could be applied, or never can be.
async fn wanted(app: &App, parked: &Parked) -> sqlx::Result<Option<url::Url>> {
    let mut tx = app.db.begin().await?;
    let actor = match db::accounts::id_by_uri(&mut tx, &parked.actor_uri).await? {
        Some(id) => db::accounts::by_id(&mut tx, id).await?,
        None => None,
    };
    let (Some(actor), Some(envelope)) = (actor.filter(|actor| actor.is_active()), apply::read(parked)) else {
        db::received::remove(&mut tx, parked.id).await?;
        tx.commit().await?;
        return Ok(None);
    };
    match apply::one(app, &mut tx, &actor, &envelope).await? {
        Applied::NeedsFetch(wanted) => Ok(Some(wanted)),
        Applied::Done => {
            db::received::mark_applied(&mut tx, std::slice::from_ref(&parked.hash), app.clock.now()).await?;
            db::received::remove(&mut tx, parked.id).await?;
            tx.commit().await?;
            Ok(None)
        }
    }
}

/// Applies it now that what it named is there, or drops it.
async fn finish(app: &App, parked: &Parked, apply: bool) -> sqlx::Result<()> {
    if apply && wanted(app, parked).await?.is_none() {
        return Ok(());
    }
    let mut db = app.db.acquire().await?;
    db::received::remove(&mut db, parked.id).await?;
    Ok(())
}
