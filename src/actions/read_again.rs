//! Reading again what a peer only says has changed. Never believes anybody but the thing's own server about it, and reads
//! the same thing at the most once a minute, however often it is said to have changed.

use chrono::TimeDelta;
use url::Url;

use super::know_post::Found;
use super::on_post::OnPostError;
use super::{delete_post, edit, know_account, know_post};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::PostId;
use crate::peers::{Behalf, KnowError};

/// What is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Changed,
    Deleted,
}

/// `object` is `actor`, or a post that is here. `Busy`: it was read a moment ago, perhaps before the change; come again.
pub async fn changed(app: &App, actor: &Account, object: &Url, said: Said) -> Result<(), KnowError> {
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
    match know_post::fetch(app, Behalf::Work, object).await {
        Ok(found) => take_over(app, &found).await,
        Err(KnowError::Gone) => delete(app, object).await,
        // To say that it is not there is as good, of what somebody else says is deleted.
        Err(KnowError::Unknown) if said == Said::Deleted => delete(app, object).await,
        Err(error) => Err(error),
    }
}

/// Takes over what a post says now, and its numbers. Nothing, where it is not the author's whom we know.
pub(super) async fn take_over(app: &App, found: &Found) -> Result<(), KnowError> {
    let mut tx = app.db.begin().await?;
    edit::remote(app, &mut tx, &found.author, &found.post).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    Ok(())
}

/// Its own server says that it is no more.
async fn delete(app: &App, object: &Url) -> Result<(), KnowError> {
    let mut tx = app.db.begin().await?;
    let Some(author) = db::posts::author_by_uri(&mut tx, object.as_str()).await? else {
        return Ok(());
    };
    let author = db::accounts::by_id(&mut tx, author)
        .await?
        .ok_or(KnowError::Unknown)?;
    match delete_post::remote(app, &mut tx, &author, object.as_str()).await {
        Err(OnPostError::Database(error)) => return Err(error.into()),
        Err(OnPostError::NotFound | OnPostError::NotAllowed(_)) => return Ok(()),
        Ok(()) => {}
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
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
    changed(app, &author, &uri, Said::Changed).await
}
