//! Finding people by what somebody types: a name, a handle, an address. Shared by both searches.

use std::time::Duration;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use tokio::time::timeout;

use crate::actions::know_account::{self, Behalf};
use crate::app::App;
use crate::db;
use crate::db::finding::{Wanted, after};
use crate::domain::ids::AccountId;
use crate::domain::names::Handle;
use crate::web::api::entities::account::Entity;
use crate::web::api::entities::people;
use crate::web::error::ApiResult;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// How long a person waits for another server. What arrives later is known the next time.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Longest text that is searched for, in characters.
pub const LONGEST_QUERY: usize = 500;
/// Fewest letters by which names are searched within: an index of three letters cannot help with fewer.
const SHORTEST_PART: usize = 3;
const USUAL: i64 = 40;
const MOST: i64 = 80;
const FURTHEST: i64 = 1_000;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/accounts/search", get(search))
}

/// What is looked for among people.
#[derive(Debug)]
pub struct Sought {
    pub text: String,
    /// Ask other servers for a whole handle or an address.
    pub resolve: bool,
    pub followed_only: bool,
    pub limit: i64,
    pub offset: i64,
}

impl Sought {
    pub fn read(params: &Params, usual: i64, most: i64) -> Self {
        let text = params.text("q").unwrap_or_default();
        Self {
            text: text.trim().chars().take(LONGEST_QUERY).collect(),
            resolve: params.flag("resolve").unwrap_or(false),
            followed_only: params.flag("following").unwrap_or(false),
            limit: params.number("limit").unwrap_or(usual).clamp(1, most),
            offset: params.number("offset").unwrap_or(0).clamp(0, FURTHEST),
        }
    }

    /// Whether it is the address of somebody or something.
    pub fn is_address(&self) -> bool {
        self.text.starts_with("https://") || self.text.starts_with("http://")
    }
}

async fn search(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:accounts")?;
    let ids = find(&app, viewer.id, &Sought::read(&params, USUAL, MOST)).await?;
    let mut db = app.db.acquire().await?;
    Ok(Json(people::known(&app, &mut db, &ids).await?))
}

/// Ids of those who are meant, the most likely first.
pub async fn find(app: &App, viewer: AccountId, sought: &Sought) -> ApiResult<Vec<AccountId>> {
    let text = sought.text.as_str();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if sought.is_address() {
        return by_address(app, viewer, sought).await;
    }
    let handle = Handle::parse(text);
    if let Some(handle) = handle.as_ref().filter(|handle| handle.authority.is_some()) {
        return by_handle(app, viewer, sought, handle).await;
    }
    // Half a handle: `ana@pho` is searched for by its name.
    let name = text.trim_start_matches('@').split('@').next().unwrap_or_default();
    by_name(app, viewer, sought, name, None).await
}

async fn by_address(app: &App, viewer: AccountId, sought: &Sought) -> ApiResult<Vec<AccountId>> {
    let mut db = app.db.acquire().await?;
    let mut found = db::finding::by_address(&mut db, &sought.text).await?;
    drop(db);
    if found.is_none() && sought.resolve {
        let asked = timeout(
            PATIENCE,
            know_account::by_uri(app, Behalf::Here(viewer), &sought.text),
        )
        .await;
        found = asked.ok().and_then(Result::ok);
    }
    only_shown(app, viewer, sought, found).await
}

async fn by_handle(
    app: &App,
    viewer: AccountId,
    sought: &Sought,
    handle: &Handle,
) -> ApiResult<Vec<AccountId>> {
    let ours = app.urls.authority();
    let authority = handle.authority.as_deref().unwrap_or(ours);
    let elsewhere = Some(authority).filter(|authority| *authority != ours);
    let mut db = app.db.acquire().await?;
    let mut found = db::accounts::id_by_handle(&mut db, &handle.name, elsewhere).await?;
    drop(db);
    if found.is_none() && sought.resolve && elsewhere.is_some() {
        let asked = timeout(
            PATIENCE,
            know_account::by_handle(app, Behalf::Here(viewer), handle),
        )
        .await;
        found = asked.ok().and_then(Result::ok);
    }
    if found.is_some() {
        return only_shown(app, viewer, sought, found).await;
    }
    by_name(
        app,
        viewer,
        sought,
        &handle.name,
        Some(elsewhere.unwrap_or_default()),
    )
    .await
}

/// The one who was found, unless they are not to be shown, or not on this page.
async fn only_shown(
    app: &App,
    viewer: AccountId,
    sought: &Sought,
    found: Option<AccountId>,
) -> ApiResult<Vec<AccountId>> {
    let Some(id) = found.filter(|_| sought.offset == 0) else {
        return Ok(Vec::new());
    };
    let mut db = app.db.acquire().await?;
    let shown = db::finding::active(&mut db, &[id]).await?;
    let is_blocked_by = db::hidden::reasons(&mut db, viewer, id).await? & 2 != 0;
    let is_out = sought.followed_only
        && !db::follows::between(&mut db, viewer, id)
            .await?
            .is_some_and(|follow| follow.accepted);
    Ok(if is_blocked_by || is_out {
        Vec::new()
    } else {
        shown
    })
}

async fn by_name(
    app: &App,
    viewer: AccountId,
    sought: &Sought,
    name: &str,
    authority: Option<&str>,
) -> ApiResult<Vec<AccountId>> {
    let prefix = name.trim().to_lowercase();
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let mut db = app.db.acquire().await?;
    let part = match prefix.chars().count() {
        length if length < SHORTEST_PART => None,
        _ => Some(db::finding::part(&mut db, &prefix).await?),
    };
    let wanted = Wanted {
        viewer,
        prefix: &prefix,
        after: &after(&prefix),
        part: part.as_deref(),
        authority,
        followed_only: sought.followed_only,
        limit: sought.limit,
        offset: sought.offset,
    };
    Ok(db::finding::search(&mut db, &wanted).await?)
}
