//! `/api/v1/admin/reports`: what people and servers report, and what moderators do with it. Does nothing to whom it is about.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::moderator::Moderator;
use super::pages;
use crate::actions::report_desk::{self, Deed, DeskError};
use crate::app::App;
use crate::db;
use crate::db::report_desk::Wanted;
use crate::domain::audit::By;
use crate::domain::ids::RuleId;
use crate::domain::moderation::Permission;
use crate::domain::names;
use crate::domain::report::Category;
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::entities::admin_report::{self, Entity};
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

pub fn routes() -> Router<App> {
    let doing = |deed: Deed<'static>| {
        post(
            move |State(app): State<App>, moderator: Moderator, Of(id): Of<i64>| async move {
                let by = may_write(&moderator)?;
                does(&app, &moderator, by, id, deed).await
            },
        )
    };
    Router::new()
        .route("/api/v1/admin/reports", get(list))
        .route("/api/v1/admin/reports/{id}", get(show).put(change).patch(change))
        .route("/api/v1/admin/reports/{id}/assign_to_self", doing(Deed::Take))
        .route("/api/v1/admin/reports/{id}/unassign", doing(Deed::Leave))
        .route("/api/v1/admin/reports/{id}/resolve", doing(Deed::Resolve))
        .route("/api/v1/admin/reports/{id}/reopen", doing(Deed::Reopen))
}

fn may_read(moderator: &Moderator) -> ApiResult<By> {
    moderator.may("admin:read:reports", Permission::ManageReports)
}

fn may_write(moderator: &Moderator) -> ApiResult<By> {
    moderator.may("admin:write:reports", Permission::ManageReports)
}

async fn list(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    may_read(&moderator)?;
    let domain = params.text("by_target_domain").filter(|text| !text.is_empty());
    let wanted = Wanted {
        resolved: params.flag("resolved").unwrap_or(false),
        reporter: params.id("account_id")?,
        account: params.id("target_account_id")?,
        domain: domain.map(|domain| names::parse_authority(domain.trim()).unwrap_or(domain)),
    };
    let range = pages::range(&params);
    let mut db = app.db.acquire().await?;
    let found = db::report_desk::page(&mut db, &wanted, &Window::from(&range.and_one_more())).await?;
    let page = range.cut(found);
    let entities = admin_report::many(&app, &mut db, moderator.id, &page.found).await?;
    let ids: Vec<i64> = page.found.iter().map(|report| report.id).collect();
    Ok(pager(&app, &uri).respond(&entities, &ids, page.older))
}

async fn show(State(app): State<App>, moderator: Moderator, Of(id): Of<i64>) -> ApiResult<Json<Entity>> {
    may_read(&moderator)?;
    answer(&app, &moderator, id).await
}

async fn change(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<i64>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let by = may_write(&moderator)?;
    let named = params.texts("rule_ids");
    let rules: Result<Vec<RuleId>, _> = named.iter().map(|id| id.parse()).collect();
    let rules = rules.map_err(|_| DeskError::NoSuchRule)?;
    let category = match params.text("category") {
        Some(name) => {
            let unknown = || ApiError::invalid("Category is not included in the list");
            Some(Category::parse(&name).ok_or_else(unknown)?)
        }
        // Only violations have rules.
        None => (!rules.is_empty()).then_some(Category::Violation),
    };
    match category {
        Some(category) => does(&app, &moderator, by, id, Deed::Sort(category, &rules)).await,
        None => answer(&app, &moderator, id).await,
    }
}

async fn does(app: &App, moderator: &Moderator, by: By, id: i64, deed: Deed<'_>) -> ApiResult<Json<Entity>> {
    report_desk::act(app, by, id, deed).await?;
    answer(app, moderator, id).await
}

async fn answer(app: &App, moderator: &Moderator, id: i64) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let report = db::report_desk::by_id(&mut db, id).await?;
    let report = report.ok_or(ApiError::NotFound)?;
    let shown = admin_report::many(app, &mut db, moderator.id, &[report]).await?;
    shown.into_iter().next().map(Json).ok_or(ApiError::NotFound)
}

impl From<DeskError> for ApiError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NotFound => Self::NotFound,
            DeskError::Database(error) => error.into(),
            refusal => Self::invalid(refusal.to_string()),
        }
    }
}
