//! `/api/v1/admin/canonical_email_blocks`: addresses of mail with which nobody signs up, known by their hashes alone. Never
//! gives an address back.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};

use super::moderator::Moderator;
use super::pages;
use crate::actions::block_email;
use crate::app::App;
use crate::db;
use crate::db::email_blocks::Block;
use crate::domain::ids::EmailBlockId;
use crate::domain::moderation::Permission;
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read:canonical_email_blocks";
const WRITE: &str = "admin:write:canonical_email_blocks";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/admin/canonical_email_blocks", get(list).post(create))
        .route("/api/v1/admin/canonical_email_blocks/test", post(test))
        .route(
            "/api/v1/admin/canonical_email_blocks/{id}",
            get(show).delete(remove),
        )
}

#[derive(Debug, Serialize)]
struct Entity {
    id: EmailBlockId,
    canonical_email_hash: String,
}

impl From<Block> for Entity {
    fn from(block: Block) -> Self {
        Self {
            id: block.id,
            canonical_email_hash: block.hash,
        }
    }
}

async fn list(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageBlocks)?;
    let range = pages::range(&params);
    let mut db = app.db.acquire().await?;
    let found = db::email_blocks::page(&mut db, &Window::from(&range.and_one_more())).await?;
    Ok(pages::answer::<_, Entity>(
        &pager(&app, &uri),
        &range,
        found,
        |block| block.id.0,
    ))
}

async fn show(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<EmailBlockId>,
) -> ApiResult<Json<Entity>> {
    moderator.may(READ, Permission::ManageBlocks)?;
    let found = db::email_blocks::by_id(&mut *app.db.acquire().await?, id).await?;
    found.map(|block| Json(block.into())).ok_or(ApiError::NotFound)
}

/// The blocks that an address would meet.
async fn test(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    moderator.may(READ, Permission::ManageBlocks)?;
    let hash = block_email::hash_of(&params.required("email")?)?;
    let found = db::email_blocks::by_hash(&mut *app.db.acquire().await?, &hash).await?;
    Ok(Json(found.into_iter().map(Entity::from).collect()))
}

async fn create(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    let hash = match params.text("email").filter(|email| !email.trim().is_empty()) {
        Some(email) => block_email::hash_of(&email)?,
        None => params.required("canonical_email_hash")?,
    };
    Ok(Json(block_email::address(&app, by, &hash).await?.into()))
}

async fn remove(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<EmailBlockId>,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    match block_email::undo_address(&app, by, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
