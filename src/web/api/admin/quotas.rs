//! `/api/tintype/v1/admin/accounts/{id}/quota`: how much one person may keep here, as an admin says it. Says nothing of
//! everybody: that is a setting.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::moderator::Moderator;
use crate::actions::quota::{self, Word};
use crate::app::App;
use crate::domain::ids::AccountId;
use crate::domain::moderation::Permission;
use crate::web::api::accounts::Of;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const READ: &str = "admin:read:accounts";
const WRITE: &str = "admin:write:accounts";

pub fn routes() -> Router<App> {
    Router::new().route(
        "/api/tintype/v1/admin/accounts/{id}/quota",
        get(show).put(change).delete(reset),
    )
}

async fn show(State(app): State<App>, moderator: Moderator, Of(id): Of<AccountId>) -> ApiResult<Json<Value>> {
    moderator.may(READ, Permission::ManageUsers)?;
    answer(&app, id).await
}

/// What disks cost is decided by those who set the server up.
async fn change(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<AccountId>,
    params: Params,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageSettings)?;
    let limit: u64 = params
        .required("limit")?
        .trim()
        .parse()
        .map_err(|_| ApiError::invalid("Limit is not a number of bytes"))?;
    quota::change(&app, by, id, Word::Bytes(limit)).await?;
    answer(&app, id).await
}

async fn reset(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<AccountId>,
) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageSettings)?;
    quota::change(&app, by, id, Word::Default).await?;
    answer(&app, id).await
}

async fn answer(app: &App, id: AccountId) -> ApiResult<Json<Value>> {
    let holds = quota::of(app, id).await?.ok_or(ApiError::NotFound)?;
    Ok(Json(json!({
        "limit": holds.limit,
        "used": holds.used,
        "left": holds.left(),
        "is_own": holds.is_own,
    })))
}
