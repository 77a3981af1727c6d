//! What is done now and then: feeds cut, letters and old notes swept, readers who are away retired. Bounded batches.

use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::actions::{note_address, unconfirmed, unmute};
use crate::app::App;
use crate::db;

const EVERY: Duration = Duration::from_secs(60);
/// Rows of one sweep.
const BATCH: i64 = 10_000;
/// How long an unused session is kept; it has ended by then.
const UNUSED_SESSION: TimeDelta = TimeDelta::days(60);
/// How long a browser, and a kind of browser, is known after somebody last signed in with it.
const BROWSER_KNOWN: TimeDelta = TimeDelta::days(365);
/// Who has not been here for so long is not written to any more.
const AWAY: TimeDelta = TimeDelta::days(30);

/// How long it is known on which days somebody was here: a year, and the one before it to compare with.
const DAYS_KNOWN: TimeDelta = TimeDelta::days(740);
/// How long it is known who tried to sign up with mail of a provider that is blocked.
const TRIES_KNOWN: TimeDelta = TimeDelta::days(8);
/// How long events for connected clients are kept, for processes that were cut off from the others.
const LIVE_KEPT: TimeDelta = TimeDelta::minutes(10);

pub async fn run(app: App, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = stop.cancelled() => return,
        }
        if let Err(error) = round(&app).await {
            tracing::error!(%error, "upkeep failed; trying again in a minute");
        }
    }
}

/// One round of everything; each part stops after a bounded batch.
pub async fn round(app: &App) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    // One process at a time: the others have nothing to add.
    if !db::upkeep::lock(&mut db).await? {
        return Ok(());
    }
    let done: sqlx::Result<()> = async {
        app.feeds.trim(&mut db).await?;
        while db::letters::sweep(&mut db, BATCH).await? == BATCH as u64 {}
        db::keys::forget_ended(&mut db).await?;
        db::received::forget_applied(&mut db, (now - TimeDelta::days(3)).date_naive()).await?;
        db::upkeep::forget_keys(&mut db, now).await?;
        db::changes::sweep(&mut db).await?;
        db::codes::sweep(&mut db, now - TimeDelta::days(1)).await?;
        db::throttle::sweep(&mut db, now - TimeDelta::days(1)).await?;
        db::sessions::sweep(&mut db, (now - UNUSED_SESSION).date_naive()).await?;
        db::mail_tokens::sweep(&mut db, now).await?;
        db::invitations::sweep(&mut db, now - TimeDelta::days(1)).await?;
        db::browsers::sweep(&mut db, (now - BROWSER_KNOWN).date_naive()).await?;
        db::devices::sweep(&mut db, now - BROWSER_KNOWN).await?;
        note_address::forget(app, &mut db).await?;
        db::live::sweep(&mut db, now - LIVE_KEPT).await?;
        db::measures::forget_days(&mut db, (now - DAYS_KNOWN).date_naive()).await?;
        db::ip_blocks::forget_expired(&mut db, now).await?;
        db::email_domain_blocks::forget_tries(&mut db, (now - TRIES_KNOWN).date_naive()).await?;
        for owner in db::upkeep::away(&mut db, (now - AWAY).date_naive(), 1_000).await? {
            app.feeds.retire(&mut db, owner).await?;
        }
        Ok(())
    }
    .await;
    db::upkeep::unlock(&mut db).await?;
    drop(db);
    done?;
    // In transactions of their own, and the same if another process does it too.
    unmute::expire_mutes(app).await?;
    unconfirmed::forget(app).await
}
