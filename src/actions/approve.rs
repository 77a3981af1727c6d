//! A moderator says yes or no to somebody who asked to join. Never frees a name that others may know.

use super::lock_out;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

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
    tx.commit().await?;
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
    let ended = lock_out::everywhere(&mut tx, account).await?;
    let rejected = if db::accounts::has_federated(&mut tx, account).await? {
        db::users::delete(&mut tx, account).await?;
        db::accounts::mark_deleted(&mut tx, account, app.clock.now()).await?;
        Rejected::NameIsKept
    } else {
        db::accounts::erase(&mut tx, account).await?;
        Rejected::NameIsFree
    };
    tx.commit().await?;
    ended.forget(app);
    app.caches.forget_account(account);
    Ok(rejected)
}
