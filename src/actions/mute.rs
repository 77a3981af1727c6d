//! Muting somebody: one does not meet them in feeds, and they never know. Has no remote door: no peer is told.

use chrono::TimeDelta;

use super::parties::{self, PartyError};
use crate::app::App;
use crate::db;
use crate::db::mutes::NewMute;
use crate::domain::ids::{AccountId, RelationId};

/// How somebody is muted.
#[derive(Clone, Copy, Debug)]
pub struct Muting {
    /// Their notifications too.
    pub notifications: bool,
    /// For so long; none: until it is ended.
    pub lasts: Option<TimeDelta>,
}

/// Mutes, or changes how somebody is muted. Muting oneself changes nothing.
pub async fn local(app: &App, me: AccountId, target: AccountId, muting: Muting) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    if me.id == target.id {
        return Ok(());
    }
    db::pairs::lock(&mut tx, me.id, target.id).await?;
    let now = app.clock.now();
    let new = NewMute {
        id: RelationId(app.ids.next()),
        account: me.id,
        target: target.id,
        notifications: muting.notifications,
        // So long that it has no date: for ever.
        expires_at: muting.lasts.and_then(|lasts| now.checked_add_signed(lasts)),
        now,
    };
    db::mutes::put(&mut tx, &new).await?;
    db::hidden::settle(&mut tx, me.id, target.id).await?;
    tx.commit().await?;
    Ok(())
}
