//! `/api/v1/blocks`, `mutes` and `domain_blocks`: whom the viewer does not want to meet. Nobody else can read these.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};

use super::accounts::{range, respond};
use crate::actions::block_domain;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::web::api::entities::{account, people, time};
use crate::web::error::ApiResult;
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// How many domains a page has, and at most.
const USUAL_DOMAINS: i64 = 100;
const MOST_DOMAINS: i64 = 200;

pub fn routes() -> Router<App> {
    let domains = get(domain_blocks).post(block_domain).delete(unblock_domain);
    Router::new()
        .route("/api/v1/blocks", get(blocks))
        .route("/api/v1/mutes", get(mutes))
        .route("/api/v1/domain_blocks", domains)
        .route("/api/v1/domain_blocks/preview", get(preview))
}

async fn blocks(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:blocks")?;
    let range = range(&params);
    let mut db = app.db.acquire().await?;
    let listed = db::blocks::page(&mut db, viewer.id, &range.and_one_more().into()).await?;
    respond(&app, &mut db, &uri, &range, listed).await
}

/// The MutedAccount entity.
#[derive(Debug, Serialize)]
struct MutedAccount {
    #[serde(flatten)]
    account: account::Entity,
    mute_expires_at: Option<String>,
}

async fn mutes(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:mutes")?;
    let range = range(&params);
    let mut db = app.db.acquire().await?;
    let window = range.and_one_more().into();
    let page = range.cut(db::mutes::page(&mut db, viewer.id, &window, app.clock.now()).await?);
    let muted = page.found;
    let accounts: Vec<AccountId> = muted.iter().map(|one| one.account).collect();
    let entities = people::many(&app, &mut db, &accounts).await?;
    let until = |id| {
        muted
            .iter()
            .find(|one| one.account == id)
            .and_then(|one| one.expires_at)
    };
    let entities = entities.into_iter().map(|account| MutedAccount {
        mute_expires_at: until(account.id).map(time),
        account,
    });
    let ids: Vec<i64> = muted.iter().map(|one| one.id.0).collect();
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&entities.collect::<Vec<_>>(), &ids, page.older))
}

async fn domain_blocks(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:blocks")?;
    let range = Range::read(&params, USUAL_DOMAINS, MOST_DOMAINS);
    let mut db = app.db.acquire().await?;
    let window = range.and_one_more().into();
    let page = range.cut(db::domain_blocks::page(&mut db, viewer.id, &window).await?);
    let domains: Vec<&str> = page.found.iter().map(|one| one.domain.as_str()).collect();
    let ids: Vec<i64> = page.found.iter().map(|one| one.id.0).collect();
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    Ok(pager.respond(&domains, &ids, page.older))
}

async fn block_domain(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:blocks")?;
    block_domain::local(&app, viewer.id, &params.required("domain")?).await?;
    Ok(Json(json!({})))
}

async fn preview(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:blocks")?;
    let lost = block_domain::preview(&app, viewer.id, &params.required("domain")?).await?;
    Ok(Json(
        json!({ "followers_count": lost.followers, "following_count": lost.following }),
    ))
}

async fn unblock_domain(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:blocks")?;
    block_domain::end(&app, viewer.id, &params.required("domain")?).await?;
    Ok(Json(json!({})))
}
