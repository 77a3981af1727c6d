//! `/api/v1/admin/email_domain_blocks`: providers of mail with whose addresses nobody signs up, and how often it was tried.
//! Never tells by whom.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::moderator::Moderator;
use super::pages;
use crate::actions::block_email::{self, BlockEmailError};
use crate::app::App;
use crate::db;
use crate::db::email_domain_blocks::{Block, Tries};
use crate::domain::ids::EmailDomainBlockId;
use crate::domain::moderation::Permission;
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::entities::tag::{DAYS, Day};
use crate::web::api::entities::time;
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read:email_domain_blocks";
const WRITE: &str = "admin:write:email_domain_blocks";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/admin/email_domain_blocks", get(list).post(create))
        .route("/api/v1/admin/email_domain_blocks/{id}", get(show).delete(remove))
}

#[derive(Debug, Serialize)]
struct Entity {
    id: EmailDomainBlockId,
    domain: String,
    created_at: String,
    /// Newest day first: tries, and from how many places.
    history: Vec<Day>,
}

fn entity(block: Block, tries: &[Tries], today: NaiveDate) -> Entity {
    let days = (0..DAYS).filter_map(|back| today.checked_sub_days(Days::new(back)));
    let history = days.map(|day| {
        let on_day = tries.iter().find(|one| one.block == block.id && one.day == day);
        let (sources, count) = on_day.map_or((0, 0), |one| (one.sources, one.tries));
        Day::of(day, sources, count)
    });
    Entity {
        id: block.id,
        created_at: time(block.created_at),
        history: history.collect(),
        domain: block.domain,
    }
}

async fn entities(app: &App, db: &mut PgConnection, blocks: Vec<Block>) -> sqlx::Result<Vec<Entity>> {
    let today = app.clock.now().date_naive();
    let ids: Vec<EmailDomainBlockId> = blocks.iter().map(|block| block.id).collect();
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let tries = db::email_domain_blocks::tries(db, &ids, from).await?;
    Ok(blocks
        .into_iter()
        .map(|block| entity(block, &tries, today))
        .collect())
}

async fn one(app: &App, db: &mut PgConnection, block: Block) -> ApiResult<Json<Entity>> {
    let mut found = entities(app, db, vec![block]).await?;
    found.pop().map(Json).ok_or(ApiError::NotFound)
}

impl From<BlockEmailError> for ApiError {
    fn from(error: BlockEmailError) -> Self {
        match error {
            BlockEmailError::Database(error) => error.into(),
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
    moderator.may(READ, Permission::ManageBlocks)?;
    let range = pages::range(&params);
    let mut db = app.db.acquire().await?;
    let window = Window::from(&range.and_one_more());
    let page = range.cut(db::email_domain_blocks::page(&mut db, &window).await?);
    let ids: Vec<i64> = page.found.iter().map(|block| block.id.0).collect();
    let entities = entities(&app, &mut db, page.found).await?;
    Ok(pager(&app, &uri).respond(&entities, &ids, page.older))
}

async fn show(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<EmailDomainBlockId>,
) -> ApiResult<Json<Entity>> {
    moderator.may(READ, Permission::ManageBlocks)?;
    let mut db = app.db.acquire().await?;
    let block = db::email_domain_blocks::by_id(&mut db, id).await?;
    one(&app, &mut db, block.ok_or(ApiError::NotFound)?).await
}

async fn create(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    let block = block_email::provider(&app, by, &params.required("domain")?).await?;
    one(&app, &mut *app.db.acquire().await?, block).await
}

async fn remove(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<EmailDomainBlockId>,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageBlocks)?;
    match block_email::undo_provider(&app, by, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}
