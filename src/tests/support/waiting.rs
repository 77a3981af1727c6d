//! Waiting for what another task or process does, with an end to it.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Longer than anything takes on a machine that is busy with other builds.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(4);

/// Asks until there is an answer; panics when there is none for a minute, saying what was waited for.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "waited in vain for this: {what}");
        sleep(LOOK).await;
    }
}
