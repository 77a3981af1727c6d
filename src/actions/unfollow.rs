//! Ending a follow, or the request for one, by the follower. Never asks the followee.

use sqlx::PgConnection;
use url::Url;

use super::follow_letters;
use super::parties::{self, PartyError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follows::Follow;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::notification::Kind;

/// Somebody here follows no longer. Where there is no follow, nothing happens.
pub async fn local(app: &App, me: AccountId, followee: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, followee) = parties::both(&mut tx, me, followee).await?;
    db::pairs::lock(&mut tx, me.id, followee.id).await?;
    if let Some(follow) = end(app, &mut tx, &me, &followee).await? {
        follow_letters::take_back(app, &mut tx, &me, &followee, &follow).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// A peer's person follows somebody here no longer; whether there was a follow, or a request for one.
pub async fn remote(app: &App, db: &mut PgConnection, actor: &Account, object: &Url) -> sqlx::Result<bool> {
    match db::accounts::id_by_uri(db, object.as_str()).await? {
        Some(id) => remote_from(app, db, actor, id).await,
        None => Ok(false),
    }
}

/// The same by the Follow's address alone; whether it was one of this actor's.
pub async fn remote_by_id(app: &App, db: &mut PgConnection, actor: &Account, id: &Url) -> sqlx::Result<bool> {
    match db::follows::of_follower_by_uri(db, actor.id, id.as_str()).await? {
        Some(follow) => remote_from(app, db, actor, follow.followee_id).await,
        None => Ok(false),
    }
}

async fn remote_from(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    followee: AccountId,
) -> sqlx::Result<bool> {
    let Some(followee) = parties::here_by_id(db, followee).await? else {
        return Ok(false);
    };
    db::pairs::lock(db, actor.id, followee.id).await?;
    Ok(end(app, db, actor, &followee).await?.is_some())
}

/// Takes the follow away with what it had brought: counts, feed entries, the followee's notification. What it was.
pub(super) async fn end(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
) -> sqlx::Result<Option<Follow>> {
    let Some(gone) = db::follows::delete(db, follower.id, followee.id).await? else {
        return Ok(None);
    };
    if followee.is_local() {
        for kind in [Kind::Follow, Kind::FollowRequest] {
            db::notifications::withdraw(db, followee.id, kind, follower.id, None).await?;
        }
    }
    if follower.is_local() && gone.accepted {
        app.feeds.forget(db, follower.id, followee.id).await?;
    }
    Ok(Some(gone))
}
