//! Sends letters: many hosts at once, each in order. Never decides who gets one, never holds one host up for another.
//!
//! A host is claimed for a turn, gets its next letters in order, and is given back with a new cursor, or with a time
//! before which it is left alone. That is one row, however many letters wait.

mod backoff;
mod keys;
mod lanes;
mod turn;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::letters::{Claimed, Turn, Waiting};
use crate::domain::ids::HostId;
use keys::Keys;
use lanes::Lanes;

/// Most hosts that this process works on at once; nearly all of them are only waiting for an answer.
const MOST_HOSTS: usize = 1_024;
/// Hosts claimed in one query.
const CLAIM: usize = 64;
/// Letters of one turn: a long backlog shares the sender with others.
const LETTERS: i64 = 50;
/// A claim that was not given back, because its sender died, is free again after this. Longer than a turn can take.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// No letter of a turn is begun after this; one letter takes ten seconds at the most, in each of two schemes.
const LONGEST_TURN: Duration = Duration::from_secs(25);
const LOOK: Duration = Duration::from_secs(5);
const TROUBLE: Duration = Duration::from_secs(2);

/// What the tasks of a sender share.
struct Sender {
    app: App,
    keys: Keys,
    lanes: Lanes,
    stop: CancellationToken,
}

pub async fn run(app: App, stop: CancellationToken) {
    let sender = Arc::new(Sender {
        keys: Keys::default(),
        lanes: Lanes::new(MOST_HOSTS),
        app,
        stop,
    });
    let (ended, turns) = mpsc::channel::<Turn>(MOST_HOSTS * 2);
    let tasks = TaskTracker::new();
    let writer = tokio::spawn(write_down(sender.clone(), turns));
    while !sender.stop.is_cancelled() {
        match claim(&sender, &tasks, &ended).await {
            Ok(true) => {}
            Ok(false) => wait(&sender).await,
            Err(error) => {
                tracing::error!(%error, "letters could not be read; trying again");
                pause(&sender, TROUBLE).await;
            }
        }
    }
    tasks.close();
    tasks.wait().await;
    drop(ended);
    writer.await.ok();
}

/// Starts turns for hosts that are due; whether there were any.
async fn claim(sender: &Arc<Sender>, tasks: &TaskTracker, ended: &mpsc::Sender<Turn>) -> sqlx::Result<bool> {
    let room = MOST_HOSTS.saturating_sub(tasks.len()).min(CLAIM);
    if room == 0 {
        pause(sender, Duration::from_millis(50)).await;
        return Ok(true);
    }
    let now = sender.app.clock.now();
    let mut db = sender.app.db.acquire().await?;
    let hosts = db::letters::claim(&mut db, room as i64, now, now + LEASE).await?;
    if hosts.is_empty() {
        return Ok(false);
    }
    let ids: Vec<HostId> = hosts.iter().map(|host| host.host_id).collect();
    let cursors: Vec<i64> = hosts.iter().map(|host| host.cursor).collect();
    let mut letters: HashMap<HostId, Vec<Waiting>> = HashMap::new();
    for letter in db::letters::next(&mut db, &ids, &cursors, LETTERS).await? {
        letters.entry(letter.host_id).or_default().push(letter);
    }
    drop(db);
    for host in hosts {
        let letters = letters.remove(&host.host_id).unwrap_or_default();
        tasks.spawn(turn(sender.clone(), host, letters, ended.clone()));
    }
    Ok(true)
}

async fn turn(sender: Arc<Sender>, host: Claimed, letters: Vec<Waiting>, ended: mpsc::Sender<Turn>) {
    let turn = turn::take(&sender, host, letters).await;
    // The writer outlives the turns.
    ended.send(turn).await.ok();
}

/// Writes ended turns down in natural batches: what ended while the last batch was written.
async fn write_down(sender: Arc<Sender>, mut turns: mpsc::Receiver<Turn>) {
    let mut batch = Vec::new();
    while turns.recv_many(&mut batch, 256).await > 0 {
        let mut left = 5;
        while let Err(error) = finish(&sender, &batch).await {
            tracing::error!(%error, "ended turns could not be written down");
            left -= 1;
            if left == 0 {
                // Their claims end by themselves; what was sent is sent again, and known to be by its id.
                break;
            }
            tokio::time::sleep(TROUBLE).await;
        }
        batch.clear();
        // More letters may wait for those hosts.
        sender.app.bus.wake(Queue::Letters);
    }
}

async fn finish(sender: &Sender, turns: &[Turn]) -> sqlx::Result<()> {
    let mut db = sender.app.db.acquire().await?;
    db::letters::finish(&mut db, turns).await
}

/// Until a letter is written, or the next host is due.
async fn wait(sender: &Sender) {
    let due = async {
        let mut db = sender.app.db.acquire().await?;
        db::letters::next_due(&mut db).await
    };
    let next: Option<_> = due.await.unwrap_or(None);
    let until = next.and_then(|due| (due - sender.app.clock.now()).to_std().ok());
    pause(
        sender,
        until.unwrap_or(LOOK).clamp(Duration::from_millis(10), LOOK),
    )
    .await;
}

async fn pause(sender: &Sender, most: Duration) {
    tokio::select! {
        () = sender.app.bus.woken(Queue::Letters) => {}
        () = tokio::time::sleep(most) => {}
        () = sender.stop.cancelled() => {}
    }
}
