//! The task between the bus and the connections of this process. Renders nothing while nobody is connected, and is never
//! waited for by whoever speaks on the bus: what it could not keep up with it reads from the log.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio_util::sync::CancellationToken;

use super::{deliver, ear};
use crate::app::App;
use crate::db;
use crate::domain::live::Told;
use crate::streams::Proof;

/// How long a revoked token or a suspended person may stay connected, at most.
const LOOK: Duration = Duration::from_secs(3);
/// Most events that are delivered together.
const BATCH: usize = 200;
/// Most events that are read from the log at once; who missed more reads pages.
const MOST_MISSED: i64 = 1_000;

/// Delivers until the server stops; then everybody is cut off.
pub async fn run(app: App, stop: CancellationToken) {
    tokio::select! {
        () = work(&app, &stop) => {}
        () = stop.cancelled() => {}
    }
    app.streams.stop();
}

async fn work(app: &App, stop: &CancellationToken) {
    app.streams.somebody_comes().await;
    let mut told = app.bus.telling();
    tokio::spawn(ear::run(app.clone(), stop.clone()));
    let mut last = 0;
    let mut look = tokio::time::interval(LOOK);
    loop {
        let batch = tokio::select! {
            first = told.recv() => gather(app, &mut told, first, last).await,
            () = app.streams.doubted() => {
                look.reset_immediately();
                continue;
            }
            _ = look.tick() => {
                if let Err(error) = check(app).await {
                    tracing::warn!(%error, "whether streams may go on could not be asked; asking again");
                }
                continue;
            }
        };
        last = batch.iter().map(|told| told.id).max().unwrap_or(last).max(last);
        for some in batch.chunks(BATCH) {
            if let Err(error) = deliver::all(app, some).await {
                metrics::counter!("tintype_streams_lost_total").increment(some.len() as u64);
                tracing::warn!(%error, "events could not be delivered to connected clients");
            }
        }
    }
}

/// What is there to be delivered, as much as there is at this moment.
async fn gather(
    app: &App,
    told: &mut Receiver<Arc<[Told]>>,
    first: Result<Arc<[Told]>, RecvError>,
    last: i64,
) -> Vec<Told> {
    let mut batch = match first {
        Ok(first) => first.to_vec(),
        Err(RecvError::Lagged(_)) => return missed(app, told, last).await,
        // Not while there is an app.
        Err(RecvError::Closed) => return Vec::new(),
    };
    while batch.len() < BATCH {
        match told.try_recv() {
            Ok(more) => batch.extend(more.iter().cloned()),
            Err(TryRecvError::Lagged(_)) => return missed(app, told, last).await,
            Err(_) => break,
        }
    }
    batch
}

/// Too much was said: what is still on the bus is in the log as well.
async fn missed(app: &App, told: &mut Receiver<Arc<[Told]>>, last: i64) -> Vec<Told> {
    metrics::counter!("tintype_streams_behind_total").increment(1);
    while !matches!(told.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
    let read = async {
        let mut db = app.db.acquire().await?;
        db::live::since(&mut db, last, None, MOST_MISSED).await
    };
    read.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "what connected clients missed could not be read");
        Vec::new()
    })
}

/// Cuts off those whose token or session has ended, or who were suspended: one question for all of them.
async fn check(app: &App) -> sqlx::Result<()> {
    let mut ended = app.streams.proofs();
    if ended.is_empty() {
        return Ok(());
    }
    let (mut tokens, mut sessions) = (Vec::new(), Vec::new());
    for proof in &ended {
        match proof {
            Proof::Token(token) => tokens.push(*token),
            Proof::Session(hash) => sessions.push(hash.clone()),
        }
    }
    let (tokens, sessions) = db::live::valid(&mut *app.db.acquire().await?, &tokens, &sessions).await?;
    let valid = tokens.into_iter().map(Proof::Token);
    for proof in valid.chain(sessions.into_iter().map(Proof::Session)) {
        ended.remove(&proof);
    }
    if !ended.is_empty() {
        app.streams.revoke(&ended);
    }
    Ok(())
}
