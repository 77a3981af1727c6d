//! A forgotten password: a link to the address of the account, and a new password by that link. Never tells whether there
//! is an account.

use std::net::IpAddr;

use super::set_password::{self, SetPasswordError};
use super::throttle::{self, Subject, ThrottleError};
use super::{confirm_address, lock_out, mail, mail_link};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::email::Email;
use crate::domain::mail::{Purpose, Says};

#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    #[error("the link is unknown, used or too old")]
    NoLink,
    #[error(transparent)]
    Password(#[from] SetPasswordError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Somebody would like a link. All addresses get the same answer, after the same steps.
pub async fn want(app: &App, email: &str, purpose: Purpose, from: IpAddr) -> Result<(), ThrottleError> {
    let subjects = vec![Subject::mails_from(from), Subject::mails_to(email)];
    throttle::begin(app, subjects).await?;
    // What is no address is nobody's.
    if let Ok(email) = Email::parse(email) {
        mail::want(app, email.as_str(), purpose).await?;
    }
    Ok(())
}

/// A new password by the link of a mail. Ends all sessions and tokens: who forgot it may have been somebody else.
pub async fn local(app: &App, token: &str, password: &str) -> Result<(), ResetError> {
    set_password::check(password)?;
    // Before the costly part.
    if !mail_link::is_open(app, Purpose::ResetPassword, token).await? {
        return Err(ResetError::NoLink);
    }
    let hash = app
        .passwords
        .hash(password)
        .await
        .map_err(SetPasswordError::from)?;
    let mut tx = app.db.begin().await?;
    let link = mail_link::take(app, &mut tx, Purpose::ResetPassword, token).await?;
    let link = link.ok_or(ResetError::NoLink)?;
    let contact = db::contacts::of(&mut tx, link.account).await?;
    let contact = contact.filter(|contact| contact.email == link.email);
    let contact = contact.ok_or(ResetError::NoLink)?;
    db::users::set_password(&mut tx, link.account, &hash).await?;
    if !contact.confirmed {
        // The link came by mail to that address, as the other one would have.
        confirm_address::settle(app, &mut tx, link.account, &contact, &link.email).await?;
    }
    let ended = lock_out::everywhere(&mut tx, link.account).await?;
    mail::tell(app, &mut tx, link.account, Says::PasswordChanged).await?;
    tx.commit().await?;
    ended.forget(app);
    app.bus.wake(Queue::Mails);
    Ok(())
}
