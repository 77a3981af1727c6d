//! Passing a post on to one's followers, and taking that back. A repost is a post row with an id of its own.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use super::on_post::{self, OnPostError, Target};
use super::tell_of_end;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::domain::post::NewPost;
use crate::domain::random;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// A repost that a peer tells of.
#[derive(Debug)]
pub struct Announced<'a> {
    /// The Announce's own id.
    pub uri: &'a str,
    /// The post that is passed on.
    pub object: PostId,
    pub audience: Audience,
    /// Not after its arrival.
    pub published: Time,
}

/// How often a repost is tried that others of the same person are in the way of.
const MOST_TRIES: usize = 3;

/// Somebody here passes a post on. Gives the repost, also when it was there already.
pub async fn local(
    app: &App,
    reposter: AccountId,
    post: PostId,
    audience: Audience,
) -> Result<PostId, OnPostError> {
    for _ in 0..MOST_TRIES {
        if let Some(id) = once(app, reposter, post, audience).await? {
            return Ok(id);
        }
    }
    Err(OnPostError::NotFound)
}

/// None when there was one that is taken back meanwhile.
async fn once(
    app: &App,
    reposter: AccountId,
    post: PostId,
    audience: Audience,
) -> Result<Option<PostId>, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, reposter, post).await?;
    if let Some(before) = db::reactions::repost_of(&mut tx, reposter, target.id).await? {
        return Ok(Some(before));
    }
    check(&target, reposter)?;
    let reposter = app
        .person_within(&mut tx, reposter)
        .await?
        .ok_or(OnPostError::NotFound)?;
    let id = PostId(app.ids.next());
    let new = new_post(
        app,
        id,
        &reposter,
        &target,
        audience.max(target.audience),
        app.clock.now(),
    );
    let Some(followed_elsewhere) = record(app, &mut tx, &new, &target).await? else {
        // The same request came twice at once, and the other was first.
        return Ok(db::reactions::repost_of(&mut tx, reposter.id, target.id).await?);
    };
    let to_author = (!target.author.is_local()).then_some(target.author.id);
    if followed_elsewhere || to_author.is_some() {
        let body = activity::announce(&app.urls, &reposter, &shape(&new, &target));
        let to = Recipients {
            followers_of: followed_elsewhere.then_some(reposter.id),
            ..Default::default()
        };
        let sent = Activity {
            body,
            post: Some(id),
            lasting: false,
        };
        letters::send(app, &mut tx, reposter.id, &sent, to.and(to_author)).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(Some(id))
}

/// A peer says that `actor` passes on a post that we have.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    announced: &Announced<'_>,
) -> Result<(), OnPostError> {
    let target = on_post::target(app, db, actor.id, announced.object).await?;
    check(&target, actor.id)?;
    if !db::posts::entombed(db, &[random::tombstone(&actor.uri, announced.uri)])
        .await?
        .is_empty()
    {
        return Ok(());
    }
    // Nobody here follows them and it is nobody's here: nobody would ever see it.
    if actor.local_followers == 0 && !target.author.is_local() {
        return Ok(());
    }
    let id = PostId(app.ids.at(announced.published));
    let audience = announced.audience.max(target.audience);
    let new = NewPost {
        uri: Some(announced.uri.to_owned()),
        ..new_post(app, id, actor, &target, audience, announced.published)
    };
    record(app, db, &new, &target).await?;
    Ok(())
}

/// Only what is open may be passed on, and one's own.
fn check(target: &Target, reposter: AccountId) -> Result<(), OnPostError> {
    let own = target.author.id == reposter && target.audience < Audience::Direct;
    if target.audience.is_open() || own {
        Ok(())
    } else {
        Err(OnPostError::NotFound)
    }
}

fn new_post(
    app: &App,
    id: PostId,
    reposter: &Account,
    target: &Target,
    audience: Audience,
    at: Time,
) -> NewPost {
    NewPost {
        repost_of: Some(target.id),
        repost_author_id: Some(target.author.id),
        pushed: reposter.local_followers < i32::try_from(app.config.feed_push_threshold).unwrap_or(i32::MAX),
        ..NewPost::empty(id, reposter.id, audience, at)
    }
}

/// None when it was there; else whether somebody elsewhere follows who reposts.
async fn record(
    app: &App,
    db: &mut PgConnection,
    new: &NewPost,
    target: &Target,
) -> Result<Option<bool>, OnPostError> {
    let inserted = db::posts::insert(db, std::slice::from_ref(new)).await?;
    let Some(row) = inserted.first() else {
        return Ok(None);
    };
    if !new.pushed {
        db::posts::mark_pulled(db, new.author_id).await?;
    }
    db::reactions::set_flag(db, new.author_id, target.id, Flag::Reposted).await?;
    let told = db::notifications::NewNotification {
        id: NotificationId(app.ids.next()),
        to: target.author.id,
        kind: Kind::Repost,
        from: new.author_id,
        post: Some(target.id),
        now: app.clock.now(),
    };
    db::notifications::insert(db, &told).await?;
    db::feeds::begin_fan_out(db, new.author_id, new.id).await?;
    Ok(Some(row.followed_elsewhere))
}

/// Somebody here takes a repost back. Gives the post that was passed on.
pub async fn undo_local(app: &App, reposter: AccountId, post: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    let target = on_post::target(app, &mut tx, reposter, post).await?;
    // What another request of theirs takes back at the same time is not there any more.
    if let Some(repost) = db::reactions::repost_of(&mut tx, reposter, target.id).await?
        && let Some(row) = db::posts::by_id(&mut tx, repost).await?
    {
        let reposter = app
            .person_within(&mut tx, reposter)
            .await?
            .ok_or(OnPostError::NotFound)?;
        let shape = activity::Repost {
            id: repost,
            audience: row.audience,
            created_at: row.created_at,
            object: &target.uri,
            object_author: &target.author.uri,
        };
        let body = activity::undo_announce(&app.urls, &reposter, &shape);
        let uri = app.urls.post_activity(&reposter.username, repost);
        let tombstone = random::tombstone(&reposter.uri, &uri);
        remove(app, &mut tx, reposter.id, repost, &tombstone, &target).await?;
        let to_author = (!target.author.is_local()).then_some(target.author.id);
        let sent = Activity {
            body,
            post: None,
            lasting: true,
        };
        letters::send(
            app,
            &mut tx,
            reposter.id,
            &sent,
            Recipients::followers(reposter.id).and(to_author),
        )
        .await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(target.id)
}

/// A peer says that `actor` takes a repost back: by the post, or by the Announce's id.
pub async fn undo_remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    uri: &str,
) -> Result<(), OnPostError> {
    let by_object = match on_post::find(app, db, uri).await? {
        Some(post) => db::reactions::repost_of(db, actor.id, post).await?,
        None => None,
    };
    let by_id = db::posts::id_by_uri(db, uri).await?;
    let Some(repost) = by_object.or(by_id) else {
        return Ok(());
    };
    let Some(row) = db::posts::by_id(db, repost).await? else {
        return Ok(());
    };
    let (Some(object), true) = (row.repost_of, row.author_id == actor.id) else {
        return Ok(());
    };
    let target = on_post::target(app, db, actor.id, object).await?;
    remove(
        app,
        db,
        actor.id,
        repost,
        &random::tombstone(&actor.uri, row.uri.as_deref().unwrap_or(uri)),
        &target,
    )
    .await
}

async fn remove(
    app: &App,
    db: &mut PgConnection,
    reposter: AccountId,
    repost: PostId,
    tombstone: &[u8],
    target: &Target,
) -> Result<(), OnPostError> {
    tell_of_end::tell(db, repost).await?;
    // Gone already: then what there is now is another, made since.
    if !db::posts::delete(db, repost, tombstone, app.clock.now()).await? {
        return Ok(());
    }
    db::reactions::clear_flag(db, reposter, target.id, Flag::Reposted).await?;
    db::notifications::withdraw(db, target.author.id, Kind::Repost, reposter, Some(target.id)).await?;
    Ok(())
}

fn shape<'a>(new: &NewPost, target: &'a Target) -> activity::Repost<'a> {
    activity::Repost {
        id: new.id,
        audience: new.audience,
        created_at: new.created_at,
        object: &target.uri,
        object_author: &target.author.uri,
    }
}
