//! Refusing a request to follow; from elsewhere also ending a follow that was granted. Here that is `remove_follower`.

use sqlx::PgConnection;
use tintype_federation::inbox::FollowRef;

use super::parties::{self, PartyError};
use super::{accept_follow, follow_letters, relays, unfollow};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::relay::RelayState;

/// Somebody here does not let `follower` follow them. What was granted meanwhile stays; without a request: not found.
pub async fn local(app: &App, me: AccountId, follower: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, follower) = parties::both(&mut tx, me, follower).await?;
    db::pairs::lock(&mut tx, me.id, follower.id).await?;
    let asked = db::follows::between(&mut tx, follower.id, me.id).await?;
    if asked.ok_or(PartyError::NotFound)?.accepted {
        return Ok(());
    }
    if let Some(follow) = unfollow::end(app, &mut tx, &follower, &me).await? {
        follow_letters::end(app, &mut tx, &me, &follower, &follow).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// A peer's person does not let somebody here follow them, or no longer does. Only the followee can say so.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    follow: &FollowRef,
) -> sqlx::Result<()> {
    if relays::answered(app, db, actor, follow.id.as_ref(), RelayState::Refused).await? {
        return Ok(());
    }
    let Some(asked) = accept_follow::find(db, actor, follow).await? else {
        return Ok(());
    };
    let Some(follower) = parties::here_by_id(db, asked.follower_id).await? else {
        return Ok(());
    };
    db::pairs::lock(db, follower.id, actor.id).await?;
    unfollow::end(app, db, &follower, actor).await?;
    Ok(())
}
