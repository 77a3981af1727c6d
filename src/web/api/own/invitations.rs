//! Invitations that somebody made and that are open. Shows nobody another's.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::actions::invite::{self, InviteError, Wanted};
use crate::app::App;
use crate::db::invitations::Listed;
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub async fn list(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read")?;
    let open = invite::open_of(&app, viewer.id).await?;
    Ok(Json(open.iter().map(|one| entity(&app, one)).collect()))
}

pub async fn create(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    let number = |name: &str, wrong: InviteError| match params.text(name).filter(|text| !text.is_empty()) {
        Some(text) => text.trim().parse().map(Some).map_err(|_| wrong),
        None => Ok(None),
    };
    let wanted = Wanted {
        uses: number("max_uses", InviteError::Uses)?.unwrap_or(1),
        expires_in: number("expires_in", InviteError::Expiry)?,
    };
    let made = invite::by_member(&app, viewer.id, viewer.grant.role, wanted).await?;
    Ok(Json(entity(&app, &made)))
}

pub async fn revoke(
    State(app): State<App>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    match invite::revoke(&app, viewer.id, &code).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}

fn entity(app: &App, one: &Listed) -> Value {
    json!({
        "code": one.code,
        "url": app.urls.at(&format!("/invite/{}", one.code)),
        "uses_left": one.uses_left,
        "expires_at": one.expires_at.map(time),
        "created_at": time(one.created_at),
    })
}

impl From<InviteError> for ApiError {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::NotAllowed => Self::Forbidden("This action is not allowed"),
            InviteError::Database(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}
