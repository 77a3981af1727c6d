//! What is taken back, whether it is named with all that it was or by its address alone. Waits for nobody.

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

pub async fn undo(app: &App, db: &mut PgConnection, actor: &Account, undone: &Undone) -> sqlx::Result<()> {
    if let Some(id) = undone.id() {
        // What is taken back may be on its way yet, or wait for something that has to be fetched: then it is not applied.
        let original = random::activity(&actor.uri, id.as_str());
        db::received::mark_applied(db, &[original], app.clock.now()).await?;
    }
    match undone {
        Undone::Follow { object, .. } => unfollow::remote(app, db, actor, object).await,
        Undone::Block { object, .. } => unblock::remote(db, actor, object).await,
        Undone::Like { object, reaction, .. } => {
            let reaction = translate::emoji::reaction(reaction.as_deref());
            mild(like::undo_remote(app, db, actor, object.as_str(), reaction.as_ref()).await)
        }
        Undone::Announce { id, object } => {
            let named = id.as_ref().unwrap_or(object);
            mild(repost::undo_remote(app, db, actor, named.as_str()).await)?;
            mild(repost::undo_remote(app, db, actor, object.as_str()).await)
        }
        Undone::Unknown { id } => by_id(app, db, actor, id).await,
    }
}

/// Only its address is known: whichever of the actor's deeds has it.
async fn by_id(app: &App, db: &mut PgConnection, actor: &Account, id: &Url) -> sqlx::Result<()> {
    if unfollow::remote_by_id(app, db, actor, id).await? || unblock::remote_by_id(db, actor, id).await? {
        return Ok(());
    }
    if let Some(post) = db::reactions::liked_by_uri(db, actor.id, id.as_str()).await? {
        return mild(like::undo_remote_of(app, db, actor, post).await);
    }
    mild(repost::undo_remote(app, db, actor, id.as_str()).await)
}
