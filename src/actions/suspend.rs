//! An account is put out of action, or back into it. Deletes nothing that could not be given back.
//!
//! Other servers are told by an `Update`: the actor's document then says `suspended`, shows nothing but that and its key
//! (without which nobody could verify the letter), and its posts and collections are answered like ones that never were.
//! A 404 or 410 for the actor itself would say more than is true: peers take the one for trouble and the other for the
//! end, from which there is no way back.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use super::lock_out;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::domain::work::Recipients;
use crate::translate;

#[derive(Debug, thiserror::Error)]
pub enum SuspendError {
    #[error("the owner cannot be suspended")]
    Owner,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whether anything changed. Somebody here is signed out everywhere, and what of theirs is on its way to other servers
/// stays here, but for what they deleted or took back.
pub async fn local(app: &App, account: AccountId) -> Result<bool, SuspendError> {
    let mut tx = app.db.begin().await?;
    let standing = db::users::standing(&mut tx, account).await?;
    if standing.is_some_and(|standing| standing.role == Role::Owner as i16) {
        return Err(SuspendError::Owner);
    }
    let changed = db::accounts::set_suspended(&mut tx, account, Some(app.clock.now())).await?;
    if changed && let Some(person) = here(&mut tx, account).await? {
        db::outgoing::withdraw(&mut tx, account).await?;
        tell(app, &mut tx, &person).await?;
    }
    let ended = lock_out::everywhere(&mut tx, account).await?;
    tx.commit().await?;
    ended.forget(app);
    forget(app, account);
    Ok(changed)
}

/// Whether anything changed.
pub async fn undo(app: &App, account: AccountId) -> Result<bool, SuspendError> {
    let mut tx = app.db.begin().await?;
    let changed = db::accounts::set_suspended(&mut tx, account, None).await?;
    if changed && let Some(person) = here(&mut tx, account).await? {
        tell(app, &mut tx, &person).await?;
    }
    tx.commit().await?;
    forget(app, account);
    Ok(changed)
}

async fn here(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Account>> {
    let person = db::accounts::by_id(db, account).await?;
    Ok(person.filter(|person| person.is_local() && !person.deleted))
}

/// It must arrive even at a server that is away for long: else that one shows them, or hides them, for ever.
async fn tell(app: &App, db: &mut PgConnection, person: &Account) -> sqlx::Result<()> {
    let document = translate::actor::document(&app.urls, person);
    let sent = Activity {
        body: translate::activity::update_actor(person, &document, app.clock.now()),
        post: None,
        lasting: true,
    };
    letters::send(app, db, person.id, &sent, Recipients::followers(person.id)).await
}

fn forget(app: &App, account: AccountId) {
    app.caches.forget_account(account);
    app.bus.wake(Queue::Outbox);
}
