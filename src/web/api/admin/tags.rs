//! `/api/v1/admin/tags`: all tags, and what moderators decide of them. What trends is `trends`'.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use sqlx::PgConnection;

use super::moderator::Moderator;
use super::pages;
use crate::actions::rule_tag::{self, Change, RuleTagError};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, TagId};
use crate::domain::moderation::Permission;
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::entities::tag;
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

pub fn routes() -> Router<App> {
    let one = get(show).put(change).patch(change);
    Router::new()
        .route("/api/v1/admin/tags", get(list))
        .route("/api/v1/admin/tags/{id}", one)
}

/// A tag as everybody meets it, and what was decided of it.
#[derive(Debug, Serialize)]
pub struct Entity {
    #[serde(flatten)]
    tag: tag::Entity,
    trendable: bool,
    usable: bool,
    listable: bool,
    requires_review: bool,
}

/// Tags by their ids, in that order.
pub async fn many(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[TagId],
) -> sqlx::Result<Vec<Entity>> {
    let ruled = db::tag_rules::by_ids(db, ids).await?;
    let names: Vec<String> = ruled.iter().map(|tag| tag.name.clone()).collect();
    let tags = tag::many(app, db, viewer, &names).await?;
    let entities = ruled.into_iter().zip(tags).map(|(rule, tag)| Entity {
        tag,
        trendable: rule.trendable.unwrap_or(!app.config.trends_review),
        usable: rule.usable,
        listable: rule.listable,
        requires_review: !rule.reviewed,
    });
    Ok(entities.collect())
}

pub async fn one(app: &App, viewer: AccountId, id: TagId) -> ApiResult<Json<Entity>> {
    let mut found = many(app, &mut *app.db.acquire().await?, viewer, &[id]).await?;
    found.pop().map(Json).ok_or(ApiError::NotFound)
}

impl From<RuleTagError> for ApiError {
    fn from(error: RuleTagError) -> Self {
        match error {
            RuleTagError::NotFound => Self::NotFound,
            RuleTagError::DisplayName => Self::invalid(error.to_string()),
            RuleTagError::Database(error) => error.into(),
        }
    }
}

async fn list(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may("admin:read", Permission::ManageTaxonomies)?;
    let range = pages::range(&params);
    let mut db = app.db.acquire().await?;
    let page = range.cut(db::tag_rules::page(&mut db, &Window::from(&range.and_one_more())).await?);
    let entities = many(&app, &mut db, moderator.id, &page.found).await?;
    let ids: Vec<i64> = page.found.iter().map(|id| id.0).collect();
    Ok(pager(&app, &uri).respond(&entities, &ids, page.older))
}

async fn show(State(app): State<App>, moderator: Moderator, Of(id): Of<TagId>) -> ApiResult<Json<Entity>> {
    moderator.may("admin:read", Permission::ManageTaxonomies)?;
    one(&app, moderator.id, id).await
}

async fn change(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<TagId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let by = moderator.may("admin:write", Permission::ManageTaxonomies)?;
    let wanted = Change {
        trendable: params.flag("trendable"),
        usable: params.flag("usable"),
        listable: params.flag("listable"),
        display_name: params.text("display_name"),
    };
    rule_tag::change(&app, by, id, wanted).await?;
    one(&app, moderator.id, id).await
}
