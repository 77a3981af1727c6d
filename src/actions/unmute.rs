//! Ending a mute, by hand or because its time is over. Has no remote door: no peer was told.

use super::parties::{self, PartyError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

/// How many mutes a run of the sweep ends.
const MOST_AT_ONCE: i64 = 500;

/// Somebody here mutes somebody no longer. Where there is no mute, nothing happens.
pub async fn local(app: &App, me: AccountId, target: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    db::pairs::lock(&mut tx, me.id, target.id).await?;
    if db::mutes::delete(&mut tx, me.id, target.id).await? {
        db::hidden::settle(&mut tx, me.id, target.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Ends mutes whose time is over, each in a transaction of its own. Gives how many it found: as many as
/// `MOST_AT_ONCE` means that there may be more.
pub async fn expire_mutes(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let over = db::mutes::over(&mut *app.db.acquire().await?, now, MOST_AT_ONCE).await?;
    for (account, target) in &over {
        let mut tx = app.db.begin().await?;
        db::pairs::lock(&mut tx, *account, *target).await?;
        if db::mutes::expire(&mut tx, *account, *target, now).await? {
            db::hidden::settle(&mut tx, *account, *target).await?;
        }
        tx.commit().await?;
    }
    Ok(over.len())
}
