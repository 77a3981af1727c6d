//! Somebody deletes their own account, with their password. What follows is `delete_actor`'s.

use std::net::IpAddr;

use super::delete_actor::{self, DeleteError};
use super::mail;
use super::prove::{self, ProveError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::mail::{Mail, Says};

#[derive(Debug, thiserror::Error)]
pub enum DeleteAccountError {
    #[error(transparent)]
    Password(#[from] ProveError),
    #[error(transparent)]
    Delete(#[from] DeleteError),
}

impl From<sqlx::Error> for DeleteAccountError {
    fn from(error: sqlx::Error) -> Self {
        Self::Delete(error.into())
    }
}

pub async fn local(
    app: &App,
    account: AccountId,
    password: &str,
    from: IpAddr,
) -> Result<(), DeleteAccountError> {
    prove::password(app, account, password, from).await?;
    let mut db = app.db.acquire().await?;
    let contact = db::contacts::of(&mut db, account).await?;
    drop(db);
    // Whoever deletes it twice at once hears of it once.
    if delete_actor::local(app, account).await?
        && let Some(contact) = contact.filter(|contact| contact.confirmed)
    {
        let mail = Mail {
            to: contact.email,
            username: contact.username,
            says: Says::Deleted,
        };
        mail::write(app, &mut *app.db.acquire().await?, &mail).await?;
        app.bus.wake(Queue::Mails);
    }
    Ok(())
}
