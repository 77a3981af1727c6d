//! A moderator says yes or no to somebody who asked to join. Never frees a name that others may know.

use sqlx::PgConnection;

use super::{lock_out, mail};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::domain::mail::Says;

#[derive(Debug, thiserror::Error)]
pub enum ApproveError {
    #[error("this account is not waiting for approval")]
    NotWaiting,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

pub async fn local(app: &App, account: AccountId) -> Result<(), ApproveError> {
    let mut tx = app.db.begin().await?;
    if !db::users::approve(&mut tx, account, app.clock.now()).await? {
        return Err(ApproveError::NotWaiting);
    }
    tell(app, &mut tx, account, Says::Approved).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Mails);
    Ok(())
}

/// What became of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// Nobody elsewhere had heard of it: it can be had again.
    NameIsFree,
    NameIsKept,
}

pub async fn reject(app: &App, account: AccountId) -> Result<Rejected, ApproveError> {
    let mut tx = app.db.begin().await?;
    // A moderator who approves at the same moment is waited for.
    if !db::users::lock_waiting(&mut tx, account).await? {
        return Err(ApproveError::NotWaiting);
    }
    tell(app, &mut tx, account, Says::Rejected).await?;
    let ended = lock_out::everywhere(&mut tx, account).await?;
    let rejected = leave(&mut tx, account, app.clock.now()).await?;
    tx.commit().await?;
    ended.forget(app);
    app.caches.forget_account(account);
    app.bus.wake(Queue::Mails);
    Ok(rejected)
}

/// The end of an account that never began.
pub(super) async fn leave(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<Rejected> {
    if db::accounts::has_federated(db, account).await? {
        db::users::delete(db, account).await?;
        db::accounts::mark_deleted(db, account, now).await?;
        return Ok(Rejected::NameIsKept);
    }
    db::accounts::erase(db, account).await?;
    Ok(Rejected::NameIsFree)
}

/// Only at an address that was shown to be theirs: another may have been typed to bother somebody.
async fn tell(app: &App, db: &mut PgConnection, account: AccountId, says: Says) -> sqlx::Result<()> {
    let standing = db::users::standing(db, account).await?;
    match standing.is_some_and(|standing| standing.confirmed) {
        true => mail::tell(app, db, account, says).await,
        false => Ok(()),
    }
}
