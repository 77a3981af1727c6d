//! Waiting for a picture to be ready or refused. Does nothing towards it.

use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout, timeout_at};

use crate::app::App;
use crate::db;
use crate::db::media_progress::Progress;
use crate::domain::ids::MediaId;

/// A picture that another process settled is noticed within this.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How far the picture is, as soon as it is settled, or after `most`. `None`: there is no such.
pub async fn within(app: &App, id: MediaId, most: Duration) -> sqlx::Result<Option<Progress>> {
    let deadline = Instant::now() + most;
    // Listening begins before the first look, so that nothing falls between them.
    let mut settling = app.bus.settling();
    loop {
        let progress = look(app, id).await?;
        if progress.as_ref().is_none_or(|it| it.state != 0) || Instant::now() >= deadline {
            return Ok(progress);
        }
        let next = timeout(LOOK_AGAIN, heard(&mut settling, id));
        // Whichever comes first, the database is asked again.
        drop(timeout_at(deadline, next).await);
    }
}

async fn look(app: &App, id: MediaId) -> sqlx::Result<Option<Progress>> {
    let mut db = app.db.acquire().await?;
    db::media_progress::progress(&mut db, id).await
}

async fn heard(settling: &mut Receiver<MediaId>, id: MediaId) {
    loop {
        match settling.recv().await {
            Ok(settled) if settled == id => return,
            Ok(_) => {}
            // Something was missed, and it may have been this one.
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
