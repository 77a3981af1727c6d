//! Somebody shows that they read mail at an address: a new account's, or the one that theirs is to have. Believes nothing
//! but the link that was sent there.

use std::net::IpAddr;

use sqlx::PgConnection;

use super::mail;
use super::mail_link;
use super::refuse_email::{self, Refused};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::contacts::Contact;
use crate::domain::email::{Email, EmailError};
use crate::domain::ids::AccountId;
use crate::domain::mail::{Mail, Purpose, Says};

#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    #[error("the link is unknown, used or too old")]
    NoLink,
    #[error("the address is somebody else's by now")]
    Taken,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whether a moderator still has to say yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    pub waiting: bool,
}

/// Asks whoever reads mail at `email` to confirm it, in the transaction of what makes it necessary.
pub async fn ask(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    username: &str,
    email: &str,
) -> sqlx::Result<()> {
    let says = mail_link::make(app, db, account, email, Purpose::Confirm).await?;
    let mail = Mail {
        to: email.to_owned(),
        username: username.to_owned(),
        says,
    };
    mail::write(app, db, &mail).await
}

/// The link of a mail was used.
pub async fn local(app: &App, token: &str) -> Result<Confirmed, ConfirmError> {
    let mut tx = app.db.begin().await?;
    let link = mail_link::take(app, &mut tx, Purpose::Confirm, token).await?;
    let link = link.ok_or(ConfirmError::NoLink)?;
    let before = db::contacts::of(&mut tx, link.account).await?;
    let before = before.ok_or(ConfirmError::NoLink)?;
    let changed = settle(app, &mut tx, link.account, &before, &link.email).await;
    changed.map_err(taken)?;
    tx.commit().await?;
    app.caches.forget_account(link.account);
    app.bus.wake(Queue::Mails);
    Ok(Confirmed {
        waiting: !before.approved,
    })
}

/// The address is this person's from now on, and shown to be. Fails on `users_email_key` when somebody else has it.
pub async fn settle(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    before: &Contact,
    email: &str,
) -> sqlx::Result<()> {
    db::contacts::confirm(db, account, email, app.clock.now()).await?;
    if !before.confirmed && !before.approved {
        return tell_moderators(app, db, account, &before.username).await;
    }
    if before.confirmed && before.email != email {
        changed_to(app, db, before, email).await?;
        // A link for a password that went to the old address is worth nothing now.
        db::mail_tokens::delete_of(db, account).await?;
    }
    Ok(())
}

fn taken(error: sqlx::Error) -> ConfirmError {
    match db::constraint(&error) {
        Some("users_email_key") => ConfirmError::Taken,
        _ => error.into(),
    }
}

async fn changed_to(app: &App, db: &mut PgConnection, before: &Contact, email: &str) -> sqlx::Result<()> {
    let mail = Mail {
        to: before.email.clone(),
        username: before.username.clone(),
        says: Says::AddressChanged { to: email.to_owned() },
    };
    mail::write(app, db, &mail).await
}

async fn tell_moderators(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    username: &str,
) -> sqlx::Result<()> {
    let reason = db::contacts::reason(db, account).await?.unwrap_or_default();
    for moderator in db::users::moderators(db).await? {
        let says = Says::SomebodyWaits {
            name: username.to_owned(),
            reason: reason.clone(),
        };
        mail::tell(app, db, moderator, says).await?;
    }
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub enum AgainError {
    #[error("E-mail address {0}")]
    Email(#[from] EmailError),
    #[error("E-mail address has already been taken")]
    Taken,
    #[error("E-mail address {0}")]
    Refused(Refused),
    #[error("nothing is waiting to be confirmed")]
    NothingWaits,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The mail once more for somebody who has not confirmed yet; to another address where the first was mistyped.
pub async fn again(
    app: &App,
    account: AccountId,
    email: Option<&str>,
    from: IpAddr,
) -> Result<(), AgainError> {
    let email = email.map(Email::parse).transpose()?;
    if let Some(email) = &email {
        let mut db = app.db.acquire().await?;
        let refused = refuse_email::reason(app, &mut db, email, Some(from)).await?;
        refused.map_or(Ok(()), |refused| Err(AgainError::Refused(refused)))?;
    }
    let mut tx = app.db.begin().await?;
    let contact = db::contacts::of(&mut tx, account).await?;
    let contact = contact.ok_or(AgainError::NothingWaits)?;
    let purpose = Purpose::Confirm as i16;
    let to = match (contact.confirmed, email) {
        (false, Some(email)) => {
            let changed = db::contacts::correct(&mut tx, account, email.as_str()).await;
            changed.map_err(|error| match taken(error) {
                ConfirmError::Database(error) => AgainError::Database(error),
                _ => AgainError::Taken,
            })?;
            email.to_string()
        }
        (false, None) => contact.email,
        // Who changes the address of an account goes through the password.
        (true, _) => db::mail_tokens::waiting(&mut tx, account, purpose, app.clock.now())
            .await?
            .ok_or(AgainError::NothingWaits)?,
    };
    ask(app, &mut tx, account, &contact.username, &to).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Mails);
    Ok(())
}
