//! People as they are shown to anybody: one by id or name, or several at once. Looks nobody up elsewhere.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};

use super::path::Of;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::names::Handle;
use crate::web::api::entities::account::Entity;
use crate::web::api::entities::people;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Anyone;

/// Most people that are given at once.
const MOST: usize = 40;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/accounts", get(several))
        .route("/api/v1/accounts/lookup", get(lookup))
        // Pixelfed's word for it.
        .route("/api/v1.1/accounts/username/{name}", get(by_name))
        .route("/api/v1/accounts/{id}", get(one))
}

async fn one(State(app): State<App>, viewer: Anyone, Of(id): Of) -> ApiResult<Json<Entity>> {
    viewer.may("read:accounts")?;
    show(&app, id).await
}

async fn show(app: &App, id: AccountId) -> ApiResult<Json<Entity>> {
    let mut db = app.db.acquire().await?;
    let found = people::known(app, &mut db, &[id]).await?.pop();
    found.map(Json).ok_or(ApiError::NotFound)
}

async fn several(State(app): State<App>, viewer: Anyone, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:accounts")?;
    let mut ids: Vec<AccountId> = params.ids("id");
    ids.truncate(MOST);
    let mut db = app.db.acquire().await?;
    Ok(Json(people::known(&app, &mut db, &ids).await?))
}

async fn lookup(State(app): State<App>, viewer: Anyone, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("read:accounts")?;
    let acct = params.text("acct").ok_or(ApiError::NotFound)?;
    look_up(&app, &acct).await
}

async fn by_name(State(app): State<App>, viewer: Anyone, Of(name): Of<String>) -> ApiResult<Json<Entity>> {
    viewer.may("read:accounts")?;
    look_up(&app, &name).await
}

async fn look_up(app: &App, acct: &str) -> ApiResult<Json<Entity>> {
    let handle = Handle::parse(acct).ok_or(ApiError::NotFound)?;
    let elsewhere = handle.elsewhere(app.urls.authority());
    let mut db = app.db.acquire().await?;
    let id = db::accounts::id_by_handle(&mut db, &handle.name, elsewhere).await?;
    drop(db);
    show(app, id.ok_or(ApiError::NotFound)?).await
}
