//! `/api/v1/featured_tags`: the tags on somebody's profile. The posts behind one are `accounts/…/statuses?tagged=`.

use axum::extract::State;
use axum::routing::{delete, get};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::accounts::Of;
use crate::actions::feature_tag;
use crate::app::App;
use crate::db;
use crate::db::featured_tags::Featured;
use crate::domain::ids::{AccountId, RelationId};
use crate::domain::text;
use crate::web::api::entities::tag;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

/// Suggested at most, out of so many of the newest posts.
const MOST_SUGGESTED: i64 = 10;
const LOOKED_AT: i64 = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/featured_tags", get(own).post(feature))
        .route("/api/v1/featured_tags/suggestions", get(suggestions))
        .route("/api/v1/featured_tags/{id}", delete(unfeature))
        .route("/api/v1/accounts/{id}/featured_tags", get(of_account))
}

#[derive(Debug, Serialize)]
pub struct Entity {
    id: RelationId,
    name: String,
    url: String,
    /// As text: so Mastodon has it.
    statuses_count: String,
    /// A day.
    last_status_at: Option<String>,
}

fn entity(app: &App, featured: Featured) -> Entity {
    Entity {
        id: featured.id,
        url: app.urls.tag_page(&featured.name),
        name: featured.name,
        statuses_count: featured.posts.to_string(),
        last_status_at: featured.last_at.map(|last| last.date_naive().to_string()),
    }
}

/// Those of somebody.
pub async fn of(app: &App, db: &mut PgConnection, account: AccountId) -> ApiResult<Vec<Entity>> {
    let found = db::featured_tags::of(db, account, None).await?;
    Ok(found.into_iter().map(|one| entity(app, one)).collect())
}

async fn own(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:accounts")?;
    let mut db = app.db.acquire().await?;
    Ok(Json(of(&app, &mut db, viewer.id).await?))
}

async fn of_account(State(app): State<App>, viewer: Anyone, Of(id): Of) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:accounts")?;
    let person = app.person(id).await?.filter(|account| account.is_known());
    let person = person.ok_or(ApiError::NotFound)?;
    if person.suspended {
        return Ok(Json(Vec::new()));
    }
    let mut db = app.db.acquire().await?;
    if db::hidden::reasons(&mut db, viewer.id(), id).await? & 2 != 0 {
        return Ok(Json(Vec::new()));
    }
    Ok(Json(of(&app, &mut db, id).await?))
}

async fn feature(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    let name = text::tag_name(&params.required("name")?);
    let name = name.ok_or_else(|| ApiError::invalid("Name is not a hashtag"))?;
    let id = feature_tag::local(&app, viewer.id, &name).await?;
    let mut db = app.db.acquire().await?;
    let found = db::featured_tags::of(&mut db, viewer.id, Some(id)).await?.pop();
    found.map(|one| Json(entity(&app, one))).ok_or(ApiError::NotFound)
}

async fn unfeature(State(app): State<App>, viewer: Viewer, Of(id): Of<RelationId>) -> ApiResult<Json<Value>> {
    viewer.may("write:accounts")?;
    match feature_tag::undo_by_id(&app, viewer.id, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}

async fn suggestions(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<tag::Entity>>> {
    viewer.may("read:accounts")?;
    let mut db = app.db.acquire().await?;
    let names = db::featured_tags::suggested(&mut db, viewer.id, LOOKED_AT, MOST_SUGGESTED).await?;
    Ok(Json(tag::many(&app, &mut db, viewer.id, &names).await?))
}
