//! Does what has its time: polls and announcements that end, numbers of polls that other servers are to hear, posts that
//! were planned. Holds no rules; what is due is in the database, and several processes share it.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::actions::{announce, polls, schedule};
use crate::app::App;
use crate::bus::Queue;

/// How often it looks. What is due is done within this.
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match round(&app).await {
            Ok(0) => wait(&app, &stop).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "what is due could not be done; trying again");
                wait(&app, &stop).await;
            }
        }
    }
}

async fn wait(app: &App, stop: &CancellationToken) {
    tokio::select! {
        () = app.bus.woken(Queue::Due) => {}
        () = tokio::time::sleep(LOOK) => {}
        () = stop.cancelled() => {}
    }
}

/// A batch of each; gives how much there was.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let polls = polls::end(app).await? + polls::tell(app).await?;
    Ok(polls + announce::end(app).await? + schedule::publish_due(app).await?)
}
