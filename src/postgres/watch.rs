//! Looks after the server's Postgres: starts it again when it dies, stops it when it is told to.
//! Never gives up while the server lives: a database that is away is better than a server that is.

use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep};

use super::cluster::{Ending, end};
use super::error::ClusterError;
use super::lock::Turn;
use super::process::{Process, running};
use super::start::{self, Start, Started, end_of_log};

const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A Postgres that lived so long died of something new.
const WELL: Duration = Duration::from_secs(60);

/// Looks after a Postgres until told otherwise.
pub async fn until(
    mut told: oneshot::Receiver<Ending>,
    start: Start,
    started: Started,
    living: watch::Sender<u32>,
) -> Result<(), ClusterError> {
    let mut process = started.process;
    let mut pause = SHORTEST_PAUSE;
    loop {
        let since = Instant::now();
        tokio::select! {
            ending = &mut told => return finish(ending, process, &start).await,
            how = process.ended() => {
                tracing::error!(how, log = end_of_log(&start.layout.log), "Postgres died; starting it again");
            }
        }
        if since.elapsed() > WELL {
            pause = SHORTEST_PAUSE;
        }
        tokio::select! {
            ending = &mut told => match running(&start.layout.cluster) {
                // The attempt that was cut short may have started one.
                Some(now) => {
                    let found = Process::Found(now.pid, start.layout.cluster.clone());
                    return finish(ending, found, &start).await;
                }
                None => return Ok(()),
            },
            revived = revive(&start, &mut pause) => {
                process = revived;
                living.send_modify(|lives| *lives = lives.saturating_add(1));
            }
        }
    }
}

async fn finish(
    ending: Result<Ending, oneshot::error::RecvError>,
    mut process: Process,
    start: &Start,
) -> Result<(), ClusterError> {
    match ending {
        Ok(Ending::Stop) | Err(_) => {
            let _turn = Turn::take(&start.layout.data_dir).await?;
            end(&mut process, &start.layout).await
        }
        #[cfg(test)]
        Ok(Ending::Abandon) => Ok(()),
    }
}

/// Tries until Postgres runs again, with longer and longer pauses.
async fn revive(start: &Start, pause: &mut Duration) -> Process {
    loop {
        sleep(*pause).await;
        *pause = (*pause * 2).min(LONGEST_PAUSE);
        match attempt(start).await {
            Ok(started) => {
                tracing::info!(pid = started.process.pid(), "Postgres runs again");
                return started.process;
            }
            Err(error) => tracing::error!(%error, "Postgres could not be started again"),
        }
    }
}

async fn attempt(start: &Start) -> Result<Started, ClusterError> {
    let _turn = Turn::take(&start.layout.data_dir).await?;
    start::ensure(start).await
}
