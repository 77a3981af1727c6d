//! Not wanting somebody suggested again. Nobody is told, and following them stays possible.

use super::parties::{self, PartyError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

pub async fn local(app: &App, me: AccountId, target: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    db::suggestions::dismiss(&mut tx, me.id, target.id).await?;
    tx.commit().await?;
    Ok(())
}
