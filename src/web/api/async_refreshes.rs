//! `/api/v1_alpha/async_refreshes`: how far it has come what a request set going that nobody waits for: the look for answers
//! under a post, which goes by the post's id, or for what somebody elsewhere posted, which goes by theirs. Starts none.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::Of;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::peers::Looking;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

pub static HEADER: HeaderName = HeaderName::from_static("mastodon-async-refresh");
/// After how many seconds a program asks again.
const RETRY: u32 = 3;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1_alpha/async_refreshes/{id}", get(show))
}

/// What the answer says that set it going, or that came while it goes on.
pub fn header(id: i64, looking: &Looking) -> Option<HeaderValue> {
    let told = format!("id=\"{id}\", retry={RETRY}, result_count={}", looking.found());
    (!looking.is_over()).then(|| HeaderValue::try_from(told).expect("it is made of digits and words"))
}

async fn show(State(app): State<App>, viewer: Viewer, Of(id): Of<PostId>) -> ApiResult<Json<Value>> {
    viewer.may("read:statuses")?;
    let (is_over, found) = match looking(&app, &viewer, id).await? {
        Some(looking) => (looking.is_over(), looking.found()),
        // Of somebody elsewhere all is here that was asked for: that is no news, and no fault of who asks.
        None if is_elsewhere(&app, AccountId(id.0)).await? => (true, 0),
        None => return Err(ApiError::NotFound),
    };
    let status = if is_over { "finished" } else { "running" };
    Ok(Json(json!({
        "async_refresh": { "id": id, "status": status, "result_count": found },
    })))
}

async fn looking(app: &App, viewer: &Viewer, id: PostId) -> ApiResult<Option<Looking>> {
    // Somebody's page is for everybody.
    if let Some(at) = app.peers.looked_at.get(&AccountId(id.0)) {
        return Ok(at);
    }
    let Some(under) = app.peers.looked_under.get(&id).flatten() else {
        return Ok(None);
    };
    let seen = db::posts::visible(&mut *app.db.acquire().await?, viewer.id, &[id]).await?;
    Ok((!seen.is_empty()).then_some(under))
}

async fn is_elsewhere(app: &App, id: AccountId) -> sqlx::Result<bool> {
    let account = db::accounts::by_id(&mut *app.db.acquire().await?, id).await?;
    Ok(account.is_some_and(|account| !account.is_local() && account.is_known()))
}
