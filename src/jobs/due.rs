//! Does what has its time: polls and announcements that end, numbers of polls that other servers are to hear, posts that
//! were planned. Holds no rules; what is due is in the database, and several processes share it.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::rounds::{self, Rounds};
use crate::actions::{announce, polls, schedule};
use crate::app::App;
use crate::bus::Queue;

/// How often it looks. What is due is done within this.
const LOOK: Duration = Duration::from_secs(5);

pub async fn run(app: App, stop: CancellationToken) {
    let rounds = Rounds {
        queue: Queue::Due,
        look: LOOK,
        trouble: "what is due could not be done",
    };
    rounds::run(app, stop, rounds, |app| async move { round(&app).await }).await;
}

/// A batch of each; gives how much there was.
pub async fn round(app: &App) -> sqlx::Result<usize> {
    let polls = polls::end(app).await? + polls::tell(app).await?;
    Ok(polls + announce::end(app).await? + schedule::publish_due(app).await?)
}
