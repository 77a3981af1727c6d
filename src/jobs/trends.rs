//! Every few minutes, what trends is chosen anew. Decides nothing about what may: `actions::trends` does.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::actions::trends;
use crate::app::App;

const EVERY: Duration = Duration::from_secs(300);
/// A server that has just started has more urgent things to do.
const FIRST: Duration = Duration::from_secs(20);

pub async fn run(app: App, stop: CancellationToken) {
    let mut pause = FIRST;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return,
        }
        pause = EVERY;
        if let Err(error) = trends::renew(&app).await {
            tracing::error!(%error, "trends could not be chosen anew; the last ones stay for now");
        }
    }
}
