//! Ending somebody else's follow of oneself. A peer says the same by rejecting the follow: `reject_follow::remote`.

use super::parties::{self, PartyError};
use super::{follow_letters, unfollow};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::AccountId;

/// Somebody here has `follower` no longer. Where there is no follow, nothing happens.
pub async fn local(app: &App, me: AccountId, follower: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, follower) = parties::both(&mut tx, me, follower).await?;
    db::pairs::lock(&mut tx, me.id, follower.id).await?;
    if let Some(follow) = unfollow::end(app, &mut tx, &follower, &me).await? {
        follow_letters::end(app, &mut tx, &me, &follower, &follow).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}
