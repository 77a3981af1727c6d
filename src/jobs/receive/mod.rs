//! Applies activities that were verified and parked: in batches, fair between hosts, each once. Decides nothing: every
//! verb has its own remote door.

mod ahead;
mod announced;
mod apply;
mod fetch;
mod letter;
mod quotes;
mod undo;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use self::ahead::Ahead;
use self::letter::Letter;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::received::Parked;
use crate::domain::ids::HostId;

/// Most activities of one transaction, and most of one host in it.
const BATCH: i64 = 200;
const EACH: i64 = BATCH;
const LOOK: Duration = Duration::from_secs(2);
/// How long it lets activities gather after a batch that was not full: in a stream, each costs less in company.
const GATHER: Duration = Duration::from_millis(20);
/// The longest that it makes way for those that arrive.
const LONGEST_WAY: Duration = Duration::from_millis(500);
/// So few activities between two batches are no stream that anything has to make way for.
const A_TRICKLE: u64 = 20;
/// Tries of an activity that fails by itself, before it is dropped.
const MOST_TRIES: i16 = 5;

pub async fn run(app: App, stop: CancellationToken) {
    // A batch may have put something apart to be fetched.
    let applied = Arc::new(Notify::new());
    let fetching = tokio::spawn(fetch::run(app.clone(), applied.clone(), stop.clone()));
    let mut arrived = app.parking.arrived();
    let mut ahead = Ahead::default();
    while !stop.is_cancelled() {
        let began = Instant::now();
        match next_batch(&app, &mut ahead).await {
            Ok(0) => wait(&app, &stop, LOOK).await,
            Ok(done) => {
                applied.notify_one();
                let came = app.parking.arrived() - arrived;
                arrived += came;
                pause(&stop, rest(done, came, began.elapsed())).await;
            }
            Err(error) => {
                tracing::warn!(%error, "a batch of activities failed; they are applied one by one");
                one_by_one(&app).await;
            }
        }
    }
    fetching.await.ok();
}

async fn wait(app: &App, stop: &CancellationToken, most: Duration) {
    tokio::select! {
        () = app.bus.woken(Queue::Received) => {}
        () = tokio::time::sleep(most) => {}
        () = stop.cancelled() => {}
    }
}

/// How long to rest after a batch of `done`, when `came` arrived since the end of the one before. Accepting comes first,
/// since what is not accepted in time may not come again, and what is accepted is not lost. So while about as many arrive
/// as are applied, applying takes a quarter of the time and no more: no less either, whatever arrives.
fn rest(done: usize, came: u64, took: Duration) -> Duration {
    if came * 2 > done as u64 && came > A_TRICKLE {
        (3 * took).clamp(GATHER, LONGEST_WAY)
    } else if done < BATCH as usize {
        GATHER
    } else {
        Duration::ZERO
    }
}

async fn pause(stop: &CancellationToken, time: Duration) {
    if !time.is_zero() {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Applies a batch; gives how many there were.
pub async fn batch(app: &App) -> sqlx::Result<usize> {
    next_batch(app, &mut Ahead::default()).await
}

/// Applies a batch that may have been read already, and begins to read the one after it.
async fn next_batch(app: &App, ahead: &mut Ahead) -> sqlx::Result<usize> {
    let mut tx = app.db.begin().await?;
    // One applier at a time, whichever process it is in: what a host sends is done in its order.
    if !db::received::lock_applying(&mut tx).await? {
        tx.rollback().await?;
        return Ok(0);
    }
    // Everything here is found by its key.
    db::planner::by_indexes_only(&mut tx).await?;
    let mut parked = db::received::take(&mut tx, BATCH, EACH, app.clock.now()).await?;
    if parked.is_empty() {
        return Ok(0);
    }
    parked.sort_by_key(|item| item.id);
    let count = parked.len();
    let mut hosts: Vec<HostId> = parked.iter().map(|item| item.host_id).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let last = parked.last().map_or(0, |item| item.id);
    let letters = ahead.letters(parked).await;
    if count == BATCH as usize {
        ahead.begin(app, last);
    }
    apply::all(app, &mut tx, letters).await?;
    let revived = db::letters::revive(&mut tx, &hosts, app.clock.now()).await?;
    tx.commit().await?;
    metrics::counter!("tintype_activities_applied_total").increment(count as u64);
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    app.bus.wake(Queue::Featured);
    app.bus.wake(Queue::Quotes);
    if revived > 0 {
        app.bus.wake(Queue::Letters);
    }
    Ok(count)
}

/// After a batch failed: each alone, so that one that cannot be applied does not hold up the rest.
async fn one_by_one(app: &App) {
    let oldest = async {
        let mut db = app.db.acquire().await?;
        db::received::oldest(&mut db, BATCH, app.clock.now()).await
    };
    let Ok(ids) = oldest.await else {
        tokio::time::sleep(LOOK).await;
        return;
    };
    for id in ids {
        if let Err(error) = alone(app, id).await {
            tracing::warn!(%error, id, "an activity failed");
            again_later(app, id).await;
        }
    }
    app.bus.wake(Queue::Outbox);
}

async fn alone(app: &App, id: i64) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    if !db::received::lock_applying(&mut tx).await? {
        return tx.rollback().await;
    }
    let Some(parked) = db::received::take_one(&mut tx, id).await? else {
        return Ok(());
    };
    apply::all(app, &mut tx, vec![Letter::read(parked)]).await?;
    tx.commit().await
}

/// Keeps an activity that failed for another time, or gives it up.
async fn again_later(app: &App, id: i64) {
    let kept = async {
        let mut tx = app.db.begin().await?;
        let Some(parked) = db::received::take_one(&mut tx, id).await? else {
            return Ok(());
        };
        if parked.tries < MOST_TRIES {
            let now = app.clock.now();
            let wait = TimeDelta::seconds(10 << (3 * u32::try_from(parked.tries).unwrap_or_default()));
            db::received::put_back(&mut tx, &parked, false, now, now + wait).await?;
        } else {
            give_up(&parked);
        }
        tx.commit().await
    };
    if let Err(error) = kept.await as sqlx::Result<()> {
        // It is where it was, and its turn comes again.
        tracing::error!(%error, id, "a failed activity could not be kept for later");
    }
}

fn give_up(parked: &Parked) {
    tracing::error!(
        id = parked.id,
        actor = parked.actor_uri,
        "an activity that cannot be applied was dropped"
    );
    metrics::counter!("tintype_activities_dropped_total").increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOOK: Duration = Duration::from_millis(40);

    #[test]
    fn applying_takes_a_quarter_of_the_time_while_about_as_many_arrive_as_are_applied() {
        assert_eq!(rest(200, 101, TOOK), 3 * TOOK);
        assert_eq!(rest(200, 10_000, TOOK), 3 * TOOK);
        assert_eq!(rest(200, 10_000, Duration::from_secs(9)), LONGEST_WAY);
    }

    #[test]
    fn what_is_left_is_applied_without_rest_and_a_trickle_gathers() {
        assert_eq!(rest(200, 100, TOOK), Duration::ZERO);
        assert_eq!(rest(200, 0, TOOK), Duration::ZERO);
        assert_eq!(rest(3, 20, TOOK), GATHER);
    }
}
