//! `/api/v1/push/subscription`: where this app wants to be woken, and by what. One for each token. Never shows a key that
//! the app brought.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tintype_federation::push::{Encoding, Subscriber};

use crate::actions::push::{self, ALERTS, POLICIES, PushError, Speaker, Wanted};
use crate::actions::vapid;
use crate::app::App;
use crate::db;
use crate::db::push_subscriptions::Subscription;
use crate::domain::ids::TokenId;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::{self, Viewer};

/// Browsers write keys without padding, some apps with it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub fn routes() -> Router<App> {
    Router::new().route(
        "/api/v1/push/subscription",
        get(show).post(create).put(change).patch(change).delete(remove),
    )
}

#[derive(Debug, Serialize)]
struct Entity {
    /// A number: some apps read nothing else.
    id: i32,
    endpoint: String,
    standard: bool,
    alerts: Map<String, Value>,
    server_key: String,
    policy: String,
}

async fn entity(app: &App, subscription: Subscription) -> ApiResult<Json<Entity>> {
    let alert = |name: &str| subscription.alerts.iter().any(|alert| alert == name);
    Ok(Json(Entity {
        id: subscription.id,
        alerts: ALERTS
            .iter()
            .map(|name| ((*name).to_owned(), json!(alert(name))))
            .collect(),
        endpoint: subscription.endpoint,
        standard: subscription.standard,
        server_key: vapid::public_key(app).await?,
        policy: subscription.policy,
    }))
}

/// The token by which the app speaks: a browser on our own pages has none.
fn token(viewer: &Viewer) -> ApiResult<TokenId> {
    viewer.may("push")?;
    let token = viewer.grant.token_id;
    token.ok_or_else(|| ApiError::Unprocessable("This method requires an access token".into()))
}

async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Entity>> {
    let token = token(&viewer)?;
    let found = db::push_subscriptions::of(&mut *app.db.acquire().await?, token).await?;
    entity(&app, found.ok_or(ApiError::NotFound)?).await
}

async fn create(
    State(app): State<App>,
    viewer: Viewer,
    uri: axum::extract::OriginalUri,
    headers: HeaderMap,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let token = token(&viewer)?;
    let secret = viewer::bearer(&headers, uri.query()).ok_or(ApiError::Unauthorized)?;
    let subscription = params.node("subscription");
    let keys = subscription.get("keys");
    let part = |name: &str| keys.get(name).text().unwrap_or_default();
    let key = |name: &str| {
        BASE64
            .decode(standard_to_url_safe(part(name).trim()))
            .unwrap_or_default()
    };
    let wanted = Wanted {
        endpoint: subscription.get("endpoint").text().unwrap_or_default(),
        subscriber: Subscriber {
            public_key: key("p256dh"),
            auth: key("auth"),
        },
        encoding: match subscription.get("standard").flag() {
            Some(true) => Encoding::Aes128Gcm,
            _ => Encoding::AesGcm,
        },
        alerts: alerts(&params).unwrap_or_default(),
        policy: policy(&params)?.unwrap_or_else(|| "all".into()),
    };
    let speaker = Speaker {
        account: viewer.id,
        token,
        secret: &secret,
    };
    entity(&app, push::subscribe(&app, &speaker, &wanted).await?).await
}

/// Some apps write keys in the alphabet of mails.
fn standard_to_url_safe(text: &str) -> String {
    text.replace('+', "-").replace('/', "_")
}

async fn change(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    let token = token(&viewer)?;
    let (alerts, policy) = (alerts(&params), policy(&params)?);
    let mut db = app.db.acquire().await?;
    let changed =
        db::push_subscriptions::change(&mut db, token, alerts.as_deref(), policy.as_deref()).await?;
    drop(db);
    entity(&app, changed.ok_or(ApiError::NotFound)?).await
}

async fn remove(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    let token = token(&viewer)?;
    db::push_subscriptions::remove(&mut *app.db.acquire().await?, token).await?;
    Ok(Json(json!({})))
}

/// Those that are named and on; none when nothing is said of them.
fn alerts(params: &Params) -> Option<Vec<String>> {
    let alerts = params.node("data").get("alerts");
    let on = ALERTS.iter().filter(|name| alerts.get(name).flag() == Some(true));
    alerts
        .is_there()
        .then(|| on.map(|name| (*name).to_owned()).collect())
}

/// Some apps send it beside the data.
fn policy(params: &Params) -> ApiResult<Option<String>> {
    let within = params.node("data").get("policy").text();
    match within.or_else(|| params.text("policy")) {
        Some(policy) if POLICIES.contains(&policy.as_str()) => Ok(Some(policy)),
        Some(_) => Err(ApiError::invalid("Policy is not included in the list")),
        None => Ok(None),
    }
}

impl From<PushError> for ApiError {
    fn from(error: PushError) -> Self {
        match error {
            PushError::Database(error) => error.into(),
            fault => Self::invalid(fault.to_string()),
        }
    }
}
