//! `/api/tintype/v1/quota`: how much one may keep, and how much one does. Changes neither.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::actions::quota::{self, QuotaError};
use crate::app::App;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

pub async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read")?;
    let holds = quota::of(&app, viewer.id).await?.ok_or(ApiError::Unauthorized)?;
    Ok(Json(json!({
        "limit": holds.limit,
        "used": holds.used,
        "left": holds.left(),
    })))
}

impl From<QuotaError> for ApiError {
    fn from(error: QuotaError) -> Self {
        match error {
            QuotaError::NotFound => Self::NotFound,
            QuotaError::TooLarge => Self::invalid(error.to_string()),
            QuotaError::Database(error) => error.into(),
        }
    }
}
