//! `/api/v1/emails/…`: for the app by which somebody signed up and has not confirmed their address yet. Tells nobody else.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::actions::confirm_address::{self, AgainError};
use crate::actions::throttle::{self, Subject};
use crate::app::App;
use crate::db;
use crate::db::tokens::Newcomer;
use crate::domain::random;
use crate::domain::scopes::Scopes;
use crate::web::address::ClientAddress;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, bearer};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/emails/confirmations", post(again))
        .route("/api/v1/emails/check_confirmation", get(check))
}

async fn again(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> ApiResult<Json<Value>> {
    let newcomer = newcomer(&app, &headers).await?.ok_or(ApiError::Unauthorized)?;
    may(&newcomer, "write:accounts")?;
    let mut db = app.db.acquire().await?;
    if db::contacts::joined_by(&mut db, newcomer.account).await? != Some(newcomer.app) {
        return Err(ApiError::Forbidden(
            "This method is only available to the application the user originally signed-up with",
        ));
    }
    drop(db);
    let to = newcomer.account.to_string();
    throttle::begin(&app, vec![Subject::mails_from(address), Subject::mails_to(&to)]).await?;
    let email = params.text("email");
    confirm_address::again(&app, newcomer.account, email.as_deref(), address).await?;
    Ok(Json(json!({})))
}

async fn check(State(app): State<App>, headers: HeaderMap, anyone: Checked) -> ApiResult<Json<bool>> {
    if let Checked(Some(anyone)) = anyone {
        return anyone.person().map(|_| Json(true)).ok_or(ApiError::Unauthorized);
    }
    let newcomer = newcomer(&app, &headers).await?.ok_or(ApiError::Unauthorized)?;
    Ok(Json(newcomer.confirmed))
}

/// Whoever may act here has confirmed their address; none: who may not, for one reason or another.
struct Checked(Option<Anyone>);

impl axum::extract::FromRequestParts<App> for Checked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self, ApiError> {
        match Anyone::from_request_parts(parts, app).await {
            Ok(anyone) => Ok(Self(Some(anyone))),
            Err(ApiError::Forbidden(_)) => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }
}

async fn newcomer(app: &App, headers: &HeaderMap) -> ApiResult<Option<Newcomer>> {
    let Some(token) = bearer(headers, None) else {
        return Ok(None);
    };
    let mut db = app.db.acquire().await?;
    Ok(db::tokens::newcomer(&mut db, &random::hash(&token)).await?)
}

fn may(newcomer: &Newcomer, scope: &str) -> ApiResult<()> {
    match Scopes::parse(&newcomer.scopes).is_some_and(|scopes| scopes.allow(scope)) {
        true => Ok(()),
        false => Err(ApiError::OutsideScopes),
    }
}

impl From<AgainError> for ApiError {
    fn from(error: AgainError) -> Self {
        match error {
            AgainError::NothingWaits => {
                Self::Forbidden("This method is only available while the e-mail is awaiting confirmation")
            }
            AgainError::Database(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}
