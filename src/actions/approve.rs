//! A moderator says yes or no to somebody who asked to join. Never frees a name that others may know.

use sqlx::PgConnection;

use super::audit::{self, About};
use super::lock_out::{self, Ended};
use super::mail;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::audit::{Act, By};
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

/// Whoever runs the server says yes.
pub async fn local(app: &App, account: AccountId) -> Result<(), ApproveError> {
    let mut tx = app.db.begin().await?;
    note(app, &mut tx, account, Act::Approve).await?;
    within(app, &mut tx, account).await?;
    tx.commit().await?;
    app.caches.forget_account(account);
    app.bus.wake(Queue::Mails);
    Ok(())
}

/// In a transaction of the caller, who wakes `Queue::Mails` after it.
pub(super) async fn within(app: &App, db: &mut PgConnection, account: AccountId) -> Result<(), ApproveError> {
    if !db::users::approve(db, account, app.clock.now()).await? {
        return Err(ApproveError::NotWaiting);
    }
    Ok(tell(app, db, account, Says::Approved).await?)
}

/// What became of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// Nobody elsewhere had heard of it: it can be had again.
    NameIsFree,
    NameIsKept,
}

/// Whoever runs the server says no.
pub async fn reject(app: &App, account: AccountId) -> Result<Rejected, ApproveError> {
    let mut tx = app.db.begin().await?;
    note(app, &mut tx, account, Act::Reject).await?;
    let (rejected, ended) = reject_within(app, &mut tx, account).await?;
    tx.commit().await?;
    ended.forget(app);
    app.caches.forget_account(account);
    app.bus.wake(Queue::Mails);
    Ok(rejected)
}

/// In a transaction of the caller, who forgets the account and its tokens and wakes `Queue::Mails` after it.
pub(super) async fn reject_within(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
) -> Result<(Rejected, Ended), ApproveError> {
    // A moderator who approves at the same moment is waited for.
    if !db::users::lock_waiting(db, account).await? {
        return Err(ApproveError::NotWaiting);
    }
    tell(app, db, account, Says::Rejected).await?;
    let ended = lock_out::everywhere(db, account).await?;
    let rejected = leave(db, account, app.clock.now()).await?;
    Ok((rejected, ended))
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

async fn note(app: &App, db: &mut PgConnection, account: AccountId, did: Act) -> sqlx::Result<()> {
    match db::accounts::by_id(db, account).await? {
        Some(person) => audit::note(app, db, By::Operator, did, About::account(&person), "").await,
        None => Ok(()),
    }
}

/// Only at an address that was shown to be theirs: another may have been typed to bother somebody.
async fn tell(app: &App, db: &mut PgConnection, account: AccountId, says: Says) -> sqlx::Result<()> {
    let standing = db::users::standing(db, account).await?;
    match standing.is_some_and(|standing| standing.confirmed) {
        true => mail::tell(app, db, account, says).await,
        false => Ok(()),
    }
}
