//! `/api/v1/instance` and `/api/v2/instance`: what this server is. Read by anybody before they sign in.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::actions::resumable::direct;
use crate::actions::vapid;
use crate::app::App;
use crate::db;
use crate::db::policies::Severity;
use crate::web::api::entities::instance::{self, Facts};
use crate::web::api::entities::{domain_block, people, rule};
use crate::web::auth::site;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

/// Most servers that are named.
const MOST_PEERS: i64 = 50_000;
/// Servers that are offered while somebody types.
const MOST_OFFERED: i64 = 10;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/instance", get(v1))
        .route("/api/v2/instance", get(v2))
        .route("/api/v1/instance/rules", get(rules))
        .route("/api/v1/instance/languages", get(|| async { Json([(); 0]) }))
        .route(
            "/api/v1/instance/translation_languages",
            get(|| async { Json(json!({})) }),
        )
        .route("/api/v1/instance/extended_description", get(extended_description))
        .route("/api/v1/instance/peers", get(peers))
        .route("/api/v1/peers/search", get(search_peers))
        .route("/api/v1/instance/activity", get(activity))
        .route("/api/v1/instance/domain_blocks", get(domain_blocks))
}

/// Answers with what is remembered under `name` as it was written, or with what `gather` counts.
async fn remembered<F>(app: &App, name: &'static str, gather: F) -> ApiResult<Response>
where
    F: Future<Output = ApiResult<Value>>,
{
    let body = match app.caches.about.get(name) {
        Some(known) => known,
        None => {
            let counted = gather.await?;
            let written = serde_json::to_vec(&counted).map_err(|error| ApiError::Internal(error.into()))?;
            let body = Bytes::from(written);
            app.caches.about.insert(name, body.clone());
            body
        }
    };
    let json = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, json)], body).into_response())
}

async fn facts(app: &App) -> ApiResult<Facts> {
    let vapid_key = vapid::public_key(app)
        .await
        .map_err(|error| ApiError::Internal(error.into()))?;
    let mut db = app.db.acquire().await?;
    let usage = db::hosts::usage(&mut db, app.clock.now()).await?;
    let owner: Vec<_> = db::about::owner(&mut db).await?.into_iter().collect();
    let contact = people::many(app, &mut db, &owner).await?.pop();
    Ok(Facts {
        users: usage.users,
        active_month: usage.active_month,
        posts: usage.local_posts,
        domains: db::about::peer_count(&mut db).await?,
        vapid_key,
        contact,
        rules: rule::many(db::rules::all(&mut db).await?),
        source_url: site::source(app),
        converts: app.converter.is_some(),
        films: app.ffmpeg.is_some(),
        direct_uploads: direct::are_taken(app),
    })
}

async fn v1(State(app): State<App>) -> ApiResult<Response> {
    let gather = async { Ok(instance::v1(&app.config, &app.urls, &facts(&app).await?)) };
    remembered(&app, "instance v1", gather).await
}

async fn v2(State(app): State<App>) -> ApiResult<Response> {
    let gather = async { Ok(instance::v2(&app.config, &app.urls, &facts(&app).await?)) };
    remembered(&app, "instance v2", gather).await
}

async fn rules(State(app): State<App>) -> ApiResult<Json<Vec<rule::Entity>>> {
    let rules = db::rules::all(&mut *app.db.acquire().await?).await?;
    Ok(Json(rule::many(rules)))
}

async fn extended_description(State(app): State<App>) -> Json<Value> {
    Json(json!({ "updated_at": null, "content": instance::description_html(&app.config) }))
}

async fn peers(State(app): State<App>) -> ApiResult<Response> {
    let gather = async {
        Ok(json!(
            db::about::peers(&mut *app.db.acquire().await?, MOST_PEERS).await?
        ))
    };
    remembered(&app, "peers", gather).await
}

/// For fields in which a server's name is typed.
async fn search_peers(State(app): State<App>, params: Params) -> ApiResult<Json<Vec<String>>> {
    let start = params.text("q").unwrap_or_default().trim().to_lowercase();
    if start.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let mut db = app.db.acquire().await?;
    Ok(Json(db::about::peers_like(&mut db, &start, MOST_OFFERED).await?))
}

async fn activity(State(app): State<App>) -> ApiResult<Response> {
    let gather = async {
        let weeks = db::about::weeks(&mut *app.db.acquire().await?, app.clock.now()).await?;
        // Numbers are texts here: Mastodon's clients expect it.
        let entity = |week: &db::about::Week| {
            json!({
                "week": week.starts.timestamp().to_string(),
                "statuses": week.posts.to_string(),
                "logins": week.active.to_string(),
                "registrations": week.sign_ups.to_string(),
            })
        };
        Ok(weeks.iter().map(entity).collect())
    };
    remembered(&app, "activity", gather).await
}

async fn domain_blocks(State(app): State<App>) -> ApiResult<Response> {
    let gather = async {
        let mut policies = db::policies::all(&mut *app.db.acquire().await?).await?;
        // Of which nobody here notices anything is nobody's business.
        policies.retain(|policy| policy.severity != Severity::Noop);
        Ok(policies.iter().map(domain_block::public).collect())
    };
    remembered(&app, "domain blocks", gather).await
}
