//! Somebody gives another mail address. It is theirs once it is confirmed; the old one is told before and after.

use std::net::IpAddr;

use super::prove::{self, ProveError};
use super::refuse_email::{self, Refused};
use super::throttle::{self, Subject};
use super::{confirm_address, mail};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::email::{Email, EmailError};
use crate::domain::ids::AccountId;
use crate::domain::mail::Says;

#[derive(Debug, thiserror::Error)]
pub enum ChangeEmailError {
    #[error("E-mail address {0}")]
    Email(#[from] EmailError),
    #[error("E-mail address has already been taken")]
    Taken,
    #[error("E-mail address {0}")]
    Refused(Refused),
    #[error(transparent)]
    Password(#[from] ProveError),
}

impl From<sqlx::Error> for ChangeEmailError {
    fn from(error: sqlx::Error) -> Self {
        match db::constraint(&error) {
            Some("users_email_key") => Self::Taken,
            _ => Self::Password(error.into()),
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// No mail is sent here: it is believed.
    Now,
    /// As soon as the link in a mail to it is used.
    OnceConfirmed,
}

pub async fn local(
    app: &App,
    account: AccountId,
    email: &str,
    password: &str,
    from: IpAddr,
) -> Result<Changed, ChangeEmailError> {
    let email = Email::parse(email)?;
    prove::password(app, account, password, from).await?;
    let subjects = vec![
        Subject::new_addresses(&account.to_string()),
        Subject::mails_to(email.as_str()),
    ];
    throttle::begin(app, subjects).await.map_err(ProveError::from)?;
    refuse(app, &email, from).await?;
    let mut tx = app.db.begin().await?;
    let contact = db::contacts::of(&mut tx, account).await?;
    let contact = contact.ok_or(ProveError::Wrong)?;
    let others = db::users::by_email(&mut tx, email.as_str()).await?;
    if others.is_some_and(|other| other != account) {
        return Err(ChangeEmailError::Taken);
    }
    if !app.mailer.is_on() {
        confirm_address::settle(app, &mut tx, account, &contact, email.as_str()).await?;
        tx.commit().await?;
        return Ok(Changed::Now);
    }
    confirm_address::ask(app, &mut tx, account, &contact.username, email.as_str()).await?;
    let says = Says::AddressChanging {
        to: email.to_string(),
    };
    mail::tell(app, &mut tx, account, says).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Mails);
    Ok(Changed::OnceConfirmed)
}

async fn refuse(app: &App, email: &Email, from: IpAddr) -> Result<(), ChangeEmailError> {
    let mut db = app.db.acquire().await?;
    let refused = refuse_email::reason(app, &mut db, email, Some(from)).await?;
    refused.map_or(Ok(()), |refused| Err(ChangeEmailError::Refused(refused)))
}
