//! Reading again what a peer only says has changed. Never believes anybody but the thing's own server about it, and reads
//! the same thing at the most once a minute, however often it is said to have changed.

use url::Url;

use super::{edit, know_account, know_post};
use crate::app::App;
use crate::bus::Queue;
use crate::domain::account::Account;
use crate::peers::{Behalf, KnowError};

/// `object` is `actor`, or a post of theirs. `Busy`: it was read a moment ago, perhaps before the change; come again.
pub async fn changed(app: &App, actor: &Account, object: &Url) -> Result<(), KnowError> {
    if object.as_str() == actor.uri {
        if app.peers.refreshed.contains_key(&actor.id) {
            return Err(KnowError::Busy);
        }
        return know_account::refresh(app, Behalf::Work, actor.id).await;
    }
    if app.peers.read_again.contains_key(object.as_str()) {
        return Err(KnowError::Busy);
    }
    let _fetch = app.peers.fetches.begin(Behalf::Work, object)?;
    app.peers.read_again.insert(object.to_string(), ());
    let (author, post) = know_post::fetch(app, Behalf::Work, object).await?;
    if author.id != actor.id {
        return Err(KnowError::Unacceptable);
    }
    let mut tx = app.db.begin().await?;
    edit::remote(app, &mut tx, &author, &post).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    Ok(())
}
