//! Hears what other processes on the same database committed. Asks the log only when it was told to, and after its
//! connection broke: what was said meanwhile is looked up by its number.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::db;

/// Most events that are looked up at once; of more, the newest.
const MOST: i64 = 1_000;
const AGAIN: Duration = Duration::from_secs(1);

pub async fn run(app: App, stop: CancellationToken) {
    let mut heard = None;
    loop {
        let error = tokio::select! {
            error = listen(&app, &mut heard) => error,
            () = stop.cancelled() => return,
        };
        if let Err(error) = error {
            tracing::warn!(%error, "other processes are not heard; listening again");
        }
        // Our own events arrive without an ear.
        app.streams.feed();
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Ends only in an error.
async fn listen(app: &App, heard: &mut Option<i64>) -> sqlx::Result<()> {
    let mut listener = db::live::listener(&app.db).await?;
    catch_up(app, heard).await?;
    app.streams.feed();
    loop {
        let mut is_news = false;
        // None: the connection broke, and is there again.
        let mut next = listener.try_recv().await?;
        loop {
            is_news |= next
                .as_ref()
                .is_none_or(|said| !db::live::is_of(said.payload(), app.bus.process()));
            match listener.next_buffered() {
                Some(said) => next = Some(said),
                None => break,
            }
        }
        if is_news {
            catch_up(app, heard).await?;
        }
    }
}

async fn catch_up(app: &App, heard: &mut Option<i64>) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    let Some(known) = *heard else {
        *heard = Some(db::live::last(&mut db).await?);
        return Ok(());
    };
    let told = db::live::since(&mut db, known, Some(app.bus.process()), MOST).await?;
    *heard = Some(told.last().map_or(known, |last| last.id));
    // Who hears of something and asks at once is to find it.
    app.caches.check.expire();
    app.bus.tell(told);
    Ok(())
}
