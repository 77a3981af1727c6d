//! Notifications, to those who are connected: those of them that their list shows, and as it shows them.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::frame::Writer;
use crate::app::App;
use crate::db;
use crate::db::listed::Window;
use crate::db::notification_lists::Chosen;
use crate::domain::ids::{AccountId, NotificationId};
use crate::streams::{Frame, Topic, Wire};
use crate::web::api::entities::notification::Subjects;
use crate::web::error::ApiResult;

/// Most notifications of one person that are told of at once, and that a client is given which comes back.
const MOST: i64 = 100;

pub async fn tell(app: &App, db: &mut PgConnection, told: &[(NotificationId, AccountId)]) -> ApiResult<()> {
    let mut of: HashMap<AccountId, Vec<NotificationId>> = HashMap::new();
    for (notification, to) in told {
        of.entry(*to).or_default().push(*notification);
    }
    for (viewer, ids) in of {
        let topics = [Topic::User(viewer), Topic::Notifications(viewer)];
        if app.streams.viewers(&topics).is_empty() {
            continue;
        }
        let window = Window {
            below: ids.iter().max().map_or(0, |id| id.0.saturating_add(1)),
            above: ids.iter().min().map_or(0, |id| id.0 - 1),
            from_old_end: false,
            limit: MOST,
        };
        let entities = read(app, db, viewer, &window).await?;
        for (id, json) in entities.iter().rev().filter(|(id, _)| ids.contains(id)) {
            for topic in &topics {
                let mut writer = Writer::new(topic, "notification");
                writer.notification = Some(*id);
                app.streams.send(topic, |guest| {
                    let hears = guest.hears_notifications;
                    hears.then(|| writer.write(guest.wire, Some(json)))
                });
            }
        }
    }
    Ok(())
}

/// What came after `last`, oldest first, for a client that comes back.
pub async fn missed(
    app: &App,
    topic: &Topic,
    viewer: AccountId,
    last: NotificationId,
) -> ApiResult<Vec<Frame>> {
    let window = Window {
        below: i64::MAX,
        above: last.0,
        from_old_end: true,
        limit: MOST,
    };
    let mut db = app.db.acquire().await?;
    let entities = read(app, &mut db, viewer, &window).await?;
    let frames = entities.iter().rev().map(|(id, json)| {
        let mut writer = Writer::new(topic, "notification");
        writer.notification = Some(*id);
        writer.write(Wire::EventSource, Some(json))
    });
    Ok(frames.collect())
}

/// As the viewer's list has them, newest first.
async fn read(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    window: &Window,
) -> ApiResult<Vec<(NotificationId, String)>> {
    let page = db::notification_lists::page(db, viewer, &Chosen::all(), window).await?;
    let subjects = Subjects::gather(app, db, viewer, &page).await?;
    let entities = page.iter().filter_map(|one| {
        let entity = subjects.entity(one)?;
        Some((one.id, serde_json::to_string(&entity).ok()?))
    });
    Ok(entities.collect())
}
