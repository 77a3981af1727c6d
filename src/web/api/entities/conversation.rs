//! The Conversation entity. It has a last post and somebody to talk with, or is left out.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::{account, people, status};
use crate::app::App;
use crate::db::conversations::Conversation;
use crate::domain::ids::{AccountId, ConversationId, PostId};
use crate::web::error::ApiResult;

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    id: ConversationId,
    unread: bool,
    accounts: Vec<&'a account::Entity>,
    last_status: &'a RawValue,
}

/// Who and what talks of one page are about.
#[derive(Debug)]
pub struct Subjects {
    viewer: AccountId,
    accounts: HashMap<AccountId, account::Entity>,
    statuses: HashMap<PostId, Box<RawValue>>,
}

impl Subjects {
    pub async fn gather(
        app: &App,
        db: &mut PgConnection,
        viewer: AccountId,
        page: &[Conversation],
    ) -> ApiResult<Self> {
        let mut who: Vec<AccountId> = page.iter().flat_map(|one| one.people.clone()).collect();
        who.push(viewer);
        who.sort_unstable();
        who.dedup();
        let posts: Vec<PostId> = page.iter().map(|one| one.last_post).collect();
        let accounts = people::many(app, db, &who).await?;
        let statuses = status::many(app, db, viewer, &posts).await?;
        Ok(Self {
            viewer,
            accounts: accounts.into_iter().map(|one| (one.id, one)).collect(),
            statuses: statuses
                .into_iter()
                .map(|one| (one.card.id, one.into_json()))
                .collect(),
        })
    }

    /// None when its post or everybody in it is gone.
    pub fn entity(&self, one: &Conversation) -> Option<Entity<'_>> {
        // Who talks to nobody else talks to themselves: clients cannot show a talk without people.
        let alone = std::slice::from_ref(&self.viewer);
        let who = if one.people.is_empty() { alone } else { &one.people };
        let accounts: Vec<_> = who.iter().filter_map(|id| self.accounts.get(id)).collect();
        (!accounts.is_empty()).then_some(Entity {
            id: one.id,
            unread: one.unread,
            accounts,
            last_status: self.statuses.get(&one.last_post)?,
        })
    }
}
