//! Somebody moves to another account, here or elsewhere: followers are told, and those here follow along. Never to an
//! account that does not say itself that it was this one.

use std::net::IpAddr;

use chrono::TimeDelta;
use sqlx::PgConnection;
use url::Url;

use super::know_account;
use super::letters::{self, Activity};
use super::prove::{self, ProveError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::work::Recipients;
use crate::peers::{Behalf, KnowError};
use crate::translate;

/// How long somebody elsewhere who moved leads nobody here on to yet another account.
const COOL_DOWN: TimeDelta = TimeDelta::days(7);

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
    let target = target(app, me, to).await?;
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
    lead_along(app, &mut tx, me, &target).await?;
    tx.commit().await?;
    app.caches.forget_account(me);
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Imports);
    Ok(())
}

/// As it is now: an alias that was added a moment ago counts.
async fn target(app: &App, me: AccountId, uri: &str) -> Result<Account, MoveError> {
    let id = know_account::by_uri(app, Behalf::Here(me), uri)
        .await
        .map_err(|_| MoveError::Nobody)?;
    match know_account::refresh(app, Behalf::Here(me), id).await {
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

/// A peer says that `actor` lives at `target` now. It is so when both documents say so as they are now, and the way ends
/// there. `Busy`: the new one was read before it may have named the old one; come again.
pub async fn remote(app: &App, actor: &Account, target: &Url) -> Result<(), KnowError> {
    let since = app.clock.now() - COOL_DOWN;
    let mut db = app.db.acquire().await?;
    if db::moves::was_led_on(&mut db, actor.id, since).await? {
        return Ok(());
    }
    drop(db);
    let target = know_account::by_uri(app, Behalf::Work, target.as_str()).await?;
    let was_read = app.peers.refreshed.contains_key(&target);
    let old = read(app, actor.id).await?;
    let new = read(app, target).await?;
    if old.id == new.id || old.moved_to.as_ref() != Some(&new.uri) || new.moved_to.is_some() {
        return Err(KnowError::Unacceptable);
    }
    if !new.also_known_as.contains(&old.uri) {
        return Err(if was_read {
            KnowError::Busy
        } else {
            KnowError::Unacceptable
        });
    }
    let mut tx = app.db.begin().await?;
    if db::moves::lead_on(&mut tx, old.id, since, app.clock.now()).await? {
        lead_along(app, &mut tx, old.id, &new).await?;
    }
    tx.commit().await?;
    app.caches.forget_account(old.id);
    app.bus.wake(Queue::Imports);
    Ok(())
}

async fn read(app: &App, id: AccountId) -> Result<Account, KnowError> {
    know_account::refresh(app, Behalf::Work, id).await?;
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?;
    account.filter(Account::is_active).ok_or(KnowError::Unacceptable)
}

/// Those here who have to do with `old` have it with `new` as well.
async fn lead_along(app: &App, db: &mut PgConnection, old: AccountId, new: &Account) -> sqlx::Result<()> {
    let authority = new.authority.as_deref().unwrap_or(app.urls.authority());
    let handle = format!("{}@{authority}", new.username.to_lowercase());
    db::imports::lead_along(db, old, &handle, app.clock.now()).await?;
    Ok(())
}
