//! `/api/tintype/v1/unread`: how much waits for the viewer, in one answer. Marks nothing as read.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::app::App;
use crate::db;
use crate::db::notification_groups::Grouping;
use crate::db::notification_lists::Chosen;
use crate::domain::notification::Kind;
use crate::web::api::notifications::unread;
use crate::web::error::ApiResult;
use crate::web::viewer::Viewer;

/// Nobody counts further.
const MOST: i64 = 100;

/// Groups of notifications since the viewer's marker, and talks with something new.
pub async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let grouping = Grouping {
        chosen: Chosen::all(),
        grouped: Kind::GROUPED.map(|kind| kind as i16).to_vec(),
    };
    let groups = unread::grouped(&app, &mut db, viewer.id, &grouping, MOST).await?;
    let talks = db::conversations::unread(&mut db, viewer.id, MOST).await?;
    Ok(Json(json!({ "notifications": groups, "messages": talks })))
}
