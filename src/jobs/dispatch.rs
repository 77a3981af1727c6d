//! Does what changes cause: feeds, letters, counts. Takes work out of the outbox in the transaction that does it, so a
//! crash loses nothing and repeats nothing. Decides nothing about who may see what.

use std::time::Duration;

use sqlx::PgConnection;
use sqlx::types::Json;
use tokio_util::sync::CancellationToken;

use crate::actions::delete_actor::{self, Erased};
use crate::actions::{accept_notifications, push, tell_of_posts};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::PostId;
use crate::domain::live::{Event, Told};
use crate::domain::work::Work;

/// Most rows of the outbox in one transaction.
const BATCH: i64 = 200;
/// How often it looks by itself: for what another process wrote, or a wake-up that was lost.
const LOOK: Duration = Duration::from_secs(2);
/// How long it lets work gather after a batch: what comes alone is done at once, what comes in a stream is done in
/// batches, of which each row costs a fraction of what it costs alone.
const GATHER: Duration = Duration::from_millis(10);
const TROUBLE: Duration = Duration::from_secs(1);

pub async fn run(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match batch(&app).await {
            Ok(0) => wait(&app, &stop, LOOK).await,
            Ok(done) if done < BATCH as usize => pause(&stop, GATHER).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "the outbox could not be worked on; trying again");
                one_by_one(&app).await;
                wait(&app, &stop, TROUBLE).await;
            }
        }
    }
}

async fn wait(app: &App, stop: &CancellationToken, most: Duration) {
    tokio::select! {
        () = app.bus.woken(Queue::Outbox) => {}
        () = tokio::time::sleep(most) => {}
        () = stop.cancelled() => {}
    }
}

async fn pause(stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = stop.cancelled() => {}
    }
}

/// Does a batch; gives how much there was.
pub async fn batch(app: &App) -> sqlx::Result<usize> {
    let mut tx = app.db.begin().await?;
    // One dispatcher at a time, whichever process it is in: letters get their ids in the order of commits.
    if !db::outbox::lock_dispatch(&mut tx).await? {
        return Ok(0);
    }
    let taken = db::outbox::take(&mut tx, BATCH).await?;
    let done = work(app, &mut tx, &taken).await?;
    let merged = db::reactions::merge_counts(&mut tx, app.clock.now().date_naive()).await?;
    if taken.is_empty() && merged == 0 {
        return Ok(0);
    }
    tx.commit().await?;
    done.committed(app).await;
    metrics::counter!("tintype_outbox_done_total").increment(taken.len() as u64);
    Ok(taken.len() + usize::try_from(merged).unwrap_or_default())
}

/// When a batch fails, its rows are tried alone, so that one that cannot be done does not hold up the rest: it is
/// logged and put aside.
async fn one_by_one(app: &App) {
    let Ok(ids) = db::outbox::waiting(&app.db, BATCH).await else {
        return;
    };
    for id in ids {
        if let Err(error) = alone(app, id).await {
            if passes(&error) {
                tracing::warn!(%error, id, "work could not be done now; it is tried again");
                return;
            }
            tracing::error!(%error, id, "work that cannot be done was put aside");
            db::outbox::put_aside(&app.db, id, &error.to_string()).await.ok();
        }
    }
}

/// Whether it is about the database's state and not about the work: a connection, a lock, a deadlock, a time-out, a
/// restart. Classes of SQLSTATE: Postgres' manual, appendix A.
fn passes(error: &sqlx::Error) -> bool {
    match db::code(error) {
        Some(code) => ["08", "40", "53", "55", "57", "58"].contains(&code.get(..2).unwrap_or_default()),
        None => matches!(
            error,
            sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
        ),
    }
}

async fn alone(app: &App, id: i64) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    if !db::outbox::lock_dispatch(&mut tx).await? {
        return Ok(());
    }
    let taken = db::outbox::take_one(&mut tx, id).await?;
    let done = work(app, &mut tx, &taken).await?;
    tx.commit().await?;
    done.committed(app).await;
    Ok(())
}

/// What a batch did, for those who go on with it.
#[derive(Default)]
struct Done {
    letters: bool,
    pushes: bool,
    told: Vec<Told>,
}

impl Done {
    /// Wakes and tells. Other processes are told once for the whole batch.
    async fn committed(self, app: &App) {
        if self.letters {
            app.bus.wake(Queue::Letters);
        }
        if self.pushes {
            app.bus.wake(Queue::Pushes);
        }
        if self.told.is_empty() {
            return;
        }
        // Who hears of something and asks at once is to find it.
        app.caches.check.expire();
        app.bus.tell(self.told);
        if let Err(error) = db::live::announce(&app.db, app.bus.process()).await {
            tracing::warn!(%error, "other processes were not told of news; they see it with the next");
        }
    }
}

async fn work(app: &App, db: &mut PgConnection, taken: &[(i64, Json<Work>)]) -> sqlx::Result<Done> {
    let (mut posts, mut joined): (Vec<PostId>, Vec<PostId>) = Default::default();
    let mut done = Done::default();
    let mut events: Vec<Event> = Vec::new();
    for (_, Json(work)) in taken {
        match work {
            Work::FanOut { posts: more } => posts.extend(more),
            Work::Join { posts } => joined.extend(posts),
            Work::FillIn { posts } => app.feeds.push(db, posts).await?,
            Work::Post { outgoing, to } => {
                done.letters |= {
                    let federation = app.config.federation;
                    db::letters::write(db, *outgoing, to, federation, app.clock.now()).await? > 0
                }
            }
            Work::Erase { account } => {
                if delete_actor::erase(db, *account).await? == Erased::Some {
                    db::outbox::add(db, &Work::Erase { account: *account }).await?;
                }
            }
            Work::Rebuild { owner } => app.feeds.rebuild(db, *owner).await?,
            Work::Backfill { owner, followee } => app.feeds.backfill(db, *owner, *followee).await?,
            Work::Merge { account, from } => accept_notifications::merge(db, *account, *from).await?,
            Work::Tell { events: more } => events.extend(more.iter().cloned()),
        }
    }
    if !joined.is_empty() {
        db::posts::join(db, &joined).await?;
    }
    if !posts.is_empty() {
        app.feeds.push(db, &posts).await?;
        tell_of_posts::tell(app, db, &posts).await?;
        // Ended in the same batch: says so after it.
        events.splice(0..0, posts.into_iter().map(|post| Event::Published { post }));
    }
    done.pushes = push::enqueue(app, db, &events).await?;
    done.told = db::live::add(db, app.bus.process(), events, app.clock.now()).await?;
    Ok(done)
}
