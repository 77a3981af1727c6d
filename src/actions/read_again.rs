//! Reading again what a peer only says has changed. Never believes anybody but the thing's own server about it, and reads
//! the same thing at the most once a minute, however often it is said to have changed.

use chrono::TimeDelta;
use url::Url;

use super::{edit, know_account, know_post};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::PostId;
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

/// How old the numbers of a poll may be before somebody looks at them.
const POLL_TRUST: TimeDelta = TimeDelta::minutes(1);

/// Somebody looks at a poll: if it is another server's, and was not read a moment ago or after its end, that is asked how
/// it stands. Nobody waits for it.
pub fn poll_in_background(app: &App, post: PostId) {
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = read_poll(&app, post).await {
            tracing::debug!(%error, "the numbers of a poll are not to be had");
        }
    });
}

async fn read_poll(app: &App, id: PostId) -> Result<(), KnowError> {
    let (author, uri) = {
        let mut db = app.db.acquire().await?;
        let Some(post) = db::posts::by_id(&mut db, id).await? else {
            return Ok(());
        };
        let (Some(uri), Some(poll)) = (post.uri, post.poll) else {
            return Ok(());
        };
        let said_at = poll.said_at.unwrap_or_default();
        let is_final = poll.expires_at.is_some_and(|end| end < said_at);
        if is_final || app.clock.now() - said_at < POLL_TRUST {
            return Ok(());
        }
        (db::accounts::by_id(&mut db, post.author_id).await?, uri)
    };
    let author = author.ok_or(KnowError::Unknown)?;
    let uri = Url::parse(&uri).map_err(|_| KnowError::Unknown)?;
    changed(app, &author, &uri).await
}
