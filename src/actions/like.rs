//! Liking a post, and taking it back.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use super::on_post::{self, OnPostError, Target};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, NotificationId, PostId, RelationId};
use crate::domain::notification::Kind;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// Somebody here likes a post that they may see.
pub async fn local(app: &App, liker: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, liker, post).await?;
    let id = RelationId(app.ids.next());
    if record(app, &mut tx, liker, &target, id, None).await? && !target.author.is_local() {
        let liker = app.person(liker).await?.ok_or(OnPostError::NotFound)?;
        let body = activity::like(&liker, &address(&liker, id), &target.uri);
        let sent = Activity {
            body,
            post: Some(target.id),
            lasting: false,
        };
        letters::send(app, &mut tx, liker.id, &sent, Recipients::one(target.author.id)).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(target.id)
}

/// A peer says that `actor` likes a post; one that we have and that they may see.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    uri: &str,
    like: &str,
) -> Result<(), OnPostError> {
    let Some(post) = on_post::find(app, db, uri).await? else {
        return Ok(());
    };
    let target = on_post::target(app, db, actor.id, post).await?;
    record(app, db, actor.id, &target, RelationId(app.ids.next()), Some(like)).await?;
    Ok(())
}

async fn record(
    app: &App,
    db: &mut PgConnection,
    liker: AccountId,
    target: &Target,
    id: RelationId,
    uri: Option<&str>,
) -> Result<bool, OnPostError> {
    let now = app.clock.now();
    if !db::reactions::like(db, id, liker, target.id, uri, now).await? {
        return Ok(false);
    }
    db::reactions::set_flag(db, liker, target.id, Flag::Liked).await?;
    let new = db::notifications::NewNotification {
        id: NotificationId(app.ids.next()),
        to: target.author.id,
        kind: Kind::Like,
        from: liker,
        post: Some(target.id),
        now,
    };
    db::notifications::insert(db, &new).await?;
    Ok(true)
}

/// Somebody here no longer likes a post. Nothing when they did not.
pub async fn undo_local(app: &App, liker: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, liker, post).await?;
    if let Some(id) = unrecord(&mut tx, liker, &target).await?
        && !target.author.is_local()
    {
        let liker = app.person(liker).await?.ok_or(OnPostError::NotFound)?;
        let body = activity::undo_like(&liker, &address(&liker, id), &target.uri);
        let sent = Activity {
            body,
            post: Some(target.id),
            lasting: true,
        };
        letters::send(app, &mut tx, liker.id, &sent, Recipients::one(target.author.id)).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(target.id)
}

/// A peer says that `actor` takes a like back.
pub async fn undo_remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    uri: &str,
) -> Result<(), OnPostError> {
    match on_post::find(app, db, uri).await? {
        Some(post) => undo_remote_of(app, db, actor, post).await,
        None => Ok(()),
    }
}

/// The same for a post that was found by the Like's own address.
pub async fn undo_remote_of(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    post: PostId,
) -> Result<(), OnPostError> {
    let target = on_post::target(app, db, actor.id, post).await?;
    unrecord(db, actor.id, &target).await?;
    Ok(())
}

async fn unrecord(
    db: &mut PgConnection,
    liker: AccountId,
    target: &Target,
) -> Result<Option<RelationId>, OnPostError> {
    let gone = db::reactions::unlike(db, liker, target.id).await?;
    if gone.is_some() {
        db::reactions::clear_flag(db, liker, target.id, Flag::Liked).await?;
        db::notifications::withdraw(db, target.author.id, Kind::Like, liker, Some(target.id)).await?;
    }
    Ok(gone)
}

/// The address of a Like made here.
fn address(liker: &Account, id: RelationId) -> String {
    format!("{}#likes/{id}", liker.uri)
}
