//! The end of an account. Its row stays, so that its name is never given again; all else of it goes, in batches.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use super::lock_out::{self, Ended};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::domain::work::{Recipients, Work};
use crate::translate::activity;

/// Rows of each kind that go in one transaction.
const BATCH: i64 = 500;
/// Posts that go in one transaction: each takes with it what little is left below it.
const POSTS: i64 = 20;

#[derive(Debug, thiserror::Error)]
pub enum DeleteError {
    #[error("the owner cannot be deleted")]
    Owner,
    #[error("nobody of that name lives here")]
    NotHere,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Somebody here is deleted; whether they were there until now. From this moment nobody sees them or what they made.
pub async fn local(app: &App, account: AccountId) -> Result<bool, DeleteError> {
    let mut tx = app.db.begin().await?;
    let person = db::accounts::by_id(&mut tx, account).await?;
    let person = person
        .filter(|person| person.is_local() && person.uri != app.urls.instance_actor())
        .ok_or(DeleteError::NotHere)?;
    if person.deleted {
        return Ok(false);
    }
    let ended = within(app, &mut tx, &person).await?;
    tx.commit().await?;
    ended.forget(app);
    app.bus.wake(Queue::Outbox);
    Ok(true)
}

/// The same of somebody who was not deleted yet, in a transaction of the caller, who forgets the tokens and wakes
/// `Queue::Outbox` after it. Of somebody elsewhere goes what is here; they hear nothing of it.
pub(super) async fn within(app: &App, db: &mut PgConnection, person: &Account) -> Result<Ended, DeleteError> {
    let standing = db::users::standing(db, person.id).await?;
    if standing.is_some_and(|standing| standing.role == Role::Owner as i16) {
        return Err(DeleteError::Owner);
    }
    let ended = lock_out::everywhere(db, person.id).await?;
    if person.is_local() {
        // Before the rows go by which is known who has heard of them: the dispatcher works in order.
        let sent = Activity {
            body: activity::delete_actor(person),
            post: None,
            lasting: true,
        };
        letters::send(app, db, person.id, &sent, Recipients::acquaintances(person.id)).await?;
        end(app, db, person).await?;
    } else {
        remote(app, db, person).await?;
    }
    Ok(ended)
}

/// A peer says that its actor is gone.
pub async fn remote(app: &App, db: &mut PgConnection, actor: &Account) -> sqlx::Result<()> {
    app.peers.keys.invalidate(&actor.public_key_id);
    end(app, db, actor).await
}

async fn end(app: &App, db: &mut PgConnection, account: &Account) -> sqlx::Result<()> {
    db::users::delete(db, account.id).await?;
    db::accounts::end(db, account.id, app.clock.now()).await?;
    db::outbox::add(db, &Work::Erase { account: account.id }).await?;
    app.caches.forget_account(account.id);
    Ok(())
}

/// Whether an account that has ended still has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    Some,
    All,
}

/// Removes a batch of what an account that has ended leaves behind. Does nothing to one that has not.
pub async fn erase(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Erased> {
    if !db::erasing::has_ended(db, account).await? {
        return Ok(Erased::All);
    }
    let full = BATCH.unsigned_abs();
    // What is below a post would go with it, in one statement: so it goes before.
    let filled = db::erasing::reposts(db, account, BATCH).await? >= full
        || db::erasing::below(db, account, POSTS, BATCH).await? >= full
        || db::erasing::posts(db, account, POSTS).await? >= POSTS.unsigned_abs()
        || db::erasing::likes(db, account, BATCH).await? >= full
        || db::erasing::follows(db, account, BATCH).await? >= full
        || db::erasing::rest(db, account, BATCH).await? >= full;
    if filled {
        return Ok(Erased::Some);
    }
    db::erasing::sundries(db, account).await?;
    db::erasing::numbers(db, account).await?;
    Ok(Erased::All)
}
