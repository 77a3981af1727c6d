//! Mails are written down, and made ready when their turn comes. Never sends one, and never says whether an address that
//! somebody typed is anybody's.

mod words;

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::mail_link;
use crate::app::App;
use crate::db;
use crate::db::mails::{NewMail, Taken};
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::domain::mail::{Mail, Purpose, Says};
use crate::domain::random;
use crate::mail::Text;

/// By which mails are sealed.
const SEALED_FOR: &str = "mail";
/// For how long a mail that only tells is worth sending.
const NEWS: TimeDelta = TimeDelta::days(3);
/// The same of a wish for a link: who waits longer asks again.
const WISH: TimeDelta = TimeDelta::hours(1);

/// Writes a mail down, in the transaction of what it is about; nothing where no mail is sent. Whoever commits wakes
/// `Queue::Mails`.
pub async fn write(app: &App, db: &mut PgConnection, mail: &Mail) -> sqlx::Result<()> {
    if !app.mailer.is_on() {
        return Ok(());
    }
    let now = app.clock.now();
    let new = NewMail {
        subject: &random::hash(&mail.to.to_lowercase()),
        sealed: &seal(app, mail),
        keep_until: now + keep(&mail.says),
        now,
    };
    if !db::mails::insert(db, &new).await? {
        metrics::counter!("tintype_mails_total", "outcome" => "no_room").increment(1);
        tracing::warn!("a mail was not written down: too many wait");
    }
    Ok(())
}

/// Tells somebody who lives here, at the address that they have now.
pub async fn tell(app: &App, db: &mut PgConnection, account: AccountId, says: Says) -> sqlx::Result<()> {
    match db::contacts::of(db, account).await? {
        Some(contact) => {
            let mail = Mail {
                to: contact.email,
                username: contact.username,
                says,
            };
            write(app, db, &mail).await
        }
        None => Ok(()),
    }
}

fn keep(says: &Says) -> TimeDelta {
    match says {
        Says::Wanted { .. } => WISH,
        Says::Confirm { .. } => mail_link::lives(Purpose::Confirm),
        Says::ResetPassword { .. } => mail_link::lives(Purpose::ResetPassword),
        _ => NEWS,
    }
}

fn seal(app: &App, mail: &Mail) -> Vec<u8> {
    let text = serde_json::to_vec(mail).expect("words and times can be written as JSON");
    app.seal.seal(SEALED_FOR, &text)
}

/// A mail whose turn has come.
pub struct Ready {
    pub to: String,
    pub text: Text,
    /// The same at every try.
    pub id: String,
    pub written_at: Time,
}

/// What is to be sent; nothing where a wish was nobody's, or the key file is another one.
pub async fn ready(app: &App, taken: &Taken) -> sqlx::Result<Option<Ready>> {
    let Ok(text) = app.seal.open(SEALED_FOR, &taken.sealed) else {
        return Ok(None);
    };
    let Ok(mail) = serde_json::from_slice::<Mail>(&text) else {
        return Ok(None);
    };
    let mail = match mail.says {
        Says::Wanted { purpose } => grant(app, taken.id, &mail.to, purpose).await?,
        _ => Some(mail),
    };
    Ok(mail.map(|mail| Ready {
        text: words::of(app, &mail),
        to: mail.to,
        id: format!("{}.{}", taken.id, taken.created_at.timestamp_millis()),
        written_at: taken.created_at,
    }))
}

/// Somebody typed this address and would like a link. Takes the same steps whoever it is.
pub async fn want(app: &App, email: &str, purpose: Purpose) -> sqlx::Result<()> {
    let mail = Mail {
        to: email.to_owned(),
        username: String::new(),
        says: Says::Wanted { purpose },
    };
    let mut db = app.db.acquire().await?;
    write(app, &mut db, &mail).await?;
    app.bus.wake(crate::bus::Queue::Mails);
    Ok(())
}

/// Turns a wish into its mail: once, so that a mail that is tried again brings the same link.
async fn grant(app: &App, id: i64, email: &str, purpose: Purpose) -> sqlx::Result<Option<Mail>> {
    let mut tx = app.db.begin().await?;
    let Some(account) = db::users::by_email(&mut tx, email).await? else {
        return Ok(None);
    };
    let standing = db::users::standing(&mut tx, account).await?;
    let may = standing.is_some_and(|standing| match purpose {
        Purpose::Confirm => !standing.confirmed && !standing.suspended && !standing.deleted,
        Purpose::ResetPassword => !standing.suspended && !standing.deleted,
    });
    let contact = db::contacts::of(&mut tx, account).await?.filter(|_| may);
    let Some(contact) = contact else {
        return Ok(None);
    };
    let says = mail_link::make(app, &mut tx, account, &contact.email, purpose).await?;
    let mail = Mail {
        to: contact.email,
        username: contact.username,
        says,
    };
    let until = app.clock.now() + keep(&mail.says);
    let is_there = db::mails::rewrite(&mut tx, id, &seal(app, &mail), until).await?;
    tx.commit().await?;
    Ok(is_there.then_some(mail))
}
