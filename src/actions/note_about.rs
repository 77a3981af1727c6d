//! A private remark about somebody. Nobody but its writer ever reads it.

use super::parties::{self, PartyError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

/// Most characters of a remark.
pub const LONGEST_NOTE: usize = 2_000;

#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    #[error("the remark is longer than {most} characters")]
    TooLong { most: usize },
    #[error(transparent)]
    Party(#[from] PartyError),
}

/// Writes it; an empty one takes it away.
pub async fn local(app: &App, me: AccountId, target: AccountId, comment: &str) -> Result<(), NoteError> {
    let comment = comment.trim();
    if comment.chars().count() > LONGEST_NOTE {
        return Err(NoteError::TooLong { most: LONGEST_NOTE });
    }
    let mut db = app.db.acquire().await.map_err(PartyError::from)?;
    let (me, target) = parties::both(&mut db, me, target).await?;
    db::relationships::set_note(&mut db, me.id, target.id, comment)
        .await
        .map_err(PartyError::from)?;
    Ok(())
}
