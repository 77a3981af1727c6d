//! Who may quote a post of somebody here, changed after it was published. Takes no leave back that was given.

use super::publish::PublishError;
use super::{edit, quote};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::live::Event;
use crate::domain::quote::Policy;
use crate::domain::work::Work;

/// Its author says so; the servers that have the post are told. Twice changes nothing.
pub async fn local(app: &App, author: AccountId, id: PostId, wanted: Policy) -> Result<(), PublishError> {
    let mut tx = app.db.begin().await?;
    db::posts::lock(&mut tx, id).await?;
    let post = edit::own(&mut tx, author, id).await?;
    if !quote::change_policy(&mut tx, &post, Some(wanted)).await? {
        return Ok(());
    }
    let author = app
        .person_within(&mut tx, author)
        .await?
        .ok_or(PublishError::NoSuchPost)?;
    let after = db::posts::by_id(&mut tx, id)
        .await?
        .ok_or(PublishError::NoSuchPost)?;
    let event = Event::Edited { post: id };
    db::outbox::add(&mut tx, &Work::Tell { events: vec![event] }).await?;
    edit::send(app, &mut tx, &author, &post, &after).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}
