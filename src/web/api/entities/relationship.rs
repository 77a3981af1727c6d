//! The Relationship entity: every flag, always, none of them null.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::relationships::Relationship;
use crate::domain::ids::AccountId;
use crate::web::api::entities::time;

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: AccountId,
    pub following: bool,
    /// For Pixelfed's apps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following_since: Option<String>,
    pub showing_reblogs: bool,
    pub notifying: bool,
    pub languages: Option<Vec<String>>,
    pub followed_by: bool,
    pub blocking: bool,
    pub blocked_by: bool,
    pub muting: bool,
    pub muting_notifications: bool,
    pub requested: bool,
    pub requested_by: bool,
    pub domain_blocking: bool,
    pub endorsed: bool,
    pub note: String,
}

impl From<Relationship> for Entity {
    fn from(known: Relationship) -> Self {
        Self {
            id: known.id,
            following: known.following,
            following_since: known.following_since.map(time),
            showing_reblogs: known.showing_reposts,
            notifying: known.notifying,
            languages: known.languages,
            followed_by: known.followed_by,
            blocking: known.blocking,
            blocked_by: known.blocked_by,
            muting: known.muting,
            muting_notifications: known.muting_notifications,
            requested: known.requested,
            requested_by: known.requested_by,
            domain_blocking: known.domain_blocking,
            endorsed: known.endorsed,
            note: known.note,
        }
    }
}

/// In the order of `ids`; who does not exist is left out.
pub async fn many(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[AccountId],
) -> sqlx::Result<Vec<Entity>> {
    let found = db::relationships::with(db, viewer, ids, app.clock.now()).await?;
    let mut by_id: HashMap<AccountId, Relationship> = found.into_iter().map(|one| (one.id, one)).collect();
    Ok(ids
        .iter()
        .filter_map(|id| by_id.remove(id))
        .map(Entity::from)
        .collect())
}
