//! The loop of work that waits in rows: rounds until nothing is due, then again when it is woken or a while has passed. Knows
//! no kind of work, and never ends for an error.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::bus::Queue;

/// When a kind of work looks for more, and what is said when it cannot.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    pub queue: Queue,
    /// What nobody was woken for is found within this.
    pub look: Duration,
    pub trouble: &'static str,
}

/// `round` gives how many it did.
pub async fn run<F, W>(app: App, stop: CancellationToken, rounds: Rounds, round: F)
where
    F: Fn(App) -> W,
    W: Future<Output = sqlx::Result<usize>>,
{
    while !stop.is_cancelled() {
        match round(app.clone()).await {
            Ok(0) => wait(&app, &stop, rounds).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "{}; trying again", rounds.trouble);
                wait(&app, &stop, rounds).await;
            }
        }
    }
}

async fn wait(app: &App, stop: &CancellationToken, rounds: Rounds) {
    tokio::select! {
        () = app.bus.woken(rounds.queue) => {}
        () = tokio::time::sleep(rounds.look) => {}
        () = stop.cancelled() => {}
    }
}
