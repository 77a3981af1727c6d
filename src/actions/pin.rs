//! Putting one's own posts at the top of one's profile.

use super::on_post::{self, OnPostError};
use crate::app::App;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId, RelationId};

/// Most posts at the top of a profile.
pub const MOST_PINS: i64 = 5;

pub async fn local(app: &App, owner: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, owner, post).await?;
    if target.author.id != owner {
        return Err(OnPostError::NotAllowed(
            "Validation failed: Someone else's post cannot be pinned",
        ));
    }
    if target.audience == Audience::Direct {
        return Err(OnPostError::NotAllowed(
            "Validation failed: Posts that are only visible to mentioned users cannot be pinned",
        ));
    }
    if db::reactions::pin_count(&mut tx, owner).await? >= MOST_PINS {
        return Err(OnPostError::NotAllowed(
            "Validation failed: You have already pinned the maximum number of posts",
        ));
    }
    db::reactions::pin(&mut tx, RelationId(app.ids.next()), owner, target.id).await?;
    db::reactions::set_flag(&mut tx, owner, target.id, Flag::Pinned).await?;
    tx.commit().await?;
    Ok(target.id)
}

pub async fn undo_local(app: &App, owner: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, owner, post).await?;
    db::reactions::unpin(&mut tx, owner, target.id).await?;
    db::reactions::clear_flag(&mut tx, owner, target.id, Flag::Pinned).await?;
    tx.commit().await?;
    Ok(target.id)
}
