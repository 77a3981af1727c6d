//! `/api/v2/notifications/policy`: what becomes of what strangers cause; and the older spelling of it, where each class is
//! set aside or not.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::notification_policy::{Policy, Verdict};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v2/notifications/policy",
            get(show).patch(change).put(change),
        )
        .route(
            "/api/v1/notifications/policy",
            get(show_flags).patch(change_flags).put(change_flags),
        )
}

/// The classes by their names, as far as each version of the API has them.
fn classes(policy: &mut Policy) -> [(&'static str, &mut Verdict); 6] {
    [
        ("not_following", &mut policy.not_following),
        ("not_followers", &mut policy.not_followers),
        ("new_accounts", &mut policy.new_accounts),
        ("private_mentions", &mut policy.private_mentions),
        ("limited_accounts", &mut policy.limited_accounts),
        ("bots", &mut policy.bots),
    ]
}

/// The older version knows no more than these.
const OLDER: usize = 4;

async fn of(db: &mut PgConnection, viewer: AccountId) -> sqlx::Result<Policy> {
    let stored = db::notification_policies::of(db, viewer).await?;
    Ok(stored.unwrap_or(Policy::USUAL))
}

async fn entity(db: &mut PgConnection, viewer: AccountId, mut policy: Policy) -> ApiResult<Json<Value>> {
    let mut entity = json!({ "summary": summary(db, viewer).await? });
    for (name, verdict) in classes(&mut policy) {
        entity[format!("for_{name}")] = verdict.as_str().into();
    }
    Ok(Json(entity))
}

async fn flags(db: &mut PgConnection, viewer: AccountId, mut policy: Policy) -> ApiResult<Json<Value>> {
    let mut entity = json!({ "summary": summary(db, viewer).await? });
    for (name, verdict) in classes(&mut policy).into_iter().take(OLDER) {
        entity[format!("filter_{name}")] = (*verdict != Verdict::Accept).into();
    }
    Ok(Json(entity))
}

async fn summary(db: &mut PgConnection, viewer: AccountId) -> sqlx::Result<Value> {
    let (requests, notifications) = db::notification_requests::pending(db, viewer).await?;
    Ok(json!({ "pending_requests_count": requests, "pending_notifications_count": notifications }))
}

async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let policy = of(&mut db, viewer.id).await?;
    entity(&mut db, viewer.id, policy).await
}

async fn show_flags(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let policy = of(&mut db, viewer.id).await?;
    flags(&mut db, viewer.id, policy).await
}

/// What is not named stays.
async fn change(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    let mut db = app.db.acquire().await?;
    let mut policy = of(&mut db, viewer.id).await?;
    for (name, verdict) in classes(&mut policy) {
        if let Some(wanted) = params.text(&format!("for_{name}")) {
            let wanted = Verdict::parse(&wanted);
            *verdict = wanted
                .ok_or_else(|| ApiError::invalid(format!("for_{name} is neither accept, filter nor drop")))?;
        }
    }
    db::notification_policies::put(&mut db, viewer.id, &policy).await?;
    entity(&mut db, viewer.id, policy).await
}

/// What is dropped stays dropped when a client that cannot know of it says that it is to be set aside.
async fn change_flags(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    let mut db = app.db.acquire().await?;
    let mut policy = of(&mut db, viewer.id).await?;
    for (name, verdict) in classes(&mut policy).into_iter().take(OLDER) {
        *verdict = match params.flag(&format!("filter_{name}")) {
            Some(true) if *verdict == Verdict::Accept => Verdict::Filter,
            Some(false) => Verdict::Accept,
            Some(true) | None => *verdict,
        };
    }
    db::notification_policies::put(&mut db, viewer.id, &policy).await?;
    flags(&mut db, viewer.id, policy).await
}
