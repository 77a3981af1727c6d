//! The Report entity, for who reports and for moderators. Says nothing of what was done about it: nothing is, here.

use serde::Serialize;

use super::{account, time};
use crate::db::reports::Report;
use crate::domain::ids::PostId;

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    /// A text, as all ids.
    id: String,
    action_taken: bool,
    action_taken_at: Option<String>,
    category: &'static str,
    comment: &'a str,
    forwarded: bool,
    created_at: String,
    status_ids: &'a [PostId],
    rule_ids: [String; 0],
    target_account: &'a account::Entity,
}

pub fn entity<'a>(report: &'a Report, target: &'a account::Entity) -> Entity<'a> {
    Entity {
        id: report.id.to_string(),
        action_taken: false,
        action_taken_at: None,
        category: report.category.as_str(),
        comment: &report.reason,
        forwarded: report.forwarded,
        created_at: time(report.created_at),
        status_ids: &report.posts,
        rule_ids: [],
        target_account: target,
    }
}
