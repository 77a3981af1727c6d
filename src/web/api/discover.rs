//! Pixelfed's routes for finding posts, people and tags: what trends, in its own shapes. Chooses nothing that `trends` and
//! `suggestions` do not. What trends is of a few days, so a `range` of a year has no more in it than one of a day.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::accounts::Of;
use super::feed;
use crate::app::App;
use crate::db;
use crate::db::trends::Wanted;
use crate::domain::ids::AccountId;
use crate::domain::text;
use crate::web::api::entities::account::Entity;
use crate::web::api::entities::people;
use crate::web::api::entities::status::{self, Rendered};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const MOST_POSTS: i64 = 40;
const MOST_PEOPLE: i64 = 20;
const MOST_TAGS: i64 = 20;
/// Of the newest posts with a tag so many are looked at for what goes with it.
const LOOKED_AT: i64 = 500;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1.1/discover/accounts/popular", get(popular))
        .route("/api/v1.1/discover/posts/trending", get(posts))
        .route("/api/v1.1/discover/posts/network/trending", get(posts))
        .route("/api/v2/discover/posts/trending", get(posts))
        .route("/api/v1.1/discover/posts/hashtags", get(hashtags))
        .route("/api/v1/discover/posts", get(grid))
        .route("/api/v1/tags/{name}/related", get(related))
}

fn wanted(app: &App, params: &Params, most: i64) -> Wanted {
    Wanted {
        reviewed_only: app.config.trends_review,
        only_photos: true,
        limit: params.number("limit").unwrap_or(most).clamp(1, most),
        offset: 0,
    }
}

async fn popular(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:accounts")?;
    let limit = params
        .number("limit")
        .unwrap_or(MOST_PEOPLE)
        .clamp(1, MOST_PEOPLE);
    let mut db = app.db.acquire().await?;
    let ids = db::suggestions::popular(&mut db, viewer.id, limit).await?;
    Ok(Json(people::known(&app, &mut db, &ids).await?))
}

/// What trends and has photos.
async fn trending(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    params: &Params,
) -> ApiResult<Vec<Rendered>> {
    let ids = db::trends::posts(db, viewer, &wanted(app, params, MOST_POSTS)).await?;
    let mut found = status::many(app, db, viewer, &ids).await?;
    found.retain(|one| !one.card.is_hidden());
    Ok(found)
}

async fn posts(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    Ok(feed::array(&trending(&app, &mut db, viewer.id, &params).await?))
}

#[derive(Debug, Serialize)]
struct Grid {
    posts: Vec<Box<RawValue>>,
}

async fn grid(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Grid>> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    let found = trending(&app, &mut db, viewer.id, &params).await?;
    let posts = found.into_iter().map(Rendered::into_json).collect();
    Ok(Json(Grid { posts }))
}

async fn hashtags(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    let found = db::trends::tag_uses(&mut db, &wanted(&app, &params, MOST_TAGS)).await?;
    let entity = |used: &db::trends::UsedTag| {
        json!({
            "id": used.id,
            "name": format!("#{}", used.name),
            "hashtag": used.name,
            "url": app.urls.tag_page(&used.name),
            "count": used.people,
            "total": used.people,
        })
    };
    Ok(Json(found.iter().map(entity).collect()))
}

async fn related(
    State(app): State<App>,
    viewer: Viewer,
    Of(name): Of<String>,
) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read:statuses")?;
    let name = text::tag_name(&name).ok_or(ApiError::NotFound)?;
    let mut db = app.db.acquire().await?;
    let found = db::tags::related(&mut db, &name, LOOKED_AT, MOST_TAGS).await?;
    let entity = |(name, posts): &(String, i64)| json!({ "name": name, "related_count": posts, "url": app.urls.tag_page(name) });
    Ok(Json(found.iter().map(entity).collect()))
}
