//! Pictures that are done again because an admin says so: those that failed, or all of a post, of somebody or of everybody here.
//! Does none of it itself: workers do, when nothing else waits.

use crate::actions::rejected_media::REFUSED;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::media::MediaKey;
use crate::media::key::NoRandomness;

/// Pictures that are asked for in one transaction.
const BATCH: i64 = 200;

#[derive(Debug, thiserror::Error)]
pub enum RedevelopError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// Which pictures are made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Post(PostId),
    Account(AccountId),
    /// Of all people here.
    Everybody,
}

/// Has pictures tried again that were given up: of one server, or all. Not those that are refused for the server that they are
/// from. Gives how many.
pub async fn failed(app: &App, host: Option<&str>) -> Result<u64, RedevelopError> {
    let (mut many, mut after) = (0, MediaId::NONE);
    loop {
        let mut tx = app.db.begin().await?;
        let ids = db::media_backlog::failed(&mut tx, after, host, REFUSED, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        let now = app.clock.now();
        for post in db::media_backlog::have_tried_again(&mut tx, &ids, &fresh(&ids)?, now).await? {
            db::posts::touch(&mut tx, post).await?;
        }
        tx.commit().await?;
        many += ids.len() as u64;
    }
    app.bus.wake(Queue::Media);
    Ok(many)
}

/// Has pictures made anew out of what was uploaded, or fetched again where they are another server's. Gives how many.
pub async fn anew(app: &App, whose: Whose) -> Result<u64, RedevelopError> {
    let (mut many, mut after) = (0, MediaId::NONE);
    loop {
        let mut tx = app.db.begin().await?;
        let ids = match whose {
            Whose::Post(post) => db::media_backlog::makable_of_post(&mut tx, post).await?,
            Whose::Account(owner) => db::media_backlog::makable_of(&mut tx, owner, after, BATCH).await?,
            Whose::Everybody => db::media_backlog::makable(&mut tx, after, BATCH).await?,
        };
        let Some(last) = ids.last() else { break };
        after = *last;
        many += db::media_backlog::have_made_anew(&mut tx, &ids, &fresh(&ids)?, app.clock.now()).await?;
        tx.commit().await?;
    }
    app.bus.wake(Queue::Media);
    Ok(many)
}

fn fresh(ids: &[MediaId]) -> Result<Vec<String>, NoRandomness> {
    let keys = ids.iter().map(|_| MediaKey::random().map(|key| key.to_string()));
    keys.collect()
}
