//! `/api/v1/admin/accounts` and `/api/v2/admin/accounts`: finding people, as moderators see them. Changes nobody.

use axum::extract::{OriginalUri, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};

use super::moderator::Moderator;
use crate::app::App;
use crate::db;
use crate::db::admin_accounts::{Status, Wanted};
use crate::domain::ids::AccountId;
use crate::domain::moderation::Permission;
use crate::domain::names;
use crate::domain::network::Network;
use crate::domain::role::Role;
use crate::web::api::accounts::Of;
use crate::web::api::entities::admin_account::{self, Entity};
use crate::web::api::entities::role;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;

const READ: &str = "admin:read:accounts";
/// How many people a page has, and at most.
const USUAL: i64 = 100;
const MOST: i64 = 200;

const STATUSES: [(&str, Status); 6] = [
    ("active", Status::Active),
    ("pending", Status::Pending),
    ("disabled", Status::Disabled),
    ("silenced", Status::Silenced),
    ("sensitized", Status::Sensitized),
    ("suspended", Status::Suspended),
];

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/admin/accounts", get(v1))
        .route("/api/v2/admin/accounts", get(v2))
        .route("/api/v1/admin/accounts/{id}", get(show))
}

/// Somebody as moderators see them; 404 when there is nobody.
pub async fn answer(app: &App, id: AccountId) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let is_there = db::accounts::by_id(&mut db, id)
        .await?
        .is_some_and(|person| !person.deleted && person.uri != app.urls.instance_actor());
    let found = match is_there {
        true => admin_account::many(app, &mut db, &[id]).await?.pop(),
        false => None,
    };
    found.map(Json).ok_or(ApiError::NotFound)
}

async fn show(State(app): State<App>, moderator: Moderator, Of(id): Of) -> ApiResult<Json<Entity>> {
    moderator.may(READ, Permission::ManageUsers)?;
    answer(&app, id).await
}

async fn v1(
    State(app): State<App>,
    moderator: Moderator,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageUsers)?;
    let asked = |name: &str| params.flag(name) == Some(true);
    let statuses = STATUSES.into_iter().filter(|(name, _)| asked(name));
    let wanted = Wanted {
        local: asked("local"),
        remote: asked("remote"),
        statuses: statuses.map(|(_, status)| status).collect(),
        roles: if asked("staff") { staff() } else { Vec::new() },
        ..Wanted::default()
    };
    respond(&app, &uri, &params, wanted).await
}

async fn v2(
    State(app): State<App>,
    moderator: Moderator,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    moderator.may(READ, Permission::ManageUsers)?;
    let text = |name| params.text(name).filter(|text| !text.is_empty());
    let status = match text("status") {
        Some(text) => {
            let known = STATUSES.into_iter().find(|(name, _)| *name == text);
            let (_, status) = known.ok_or_else(|| ApiError::BadRequest(format!("Unknown status: {text}")))?;
            vec![status]
        }
        None => Vec::new(),
    };
    let origin = text("origin");
    let wanted = Wanted {
        local: origin.as_deref() == Some("local"),
        remote: origin.as_deref() == Some("remote"),
        statuses: status,
        roles: match text("permissions").as_deref() {
            Some("staff") => staff(),
            _ => roles(&params),
        },
        invited_by: params.id("invited_by")?,
        ..Wanted::default()
    };
    respond(&app, &uri, &params, wanted).await
}

/// Those who look after reports.
fn staff() -> Vec<i16> {
    let staff = Role::ALL
        .into_iter()
        .filter(|role| role.can(Permission::ManageReports));
    staff.map(|role| role as i16).collect()
}

/// Roles by the ids that clients know; one that is none is nobody's.
fn roles(params: &Params) -> Vec<i16> {
    const NOBODYS: i16 = -1;
    let ids = params.texts("role_ids");
    ids.iter()
        .map(|id| role::by_id(id).map_or(NOBODYS, |role| role as i16))
        .collect()
}

/// What both have in common.
async fn respond(app: &App, uri: &Uri, params: &Params, mut wanted: Wanted) -> ApiResult<Response> {
    let text = |name| params.text(name).filter(|text| !text.trim().is_empty());
    wanted.username = text("username");
    wanted.display_name = text("display_name");
    wanted.email = text("email");
    wanted.domain = text("by_domain").map(|domain| names::parse_authority(domain.trim()).unwrap_or(domain));
    let from = text("ip").map(|ip| ip.trim().parse::<Network>());
    wanted.from = from
        .transpose()
        .map_err(|_| ApiError::invalid("Ip is not an address or a network"))?;
    let range = Range::read(params, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let found = db::admin_accounts::page(&mut db, &wanted, &(&range.and_one_more()).into()).await?;
    let page = range.cut(found);
    let entities = admin_account::many(app, &mut db, &page.found).await?;
    let ids: Vec<i64> = page.found.iter().map(|id| id.0).collect();
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&entities, &ids, page.older))
}
