//! Invitations are made and taken back. Whoever runs the server makes as many as they like; others as the settings say.

use chrono::TimeDelta;

use crate::app::App;
use crate::config::Registration;
use crate::db;
use crate::db::invitations::{Listed, NewInvitation};
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::domain::role::Role;

/// What one person may have open at a time, and the bounds of one.
const MOST_OPEN: usize = 100;
const MOST_USES: i64 = 100;
const LONGEST: TimeDelta = TimeDelta::days(365);

/// Whether somebody could sign up with this code now.
pub async fn is_open(app: &App, code: &str) -> sqlx::Result<bool> {
    // Postgres has no zero byte in a text; no code has one either.
    if code.contains('\0') || app.config.registration == Registration::Closed {
        return Ok(false);
    }
    let mut db = app.db.acquire().await?;
    db::invitations::is_open(&mut db, code, app.clock.now()).await
}

/// A code that lets so many people sign up.
pub async fn local(
    app: &App,
    by: Option<AccountId>,
    uses: u16,
    expires_at: Option<Time>,
) -> sqlx::Result<String> {
    Ok(make(app, by, uses, expires_at).await?.code)
}

async fn make(app: &App, by: Option<AccountId>, uses: u16, expires_at: Option<Time>) -> sqlx::Result<Listed> {
    let made = Listed {
        code: random::token(),
        uses_left: uses.into(),
        expires_at,
        created_at: app.clock.now(),
    };
    let new = NewInvitation {
        code: &made.code,
        created_by: by,
        uses: made.uses_left,
        expires_at,
        now: made.created_at,
    };
    let mut db = app.db.acquire().await?;
    db::invitations::insert(&mut db, &new).await?;
    Ok(made)
}

#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    #[error("This action is not allowed")]
    NotAllowed,
    #[error("Uses must be between 1 and {MOST_USES}")]
    Uses,
    #[error("Expires in must be between a minute and a year")]
    Expiry,
    #[error("You have {MOST_OPEN} open invitations, which is as many as you may")]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whether somebody of this role may invite others. Where nobody is taken in, nobody is invited.
pub fn may(app: &App, role: i16) -> bool {
    if app.config.registration == Registration::Closed {
        return false;
    }
    let role = Role::from_stored(role);
    app.config
        .invitations
        .is_some_and(|least| role.is_some_and(|role| role >= least))
}

/// What somebody asks for, as they typed it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub uses: i64,
    /// In seconds; none: it stays open.
    pub expires_in: Option<i64>,
}

/// A person here invites others.
pub async fn by_member(
    app: &App,
    account: AccountId,
    role: i16,
    wanted: Wanted,
) -> Result<Listed, InviteError> {
    if !may(app, role) {
        return Err(InviteError::NotAllowed);
    }
    let uses = u16::try_from(wanted.uses)
        .ok()
        .filter(|uses| (1..=MOST_USES).contains(&i64::from(*uses)));
    let uses = uses.ok_or(InviteError::Uses)?;
    let now = app.clock.now();
    let expires_at = match wanted.expires_in {
        Some(seconds) if (60..=LONGEST.num_seconds()).contains(&seconds) => {
            Some(now + TimeDelta::seconds(seconds))
        }
        Some(_) => return Err(InviteError::Expiry),
        None => None,
    };
    if open_of(app, account).await?.len() >= MOST_OPEN {
        return Err(InviteError::TooMany);
    }
    Ok(make(app, Some(account), uses, expires_at).await?)
}

/// Somebody's invitations that could be used now.
pub async fn open_of(app: &App, account: AccountId) -> sqlx::Result<Vec<Listed>> {
    let mut db = app.db.acquire().await?;
    db::invitations::open_of(&mut db, account, app.clock.now()).await
}

/// Takes one's own invitation back; whether there was one.
pub async fn revoke(app: &App, account: AccountId, code: &str) -> sqlx::Result<bool> {
    if code.contains('\0') {
        return Ok(false);
    }
    let mut db = app.db.acquire().await?;
    db::invitations::delete(&mut db, account, code).await
}
