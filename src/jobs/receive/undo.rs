//! What a peer's person takes back. Decides nothing about it: every verb has its own remote door.

use sqlx::PgConnection;
use tintype_federation::inbox::Undone;
use url::Url;

use super::apply::mild;
use crate::actions::{like, repost, unblock, unfollow};
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::random;
use crate::translate;

/// Takes back what is here of it, and keeps out what may come later.
pub async fn apply(app: &App, db: &mut PgConnection, actor: &Account, undone: &Undone) -> sqlx::Result<()> {
    let was_follow = match undone {
        Undone::Follow { object, .. } => unfollow::remote(app, db, actor, object).await?,
        Undone::Unknown { id } => by_id(app, db, actor, id).await?,
        Undone::Block { object, .. } => {
            unblock::remote(db, actor, object).await?;
            false
        }
        Undone::Like { object, reaction, .. } => {
            let reaction = translate::emoji::reaction(reaction.as_deref());
            mild(like::undo_remote(app, db, actor, object.as_str(), reaction.as_ref()).await)?;
            false
        }
        Undone::Announce { id, object } => {
            let named = id.as_ref().unwrap_or(object);
            mild(repost::undo_remote(app, db, actor, named.as_str()).await)?;
            mild(repost::undo_remote(app, db, actor, object.as_str()).await)?;
            false
        }
    };
    // A follow that was here has been ended, and the next may have the same address.
    if let Some(id) = undone.id().filter(|_| !was_follow) {
        // What is taken back may be on its way yet, or wait for something that has to be fetched: then it is not applied.
        let original = random::activity(&actor.uri, id.as_str());
        db::received::mark_applied(db, &[original], app.clock.now()).await?;
    }
    Ok(())
}

/// Only its address is known: whichever of the actor's deeds has it. Whether it was a follow.
async fn by_id(app: &App, db: &mut PgConnection, actor: &Account, id: &Url) -> sqlx::Result<bool> {
    if unfollow::remote_by_id(app, db, actor, id).await? {
        return Ok(true);
    }
    if unblock::remote_by_id(db, actor, id).await? {
        return Ok(false);
    }
    let undone = match db::reactions::liked_by_uri(db, actor.id, id.as_str()).await? {
        Some(post) => like::undo_remote_of(app, db, actor, post).await,
        None => repost::undo_remote(app, db, actor, id.as_str()).await,
    };
    mild(undone)?;
    Ok(false)
}
