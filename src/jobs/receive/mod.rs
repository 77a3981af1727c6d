//! Applies activities that were verified and parked: in batches, fair between hosts, each once; the servers of each lane
//! beside those of the others. Decides nothing: every verb has its own remote door.

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
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use self::ahead::Ahead;
use self::letter::Letter;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::received::Parked;
use crate::domain::ids::HostId;
use crate::domain::lane::Lane;

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
/// Batches in a row that are begun anew because another lane was at the same rows.
const MOST_MEETINGS: u32 = 3;
/// Tries of an activity that fails by itself, before it is dropped.
const MOST_TRIES: i16 = 5;

pub async fn run(app: App, stop: CancellationToken) {
    // A batch may have put something apart to be fetched.
    let applied = Arc::new(Notify::new());
    let fetching = tokio::spawn(fetch::run(app.clone(), applied.clone(), stop.clone()));
    let mut appliers = JoinSet::new();
    let wakes = Lane::ALL.map(|lane| {
        let woken = Arc::new(Notify::new());
        let applier = Applier {
            app: app.clone(),
            lane,
            woken: woken.clone(),
            applied: applied.clone(),
            stop: stop.clone(),
        };
        appliers.spawn(applier.run());
        woken
    });
    while !stop.is_cancelled() {
        tokio::select! {
            () = app.bus.woken(Queue::Received) => wakes.iter().for_each(|lane| lane.notify_one()),
            () = stop.cancelled() => {}
        }
    }
    appliers.join_all().await;
    fetching.await.ok();
}

/// Applies what the servers of one lane sent.
struct Applier {
    app: App,
    lane: Lane,
    woken: Arc<Notify>,
    applied: Arc<Notify>,
    stop: CancellationToken,
}

impl Applier {
    async fn run(self) {
        let mut arrived = self.app.parking.arrived();
        let mut ahead = Ahead::default();
        let mut met = 0;
        while !self.stop.is_cancelled() {
            let began = Instant::now();
            match next_batch(&self.app, self.lane, &mut ahead).await {
                Ok(0) => self.wait(LOOK).await,
                Ok(done) => {
                    met = 0;
                    self.applied.notify_one();
                    let came = self.app.parking.arrived() - arrived;
                    arrived += came;
                    self.pause(rest(done, came, began.elapsed())).await;
                }
                // Two lanes met at the same rows, and this one gave way: nothing of its batch is done.
                Err(error) if db::is_deadlock(&error) && met < MOST_MEETINGS => met += 1,
                Err(error) => {
                    tracing::warn!(%error, "a batch of activities failed; they are applied one by one");
                    one_by_one(&self.app, self.lane).await;
                }
            }
        }
    }

    async fn wait(&self, most: Duration) {
        tokio::select! {
            () = self.woken.notified() => {}
            () = tokio::time::sleep(most) => {}
            () = self.stop.cancelled() => {}
        }
    }

    async fn pause(&self, time: Duration) {
        if !time.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = self.stop.cancelled() => {}
            }
        }
    }
}

/// How long to rest after a batch of `done`, when `came` arrived for all lanes since the end of the one before. Accepting
/// comes first, since what is not accepted in time may not come again, and what is accepted is not lost. So while about as
/// many arrive as are applied, applying takes a quarter of the time and no more: no less either, whatever arrives.
fn rest(done: usize, came: u64, took: Duration) -> Duration {
    let lanes = Lane::ALL.len();
    if came * 2 > (done * lanes) as u64 && came > A_TRICKLE {
        (took * (4 * lanes as u32 - 1)).clamp(GATHER, LONGEST_WAY)
    } else if done < BATCH as usize {
        GATHER
    } else {
        Duration::ZERO
    }
}

/// Applies a batch of each lane; gives how many there were.
pub async fn batch(app: &App) -> sqlx::Result<usize> {
    let mut done = 0;
    for lane in Lane::ALL {
        done += next_batch(app, lane, &mut Ahead::default()).await?;
    }
    Ok(done)
}

/// Applies a batch that may have been read already, and begins to read the one after it.
async fn next_batch(app: &App, lane: Lane, ahead: &mut Ahead) -> sqlx::Result<usize> {
    let mut tx = app.db.begin().await?;
    // One applier of a lane at a time, whichever process it is in: what a host sends is done in its order.
    if !db::received::lock_applying(&mut tx, lane).await? {
        tx.rollback().await?;
        return Ok(0);
    }
    // Everything here is found by its key.
    db::planner::by_indexes_only(&mut tx).await?;
    let mut parked = db::received::take(&mut tx, lane, BATCH, EACH, app.clock.now()).await?;
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
        ahead.begin(app, lane, last);
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
async fn one_by_one(app: &App, lane: Lane) {
    let oldest = async {
        let mut db = app.db.acquire().await?;
        db::received::oldest(&mut db, lane, BATCH, app.clock.now()).await
    };
    let Ok(ids) = oldest.await else {
        tokio::time::sleep(LOOK).await;
        return;
    };
    for id in ids {
        if let Err(error) = alone(app, lane, id).await {
            tracing::warn!(%error, id, "an activity failed");
            again_later(app, id).await;
        }
    }
    app.bus.wake(Queue::Outbox);
}

async fn alone(app: &App, lane: Lane, id: i64) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    if !db::received::lock_applying(&mut tx, lane).await? {
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
        let others = 7 * TOOK;
        assert_eq!(
            rest(200, 201, TOOK),
            others,
            "two lanes, each an eighth of the time"
        );
        assert_eq!(rest(200, 10_000, TOOK), others);
        assert_eq!(rest(200, 10_000, Duration::from_secs(9)), LONGEST_WAY);
    }

    #[test]
    fn what_is_left_is_applied_without_rest_and_a_trickle_gathers() {
        assert_eq!(rest(200, 200, TOOK), Duration::ZERO);
        assert_eq!(rest(200, 0, TOOK), Duration::ZERO);
        assert_eq!(rest(3, 20, TOOK), GATHER);
    }
}
