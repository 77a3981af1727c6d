//! Putting one's own posts at the top of one's profile. Never pins what somebody else wrote.

use sqlx::PgConnection;
use tintype_federation::origin::same_origin;
use url::Url;

use super::letters::{self, Activity};
use super::on_post::{self, OnPostError, Target};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId, RelationId};
use crate::domain::work::Recipients;
use crate::translate::activity::{self, Featured};

/// Most posts at the top of a profile here.
pub const MOST_PINS: i64 = 5;
/// The same for profiles elsewhere, some of which allow more.
pub const MOST_PINS_ELSEWHERE: i64 = 20;

pub async fn local(app: &App, owner: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, owner, post).await?;
    if target.author.id != owner {
        return Err(OnPostError::NotAllowed(
            "Validation failed: Someone else's post cannot be pinned",
        ));
    }
    if target.audience == Audience::Direct {
        return Err(OnPostError::NotAllowed(
            "Validation failed: Posts that are only visible to mentioned users cannot be pinned",
        ));
    }
    if db::reactions::pin_count(&mut tx, owner).await? >= MOST_PINS {
        return Err(OnPostError::NotAllowed(
            "Validation failed: You have already pinned the maximum number of posts",
        ));
    }
    if record(app, &mut tx, owner, target.id).await? {
        tell(app, &mut tx, &target, Featured::Added).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(target.id)
}

pub async fn undo_local(app: &App, owner: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, owner, post).await?;
    if unrecord(&mut tx, owner, target.id).await? {
        tell(app, &mut tx, &target, Featured::Removed).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(target.id)
}

/// What came of a peer's word about its collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    Done,
    /// The post is not here; it is worth fetching.
    Unknown,
}

/// A peer says that `actor` added a post to the collection `target`. Only the actor's own posts, and only the
/// collection that the actor's document names: everything else is somebody else's to say.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    object: &Url,
    target: &Url,
) -> sqlx::Result<Pinned> {
    if !is_theirs(actor, target) {
        return Ok(Pinned::Done);
    }
    let Some(id) = db::posts::id_by_uri(db, object.as_str()).await? else {
        // Fetched only for somebody: whom nobody here follows may pin what they like.
        let theirs = Url::parse(&actor.uri).is_ok_and(|uri| same_origin(&uri, object));
        return Ok(match theirs && actor.local_followers > 0 {
            true => Pinned::Unknown,
            false => Pinned::Done,
        });
    };
    let post = db::posts::by_id(db, id).await?;
    let fitting = post.is_some_and(|post| {
        post.author_id == actor.id && post.repost_of.is_none() && post.audience != Audience::Direct
    });
    if fitting && db::reactions::pin_count(db, actor.id).await? < MOST_PINS_ELSEWHERE {
        record(app, db, actor.id, id).await?;
    }
    Ok(Pinned::Done)
}

/// A peer says that `actor` took a post out of the collection `target`.
pub async fn undo_remote(
    db: &mut PgConnection,
    actor: &Account,
    object: &Url,
    target: &Url,
) -> sqlx::Result<()> {
    if is_theirs(actor, target)
        && let Some(id) = db::posts::id_by_uri(db, object.as_str()).await?
    {
        unrecord(db, actor.id, id).await?;
    }
    Ok(())
}

fn is_theirs(actor: &Account, target: &Url) -> bool {
    !actor.featured_url.is_empty() && actor.featured_url == target.as_str()
}

/// Whether it was not pinned before.
async fn record(app: &App, db: &mut PgConnection, owner: AccountId, post: PostId) -> sqlx::Result<bool> {
    let new = db::reactions::pin(db, RelationId(app.ids.next()), owner, post).await?;
    db::reactions::set_flag(db, owner, post, Flag::Pinned).await?;
    Ok(new)
}

/// Whether it was pinned.
async fn unrecord(db: &mut PgConnection, owner: AccountId, post: PostId) -> sqlx::Result<bool> {
    let gone = db::reactions::unpin(db, owner, post).await?;
    db::reactions::clear_flag(db, owner, post, Flag::Pinned).await?;
    Ok(gone)
}

/// Tells followers elsewhere. What not everybody may see is in no collection that others read.
async fn tell(app: &App, db: &mut PgConnection, target: &Target, change: Featured) -> sqlx::Result<()> {
    if !target.audience.is_open() {
        return Ok(());
    }
    let owner = &target.author;
    let id = format!("{}#pins/{}", owner.uri, app.ids.next());
    let sent = Activity {
        body: activity::featured(owner, &id, &target.uri, change),
        post: Some(target.id),
        lasting: false,
    };
    letters::send(app, db, owner.id, &sent, Recipients::followers(owner.id)).await
}
