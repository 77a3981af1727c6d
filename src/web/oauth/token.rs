//! `POST /oauth/token`. Gives out nothing to an app that does not prove who it is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde::Serialize;

use super::client;
use super::error::{OAuthError, OAuthResult};
use crate::actions::sign_in::{self, Attempt, Browser, SignInError};
use crate::actions::token::{self, Exchange, Issued};
use crate::app::App;
use crate::db::apps::ClientApp;
use crate::domain::ids::AccountId;
use crate::web::address::ClientAddress;
use crate::web::error::ApiError;
use crate::web::params::Params;

/// Clients break without `scope` and without `created_at`. There is no `expires_in`: tokens do not expire.
#[derive(Debug, Serialize)]
pub struct TokenEntity {
    access_token: String,
    token_type: &'static str,
    scope: String,
    /// Unix seconds.
    created_at: i64,
}

impl From<Issued> for TokenEntity {
    fn from(issued: Issued) -> Self {
        Self {
            access_token: issued.secret,
            token_type: "Bearer",
            scope: issued.scopes,
            created_at: issued.created_at.timestamp(),
        }
    }
}

/// For what a token is given.
#[derive(Clone, Copy, Debug)]
enum Grant {
    Code,
    Client,
    /// Gone from RFC 9700; for tests of client programs, on servers that never leave their machine.
    Password,
}

impl Grant {
    fn named(name: &str, with_password: bool) -> Option<Self> {
        match name {
            "authorization_code" => Some(Self::Code),
            "client_credentials" => Some(Self::Client),
            "password" if with_password => Some(Self::Password),
            _ => None,
        }
    }
}

pub async fn create(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> OAuthResult<impl IntoResponse> {
    let grant_type = params.text("grant_type");
    let grant_type = grant_type.ok_or(OAuthError::InvalidRequest(
        "Missing required parameter: grant_type.",
    ))?;
    let grant =
        Grant::named(&grant_type, app.config.password_grant).ok_or(OAuthError::UnsupportedGrantType)?;
    let client = client::authenticate(&app, &headers, &params).await?;
    let scopes = params.text("scope").unwrap_or_default();
    let issued = match grant {
        Grant::Client => token::for_app(&app, &client, &scopes).await?,
        Grant::Code => exchange(&app, &client, &params).await?,
        Grant::Password => {
            let account = owner(&app, &params, address).await?;
            token::for_person(&app, &client, account, &scopes).await?
        }
    };
    let private = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
    Ok((private, Json(TokenEntity::from(issued))))
}

async fn exchange(app: &App, client: &ClientApp, params: &Params) -> OAuthResult<Issued> {
    let missing = || OAuthError::InvalidRequest("Missing required parameter: code or redirect_uri.");
    let verifier = params.text("code_verifier");
    let brought = Exchange {
        code: &params.text("code").ok_or_else(missing)?,
        redirect_uri: &params.text("redirect_uri").ok_or_else(missing)?,
        verifier: verifier.as_deref(),
    };
    Ok(token::exchange(app, client, &brought).await?)
}

/// Whose name and password were sent.
async fn owner(app: &App, params: &Params, address: ClientAddress) -> OAuthResult<AccountId> {
    let missing = || OAuthError::InvalidRequest("Missing required parameter: username or password.");
    let attempt = Attempt {
        login: &params.text("username").ok_or_else(missing)?,
        password: &params.text("password").ok_or_else(missing)?,
        // No session comes of it that would show one.
        browser: Browser {
            address: address.0,
            user_agent: "",
            device: None,
        },
    };
    sign_in::who(app, &attempt).await.map_err(|error| match error {
        SignInError::Database(error) => error.into(),
        SignInError::Password(error) => OAuthError::Other(ApiError::Internal(error.into())),
        _ => OAuthError::InvalidGrant,
    })
}
