//! Talks that have something new, to those of their people who listen to them: as their lists show them, or not at all.

use sqlx::PgConnection;

use super::frame::Writer;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, ConversationId};
use crate::streams::Topic;
use crate::web::api::entities::conversation::Subjects;
use crate::web::error::ApiResult;

pub async fn tell(app: &App, db: &mut PgConnection, told: &[(ConversationId, AccountId)]) -> ApiResult<()> {
    for (conversation, viewer) in told {
        let topic = Topic::Direct(*viewer);
        if app.streams.viewers([&topic]).is_empty() {
            continue;
        }
        let Some(found) = db::conversations::one(db, *viewer, *conversation).await? else {
            continue;
        };
        let subjects = Subjects::gather(app, db, *viewer, std::slice::from_ref(&found)).await?;
        let json = subjects
            .entity(&found)
            .map(|entity| serde_json::to_string(&entity));
        let Some(Ok(json)) = json else { continue };
        let mut writer = Writer::new(&topic, "conversation");
        app.streams
            .send(&topic, |guest| Some(writer.write(guest.wire, Some(&json))));
    }
    Ok(())
}
