//! The Report entity, for who reports and for moderators. Says whether somebody is done with it, and not who.

use serde::Serialize;

use super::{account, time};
use crate::db::reports::Report;
use crate::domain::ids::{PostId, RuleId};

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
    rule_ids: &'a [RuleId],
    target_account: &'a account::Entity,
}

pub fn entity<'a>(report: &'a Report, target: &'a account::Entity) -> Entity<'a> {
    Entity {
        id: report.id.to_string(),
        action_taken: report.action_taken_at.is_some(),
        action_taken_at: report.action_taken_at.map(time),
        category: report.category.as_str(),
        comment: &report.reason,
        forwarded: report.forwarded,
        created_at: time(report.created_at),
        status_ids: &report.posts,
        rule_ids: &report.rules,
        target_account: target,
    }
}
