//! `/api/v1/custom_emojis`: the emojis of this server, which apps load at their start. Added by `tintype emoji` alone.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};

use crate::app::App;
use crate::db;
use crate::web::api::entities::emoji::{self, Entity};
use crate::web::error::ApiResult;
use crate::web::viewer::Anyone;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/custom_emojis", get(list))
}

async fn list(State(app): State<App>, _viewer: Anyone) -> ApiResult<Json<Vec<Entity>>> {
    let mut db = app.db.acquire().await?;
    let mut current = db::emojis::current(&mut db).await?;
    current.retain(|emoji| emoji.listed);
    let entities = current.into_iter().map(|one| emoji::current(&app.urls, one));
    Ok(Json(entities.collect()))
}
