//! Granting a request to follow. Never makes a follow where nobody asked for one.

use sqlx::PgConnection;
use tintype_federation::inbox::FollowRef;

use super::parties::{self, PartyError};
use super::{follow, follow_letters, relays, unfollow};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follows::Follow;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::notification::Kind;
use crate::domain::relay::RelayState;
use crate::domain::work::Work;

/// Somebody here lets `follower` follow them. Granting twice changes nothing; granting what nobody asked is not found.
pub async fn local(app: &App, me: AccountId, follower: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, follower) = parties::both(&mut tx, me, follower).await?;
    db::pairs::lock(&mut tx, me.id, follower.id).await?;
    let asked = db::follows::between(&mut tx, follower.id, me.id).await?;
    let asked = asked.ok_or(PartyError::NotFound)?;
    if grant(app, &mut tx, &follower, &me).await?
        && let Some(uri) = &asked.uri
    {
        follow_letters::grant(app, &mut tx, &me, &follower, uri).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// A peer's person lets somebody here follow them. Only the followee can say so, and only of what was asked.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    follow: &FollowRef,
) -> sqlx::Result<()> {
    if relays::answered(app, db, actor, follow.id.as_ref(), RelayState::Accepted).await? {
        return Ok(());
    }
    let Some(asked) = find(db, actor, follow).await? else {
        return Ok(());
    };
    let Some(follower) = parties::here_by_id(db, asked.follower_id).await? else {
        return Ok(());
    };
    db::pairs::lock(db, follower.id, actor.id).await?;
    grant(app, db, &follower, actor).await?;
    Ok(())
}

/// The follow of somebody here that a followee elsewhere speaks of: by its address, else by who asked.
pub(super) async fn find(
    db: &mut PgConnection,
    followee: &Account,
    follow: &FollowRef,
) -> sqlx::Result<Option<Follow>> {
    if let Some(id) = &follow.id
        && let Some(found) = db::follows::of_followee_by_uri(db, followee.id, id.as_str()).await?
    {
        return Ok(Some(found));
    }
    let Some(follower) = &follow.follower else {
        return Ok(None);
    };
    match db::accounts::id_by_uri(db, follower.as_str()).await? {
        Some(follower) => db::follows::between(db, follower, followee.id).await,
        None => Ok(None),
    }
}

/// Makes the request a follow; whether it was one that waited.
pub(super) async fn grant(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
) -> sqlx::Result<bool> {
    if !db::follows::accept(db, follower.id, followee.id).await? {
        return Ok(false);
    }
    db::notifications::withdraw(db, followee.id, Kind::FollowRequest, follower.id, None).await?;
    granted(app, db, follower, followee).await?;
    Ok(true)
}

/// What comes of a new follow here: the followee is told, the follower's feed is filled.
pub(super) async fn granted(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
) -> sqlx::Result<()> {
    follow::tell(app, db, followee.id, Kind::Follow, follower.id).await?;
    if follower.is_local() {
        let work = Work::Backfill {
            owner: follower.id,
            followee: followee.id,
        };
        db::outbox::add(db, &work).await?;
        db::featured::want(db, followee.id, app.clock.now()).await?;
        leave_behind(app, db, follower, followee).await?;
    }
    Ok(())
}

/// Who follows the account that somebody moved to follows the one that they left no longer.
async fn leave_behind(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    new: &Account,
) -> sqlx::Result<()> {
    if new.also_known_as.is_empty() {
        return Ok(());
    }
    for old in db::moves::left_behind(db, follower.id, &new.uri, &new.also_known_as).await? {
        let Some(old) = db::accounts::by_id(db, old).await? else {
            continue;
        };
        db::pairs::lock(db, follower.id, old.id).await?;
        if let Some(follow) = unfollow::end(app, db, follower, &old).await? {
            follow_letters::take_back(app, db, follower, &old, &follow).await?;
        }
    }
    Ok(())
}
