//! Lists of people: followers, those followed, and what hangs on a person. Paged by relation ids, through `Link` only.

use axum::extract::{OriginalUri, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::path::Of;
use crate::app::App;
use crate::db;
use crate::db::listed::{Listed, Window};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::web::api::entities::account::Entity;
use crate::web::api::entities::{list, people};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

/// How many people a page has, and at most.
const USUAL: i64 = 40;
const MOST: i64 = 80;
/// Followers shown of each asked-for person.
const FAMILIAR: i64 = 10;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/accounts/{id}/followers", get(followers))
        .route("/api/v1/accounts/{id}/following", get(following))
        .route("/api/v1/accounts/familiar_followers", get(familiar_followers))
        .route("/api/v1.1/accounts/mutuals/{id}", get(mutuals))
        .route("/api/v1/accounts/{id}/lists", get(lists))
        .route("/api/v1/accounts/{id}/identity_proofs", get(nothing_of))
}

impl From<Range> for Window {
    fn from(range: Range) -> Self {
        Self {
            below: range.below,
            above: range.above,
            from_old_end: range.from_old_end,
            limit: range.limit,
        }
    }
}

/// Which people a request wants of a list.
pub fn range(params: &Params) -> Range {
    Range::read(params, USUAL, MOST)
}

/// A page of people, of whom one more than wanted was asked for.
pub async fn respond(
    app: &App,
    db: &mut PgConnection,
    uri: &Uri,
    range: &Range,
    listed: Vec<Listed>,
) -> ApiResult<Response> {
    let page = range.cut(listed);
    let accounts: Vec<AccountId> = page.found.iter().map(|one| one.account).collect();
    let ids: Vec<i64> = page.found.iter().map(|one| one.id.0).collect();
    let entities = people::many(app, db, &accounts).await?;
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&entities, &ids, page.older))
}

/// Somebody whose lists are asked for; none when the viewer may not read them, which shows as empty ones.
pub async fn open_lists(
    db: &mut PgConnection,
    viewer: AccountId,
    of: AccountId,
) -> ApiResult<Option<Account>> {
    let account = db::accounts::by_id(db, of).await?.filter(Account::is_known);
    let account = account.ok_or(ApiError::NotFound)?;
    if account.id == viewer {
        return Ok(Some(account));
    }
    let is_closed = account.hide_relations
        || account.suspended
        || db::hidden::reasons(db, viewer, account.id).await? & 2 != 0;
    Ok((!is_closed).then_some(account))
}

async fn followers(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:accounts")?;
    let range = range(&params);
    let mut db = app.db.acquire().await?;
    let listed = match open_lists(&mut db, viewer.id(), id).await? {
        Some(of) => {
            db::follow_lists::followers(&mut db, of.id, viewer.id(), &range.and_one_more().into()).await?
        }
        None => Vec::new(),
    };
    respond(&app, &mut db, &uri, &range, listed).await
}

async fn following(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:accounts")?;
    let range = range(&params);
    let mut db = app.db.acquire().await?;
    let listed = match open_lists(&mut db, viewer.id(), id).await? {
        Some(of) => {
            db::follow_lists::following(&mut db, of.id, viewer.id(), &range.and_one_more().into()).await?
        }
        None => Vec::new(),
    };
    respond(&app, &mut db, &uri, &range, listed).await
}

async fn familiar_followers(
    State(app): State<App>,
    viewer: Viewer,
    params: Params,
) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read:follows")?;
    let mut ids: Vec<AccountId> = params.ids("id");
    ids.truncate(MOST as usize);
    let mut db = app.db.acquire().await?;
    let pairs = db::follow_lists::familiar(&mut db, viewer.id, &ids, FAMILIAR).await?;
    let mut answer = Vec::with_capacity(ids.len());
    for id in ids {
        let of_this = pairs.iter().filter(|(of, _)| *of == id);
        let familiar: Vec<AccountId> = of_this.map(|(_, account)| *account).collect();
        let accounts = people::many(&app, &mut db, &familiar).await?;
        answer.push(json!({ "id": id, "accounts": accounts }));
    }
    Ok(Json(answer))
}

/// Pixelfed's: the viewer's followees who follow somebody.
async fn mutuals(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:follows")?;
    exists(&app, id).await?;
    let mut db = app.db.acquire().await?;
    let pairs = db::follow_lists::familiar(&mut db, viewer.id, &[id], FAMILIAR).await?;
    let ids: Vec<AccountId> = pairs.into_iter().map(|(_, account)| account).collect();
    Ok(Json(people::many(&app, &mut db, &ids).await?))
}

/// What nobody here has, of somebody who must exist.
async fn nothing_of(State(app): State<App>, viewer: Anyone, Of(id): Of) -> ApiResult<Json<[(); 0]>> {
    viewer.may("read:accounts")?;
    exists(&app, id).await?;
    Ok(Json([]))
}

/// The viewer's own lists that have somebody in them.
async fn lists(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Vec<list::Entity>>> {
    viewer.may("read:lists")?;
    exists(&app, id).await?;
    let lists = db::lists::of(&mut *app.db.acquire().await?, viewer.id, Some(id)).await?;
    Ok(Json(lists.into_iter().map(list::entity).collect()))
}

async fn exists(app: &App, id: AccountId) -> ApiResult<()> {
    let person = app.person(id).await?.filter(|account| account.is_known());
    person.map(drop).ok_or(ApiError::NotFound)
}
