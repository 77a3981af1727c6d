//! The Notification entity. One about a post has it, or is left out: never null, never without.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::{account, people, status, time};
use crate::app::App;
use crate::db::notification_lists::Notification;
use crate::domain::filter::Context;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::web::error::ApiResult;

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    pub id: NotificationId,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub created_at: String,
    pub group_key: String,
    pub account: &'a account::Entity,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'a RawValue>,
}

/// What notifications of one page are about.
#[derive(Debug)]
pub struct Subjects {
    accounts: HashMap<AccountId, account::Entity>,
    statuses: HashMap<PostId, Box<RawValue>>,
}

impl Subjects {
    pub async fn gather(
        app: &App,
        db: &mut PgConnection,
        viewer: AccountId,
        page: &[Notification],
    ) -> ApiResult<Self> {
        let mut from: Vec<AccountId> = page.iter().map(|one| one.from_id).collect();
        from.sort_unstable();
        from.dedup();
        let mut about: Vec<PostId> = page.iter().filter_map(|one| one.post_id).collect();
        about.sort_unstable();
        about.dedup();
        let accounts = people::many(app, db, &from).await?;
        let mut statuses = status::many(app, db, viewer, &about).await?;
        statuses.retain(|status| !status.hidden_in.has(Context::Notifications));
        Ok(Self {
            accounts: accounts.into_iter().map(|one| (one.id, one)).collect(),
            statuses: statuses
                .into_iter()
                .map(|one| (one.card.id, one.into_json()))
                .collect(),
        })
    }

    /// None when whom or what it is about is gone, or left out by a filter of the viewer's.
    pub fn entity(&self, one: &Notification) -> Option<Entity<'_>> {
        let kind = Kind::from_stored(one.kind)?;
        let status = match one.post_id {
            Some(post) => Some(&**self.statuses.get(&post)?),
            None if needs_status(kind) => return None,
            None => None,
        };
        Some(Entity {
            id: one.id,
            kind: kind.as_str(),
            created_at: time(one.created_at),
            group_key: format!("ungrouped-{}", one.id),
            account: self.accounts.get(&one.from_id)?,
            status,
        })
    }
}

fn needs_status(kind: Kind) -> bool {
    match kind {
        Kind::Follow | Kind::FollowRequest | Kind::SignedUp => false,
        Kind::Mention | Kind::Like | Kind::Repost | Kind::Posted | Kind::Edited => true,
    }
}
