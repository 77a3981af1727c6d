//! Showing a tag on one's profile. Has no remote door: no peer is told.

use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, RelationId};

/// Tags on one profile.
pub const MOST: i64 = 10;

#[derive(Debug, thiserror::Error)]
pub enum FeatureTagError {
    #[error("more than {most} tags")]
    TooMany { most: i64 },
    #[error("featured already")]
    Already,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Puts the tag of that name on the profile.
pub async fn local(app: &App, me: AccountId, name: &str) -> Result<RelationId, FeatureTagError> {
    let mut tx = app.db.begin().await?;
    let tag = db::tags::make(&mut tx, name).await?;
    let id = RelationId(app.ids.next());
    let added = db::featured_tags::insert(&mut tx, id, me, tag, app.clock.now()).await?;
    let added = added.ok_or(FeatureTagError::Already)?;
    if db::featured_tags::count(&mut tx, me).await? > MOST {
        return Err(FeatureTagError::TooMany { most: MOST });
    }
    tx.commit().await?;
    Ok(added)
}

/// Takes it off, by name; one that is not there stays away.
pub async fn undo_local(app: &App, me: AccountId, name: &str) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    if let Some(tag) = db::tags::find(&mut tx, name).await? {
        db::featured_tags::delete(&mut tx, me, tag).await?;
    }
    tx.commit().await
}

/// Takes it off, by the featuring's own id. Whether it was there.
pub async fn undo_by_id(app: &App, me: AccountId, id: RelationId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let was_there = db::featured_tags::delete_by_id(&mut tx, me, id).await?;
    tx.commit().await?;
    Ok(was_there)
}
