//! `/api/v2/search`: people, hashtags by name, posts by their address or their words. Strangers find no posts by words.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::time::timeout;

use super::accounts::{PATIENCE, Sought, find};
use crate::actions::know_account::Behalf;
use crate::actions::know_post;
use crate::app::App;
use crate::db;
use crate::db::finding::Words;
use crate::domain::ids::AccountId;
use crate::domain::text;
use crate::domain::urls::Local;
use crate::web::api::entities::{account, people, status, tag};
use crate::web::error::ApiResult;
use crate::web::params::Params;
use crate::web::viewer::Anyone;

const USUAL: i64 = 20;
const MOST: i64 = 40;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v2/search", get(search))
}

#[derive(Debug, Default, Serialize)]
struct Results {
    accounts: Vec<account::Entity>,
    statuses: Vec<Box<RawValue>>,
    hashtags: Vec<tag::Entity>,
}

async fn search(State(app): State<App>, viewer: Anyone, params: Params) -> ApiResult<Json<Results>> {
    viewer.may("read:search")?;
    let mut sought = Sought::read(&params, USUAL, MOST);
    params.required("q")?;
    if viewer.person().is_none() {
        // Only people may make us ask other servers.
        sought.resolve = false;
        sought.followed_only = false;
    }
    let kind = params.text("type").filter(|kind| !kind.is_empty());
    let wants = |name: &str| kind.as_deref().is_none_or(|kind| kind == name);
    let mut results = Results::default();
    if wants("statuses") {
        results.statuses = match sought.is_address() {
            true => at_address(&app, viewer.id(), &sought).await?,
            false => by_words(&app, &viewer, &params, &sought).await?,
        };
    }
    // An address that is a post's is nobody's.
    if wants("accounts") && (!sought.is_address() || results.statuses.is_empty()) {
        let ids = find(&app, viewer.id(), &sought).await?;
        let mut db = app.db.acquire().await?;
        results.accounts = people::known(&app, &mut db, &ids).await?;
    }
    if wants("hashtags") {
        results.hashtags = hashtags(&app, viewer.id(), &sought).await?;
    }
    Ok(Json(results))
}

/// Posts with these words. Only people search for them: what somebody wrote is not for machines that pass by.
async fn by_words(
    app: &App,
    viewer: &Anyone,
    params: &Params,
    sought: &Sought,
) -> ApiResult<Vec<Box<RawValue>>> {
    let Some(person) = viewer.person() else {
        return Ok(Vec::new());
    };
    let bound = |name| params.number(name).filter(|id: &i64| *id >= 0);
    let wanted = Words {
        viewer: person,
        text: &sought.text,
        author: params.id("account_id")?,
        // As everywhere: bounds that are no ids are none.
        below: bound("max_id").unwrap_or(i64::MAX),
        above: bound("min_id").unwrap_or(0),
        limit: sought.limit,
        offset: sought.offset,
    };
    let mut db = app.db.acquire().await?;
    let ids = db::finding::posts(&mut db, &wanted).await?;
    let found = status::many(app, &mut db, person, &ids).await?;
    let shown = found.into_iter().filter(|one| !one.card.is_hidden());
    Ok(shown.map(status::Rendered::into_json).collect())
}

async fn at_address(app: &App, viewer: AccountId, sought: &Sought) -> ApiResult<Vec<Box<RawValue>>> {
    let text = sought.text.as_str();
    if sought.offset > 0 {
        return Ok(Vec::new());
    }
    let mut known = match app.urls.parse_local(text) {
        Some(Local::Post { id, .. }) => Some(id),
        Some(Local::Account { .. }) => return Ok(Vec::new()),
        None => db::finding::post_by_address(&mut *app.db.acquire().await?, text).await?,
    };
    if known.is_none() && sought.resolve {
        let asked = timeout(PATIENCE, know_post::by_uri(app, Behalf::Here(viewer), text)).await;
        known = asked.ok().and_then(Result::ok);
    }
    let Some(id) = known else {
        return Ok(Vec::new());
    };
    let mut db = app.db.acquire().await?;
    let shown = status::one(app, &mut db, viewer, id).await?;
    Ok(shown.map(status::Rendered::into_json).into_iter().collect())
}

async fn hashtags(app: &App, viewer: AccountId, sought: &Sought) -> ApiResult<Vec<tag::Entity>> {
    let Some(prefix) = text::tag_name(&sought.text) else {
        return Ok(Vec::new());
    };
    let mut db = app.db.acquire().await?;
    let names = db::finding::tags(&mut db, &prefix, sought.limit, sought.offset).await?;
    Ok(tag::many(app, &mut db, viewer, &names).await?)
}
