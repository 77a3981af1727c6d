//! `/api/v1/accounts/alias` and `/api/v1/accounts/move`, as GoToSocial has them. A move asks for the password.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::actions::alias::{self, AliasError};
use crate::actions::move_account::{self, MoveError};
use crate::app::App;
use crate::db;
use crate::web::address::ClientAddress;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub async fn alias(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    let uris: Vec<String> = params
        .texts("also_known_as_uris")
        .into_iter()
        .filter(|uri| !uri.trim().is_empty())
        .collect();
    alias::local(&app, viewer.id, &uris).await?;
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, viewer.id).await?;
    let account = account.ok_or(ApiError::Unauthorized)?;
    Ok(Json(json!({ "also_known_as_uris": account.also_known_as })))
}

pub async fn away(
    State(app): State<App>,
    viewer: Viewer,
    ClientAddress(address): ClientAddress,
    params: Params,
) -> ApiResult<(StatusCode, Json<Value>)> {
    viewer.may("write")?;
    let (password, to) = (params.required("password")?, params.required("moved_to_uri")?);
    move_account::local(&app, viewer.id, &password, &to, address).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}

impl From<AliasError> for ApiError {
    fn from(error: AliasError) -> Self {
        match error {
            AliasError::NotFound => Self::Unauthorized,
            AliasError::Database(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}

impl From<MoveError> for ApiError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Password(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}
