//! Somebody who is signed in shows once more that they know the password, before what cannot be taken back. Guessing is
//! slowed down as it is at signing in, but counted apart: strangers who guess there do not keep anybody from it.

use std::net::IpAddr;

use super::throttle::{self, Subject, ThrottleError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::passwords::PasswordError;

#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    #[error("the password is wrong")]
    Wrong,
    #[error(transparent)]
    Throttled(#[from] ThrottleError),
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl From<sqlx::Error> for ProveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Throttled(ThrottleError::Database(error))
    }
}

pub async fn password(app: &App, account: AccountId, password: &str, from: IpAddr) -> Result<(), ProveError> {
    let key = account.to_string();
    let here = Subject::proof_from(&key, from);
    let tried = throttle::begin(app, vec![here.clone(), Subject::proof(&key)]).await?;
    let mut db = app.db.acquire().await?;
    let stored = db::users::password_hash(&mut db, account).await?;
    drop(db);
    if !app.passwords.verify(password, stored.as_deref()).await? {
        return Err(ProveError::Wrong);
    }
    Ok(throttle::succeeded(app, &tried, &[here]).await?)
}
