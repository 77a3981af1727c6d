//! `/api/v1/admin/ip_blocks`: networks from which nobody signs up, or comes in. Says nothing of who did come.

use std::str::FromStr;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};

use super::moderator::Moderator;
use super::pages;
use crate::actions::bar_network::{self, BarError, Change, Wish};
use crate::app::App;
use crate::db;
use crate::db::ip_blocks::Block;
use crate::domain::barred::Severity;
use crate::domain::ids::IpBlockId;
use crate::domain::moderation::Permission;
use crate::domain::window::Window;
use crate::web::address::ClientAddress;
use crate::web::api::accounts::Of;
use crate::web::api::entities::time;
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read:ip_blocks";
const WRITE: &str = "admin:write:ip_blocks";

pub fn routes() -> Router<App> {
    let one = get(show).put(change).patch(change).delete(remove);
    Router::new()
        .route("/api/v1/admin/ip_blocks", get(list).post(create))
        .route("/api/v1/admin/ip_blocks/{id}", one)
}

#[derive(Debug, Serialize)]
struct Entity {
    id: IpBlockId,
    ip: String,
    severity: &'static str,
    comment: String,
    created_at: String,
    expires_at: Option<String>,
}

impl From<Block> for Entity {
    fn from(block: Block) -> Self {
        Self {
            id: block.id,
            ip: block.network,
            severity: block.severity.as_str(),
            comment: block.comment,
            created_at: time(block.created_at),
            expires_at: block.expires_at.map(time),
        }
    }
}

impl From<BarError> for ApiError {
    fn from(error: BarError) -> Self {
        match error {
            BarError::Database(error) => error.into(),
            BarError::NotFound => Self::NotFound,
            said => Self::invalid(said.to_string()),
        }
    }
}

fn severity(text: &str) -> ApiResult<Severity> {
    Severity::from_str(text).map_err(|error| ApiError::invalid(error.to_string()))
}

/// In seconds; an empty one is for ever.
fn seconds(text: &str) -> ApiResult<Option<i64>> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| BarError::Expiry.into()),
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
    let found = db::ip_blocks::page(&mut db, &Window::from(&range.and_one_more())).await?;
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
    Of(id): Of<IpBlockId>,
) -> ApiResult<Json<Entity>> {
    moderator.may(READ, Permission::ManageBlocks)?;
    let found = db::ip_blocks::by_id(&mut *app.db.acquire().await?, id).await?;
    found.map(|block| Json(block.into())).ok_or(ApiError::NotFound)
}

async fn create(
    State(app): State<App>,
    moderator: Moderator,
    ClientAddress(from): ClientAddress,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    let wish = Wish {
        network: params.required("ip")?,
        severity: severity(&params.required("severity")?)?,
        comment: params.text("comment").unwrap_or_default(),
        expires_in: seconds(&params.text("expires_in").unwrap_or_default())?,
    };
    Ok(Json(bar_network::add(&app, by, from, wish).await?.into()))
}

async fn change(
    State(app): State<App>,
    moderator: Moderator,
    ClientAddress(from): ClientAddress,
    Of(id): Of<IpBlockId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    let wanted = Change {
        network: params.text("ip"),
        severity: params.text("severity").map(|text| severity(&text)).transpose()?,
        comment: params.text("comment"),
        expires_in: params
            .contains("expires_in")
            .then(|| seconds(&params.text("expires_in").unwrap_or_default()))
            .transpose()?,
    };
    Ok(Json(
        bar_network::change(&app, by, from, id, wanted).await?.into(),
    ))
}

async fn remove(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<IpBlockId>,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    match bar_network::remove(&app, by, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
