//! Showing somebody on one's profile, whom one follows. Has no remote door: no peer is told.

use super::parties::{self, PartyError};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, RelationId};

#[derive(Debug, thiserror::Error)]
pub enum EndorseError {
    #[error("not followed")]
    NotFollowed,
    #[error(transparent)]
    Party(#[from] PartyError),
}

pub async fn local(app: &App, me: AccountId, target: AccountId) -> Result<(), EndorseError> {
    let mut tx = app.db.begin().await.map_err(PartyError::from)?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    let id = RelationId(app.ids.next());
    let put = db::endorsements::put(&mut tx, id, me.id, target.id, app.clock.now()).await;
    if !put.map_err(PartyError::from)? {
        return Err(EndorseError::NotFollowed);
    }
    tx.commit().await.map_err(PartyError::from)?;
    Ok(())
}

/// Whoever is not shown stays so.
pub async fn undo_local(app: &App, me: AccountId, target: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    db::endorsements::delete(&mut tx, me.id, target.id).await?;
    tx.commit().await?;
    Ok(())
}
