//! Liking a post, and taking it back.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::know_emojis;
use super::letters::{self, Activity};
use super::on_post::{self, OnPostError, Target};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::emoji::{Reaction, RemoteReaction};
use crate::domain::ids::{AccountId, NotificationId, PostId, RelationId};
use crate::domain::notification::Kind;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// A like that a peer tells of.
#[derive(Debug)]
pub struct Liked<'a> {
    /// The Like's own id.
    pub like: &'a str,
    /// The post's.
    pub post: &'a str,
    /// The emoji that it was given with.
    pub reaction: Option<RemoteReaction>,
}

/// Somebody here likes a post that they may see.
pub async fn local(app: &App, liker: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, liker, post).await?;
    let id = RelationId(app.ids.next());
    if record(app, &mut tx, liker, &target, id, None).await? && !target.author.is_local() {
        let liker = app
            .person_within(&mut tx, liker)
            .await?
            .ok_or(OnPostError::NotFound)?;
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

/// A peer says that `actor` likes a post; one that we have and that they may see. With another emoji it is the same like:
/// the last one counts.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    liked: &Liked<'_>,
) -> Result<(), OnPostError> {
    let Some(post) = on_post::find(app, db, liked.post).await? else {
        return Ok(());
    };
    let target = on_post::target(app, db, actor.id, post).await?;
    let id = RelationId(app.ids.next());
    record(app, db, actor.id, &target, id, Some(liked.like)).await?;
    if let Some(said) = &liked.reaction {
        let reaction = Json(known(app, db, actor, said).await?);
        db::emoji_reactions::set(db, actor.id, target.id, Some(liked.like), &reaction).await?;
    }
    Ok(())
}

/// The emoji with a picture that can be shown here.
async fn known(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    said: &RemoteReaction,
) -> sqlx::Result<Reaction> {
    let picture = match (actor.host_id, &said.picture) {
        (Some(host), Some(picture)) => {
            let known = know_emojis::know(app, db, host, std::slice::from_ref(picture)).await?;
            known.into_iter().next()
        }
        _ => None,
    };
    Ok(Reaction {
        name: said.name.clone(),
        picture,
    })
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
    if let Some(id) = unrecord(&mut tx, liker, &target, None).await?
        && !target.author.is_local()
    {
        let liker = app
            .person_within(&mut tx, liker)
            .await?
            .ok_or(OnPostError::NotFound)?;
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

/// A peer says that `actor` takes a like back; one with an emoji only if they gave no other since.
pub async fn undo_remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    uri: &str,
    reaction: Option<&RemoteReaction>,
) -> Result<(), OnPostError> {
    let Some(post) = on_post::find(app, db, uri).await? else {
        return Ok(());
    };
    let target = on_post::target(app, db, actor.id, post).await?;
    let with = reaction.map(|reaction| reaction.name.as_str());
    unrecord(db, actor.id, &target, with).await?;
    Ok(())
}

/// The same for a post that was found by the Like's own address.
pub async fn undo_remote_of(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    post: PostId,
) -> Result<(), OnPostError> {
    let target = on_post::target(app, db, actor.id, post).await?;
    unrecord(db, actor.id, &target, None).await?;
    Ok(())
}

async fn unrecord(
    db: &mut PgConnection,
    liker: AccountId,
    target: &Target,
    with: Option<&str>,
) -> Result<Option<RelationId>, OnPostError> {
    let gone = db::reactions::unlike(db, liker, target.id, with).await?;
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
