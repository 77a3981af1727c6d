//! NodeInfo: what this server tells directories about itself. Never counts more often than once a minute.

use axum::extract::State;
use axum::response::Response;
use serde_json::Value;
use tintype_federation::nodeinfo::{self, NodeFacts, Version};

use super::answer;
use super::refusal::Refusal;
use crate::app::App;
use crate::config::Registration;
use crate::db;
use crate::db::hosts::Usage;
use crate::translate;

pub async fn well_known(State(app): State<App>) -> Response {
    let (base, actor) = (
        translate::address(app.urls.base()),
        translate::address(&app.urls.instance_actor()),
    );
    answer::open(
        "application/json",
        nodeinfo::well_known(&base, &actor).to_string(),
    )
}

pub async fn v2_0(State(app): State<App>) -> Result<Response, Refusal> {
    const TYPE: &str = "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.0#\"";
    let document = document(&app, Version::V2_0).await?;
    Ok(answer::open(TYPE, document.to_string()))
}

pub async fn v2_1(State(app): State<App>) -> Result<Response, Refusal> {
    const TYPE: &str = "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"";
    let document = document(&app, Version::V2_1).await?;
    Ok(answer::open(TYPE, document.to_string()))
}

/// The document as it is told to everybody.
pub async fn document(app: &App, version: Version) -> sqlx::Result<Value> {
    let usage = usage(app).await?;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let facts = NodeFacts {
        node_name: &app.config.instance_name,
        node_description: &app.config.instance_description,
        software_version: env!("CARGO_PKG_VERSION"),
        repository: None,
        open_registrations: app.config.registration == Registration::Open,
        users_total: count(usage.users),
        users_active_month: count(usage.active_month),
        users_active_half_year: count(usage.active_half_year),
        local_posts: count(usage.local_posts),
    };
    Ok(nodeinfo::document(version, &facts))
}

/// The numbers as they were a minute ago at the most.
pub async fn usage(app: &App) -> sqlx::Result<Usage> {
    if let Some(usage) = app.caches.usage.get(&()) {
        return Ok(usage);
    }
    let mut db = app.db.acquire().await?;
    let usage = db::hosts::usage(&mut db, app.clock.now()).await?;
    app.caches.usage.insert((), usage);
    Ok(usage)
}
