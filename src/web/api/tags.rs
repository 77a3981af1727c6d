//! `/api/v1/tags` and `/api/v1/followed_tags`: a tag by its name, in any case. Which posts have it: `timelines`.

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::accounts::Of;
use super::timelines::pager;
use crate::actions::feature_tag::{self, FeatureTagError};
use crate::actions::follow_tag::{self, FollowTagError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::text;
use crate::domain::window::Window;
use crate::web::api::entities::tag::{self, Entity};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

const USUAL: i64 = 100;
const MOST: i64 = 200;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/followed_tags", get(followed))
        .route("/api/v1/tags/{name}", get(show))
        .route("/api/v1/tags/{name}/follow", post(follow))
        .route("/api/v1/tags/{name}/unfollow", post(unfollow))
        .route("/api/v1/tags/{name}/feature", post(feature))
        .route("/api/v1/tags/{name}/unfeature", post(unfeature))
}

impl From<FollowTagError> for ApiError {
    fn from(error: FollowTagError) -> Self {
        match error {
            FollowTagError::TooMany { most } => {
                Self::invalid(format!("You cannot follow more than {most} hashtags"))
            }
            FollowTagError::Database(error) => error.into(),
        }
    }
}

impl From<FeatureTagError> for ApiError {
    fn from(error: FeatureTagError) -> Self {
        match error {
            FeatureTagError::TooMany { most } => {
                Self::invalid(format!("You cannot feature more than {most} hashtags"))
            }
            FeatureTagError::Already => Self::invalid("Tag is featured already"),
            FeatureTagError::Database(error) => error.into(),
        }
    }
}

async fn followed(
    State(app): State<App>,
    viewer: Viewer,
    uri: OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:follows")?;
    let range = Range::read(&params, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let listed = db::tags::followed(&mut db, viewer.id, &Window::from(&range.and_one_more())).await?;
    let page = range.cut(listed);
    let (ids, names): (Vec<i64>, Vec<String>) = page.found.into_iter().unzip();
    let entities = tag::many(&app, &mut db, viewer.id, &names).await?;
    Ok(pager(&app, &uri).respond(&entities, &ids, page.older))
}

/// What is no tag is none that exists.
fn named(name: &str) -> ApiResult<String> {
    text::tag_name(name).ok_or(ApiError::NotFound)
}

async fn answer(app: &App, viewer: AccountId, name: &str) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    Ok(Json(tag::one(app, &mut db, viewer, name).await?))
}

async fn show(State(app): State<App>, viewer: Anyone, Of(name): Of<String>) -> ApiResult<Json<Entity>> {
    viewer.may("read:statuses")?;
    answer(&app, viewer.id(), &named(&name)?).await
}

async fn follow(State(app): State<App>, viewer: Viewer, Of(name): Of<String>) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    let name = named(&name)?;
    follow_tag::local(&app, viewer.id, &name).await?;
    answer(&app, viewer.id, &name).await
}

async fn unfollow(State(app): State<App>, viewer: Viewer, Of(name): Of<String>) -> ApiResult<Json<Entity>> {
    viewer.may("write:follows")?;
    let name = named(&name)?;
    follow_tag::undo_local(&app, viewer.id, &name).await?;
    answer(&app, viewer.id, &name).await
}

/// Featuring it again changes nothing here, since the answer is the tag and not the featuring.
async fn feature(State(app): State<App>, viewer: Viewer, Of(name): Of<String>) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    let name = named(&name)?;
    match feature_tag::local(&app, viewer.id, &name).await {
        Ok(_) | Err(FeatureTagError::Already) => answer(&app, viewer.id, &name).await,
        Err(error) => Err(error.into()),
    }
}

async fn unfeature(State(app): State<App>, viewer: Viewer, Of(name): Of<String>) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    let name = named(&name)?;
    feature_tag::undo_local(&app, viewer.id, &name).await?;
    answer(&app, viewer.id, &name).await
}
