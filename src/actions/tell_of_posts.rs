//! Telling those who asked to be told of somebody's posts, and connected clients of what is in no feed. Runs twice without
//! harm.

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::notifications::NewNotification;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::live::Event;
use crate::domain::notification::Kind;
use crate::domain::post::NewPost;
use crate::domain::work::Work;

/// What arrives later than this is no news.
const NEWS: TimeDelta = TimeDelta::days(1);

pub async fn tell(app: &App, db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()> {
    let now = app.clock.now();
    for awaited in db::notifications::awaited(db, posts, now - NEWS).await? {
        let new = NewNotification {
            id: NotificationId(app.ids.next()),
            to: awaited.by,
            kind: Kind::Posted,
            from: awaited.author,
            post: Some(awaited.post),
            now,
        };
        db::notifications::insert(db, &new).await?;
    }
    Ok(())
}

/// Comments among new posts, each with whether it has tags. They are in no feed, but open ones under their tags, and those
/// of somebody who is in a list that shows answers perhaps in that.
pub async fn comments(db: &mut PgConnection, new: &[(&NewPost, bool)]) -> sqlx::Result<()> {
    let comments = new
        .iter()
        .filter(|(new, _)| new.comment && new.audience <= Audience::Followers);
    let authors: Vec<AccountId> = comments.clone().map(|(new, _)| new.author_id).collect();
    if authors.is_empty() {
        return Ok(());
    }
    let listed = db::lists::answering(db, &authors).await?;
    let told = comments.filter(|(new, is_tagged)| {
        let under_tags = *is_tagged && new.audience == Audience::Public;
        under_tags || listed.contains(&new.author_id)
    });
    let events: Vec<Event> = told.map(|(new, _)| Event::Published { post: new.id }).collect();
    match events.is_empty() {
        true => Ok(()),
        false => db::outbox::add(db, &Work::Tell { events }).await,
    }
}
