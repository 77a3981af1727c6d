//! Somebody here or elsewhere moves to another account: followers are told, and those here follow along. Never to an account
//! that does not say itself that it was this one.

use std::net::IpAddr;

use sqlx::PgConnection;
use url::Url;

use super::import::Kind;
use super::know_account;
use super::letters::{self, Activity};
use super::prove::{self, ProveError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::domain::work::Recipients;
use crate::peers::{Behalf, KnowError};
use crate::translate;

#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error(transparent)]
    Password(#[from] ProveError),
    #[error("Moved to uri is of nobody that can be found")]
    Nobody,
    #[error("Moved to uri is your own account")]
    Oneself,
    #[error("That account does not name this one as its alias yet")]
    NotAnAlias,
    #[error("That account has moved away itself")]
    MovedItself,
    #[error("This account has moved already")]
    MovedAlready,
}

impl From<sqlx::Error> for MoveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Password(error.into())
    }
}

pub async fn local(
    app: &App,
    me: AccountId,
    password: &str,
    to: &str,
    from: IpAddr,
) -> Result<(), MoveError> {
    prove::password(app, me, password, from).await?;
    let target = target(app, to).await?;
    let mut tx = app.db.begin().await?;
    let old = db::accounts::by_id(&mut tx, me).await?.ok_or(MoveError::Nobody)?;
    check(&old, &target)?;
    db::moves::set_moved(&mut tx, me, &target.uri).await?;
    let now = app.clock.now();
    let old = db::accounts::by_id(&mut tx, me).await?.ok_or(MoveError::Nobody)?;
    let actor = translate::actor::document(&app.urls, &old);
    // First that it has moved, then that followers should: peers look at the document before they believe it.
    for body in [
        translate::activity::update_actor(&old, &actor, now),
        translate::activity::move_account(&old, &target.uri, now),
    ] {
        let activity = Activity {
            body,
            post: None,
            lasting: true,
        };
        letters::send(app, &mut tx, me, &activity, Recipients::followers(me)).await?;
    }
    follow_along(app, &mut tx, me, &target, now).await?;
    tx.commit().await?;
    app.caches.forget_account(me);
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Imports);
    Ok(())
}

/// Somebody elsewhere says that they have moved `to` there: so it is if the documents of both say it. `Busy`: one of these
/// was read a moment ago, perhaps before the change; come again.
pub async fn remote(app: &App, who: &Account, to: &Url) -> Result<(), KnowError> {
    let old = saying(app, who.id, |old| old.moved_to.as_deref() == Some(to.as_str())).await?;
    let new = know_account::by_uri(app, Behalf::Work, to.as_str()).await?;
    let new = saying(app, new, |new| new.also_known_as.contains(&old.uri)).await?;
    check(&old, &new).map_err(|_| KnowError::Unacceptable)?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    // One move in as many days as deeds are remembered: else somebody could send their followers after one account after
    // the other.
    let moved = random::activity(&old.uri, "moved");
    if db::received::mark_applied(&mut tx, &[moved], now)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    follow_along(app, &mut tx, old.id, &new, now).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Imports);
    Ok(())
}

/// An account that says something of itself: as it is known here, or else as its server has it now.
async fn saying(app: &App, id: AccountId, what: impl Fn(&Account) -> bool) -> Result<Account, KnowError> {
    let known = active(app, id).await?;
    if what(&known) {
        return Ok(known);
    }
    if app.peers.refreshed.contains_key(&id) {
        return Err(KnowError::Busy);
    }
    know_account::refresh(app, Behalf::Work, id).await?;
    let fresh = active(app, id).await?;
    if what(&fresh) {
        Ok(fresh)
    } else {
        Err(KnowError::Unacceptable)
    }
}

async fn active(app: &App, id: AccountId) -> Result<Account, KnowError> {
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?;
    account.filter(Account::is_active).ok_or(KnowError::Gone)
}

async fn follow_along(
    app: &App,
    db: &mut PgConnection,
    old: AccountId,
    new: &Account,
    now: Time,
) -> sqlx::Result<()> {
    let authority = new.authority.as_deref().unwrap_or(app.urls.authority());
    let handle = format!("{}@{authority}", new.username.to_lowercase());
    db::imports::follow_along(db, old, Kind::Following as i16, &handle, now).await?;
    Ok(())
}

/// As it is now: an alias that was added a moment ago counts.
async fn target(app: &App, uri: &str) -> Result<Account, MoveError> {
    let id = know_account::by_uri(app, Behalf::Here, uri)
        .await
        .map_err(|_| MoveError::Nobody)?;
    match know_account::refresh(app, Behalf::Here, id).await {
        // Read a moment ago: that has to do.
        Ok(()) | Err(KnowError::Busy) => {}
        Err(_) => return Err(MoveError::Nobody),
    }
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?;
    account.filter(Account::is_active).ok_or(MoveError::Nobody)
}

fn check(old: &Account, new: &Account) -> Result<(), MoveError> {
    if old.id == new.id {
        return Err(MoveError::Oneself);
    }
    if new.moved_to.is_some() {
        return Err(MoveError::MovedItself);
    }
    if !new.also_known_as.contains(&old.uri) {
        return Err(MoveError::NotAnAlias);
    }
    // The same once more is allowed: letters may have been lost.
    match &old.moved_to {
        Some(before) if *before != new.uri => Err(MoveError::MovedAlready),
        _ => Ok(()),
    }
}
