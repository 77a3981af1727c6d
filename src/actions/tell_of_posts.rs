//! Telling those who asked to be told of somebody's posts, and connected clients of what is in no feed. Runs twice without
//! harm.

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::notifications::NewNotification;
use crate::domain::ids::{NotificationId, PostId};
use crate::domain::live::Event;
use crate::domain::notification::Kind;
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

/// Open comments with tags: in no feed, but under their tags.
pub async fn under_tags(db: &mut PgConnection, posts: Vec<PostId>) -> sqlx::Result<()> {
    if posts.is_empty() {
        return Ok(());
    }
    let events = posts.into_iter().map(|post| Event::Published { post }).collect();
    db::outbox::add(db, &Work::Tell { events }).await
}
