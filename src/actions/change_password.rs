//! Somebody changes their password. Everybody else who was signed in as them is not any more.

use std::net::IpAddr;

use super::lock_out::{self, Staying};
use super::mail;
use super::prove::{self, ProveError};
use super::set_password::{self, SetPasswordError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::mail::Says;

#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    #[error(transparent)]
    Old(#[from] ProveError),
    #[error(transparent)]
    New(#[from] SetPasswordError),
}

impl From<sqlx::Error> for ChangePasswordError {
    fn from(error: sqlx::Error) -> Self {
        Self::New(error.into())
    }
}

/// The old password and the new one, as they were typed.
pub struct Passwords<'a> {
    pub old: &'a str,
    pub new: &'a str,
    pub from: IpAddr,
}

pub async fn local(
    app: &App,
    account: AccountId,
    typed: &Passwords<'_>,
    staying: Staying,
) -> Result<(), ChangePasswordError> {
    set_password::check(typed.new)?;
    prove::password(app, account, typed.old, typed.from).await?;
    let hash = app
        .passwords
        .hash(typed.new)
        .await
        .map_err(SetPasswordError::from)?;
    let mut tx = app.db.begin().await?;
    if !db::users::set_password(&mut tx, account, &hash).await? {
        return Err(SetPasswordError::Nobody.into());
    }
    let ended = lock_out::everywhere_but(&mut tx, account, staying).await?;
    mail::tell(app, &mut tx, account, Says::PasswordChanged).await?;
    tx.commit().await?;
    ended.forget(app);
    app.bus.wake(Queue::Mails);
    Ok(())
}
