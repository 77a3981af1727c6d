//! Who never showed that an address is theirs is forgotten after a week, so that nobody keeps names by typing them. Never
//! touches somebody who has confirmed one.

use chrono::TimeDelta;

use super::{approve, lock_out};
use crate::app::App;
use crate::db;

/// Links live for two days, and can be asked for again.
const PATIENCE: TimeDelta = TimeDelta::days(7);
/// At a time.
const BATCH: i64 = 100;

pub async fn forget(app: &App) -> sqlx::Result<()> {
    let before = app.clock.now() - PATIENCE;
    let waiting = {
        let mut db = app.db.acquire().await?;
        db::contacts::unconfirmed(&mut db, before, BATCH).await?
    };
    for account in waiting {
        let mut tx = app.db.begin().await?;
        // Whoever confirms at the same moment is waited for, and stays.
        if !db::contacts::lock_unconfirmed(&mut tx, account).await? {
            continue;
        }
        let ended = lock_out::everywhere(&mut tx, account).await?;
        approve::leave(&mut tx, account, app.clock.now()).await?;
        tx.commit().await?;
        ended.forget(app);
        app.caches.forget_account(account);
    }
    Ok(())
}
