//! Announcements, to everybody who listens to their own stream. Says nothing of who reacted.

use serde_json::json;
use sqlx::PgConnection;

use super::frame::Writer;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, AnnouncementId};
use crate::streams::Topic;
use crate::web::api::entities::announcement;
use crate::web::error::ApiResult;

pub async fn tell(app: &App, db: &mut PgConnection, id: AnnouncementId) -> ApiResult<()> {
    // It may be gone again, or over already.
    if let Some(entity) = announcement::fresh(app, db, id).await? {
        say(app, "announcement", &json!(entity).to_string());
    }
    Ok(())
}

pub fn tell_of_end(app: &App, id: AnnouncementId) {
    say(app, "announcement.delete", &id.to_string());
}

pub async fn tell_of_reaction(
    app: &App,
    db: &mut PgConnection,
    id: AnnouncementId,
    name: &str,
) -> ApiResult<()> {
    let reactions = db::announcements::reactions(db, AccountId::NONE, &[id]).await?;
    let said = reactions.iter().find(|reaction| reaction.name == name);
    let count = said.map_or(0, |reaction| reaction.count);
    let payload = json!({ "name": name, "count": count, "announcement_id": id });
    say(app, "announcement.reaction", &payload.to_string());
    Ok(())
}

fn say(app: &App, event: &'static str, payload: &str) {
    for viewer in app.streams.home_viewers() {
        let topic = Topic::User(viewer);
        let mut writer = Writer::new(&topic, event);
        app.streams
            .send(&topic, |guest| Some(writer.write(guest.wire, Some(payload))));
    }
}
