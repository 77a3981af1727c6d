//! A new password for somebody. Whoever knew the old one is signed out everywhere.

use super::lock_out;
use super::register::{Fault, password_fault};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::passwords::PasswordError;

#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    #[error("{}", .0.sentence())]
    Fault(Fault),
    #[error("nobody of this name lives here")]
    Nobody,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whether it could be anybody's.
pub fn check(password: &str) -> Result<(), SetPasswordError> {
    match password_fault(password) {
        Some(fault) => Err(SetPasswordError::Fault(fault)),
        None => Ok(()),
    }
}

pub async fn local(app: &App, account: AccountId, password: &str) -> Result<(), SetPasswordError> {
    check(password)?;
    let hash = app.passwords.hash(password).await?;
    let mut tx = app.db.begin().await?;
    if !db::users::set_password(&mut tx, account, &hash).await? {
        return Err(SetPasswordError::Nobody);
    }
    let ended = lock_out::everywhere(&mut tx, account).await?;
    tx.commit().await?;
    ended.forget(app);
    Ok(())
}
