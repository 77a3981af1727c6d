//! Telling those who asked to be told of somebody's posts. Runs after the post is there, and twice without harm.

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::notifications::NewNotification;
use crate::domain::ids::{NotificationId, PostId};
use crate::domain::notification::Kind;

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
