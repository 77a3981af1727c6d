//! `/api/v1/instance/privacy_policy` and `…/terms_of_service`: the texts that whoever runs the server laid into its folder.
//! Where there is none, the answer is that there is none.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;
use crate::notices::{Notices, Terms, day_of};
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/instance/privacy_policy", get(privacy_policy))
        .route("/api/v1/instance/terms_of_service", get(terms))
        .route("/api/v1/instance/terms_of_service/{date}", get(terms_from))
}

/// The texts of this server.
pub fn notices(app: &App) -> Notices<'_> {
    Notices {
        folder: &app.config.data_dir,
        urls: &app.urls,
    }
}

pub fn unreadable(error: std::io::Error) -> ApiError {
    ApiError::Internal(anyhow::Error::new(error).context("a text of the server cannot be read"))
}

async fn privacy_policy(State(app): State<App>) -> ApiResult<Json<Value>> {
    let found = notices(&app).privacy_policy().await.map_err(unreadable)?;
    let policy = found.ok_or(ApiError::NotFound)?;
    Ok(Json(
        json!({ "updated_at": time(policy.changed_at), "content": policy.html }),
    ))
}

async fn terms(State(app): State<App>) -> ApiResult<Json<Value>> {
    let today = app.clock.now().date_naive();
    let found = notices(&app).terms_on(today).await.map_err(unreadable)?;
    found.map(|terms| entity(&app, &terms)).ok_or(ApiError::NotFound)
}

async fn terms_from(State(app): State<App>, Path(date): Path<String>) -> ApiResult<Json<Value>> {
    let date = day_of(&date).ok_or(ApiError::NotFound)?;
    let found = notices(&app).terms_from(date).await.map_err(unreadable)?;
    found.map(|terms| entity(&app, &terms)).ok_or(ApiError::NotFound)
}

fn entity(app: &App, terms: &Terms) -> Json<Value> {
    Json(json!({
        "effective_date": terms.from.to_string(),
        "effective": terms.from <= app.clock.now().date_naive(),
        "content": terms.html,
        "succeeded_by": terms.until.map(|day| day.to_string()),
    }))
}
