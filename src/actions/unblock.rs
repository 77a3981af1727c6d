//! Ending a block. Brings no follow back.

use sqlx::PgConnection;
use url::Url;

use super::block_letters;
use super::parties::{self, PartyError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;

/// Somebody here blocks somebody no longer. Where there is no block, nothing happens.
pub async fn local(app: &App, me: AccountId, target: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    let told = end(&mut tx, me.id, target.id).await?;
    if let Some(uri) = &told {
        block_letters::take_back(app, &mut tx, &me, &target, uri).await?;
    }
    tx.commit().await?;
    if told.is_some() {
        app.bus.wake(Queue::Outbox);
    }
    Ok(())
}

/// A peer's person blocks somebody here no longer.
pub async fn remote(db: &mut PgConnection, actor: &Account, object: &Url) -> sqlx::Result<()> {
    match db::accounts::id_by_uri(db, object.as_str()).await? {
        Some(target) => end(db, actor.id, target).await.map(drop),
        None => Ok(()),
    }
}

/// The same by the Block's address alone; whether it was one of this actor's.
pub async fn remote_by_id(db: &mut PgConnection, actor: &Account, id: &Url) -> sqlx::Result<bool> {
    match db::blocks::target_by_uri(db, actor.id, id.as_str()).await? {
        Some(target) => {
            end(db, actor.id, target).await?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The address of the Block, where there was one that has one.
async fn end(db: &mut PgConnection, blocker: AccountId, blocked: AccountId) -> sqlx::Result<Option<String>> {
    db::pairs::lock(db, blocker, blocked).await?;
    let Some(gone) = db::blocks::delete(db, blocker, blocked).await? else {
        return Ok(None);
    };
    db::hidden::settle(db, blocker, blocked).await?;
    Ok(gone.uri)
}
