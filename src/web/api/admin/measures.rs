//! `POST /api/v1/admin/measures`: numbers day by day. Numbers are text: so Mastodon has it.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Serialize;

use super::asked;
use super::moderator::Moderator;
use crate::actions::measure::{self, Measure, Measured, OfInstance, OfTag};
use crate::app::App;
use crate::domain::moderation::Permission;
use crate::domain::span::midnight;
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/admin/measures", post(show))
}

#[derive(Debug, Serialize)]
struct Entity {
    key: String,
    unit: Option<&'static str>,
    total: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    human_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_total: Option<String>,
    data: Vec<Day>,
}

#[derive(Debug, Serialize)]
struct Day {
    date: String,
    value: String,
}

fn entity(key: String, what: &Measure, measured: Measured) -> Entity {
    let is_size = matches!(what, Measure::Instance(OfInstance::MediaAttachments, _));
    Entity {
        key,
        unit: is_size.then_some("bytes"),
        total: measured.total.to_string(),
        human_value: is_size.then(|| asked::size(measured.total)),
        previous_total: measured.previous.map(|previous| previous.to_string()),
        data: measured
            .days
            .into_iter()
            .map(|(day, value)| Day {
                date: time(midnight(day)),
                value: value.to_string(),
            })
            .collect(),
    }
}

/// `None`: no measure has that name.
fn named(key: &str, params: &Params) -> ApiResult<Option<Measure>> {
    let of_tag = |what| asked::tag(params, key).map(|tag| Measure::Tag(what, tag));
    let of_instance = |what| asked::domain(params, key).map(|domain| Measure::Instance(what, domain));
    Ok(Some(match key {
        "active_users" => Measure::ActiveUsers,
        "new_users" => Measure::NewUsers,
        "interactions" => Measure::Interactions,
        "opened_reports" => Measure::OpenedReports,
        "resolved_reports" => Measure::ResolvedReports,
        "tag_accounts" => of_tag(OfTag::Accounts)?,
        "tag_uses" => of_tag(OfTag::Uses)?,
        "tag_servers" => of_tag(OfTag::Servers)?,
        "instance_accounts" => of_instance(OfInstance::Accounts)?,
        "instance_media_attachments" => of_instance(OfInstance::MediaAttachments)?,
        "instance_reports" => of_instance(OfInstance::Reports)?,
        "instance_statuses" => of_instance(OfInstance::Statuses)?,
        "instance_follows" => of_instance(OfInstance::Follows)?,
        "instance_followers" => of_instance(OfInstance::Followers)?,
        _ => return Ok(None),
    }))
}

async fn show(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    moderator.may("admin:read", Permission::ViewDashboard)?;
    let span = asked::span(&params)?;
    let span = span.ok_or_else(|| ApiError::invalid("start_at and end_at can't be blank"))?;
    let span = asked::short(span)?;
    let mut wanted = Vec::new();
    for key in asked::keys(&params) {
        if let Some(what) = named(&key, &params)? {
            wanted.push((key, what));
        }
    }
    let mut db = app.db.acquire().await?;
    let mut entities = Vec::new();
    for (key, what) in wanted {
        let measured = measure::take(&mut db, &what, &span).await?;
        entities.push(entity(key, &what, measured));
    }
    Ok(Json(entities))
}
