//! Putting one's own posts out of everybody's sight, and bringing them back. Has no remote door, and tells no peer: what is
//! deleted elsewhere could never come back.

use sqlx::PgConnection;

use super::on_post::OnPostError;
use super::tell_of_end;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};

/// Twice changes nothing.
pub async fn local(app: &App, owner: AccountId, id: PostId) -> Result<(), OnPostError> {
    let mut tx = app.db.begin().await?;
    own(&mut tx, owner, id).await?;
    // While it is known where it is shown.
    tell_of_end::tell(&mut tx, id).await?;
    if !db::archive::put_away(&mut tx, owner, id, app.clock.now()).await? {
        return Ok(());
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// It is where it was, also in feeds. Twice changes nothing.
pub async fn undo_local(app: &App, owner: AccountId, id: PostId) -> Result<(), OnPostError> {
    let mut tx = app.db.begin().await?;
    own(&mut tx, owner, id).await?;
    db::archive::bring_back(&mut tx, owner, id).await?;
    tx.commit().await?;
    Ok(())
}

async fn own(db: &mut PgConnection, owner: AccountId, id: PostId) -> Result<(), OnPostError> {
    // As an edit does, so that the two do not cross.
    db::posts::lock(db, id).await?;
    let post = db::posts::by_id(db, id).await?;
    let post = post.filter(|post| post.author_id == owner && post.repost_of.is_none());
    match post.ok_or(OnPostError::NotFound)?.audience {
        Audience::Direct => Err(OnPostError::NotAllowed(
            "Validation failed: Posts that are only visible to mentioned users cannot be archived",
        )),
        _ => Ok(()),
    }
}
