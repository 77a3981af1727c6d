//! `/api/v1/apps`: client programs register themselves. The secret is told here, once.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;

use crate::actions::register_app::{self, NewApp, RegisterAppError};
use crate::actions::vapid::{self, VapidError};
use crate::app::App;
use crate::db;
use crate::db::apps::ClientApp;
use crate::domain::ids::AppId;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Anyone;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/apps", post(create))
        .route("/api/v1/apps/verify_credentials", get(verify))
}

/// An app as it is shown to itself.
#[derive(Debug, Serialize)]
struct Entity {
    id: AppId,
    name: String,
    website: Option<String>,
    scopes: Vec<String>,
    redirect_uri: String,
    redirect_uris: Vec<String>,
    vapid_key: String,
}

/// The same at its registration.
#[derive(Debug, Serialize)]
struct WithSecret {
    #[serde(flatten)]
    app: Entity,
    client_id: String,
    client_secret: String,
    /// 0: never.
    client_secret_expires_at: u64,
}

async fn create(State(app): State<App>, params: Params) -> ApiResult<Json<WithSecret>> {
    let new = NewApp {
        name: params.text("client_name").unwrap_or_default(),
        website: params.text("website"),
        redirect_uris: params.texts("redirect_uris"),
        // Some clients send a list.
        scopes: params.texts("scopes").join(" "),
    };
    let made = register_app::local(&app, new).await?;
    Ok(Json(WithSecret {
        client_id: made.app.client_id.clone(),
        client_secret: made.secret,
        client_secret_expires_at: 0,
        app: entity(&app, made.app).await?,
    }))
}

async fn verify(State(app): State<App>, anyone: Anyone) -> ApiResult<Json<Entity>> {
    let grant = anyone.grant.ok_or(ApiError::Unauthorized)?;
    let app_id = grant.app_id.ok_or(ApiError::Unauthorized)?;
    let client = db::apps::by_id(&mut *app.db.acquire().await?, app_id).await?;
    Ok(Json(entity(&app, client.ok_or(ApiError::Unauthorized)?).await?))
}

async fn entity(app: &App, client: ClientApp) -> ApiResult<Entity> {
    Ok(Entity {
        id: client.id,
        name: client.name,
        website: client.website,
        scopes: client.scopes.split_whitespace().map(str::to_owned).collect(),
        redirect_uri: client.redirect_uris.join("\n"),
        redirect_uris: client.redirect_uris,
        vapid_key: vapid::public_key(app).await?,
    })
}

impl From<RegisterAppError> for ApiError {
    fn from(error: RegisterAppError) -> Self {
        match error {
            RegisterAppError::Fault(sentence) => Self::invalid(sentence),
            RegisterAppError::Database(error) => error.into(),
        }
    }
}

impl From<VapidError> for ApiError {
    fn from(error: VapidError) -> Self {
        match error {
            VapidError::Database(error) => error.into(),
            other => Self::Internal(other.into()),
        }
    }
}
