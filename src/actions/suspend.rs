//! An account is put out of action, or back into it. Deletes nothing that could not be given back.
//!
//! Other servers are told by an `Update`: the actor's document then says `suspended`, shows nothing but that and its key
//! (without which nobody could verify the letter), and its posts and collections are answered like ones that never were.
//! A 404 or 410 for the actor itself would say more than is true: peers take the one for trouble and the other for the
//! end, from which there is no way back.

use sqlx::PgConnection;

use super::audit::{self, About};
use super::letters::{self, Activity};
use super::lock_out::{self, Ended};
use super::mail;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;
use crate::domain::mail::Says;
use crate::domain::moderation::Measure;
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

/// Whoever runs the server does it. Whether anything changed.
pub async fn local(app: &App, account: AccountId) -> Result<bool, SuspendError> {
    let mut tx = app.db.begin().await?;
    let (changed, ended) = within(app, &mut tx, account).await?;
    if changed {
        let says = Says::Moderated {
            measure: Some(Measure::Suspend),
            words: String::new(),
        };
        done(app, &mut tx, account, Act::Suspend, says).await?;
    }
    tx.commit().await?;
    ended.forget(app);
    forget(app, account);
    Ok(changed)
}

/// Somebody here is signed out everywhere, and what of theirs is on its way to other servers stays here, but for what they
/// deleted or took back. Whether anything changed. In a transaction of the caller, who forgets the account and its tokens and wakes `Queue::Outbox` after it.
pub(super) async fn within(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
) -> Result<(bool, Ended), SuspendError> {
    let standing = db::users::standing(db, account).await?;
    if standing.is_some_and(|standing| standing.role == Role::Owner as i16) {
        return Err(SuspendError::Owner);
    }
    let now = app.clock.now();
    let changed = db::accounts::set_suspended(db, account, Some(now)).await?;
    if changed {
        // Whoever has the address of a picture still gets it until then.
        db::withheld::note(db, account, now).await?;
        db::media_pruning::abandon(db, account).await?;
    }
    if changed && let Some(person) = here(db, account).await? {
        db::outgoing::withdraw(db, account).await?;
        tell(app, db, &person).await?;
    }
    let ended = lock_out::everywhere(db, account).await?;
    Ok((changed, ended))
}

/// Whoever runs the server takes it back. Whether anything changed.
pub async fn undo(app: &App, account: AccountId) -> Result<bool, SuspendError> {
    let mut tx = app.db.begin().await?;
    let changed = undo_within(app, &mut tx, account).await?;
    if changed {
        let says = Says::Restored {
            measure: Measure::Suspend,
        };
        done(app, &mut tx, account, Act::Unsuspend, says).await?;
    }
    tx.commit().await?;
    forget(app, account);
    Ok(changed)
}

/// The same in a transaction of the caller, who forgets the account and wakes `Queue::Outbox` after it.
pub(super) async fn undo_within(app: &App, db: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let changed = db::accounts::set_suspended(db, account, None).await?;
    if changed {
        let now = app.clock.now();
        db::withheld::give_back(db, account, now).await?;
        db::media_pruning::want_profile(db, account, now).await?;
    }
    if changed && let Some(person) = here(db, account).await? {
        tell(app, db, &person).await?;
    }
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

/// Writes it down, and tells whoever it was done to.
async fn done(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    did: Act,
    says: Says,
) -> sqlx::Result<()> {
    if let Some(person) = db::accounts::by_id(db, account).await? {
        audit::note(app, db, By::Operator, did, About::account(&person), "").await?;
    }
    mail::tell(app, db, account, says).await
}

fn forget(app: &App, account: AccountId) {
    app.caches.forget_account(account);
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Mails);
}
