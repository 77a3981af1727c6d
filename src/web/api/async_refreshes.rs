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
    let looking = match app.peers.looked_at.get(&AccountId(id.0)) {
        // Somebody's page is for everybody.
        Some(at) => at,
        None => {
            let seen = db::posts::visible(&mut *app.db.acquire().await?, viewer.id, &[id]).await?;
            let under = app.peers.looked_under.get(&id).flatten();
            under.filter(|_| !seen.is_empty())
        }
    };
    let looking = looking.ok_or(ApiError::NotFound)?;
    let status = if looking.is_over() { "finished" } else { "running" };
    Ok(Json(json!({
        "async_refresh": { "id": id, "status": status, "result_count": looking.found() },
    })))
}
