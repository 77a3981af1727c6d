//! `/api/tintype/v1/admin/known_pictures`: the list of pictures that this server does not want. Shows none of them.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};

use super::moderator::Moderator;
use super::pages;
use crate::actions::known_bad::{self, Item};
use crate::app::App;
use crate::db;
use crate::db::known_bad::Entry;
use crate::domain::ids::KnownPictureId;
use crate::domain::known_bad::{Action, Mark};
use crate::domain::moderation::Permission;
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::entities::time;
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read";
const WRITE: &str = "admin:write";
const LONGEST_COMMENT: usize = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/tintype/v1/admin/known_pictures", get(list).post(create))
        .route(
            "/api/tintype/v1/admin/known_pictures/{id}",
            get(show).delete(remove),
        )
}

#[derive(Debug, Serialize)]
struct Entity {
    id: KnownPictureId,
    kind: &'static str,
    hash: String,
    action: &'static str,
    comment: String,
    /// How often a picture met it.
    hits: i64,
    last_hit_at: Option<String>,
    created_at: String,
}

impl From<Entry> for Entity {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            kind: entry.mark.kind(),
            hash: entry.mark.hash(),
            action: entry.action.as_str(),
            comment: entry.comment,
            hits: entry.hits,
            last_hit_at: entry.last_hit_at.map(time),
            created_at: time(entry.created_at),
        }
    }
}

async fn list(
    State(app): State<App>,
    moderator: Moderator,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageReports)?;
    let range = pages::range(&params);
    let mut db = app.db.acquire().await?;
    let found = db::known_bad::page(&mut db, &Window::from(&range.and_one_more())).await?;
    Ok(pages::answer::<_, Entity>(
        &pager(&app, &uri),
        &range,
        found,
        |entry| entry.id.0,
    ))
}

async fn show(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<KnownPictureId>,
) -> ApiResult<Json<Entity>> {
    moderator.may(READ, Permission::ManageReports)?;
    let found = db::known_bad::by_id(&mut *app.db.acquire().await?, id).await?;
    found.map(|entry| Json(entry.into())).ok_or(ApiError::NotFound)
}

/// The same picture once more gets the new action and comment.
async fn create(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    let (kind, hash) = (params.required("kind")?, params.required("hash")?);
    let mark = Mark::parse(&kind, &hash).ok_or_else(|| {
        ApiError::invalid("Hash must have 64 hexadecimal digits, and kind be sha256 or pdq")
    })?;
    let action = params.text("action").unwrap_or_else(|| "refuse".to_owned());
    let action =
        Action::named(&action).ok_or_else(|| ApiError::invalid("Action must be refuse, hide or report"))?;
    let comment = params.text("comment").unwrap_or_default().trim().to_owned();
    if comment.chars().count() > LONGEST_COMMENT {
        return Err(ApiError::invalid(format!(
            "Comment is too long (maximum is {LONGEST_COMMENT} characters)"
        )));
    }
    let item = Item {
        mark,
        action,
        comment,
    };
    known_bad::list(&app, by, &[item]).await?;
    let listed = db::known_bad::by_mark(&mut *app.db.acquire().await?, &mark).await?;
    listed.map(|entry| Json(entry.into())).ok_or(ApiError::NotFound)
}

async fn remove(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<KnownPictureId>,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    let found = db::known_bad::by_id(&mut *app.db.acquire().await?, id).await?;
    let entry = found.ok_or(ApiError::NotFound)?;
    match known_bad::unlist(&app, by, &entry.mark).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
