//! `/api/v2/suggestions`, the older `/api/v1/suggestions` and `/api/v1/directory`: finding people without a name in mind.

use axum::extract::State;
use axum::routing::{delete, get};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::Of;
use crate::actions::dismiss_suggestion;
use crate::app::App;
use crate::db;
use crate::db::directory::Wanted;
use crate::db::suggestions::Suggested;
use crate::domain::ids::AccountId;
use crate::web::api::entities::account::Entity;
use crate::web::api::entities::people;
use crate::web::error::ApiResult;
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

const USUAL: i64 = 40;
const MOST: i64 = 80;
const FURTHEST: i64 = 10_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/suggestions", get(suggestions))
        .route("/api/v1/suggestions", get(people_alone))
        .route("/api/v1/suggestions/{id}", delete(dismiss))
        .route("/api/v1/directory", get(directory))
}

fn part(params: &Params) -> (i64, i64) {
    let limit = params.number("limit").unwrap_or(USUAL).clamp(1, MOST);
    (limit, params.number("offset").unwrap_or(0).clamp(0, FURTHEST))
}

async fn suggested(app: &App, viewer: &Viewer, params: &Params) -> ApiResult<Vec<(Suggested, Entity)>> {
    viewer.may("read:accounts")?;
    let (limit, offset) = part(params);
    let mut db = app.db.acquire().await?;
    let found = db::suggestions::of(&mut db, viewer.id, limit, offset).await?;
    let ids: Vec<AccountId> = found.iter().map(|one| one.account).collect();
    let mut entities = people::known(app, &mut db, &ids).await?.into_iter().peekable();
    // Who was deleted meanwhile has no entity.
    let pairs = found.into_iter().filter_map(|one| {
        let entity = entities.next_if(|entity| entity.id == one.account)?;
        Some((one, entity))
    });
    Ok(pairs.collect())
}

async fn suggestions(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Value>>> {
    let found = suggested(&app, &viewer, &params).await?;
    let entity = |(one, account): (Suggested, Entity)| {
        // The first is the word of older versions for it.
        let (source, sources) = match one.by_friends {
            true => ("past_interactions", ["friends_of_friends"]),
            false => ("global", ["most_followed"]),
        };
        json!({ "source": source, "sources": sources, "account": account })
    };
    Ok(Json(found.into_iter().map(entity).collect()))
}

async fn people_alone(
    State(app): State<App>,
    viewer: Viewer,
    params: Params,
) -> ApiResult<Json<Vec<Entity>>> {
    let found = suggested(&app, &viewer, &params).await?;
    Ok(Json(found.into_iter().map(|(_, account)| account).collect()))
}

async fn dismiss(State(app): State<App>, viewer: Viewer, Of(id): Of) -> ApiResult<Json<Value>> {
    viewer.may("write:accounts")?;
    dismiss_suggestion::local(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}

async fn directory(State(app): State<App>, viewer: Anyone, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    let (limit, offset) = part(&params);
    let wanted = Wanted {
        viewer: viewer.id(),
        local: params.flag("local").unwrap_or(false),
        newest: params.text("order").as_deref() == Some("new"),
        limit,
        offset,
    };
    let mut db = app.db.acquire().await?;
    let ids = db::directory::page(&mut db, &wanted).await?;
    Ok(Json(people::known(&app, &mut db, &ids).await?))
}
