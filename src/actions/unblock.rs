//! Ending a block. Brings no follow back.

use sqlx::PgConnection;
use url::Url;

use super::parties::{self, PartyError};
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;

/// Somebody here blocks somebody no longer. Where there is no block, nothing happens.
pub async fn local(app: &App, me: AccountId, target: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    end(&mut tx, me.id, target.id).await?;
    tx.commit().await?;
    Ok(())
}

/// A peer's person blocks somebody here no longer.
pub async fn remote(db: &mut PgConnection, actor: &Account, object: &Url) -> sqlx::Result<()> {
    match db::accounts::id_by_uri(db, object.as_str()).await? {
        Some(target) => end(db, actor.id, target).await,
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

async fn end(db: &mut PgConnection, blocker: AccountId, blocked: AccountId) -> sqlx::Result<()> {
    db::pairs::lock(db, blocker, blocked).await?;
    if db::blocks::delete(db, blocker, blocked).await? {
        db::hidden::settle(db, blocker, blocked).await?;
    }
    Ok(())
}
