//! Following a tag: open posts with it come into the home feed from then on. Has no remote door: no peer is told.

use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, RelationId};

/// Tags that one person may follow: each is looked at with every page of their feed.
pub const MOST: i64 = 1_000;

#[derive(Debug, thiserror::Error)]
pub enum FollowTagError {
    #[error("more than {most} tags")]
    TooMany { most: i64 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Follows the tag of that name, which need not be in use yet. Following it twice changes nothing.
pub async fn local(app: &App, me: AccountId, name: &str) -> Result<(), FollowTagError> {
    let mut tx = app.db.begin().await?;
    let tag = db::tags::make(&mut tx, name).await?;
    let id = RelationId(app.ids.next());
    let is_new = db::tags::follow(&mut tx, id, me, tag, app.clock.now()).await?;
    if is_new && db::tags::followed_count(&mut tx, me, MOST + 1).await? > MOST {
        return Err(FollowTagError::TooMany { most: MOST });
    }
    tx.commit().await?;
    Ok(())
}

/// Follows it no longer; what came by it alone leaves the feed.
pub async fn undo_local(app: &App, me: AccountId, name: &str) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    if let Some(tag) = db::tags::find(&mut tx, name).await?
        && db::tags::unfollow(&mut tx, me, tag).await?
    {
        app.feeds.forget_tag(&mut tx, me, tag).await?;
    }
    tx.commit().await?;
    Ok(())
}
