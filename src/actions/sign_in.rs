//! Somebody opens or ends a session in a browser. Never tells whether it was the name or the password that was wrong.

use std::net::IpAddr;

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::mail;
use super::note_address;
use super::throttle::{self, Subject, ThrottleError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::sessions::{NewSession, Session};
use crate::db::users::Standing;
use crate::domain::browser;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::mail::Says;
use crate::domain::random;
use crate::passwords::PasswordError;

/// A session that nobody used for so long is over.
pub const UNUSED: TimeDelta = TimeDelta::days(60);
/// How much of a browser's name is kept, in characters.
const USER_AGENT: usize = 200;
/// Most browsers of one account that are known to be its owner's.
const MOST_DEVICES: i64 = 20;

#[derive(Debug)]
pub struct Attempt<'a> {
    /// E-mail address or user name.
    pub login: &'a str,
    pub password: &'a str,
    pub browser: Browser<'a>,
}

/// In which somebody signs in.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    pub address: IpAddr,
    pub user_agent: &'a str,
    /// What it keeps of an earlier time that somebody signed in there, if it keeps anything.
    pub device: Option<&'a str>,
}

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("name or password is wrong")]
    Wrong,
    #[error("too many tries")]
    Throttled { seconds: u32 },
    #[error("waiting for approval")]
    WaitingForApproval,
    #[error("not confirmed")]
    Unconfirmed,
    #[error("disabled")]
    Disabled,
    #[error("suspended")]
    Suspended,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ThrottleError> for SignInError {
    fn from(error: ThrottleError) -> Self {
        match error {
            ThrottleError::TooMany { seconds } => Self::Throttled { seconds },
            ThrottleError::Database(error) => Self::Database(error),
        }
    }
}

/// A session that was opened; the secrets go into cookies and are stored nowhere.
#[derive(Debug)]
pub struct Opened {
    pub account: AccountId,
    pub secret: String,
    /// What the browser keeps when the session is over.
    pub device: String,
}

/// Opens a session for whoever knows the password.
pub async fn local(app: &App, attempt: &Attempt<'_>) -> Result<Opened, SignInError> {
    let account = who(app, attempt).await?;
    Ok(open(app, account, &attempt.browser).await?)
}

/// Whose name and password these are. What else is in the way is told only to them.
pub async fn who(app: &App, attempt: &Attempt<'_>) -> Result<AccountId, SignInError> {
    let name = meant(attempt.login);
    let mut db = app.db.acquire().await?;
    let account = find(&mut db, &name).await?;
    drop(db);
    let counted = counted(app, account, &name, &attempt.browser).await?;
    let tried = throttle::begin(app, [counted.forgiven.clone(), counted.further].concat()).await?;
    let mut db = app.db.acquire().await?;
    // Asked for nobody too: an unknown name takes as long as a known one.
    let id = account.unwrap_or(AccountId::NONE);
    let stored = db::users::password_hash(&mut db, id).await?;
    let standing = db::users::standing(&mut db, id).await?;
    drop(db);
    // So does a try that cannot succeed.
    let right = app.passwords.verify(attempt.password, stored.as_deref()).await? && !tried.is_void();
    let standing = standing.filter(|standing| right && !standing.deleted);
    let standing = standing.ok_or(SignInError::Wrong)?;
    throttle::succeeded(app, &tried, &counted.forgiven).await?;
    may_act(&standing)?;
    Ok(standing.account)
}

/// What a try counts for.
struct Counted {
    /// What is forgiven to whoever knows the password.
    forgiven: Vec<Subject>,
    further: Vec<Subject>,
}

/// A browser in which the owner signed in before has its own count and no other: strangers who guess, from however many
/// addresses, do not keep the owner out there, and have no such browser themselves. All others are told to wait by what was
/// typed alone, which says nothing of who is here. What is counted by account, that nobody guesses by its names in turn, is
/// told to nobody; an unknown name is counted so too, and takes as long.
async fn counted(
    app: &App,
    account: Option<AccountId>,
    name: &str,
    browser: &Browser<'_>,
) -> sqlx::Result<Counted> {
    if let Some(device) = browser.device {
        let of = account.unwrap_or(AccountId::NONE);
        if db::devices::is_known(&mut *app.db.acquire().await?, of, &random::hash(device)).await? {
            return Ok(Counted {
                forgiven: vec![Subject::account_on(&of.to_string(), device)],
                further: Vec::new(),
            });
        }
    }
    let key = account.map_or_else(|| format!("nobody@{name}"), |id| id.to_string());
    let from = browser.address;
    Ok(Counted {
        forgiven: vec![Subject::name_from(name, from), Subject::account_from(&key, from)],
        further: vec![
            Subject::name(name),
            Subject::account(&key),
            Subject::address(from),
        ],
    })
}

/// What somebody typed, the same for all spellings of one name or address of mail.
fn meant(login: &str) -> String {
    // Postgres has no zero byte in a text.
    let login = login.trim().replace('\0', "\u{fffd}").to_lowercase();
    login.strip_prefix('@').unwrap_or(&login).to_owned()
}

async fn find(db: &mut PgConnection, name: &str) -> sqlx::Result<Option<AccountId>> {
    if name.contains('@') {
        db::users::by_email(db, name).await
    } else {
        db::accounts::local_id(db, name).await
    }
}

fn may_act(standing: &Standing) -> Result<(), SignInError> {
    if standing.suspended {
        return Err(SignInError::Suspended);
    }
    if standing.disabled {
        return Err(SignInError::Disabled);
    }
    if !standing.confirmed {
        return Err(SignInError::Unconfirmed);
    }
    if !standing.approved {
        return Err(SignInError::WaitingForApproval);
    }
    Ok(())
}

/// Opens a session for somebody who has just shown who they are: after signing in, or up.
pub async fn open(app: &App, account: AccountId, browser: &Browser<'_>) -> sqlx::Result<Opened> {
    let secret = random::token();
    let device = browser.device.map_or_else(random::token, str::to_owned);
    let user_agent: String = browser
        .user_agent
        .replace('\0', "")
        .chars()
        .take(USER_AGENT)
        .collect();
    let hash = random::hash(&secret);
    let session = NewSession {
        id: SessionId(app.ids.next()),
        hash: &hash,
        account,
        user_agent: &user_agent,
        now: app.clock.now(),
    };
    let mut tx = app.db.begin().await?;
    db::sessions::insert(&mut tx, &session).await?;
    db::devices::note(
        &mut tx,
        account,
        &random::hash(&device),
        session.now,
        MOST_DEVICES,
    )
    .await?;
    note_address::of(app, &mut tx, account, browser.address).await?;
    tell_of_browser(app, &mut tx, account, &user_agent).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Mails);
    Ok(Opened {
        account,
        secret,
        device,
    })
}

/// Somebody is told by mail of a kind of browser that they never used before.
async fn tell_of_browser(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    user_agent: &str,
) -> sqlx::Result<()> {
    if !app.mailer.is_on() {
        return Ok(());
    }
    let now = app.clock.now();
    let hash = random::hash(&browser::without_versions(user_agent));
    if !db::browsers::note(db, account, &hash, now.date_naive()).await? {
        return Ok(());
    }
    let says = Says::NewBrowser {
        browser: browser::name(user_agent),
        at: now,
    };
    mail::tell(app, db, account, says).await
}

/// The session of a cookie, if it may be used; notes the day, and from where it is used first on that day. Not where that is
/// not said.
pub async fn session(app: &App, secret: &str, from: Option<IpAddr>) -> sqlx::Result<Option<Session>> {
    let today = app.clock.now().date_naive();
    let mut db = app.db.acquire().await?;
    let session = db::sessions::valid(&mut db, &random::hash(secret), today - UNUSED).await?;
    let first = session.as_ref().filter(|session| session.last_used_on != today);
    if let Some((session, from)) = first.zip(from) {
        db::sessions::used(&mut db, session.id, today).await?;
        note_address::of(app, &mut db, session.account_id, from).await?;
    }
    Ok(session)
}

/// Ends the session of a cookie.
pub async fn out(app: &App, secret: &str) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    db::sessions::delete(&mut db, &random::hash(secret)).await?;
    app.streams.doubt();
    Ok(())
}
