//! `/api/v1/admin/domain_blocks`: whom this server speaks with. What a decision means is said by `actions::domains`.

use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::moderator::Moderator;
use crate::actions::domains::{self, DomainsError, Wishes};
use crate::app::App;
use crate::db;
use crate::db::policies::Severity;
use crate::domain::audit::By;
use crate::domain::ids::DomainBlockId;
use crate::domain::moderation::Permission;
use crate::web::api::accounts::Of;
use crate::web::api::entities::domain_block::{Entity, SEVERITIES, entity};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;

/// How many a page has, and at most.
const USUAL: i64 = 100;
const MOST: i64 = 200;

pub fn routes() -> Router<App> {
    let one = get(show).put(change).patch(change).delete(remove);
    Router::new()
        .route("/api/v1/admin/domain_blocks", get(list).post(create))
        .route("/api/v1/admin/domain_blocks/{id}", one)
}

fn may_read(moderator: &Moderator) -> ApiResult<By> {
    moderator.may("admin:read:domain_blocks", Permission::ManageFederation)
}

fn may_write(moderator: &Moderator) -> ApiResult<By> {
    moderator.may("admin:write:domain_blocks", Permission::ManageFederation)
}

async fn list(
    State(app): State<App>,
    moderator: Moderator,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    may_read(&moderator)?;
    let range = Range::read(&params, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let found = db::policies::page(&mut db, &(&range.and_one_more()).into()).await?;
    drop(db);
    let page = range.cut(found);
    let entities: Vec<Entity> = page.found.iter().map(entity).collect();
    let ids: Vec<i64> = page.found.iter().map(|policy| policy.id.0).collect();
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&entities, &ids, page.older))
}

async fn show(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<DomainBlockId>,
) -> ApiResult<Json<Entity>> {
    may_read(&moderator)?;
    let found = db::policies::by_id(&mut *app.db.acquire().await?, id).await?;
    Ok(Json(entity(&found.ok_or(ApiError::NotFound)?)))
}

/// What is there already is given with the refusal: apps offer to change it.
async fn create(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Response> {
    let by = may_write(&moderator)?;
    let domain = params.required("domain")?;
    match domains::block(&app, by, &domain, &wishes(&params)?).await {
        Ok(policy) => Ok(Json(entity(&policy)).into_response()),
        Err(DomainsError::Exists(known)) => {
            let sentence = DomainsError::Exists(known.clone()).to_string();
            let refusal = json!({ "error": sentence, "existing_domain_block": entity(&known) });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn change(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<DomainBlockId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let by = may_write(&moderator)?;
    let policy = domains::change(&app, by, id, &wishes(&params)?).await?;
    Ok(Json(entity(&policy)))
}

async fn remove(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<DomainBlockId>,
) -> ApiResult<Json<Value>> {
    let by = may_write(&moderator)?;
    domains::unblock(&app, by, id).await?;
    Ok(Json(json!({})))
}

fn wishes(params: &Params) -> ApiResult<Wishes> {
    Ok(Wishes {
        severity: params.text("severity").map(|name| severity(&name)).transpose()?,
        reject_media: params.flag("reject_media"),
        reject_reports: params.flag("reject_reports"),
        reason: params.text("private_comment"),
        public_comment: params.text("public_comment"),
        obfuscate: params.flag("obfuscate"),
    })
}

fn severity(name: &str) -> ApiResult<Severity> {
    let found = SEVERITIES.into_iter().find(|(_, known)| *known == name);
    let found = found.map(|(severity, _)| severity);
    found.ok_or_else(|| ApiError::invalid("Severity is not included in the list"))
}

impl From<DomainsError> for ApiError {
    fn from(error: DomainsError) -> Self {
        match error {
            DomainsError::NotFound => Self::NotFound,
            DomainsError::NoRandomness(error) => Self::Internal(error.into()),
            DomainsError::Database(error) => error.into(),
            DomainsError::NotADomain
            | DomainsError::Ourselves
            | DomainsError::TooLong
            | DomainsError::Exists(_) => Self::Invalid(error.to_string()),
        }
    }
}
