//! The Admin::Report entity: what was reported, with all who had to do with it. Decides nothing.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::admin_account::{self, Entity as Person};
use super::{rule, status, time};
use crate::app::App;
use crate::db;
use crate::db::report_desk::Report;
use crate::domain::ids::{AccountId, PostId, RuleId};
use crate::web::error::ApiResult;

#[derive(Debug, Serialize)]
pub struct Entity {
    /// A text, as all ids.
    id: String,
    action_taken: bool,
    action_taken_at: Option<String>,
    category: &'static str,
    comment: String,
    forwarded: bool,
    created_at: String,
    updated_at: String,
    account: Person,
    target_account: Person,
    assigned_account: Option<Person>,
    action_taken_by_account: Option<Person>,
    statuses: Vec<Box<RawValue>>,
    /// Those that are broken.
    rules: Vec<rule::Entity>,
}

/// For `moderator`, in the order given; without those about somebody of whom nothing is left.
pub async fn many(
    app: &App,
    db: &mut PgConnection,
    moderator: AccountId,
    reports: &[Report],
) -> ApiResult<Vec<Entity>> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    // Who reported and is gone is spoken for by the server itself, as whoever reports from elsewhere mostly is.
    let server = db::accounts::id_by_uri(db, &app.urls.instance_actor()).await?;
    let server = server.unwrap_or(AccountId::NONE);
    let people = people(app, db, server, reports).await?;
    let posts = posts(app, db, moderator, reports).await?;
    let named: Vec<RuleId> = reports.iter().flat_map(|one| one.rules.iter().copied()).collect();
    let rules = db::rules::by_ids(db, &named).await?;
    let person = |id: AccountId| people.get(&id).cloned();
    let entity = |one: &Report| {
        Some(Entity {
            id: one.id.to_string(),
            action_taken: one.action_taken_at.is_some(),
            action_taken_at: one.action_taken_at.map(time),
            category: one.category.as_str(),
            comment: one.reason.clone(),
            forwarded: one.forwarded,
            created_at: time(one.created_at),
            updated_at: time(one.updated_at.unwrap_or(one.created_at)),
            account: person(one.reporter.unwrap_or(server))?,
            target_account: person(one.account)?,
            assigned_account: one.assigned_to.and_then(person),
            action_taken_by_account: one.action_taken_by.and_then(person),
            statuses: one.posts.iter().filter_map(|id| posts.get(id).cloned()).collect(),
            rules: rules
                .iter()
                .filter(|rule| one.rules.contains(&rule.id))
                .cloned()
                .map(rule::Entity::from)
                .collect(),
        })
    };
    Ok(reports.iter().filter_map(entity).collect())
}

/// All whom they name, each once.
async fn people(
    app: &App,
    db: &mut PgConnection,
    server: AccountId,
    reports: &[Report],
) -> sqlx::Result<HashMap<AccountId, Person>> {
    let named = reports.iter().flat_map(|one| {
        let reporter = one.reporter.unwrap_or(server);
        [
            Some(reporter),
            Some(one.account),
            one.assigned_to,
            one.action_taken_by,
        ]
    });
    let mut ids: Vec<AccountId> = named.flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let people = admin_account::many(app, db, &ids).await?;
    Ok(people.into_iter().map(|one| (one.id, one)).collect())
}

/// The posts that they name, as the moderator sees them.
async fn posts(
    app: &App,
    db: &mut PgConnection,
    moderator: AccountId,
    reports: &[Report],
) -> ApiResult<HashMap<PostId, Box<RawValue>>> {
    let ids: Vec<i64> = reports.iter().map(|one| one.id).collect();
    let cards = db::report_desk::cards(db, moderator, &ids).await?;
    let cards = cards.into_iter().map(|card| (moderator, card)).collect();
    let rendered = status::for_viewers(app, db, cards, &HashMap::new()).await?;
    let rendered = rendered
        .into_iter()
        .map(|(_, one)| (one.card.id, one.into_json()));
    Ok(rendered.collect())
}
