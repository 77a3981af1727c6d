//! What moderators do to people: each answers with them as they are afterwards. What may be done is said by
//! `actions::moderate`.

use axum::extract::State;
use axum::routing::{delete, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::answer;
use super::moderator::Moderator;
use crate::actions::moderate::{self, Decision, ModerateError};
use crate::app::App;
use crate::domain::audit::By;
use crate::domain::ids::AccountId;
use crate::domain::moderation::{Measure, Permission};
use crate::web::api::accounts::Of;
use crate::web::api::entities::admin_account::Entity;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

const WRITE: &str = "admin:write:accounts";

pub fn routes() -> Router<App> {
    let taking_back = |measure| {
        post(
            move |State(app): State<App>, moderator: Moderator, Of(id): Of| async move {
                take_back(&app, &moderator, id, measure).await
            },
        )
    };
    Router::new()
        .route("/api/v1/admin/accounts/{id}", delete(remove))
        .route("/api/v1/admin/accounts/{id}/action", post(act))
        .route("/api/v1/admin/accounts/{id}/approve", post(approve))
        .route("/api/v1/admin/accounts/{id}/reject", post(reject))
        .route(
            "/api/v1/admin/accounts/{id}/enable",
            taking_back(Measure::Disable),
        )
        .route(
            "/api/v1/admin/accounts/{id}/unsilence",
            taking_back(Measure::Silence),
        )
        .route(
            "/api/v1/admin/accounts/{id}/unsuspend",
            taking_back(Measure::Suspend),
        )
        .route(
            "/api/v1/admin/accounts/{id}/unsensitive",
            taking_back(Measure::Sensitive),
        )
}

fn who(moderator: &Moderator) -> ApiResult<By> {
    moderator.may(WRITE, Permission::ManageUsers)
}

async fn act(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<AccountId>,
    params: Params,
) -> ApiResult<Json<Value>> {
    let by = who(&moderator)?;
    let unknown = || ApiError::invalid("Type is not included in the list");
    let measure = match params.text("type").ok_or_else(unknown)?.as_str() {
        "none" => None,
        name => Some(Measure::named(name).ok_or_else(unknown)?),
    };
    // There are no ready-made warnings here, so none of that id.
    if params
        .text("warning_preset_id")
        .is_some_and(|preset| !preset.is_empty())
    {
        return Err(ApiError::NotFound);
    }
    let decision = Decision {
        measure,
        report: params.id("report_id")?,
        words: params.text("text").unwrap_or_default().trim().to_owned(),
        is_told: params.flag("send_email_notification").unwrap_or(true),
    };
    moderate::act(&app, by, id, &decision).await?;
    Ok(Json(json!({})))
}

async fn take_back(
    app: &App,
    moderator: &Moderator,
    id: AccountId,
    measure: Measure,
) -> ApiResult<Json<Entity>> {
    let by = who(moderator)?;
    moderate::undo(app, by, id, measure).await?;
    answer(app, id).await
}

async fn approve(State(app): State<App>, moderator: Moderator, Of(id): Of) -> ApiResult<Json<Entity>> {
    let by = who(&moderator)?;
    moderate::approve(&app, by, id).await?;
    answer(&app, id).await
}

/// As they were: nothing is left of them afterwards.
async fn reject(State(app): State<App>, moderator: Moderator, Of(id): Of) -> ApiResult<Json<Entity>> {
    let by = who(&moderator)?;
    let before = answer(&app, id).await?;
    moderate::reject(&app, by, id).await?;
    Ok(before)
}

/// As they were, too.
async fn remove(State(app): State<App>, moderator: Moderator, Of(id): Of) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::DeleteUserData)?;
    let before = answer(&app, id).await?;
    moderate::delete(&app, by, id).await?;
    Ok(before)
}

impl From<ModerateError> for ApiError {
    fn from(error: ModerateError) -> Self {
        match error {
            ModerateError::NotFound => Self::NotFound,
            ModerateError::NotAllowed => Self::Forbidden("This action is not allowed"),
            ModerateError::SignsInElsewhere | ModerateError::TooLong { .. } => {
                Self::Invalid(error.to_string())
            }
            ModerateError::Database(error) => error.into(),
        }
    }
}
