//! Hearing no more of a thread. Nobody is told.

use super::on_post::{self, OnPostError};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};

pub async fn local(app: &App, reader: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, reader, post).await?;
    db::reactions::mute_thread(&mut tx, reader, target.thread_id).await?;
    tx.commit().await?;
    Ok(target.id)
}

pub async fn undo_local(app: &App, reader: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, reader, post).await?;
    db::reactions::unmute_thread(&mut tx, reader, target.thread_id).await?;
    tx.commit().await?;
    Ok(target.id)
}
