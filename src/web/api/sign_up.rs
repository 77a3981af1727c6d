//! `POST /api/v1/accounts`: signing up through an app. What is wrong is told field by field, as Mastodon does.

use std::net::IpAddr;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::actions::register::{self, Fault, NewPerson, RegisterError};
use crate::actions::token::{self, TokenError};
use crate::app::App;
use crate::db;
use crate::domain::ids::AppId;
use crate::web::address::ClientAddress;
use crate::web::error::{ApiError, ApiResult};
use crate::web::oauth::token::TokenEntity;
use crate::web::params::Params;
use crate::web::viewer::Anyone;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/accounts", post(create))
}

async fn create(
    State(app): State<App>,
    anyone: Anyone,
    ClientAddress(address): ClientAddress,
    params: Params,
) -> ApiResult<Json<TokenEntity>> {
    let grant = anyone.grant.ok_or(ApiError::Unauthorized)?;
    if !grant.scopes.allow("write:accounts") {
        return Err(ApiError::OutsideScopes);
    }
    if grant.account_id.is_some() {
        return Err(ApiError::Forbidden(
            "This method requires an client credentials authentication",
        ));
    }
    let app_id = grant.app_id.ok_or(ApiError::Unauthorized)?;
    let registered = register::local(&app, person(&params, app_id, address)).await?;
    let client = db::apps::by_id(&mut *app.db.acquire().await?, app_id).await?;
    let client = client.ok_or(ApiError::Unauthorized)?;
    let issued = token::for_new_person(&app, &client, registered.account).await;
    let issued = issued.map_err(|error| match error {
        TokenError::Database(error) => error.into(),
        TokenError::InvalidGrant | TokenError::InvalidScope => ApiError::OutsideScopes,
    })?;
    Ok(Json(issued.into()))
}

fn person(params: &Params, by: AppId, from: IpAddr) -> NewPerson {
    let text = |name| params.text(name).unwrap_or_default();
    NewPerson {
        username: text("username"),
        email: text("email"),
        password: text("password"),
        reason: text("reason"),
        locale: text("locale"),
        invitation: params.text("invite_code"),
        by_app: Some(by),
        agreement: params.flag("agreement").unwrap_or(false),
        from: Some(from),
    }
}

impl From<RegisterError> for ApiError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Faults(faults) => faults_told(&faults),
            RegisterError::Closed => Self::Forbidden("This action is not allowed"),
            RegisterError::OwnerIsThere => Self::Conflict("This server has an owner already"),
            RegisterError::Key(error) => error.into(),
            RegisterError::Password(error) => error.into(),
            RegisterError::Database(error) => error.into(),
        }
    }
}

fn faults_told(faults: &[Fault]) -> ApiError {
    let mut details = Map::new();
    for fault in faults {
        let told = json!({ "error": fault.kind.code(), "description": fault.description });
        let field = details.entry(fault.field.as_str()).or_insert_with(|| json!([]));
        if let Value::Array(of_field) = field {
            of_field.push(told);
        }
    }
    let sentences: Vec<String> = faults.iter().map(Fault::sentence).collect();
    ApiError::InvalidFields {
        message: sentences.join(", "),
        details: Value::Object(details),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::register::{Field, Kind};

    #[test]
    fn faults_are_told_by_field() {
        let faults = [
            Fault::taken(Field::Username),
            Fault::new(Field::Email, Kind::Blank, "can't be blank"),
        ];
        let ApiError::InvalidFields { message, details } = faults_told(&faults) else {
            panic!("not told by field");
        };
        assert_eq!(
            message,
            "Username has already been taken, E-mail address can't be blank"
        );
        let wanted = json!({
            "username": [{ "error": "ERR_TAKEN", "description": "has already been taken" }],
            "email": [{ "error": "ERR_BLANK", "description": "can't be blank" }],
        });
        assert_eq!(details, wanted);
    }
}
