//! A person here changes what is said about a picture, also of the film that it was taken on, or where its middle is. Never touches stored files.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::media::Retouch;
use crate::domain::camera::FilmChange;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::{self, DescriptionTooLong, FocalPoint};
use crate::media::MediaKey;
use crate::media::key::NoRandomness;

#[derive(Debug, thiserror::Error)]
pub enum RetouchError {
    /// No such picture, or another's, or in use elsewhere, or refused.
    #[error("no such picture")]
    NotFound,
    #[error(transparent)]
    DescriptionTooLong(#[from] DescriptionTooLong),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is to change; `None` stays.
#[derive(Debug, Default)]
pub struct Change {
    pub description: Option<String>,
    pub focus: Option<FocalPoint>,
    pub film: Option<FilmChange>,
}

/// Changes a picture that is part of no post yet.
pub async fn local(app: &App, owner: AccountId, id: MediaId, change: &Change) -> Result<(), RetouchError> {
    let mut tx = app.db.begin().await?;
    within(app, &mut tx, (owner, None), id, change).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Media);
    Ok(())
}

/// The same in a transaction of the caller, for a picture of his post that is being edited. Wake `Queue::Media` after
/// the commit. Until the files of a new focal point are there, the old ones are shown.
pub async fn within(
    app: &App,
    db: &mut PgConnection,
    of: (AccountId, Option<PostId>),
    id: MediaId,
    change: &Change,
) -> Result<(), RetouchError> {
    let description = change.description.as_deref().map(picture::description);
    let description = description.transpose()?;
    let next_key = MediaKey::random()?.to_string();
    let retouch = Retouch {
        description: description.as_deref(),
        focus: change.focus,
        next_key: &next_key,
        film: change.film.as_ref().map(Json),
    };
    if db::media::retouch(db, id, of, &retouch, app.clock.now()).await? {
        Ok(())
    } else {
        Err(RetouchError::NotFound)
    }
}
