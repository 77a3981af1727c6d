//! Saving a post for oneself. Nobody is told, here or elsewhere.

use super::on_post::{self, OnPostError};
use crate::app::App;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::ids::{AccountId, PostId, RelationId};

pub async fn local(app: &App, reader: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, reader, post).await?;
    db::reactions::bookmark(
        &mut tx,
        RelationId(app.ids.next()),
        reader,
        target.id,
        app.clock.now(),
    )
    .await?;
    db::reactions::set_flag(&mut tx, reader, target.id, Flag::Bookmarked).await?;
    tx.commit().await?;
    Ok(target.id)
}

pub async fn undo_local(app: &App, reader: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, reader, post).await?;
    db::reactions::unbookmark(&mut tx, reader, target.id).await?;
    db::reactions::clear_flag(&mut tx, reader, target.id, Flag::Bookmarked).await?;
    tx.commit().await?;
    Ok(target.id)
}
