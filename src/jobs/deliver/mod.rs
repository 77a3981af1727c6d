//! Sends letters: many hosts at once, each in order. Never decides who gets one, never holds one host up for another.
//!
//! A host is claimed for a turn, gets its next letters in order, and is given back with a new cursor, or with a time
//! before which it is left alone. That is one row, however many letters wait.

mod activities;
pub mod backoff;
mod exchange;
mod followers;
mod keys;
mod room;
mod turn;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use sqlx::PgConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::actions::policies;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::letters::{Claimed, Most, Turn};
use crate::domain::clock::Time;
use crate::domain::ids::HostId;
use activities::Activities;
use keys::Keys;
use turn::{Bundle, Enclosed};

/// Hosts claimed in one query.
const CLAIM: usize = 256;
/// Letters of one turn: a long backlog shares the sender with others.
const LETTERS: i64 = 50;
/// Of a host that failed the last time, which will probably take none: the first, and one to see whether it is the first
/// or the host that is unwell.
const LETTERS_OF_FAILING: i64 = 2;
/// A claim that was not given back, because its sender died, is free again after this. Longer than a turn can take.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// No letter of a turn is begun after this; one letter takes ten seconds at the most, in each of two ways to sign it.
const LONGEST_TURN: Duration = Duration::from_secs(25);
const LOOK: Duration = Duration::from_secs(5);
const TROUBLE: Duration = Duration::from_secs(2);
/// How long turns that failed gather before they are written down. Their hosts are left alone for much longer.
const GATHER_FAILED: Duration = Duration::from_millis(500);
/// How long it waits for room among the hosts that are waited for.
const BUSY: Duration = Duration::from_millis(50);

/// What the tasks of a sender share.
struct Sender {
    app: App,
    keys: Keys,
    activities: Activities,
    /// Hosts at once.
    room: usize,
    failing: Arc<Semaphore>,
    stop: CancellationToken,
}

pub async fn run(app: App, stop: CancellationToken) {
    let sender = Arc::new(Sender {
        keys: Keys::default(),
        activities: Activities::default(),
        room: room::hosts(),
        failing: Arc::new(Semaphore::new(room::FAILING)),
        app,
        stop,
    });
    let (ended, turns) = mpsc::channel::<Turn>(sender.room);
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
    let room = sender.room.saturating_sub(tasks.len()).min(CLAIM);
    if room == 0 {
        pause(sender, BUSY).await;
        return Ok(true);
    }
    let most = Most {
        well: room as i64,
        failing: sender.failing.available_permits().min(room) as i64,
    };
    let now = sender.app.clock.now();
    let mut db = sender.app.db.acquire().await?;
    let hosts = db::letters::claim(&mut db, most, now, now + LEASE).await?;
    if hosts.is_empty() {
        return Ok(false);
    }
    let mut letters = letters(sender, &mut db, &hosts, now).await?;
    drop(db);
    for host in hosts {
        // Only this loop takes of them, and it claimed no more than there were.
        let place = (host.failures > 0).then(|| sender.failing.clone().try_acquire_owned().ok());
        let bundle = letters.remove(&host.host_id).unwrap_or_default();
        tasks.spawn(turn(sender.clone(), host, bundle, ended.clone(), place.flatten()));
    }
    Ok(true)
}

/// The next letters of these hosts, with what they carry.
async fn letters(
    sender: &Sender,
    db: &mut PgConnection,
    hosts: &[Claimed],
    now: Time,
) -> sqlx::Result<HashMap<HostId, Bundle>> {
    let most_each = |host: &Claimed| {
        // A dead host's news are only passed over.
        if host.failures == 0 || backoff::is_dead(host.failing_since, now) {
            LETTERS
        } else {
            LETTERS_OF_FAILING
        }
    };
    let ids: Vec<HostId> = hosts.iter().map(|host| host.host_id).collect();
    let cursors: Vec<i64> = hosts.iter().map(|host| host.cursor).collect();
    let most_each: Vec<i64> = hosts.iter().map(most_each).collect();
    let waiting = db::letters::next(db, &ids, &cursors, &most_each).await?;
    let activities = sender.activities.of(db, &waiting).await?;
    let mut letters: HashMap<HostId, Bundle> = HashMap::new();
    for letter in waiting {
        let bundle = letters.entry(letter.host_id).or_default();
        bundle.up_to = Some(letter.id);
        // Without one it was deleted with its sender, a moment ago.
        if let Some(activity) = activities.get(&letter.outgoing_id).cloned() {
            bundle.letters.push(Enclosed { letter, activity });
        }
    }
    Ok(letters)
}

async fn turn(
    sender: Arc<Sender>,
    host: Claimed,
    bundle: Bundle,
    ended: mpsc::Sender<Turn>,
    place: Option<OwnedSemaphorePermit>,
) {
    // Letters that wait for a server with which this one no longer speaks are passed over.
    let turn = match policies::is_suspended(&sender.app, &host.authority).await {
        Ok(true) => turn::pass_over(&sender, &host, &bundle),
        Ok(false) => turn::take(&sender, host, bundle).await,
        Err(error) => {
            // Its claim ends by itself.
            tracing::warn!(%error, "whether letters may go to a server could not be asked");
            return;
        }
    };
    drop(place);
    if turn.error.is_some() {
        // Nobody waits for it, and others' letters do for the processor: those that fail together are written together.
        tokio::select! {
            () = tokio::time::sleep(GATHER_FAILED) => {}
            () = sender.stop.cancelled() => {}
        }
    }
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
    }
}

async fn finish(sender: &Sender, turns: &[Turn]) -> sqlx::Result<()> {
    let mut db = sender.app.db.acquire().await?;
    let finished = db::letters::finish(&mut db, turns, sender.app.clock.now()).await?;
    let changed = turns.iter().filter(|turn| turn.signing != turn.signing_before);
    for turn in changed {
        db::hosts::understands(&mut db, turn.host_id, turn.signing).await?;
    }
    if finished.too_late > 0 {
        tracing::warn!(
            turns = finished.too_late,
            "turns took longer than their claims; others do them again"
        );
    }
    if finished.due > 0 {
        sender.app.bus.wake(Queue::Letters);
    }
    Ok(())
}

/// Until a letter is written, or the next host is due.
async fn wait(sender: &Sender) {
    if sender.failing.available_permits() == 0 {
        // The next that is due is one of those for whom there is no room.
        return pause(sender, BUSY).await;
    }
    let due = async {
        let mut db = sender.app.db.acquire().await?;
        db::letters::next_due(&mut db).await
    };
    let next: Option<_> = due.await.unwrap_or(None);
    let until = next.map(|due| {
        let wait = due - sender.app.clock.now();
        // Due meanwhile: at once.
        wait.to_std().unwrap_or_default()
    });
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
