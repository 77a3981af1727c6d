//! Deleting a post. It leaves a tombstone, so that no late copy brings it back.

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::letters::{self, Activity};
use super::on_post::OnPostError;
use super::{polls, relays, tell_of_end};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::picture::UNUSED;
use crate::domain::post::Post;
use crate::domain::random;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// What becomes of the pictures of a post that its author deletes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// They are uploads again for [`REDRAFT`]: the post may be being written anew.
    Kept,
    /// They go with it, at once.
    Gone,
}

/// How long: most who delete a post mean its photographs too, and do not say so.
const REDRAFT: TimeDelta = TimeDelta::hours(2);

/// Its author deletes a post. Gives what it was, for writing it anew.
pub async fn local(
    app: &App,
    author: AccountId,
    id: PostId,
    pictures: Pictures,
) -> Result<Post, OnPostError> {
    let mut tx = app.db.begin().await?;
    let post = db::posts::by_id(&mut tx, id)
        .await?
        .ok_or(OnPostError::NotFound)?;
    if post.author_id != author || post.repost_of.is_some() {
        return Err(OnPostError::NotFound);
    }
    let author = app
        .person_within(&mut tx, author)
        .await?
        .ok_or(OnPostError::NotFound)?;
    if pictures == Pictures::Kept {
        let uploaded_at = app.clock.now() + REDRAFT - UNUSED;
        db::media::keep_for_redraft(&mut tx, id, uploaded_at).await?;
    }
    let voters = match post.poll {
        Some(_) => polls::voters(&mut tx, id).await?,
        None => Vec::new(),
    };
    let takers = db::reactions::takers_elsewhere(&mut tx, id).await?;
    let uri = app.urls.post(&author.username, id);
    remove(app, &mut tx, id, &random::tombstone(&author.uri, &uri)).await?;
    let body = activity::delete_post(&app.urls, &author, id);
    // Whoever may have it: followers, those named, the one answered, those who voted, liked it, passed it on, answered it.
    let named = post
        .mentions
        .iter()
        .map(|mention| mention.id)
        .chain(post.reply_to_author)
        .chain(voters)
        .chain(takers);
    let sent = Activity {
        body,
        post: None,
        lasting: true,
    };
    let to = Recipients {
        relays: relays::given(post.audience),
        ..Recipients::followers(author.id).and(named)
    };
    letters::send(app, &mut tx, author.id, &sent, to).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.caches.forget_numbers(&author);
    Ok(post)
}

/// A peer says that `actor` deleted a post of theirs. One that we never had is remembered as deleted.
pub async fn remote(app: &App, db: &mut PgConnection, actor: &Account, uri: &str) -> Result<(), OnPostError> {
    let tombstone = random::tombstone(&actor.uri, uri);
    let Some(id) = db::posts::id_by_uri(db, uri).await? else {
        db::posts::entomb(db, &tombstone, app.clock.now()).await?;
        return Ok(());
    };
    let post = db::posts::by_id(db, id).await?.ok_or(OnPostError::NotFound)?;
    if post.author_id != actor.id {
        return Err(OnPostError::NotAllowed("not the author's"));
    }
    remove(app, db, id, &tombstone).await
}

async fn remove(app: &App, db: &mut PgConnection, id: PostId, tombstone: &[u8]) -> Result<(), OnPostError> {
    // As whoever votes does: the poll before the post.
    db::polls::lock(db, id).await?;
    tell_of_end::tell(db, id).await?;
    db::posts::delete(db, id, tombstone, app.clock.now()).await?;
    Ok(())
}
