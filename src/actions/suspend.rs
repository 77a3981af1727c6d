//! An account is put out of action, or back into it. Deletes nothing that could not be given back.

use super::lock_out;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::role::Role;

#[derive(Debug, thiserror::Error)]
pub enum SuspendError {
    #[error("the owner cannot be suspended")]
    Owner,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whether anything changed. Somebody here is signed out everywhere.
pub async fn local(app: &App, account: AccountId) -> Result<bool, SuspendError> {
    let mut tx = app.db.begin().await?;
    let standing = db::users::standing(&mut tx, account).await?;
    if standing.is_some_and(|standing| standing.role == Role::Owner as i16) {
        return Err(SuspendError::Owner);
    }
    let changed = db::accounts::set_suspended(&mut tx, account, Some(app.clock.now())).await?;
    let ended = lock_out::everywhere(&mut tx, account).await?;
    tx.commit().await?;
    ended.forget(app);
    app.caches.forget_account(account);
    Ok(changed)
}

/// Whether anything changed.
pub async fn undo(app: &App, account: AccountId) -> Result<bool, SuspendError> {
    let mut tx = app.db.begin().await?;
    let changed = db::accounts::set_suspended(&mut tx, account, None).await?;
    tx.commit().await?;
    app.caches.forget_account(account);
    Ok(changed)
}
