//! `/api/v1/admin/domain_allows`: the servers with which this one speaks, where it speaks with no others. Says nothing of
//! whether the list counts.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};

use super::moderator::Moderator;
use super::pages;
use crate::actions::allow_domain::{self, AllowError};
use crate::app::App;
use crate::db;
use crate::db::domain_allows::Allow;
use crate::domain::ids::DomainAllowId;
use crate::domain::moderation::Permission;
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::entities::time;
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read:domain_allows";
const WRITE: &str = "admin:write:domain_allows";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/admin/domain_allows", get(list).post(create))
        .route("/api/v1/admin/domain_allows/{id}", get(show).delete(remove))
}

#[derive(Debug, Serialize)]
struct Entity {
    id: DomainAllowId,
    domain: String,
    created_at: String,
}

impl From<Allow> for Entity {
    fn from(allow: Allow) -> Self {
        Self {
            id: allow.id,
            domain: allow.domain,
            created_at: time(allow.created_at),
        }
    }
}

impl From<AllowError> for ApiError {
    fn from(error: AllowError) -> Self {
        match error {
            AllowError::Database(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}

async fn list(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageFederation)?;
    let range = pages::range(&params);
    let mut db = app.db.acquire().await?;
    let found = db::domain_allows::page(&mut db, &Window::from(&range.and_one_more())).await?;
    Ok(pages::answer::<_, Entity>(
        &pager(&app, &uri),
        &range,
        found,
        |allow| allow.id.0,
    ))
}

async fn show(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<DomainAllowId>,
) -> ApiResult<Json<Entity>> {
    moderator.may(READ, Permission::ManageFederation)?;
    let found = db::domain_allows::by_id(&mut *app.db.acquire().await?, id).await?;
    found.map(|allow| Json(allow.into())).ok_or(ApiError::NotFound)
}

async fn create(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageFederation)?;
    let allow = allow_domain::add(&app, by, &params.required("domain")?).await?;
    Ok(Json(allow.into()))
}

async fn remove(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<DomainAllowId>,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageFederation)?;
    match allow_domain::remove(&app, by, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
