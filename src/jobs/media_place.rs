//! Looks every few seconds where pictures are, and takes former files away once they are due. Never begins a move.

use tokio_util::sync::CancellationToken;

use crate::actions::move_media;
use crate::app::App;

pub async fn run(app: App, stop: CancellationToken) {
    loop {
        let tidied = tokio::select! {
            () = stop.cancelled() => return,
            tidied = move_media::tidy(&app) => tidied,
        };
        if let Err(error) = tidied {
            tracing::warn!(%error, "where media are could not be looked at, or former files not removed");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(move_media::LOOK) => {}
        }
    }
}
