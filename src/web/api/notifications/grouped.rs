//! `/api/v2/notifications`: the same in groups ("Ana and 12 others"), each met once.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::sieve::Sieve;
use super::{MOST, USUAL, chosen, clear, count_to, unread};
use crate::app::App;
use crate::db;
use crate::db::listed::{Listed, Window};
use crate::db::notification_groups::{Group, Grouping};
use crate::db::notification_lists::Chosen;
use crate::domain::ids::{AccountId, NotificationId, RelationId};
use crate::domain::notification::Kind;
use crate::web::api::accounts::{self, Of};
use crate::web::api::entities::notification::ALONE;
use crate::web::api::entities::notification_group::{self, Expand};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/notifications", get(list))
        .route("/api/v2/notifications/unread_count", get(unread_count))
        .route("/api/v2/notifications/clear", post(clear))
        .route("/api/v2/notifications/{id}", get(one))
        .route("/api/v2/notifications/{id}/dismiss", post(dismiss))
        .route("/api/v2/notifications/{id}/accounts", get(members))
}

fn expand(params: &Params) -> ApiResult<Expand> {
    match params.text("expand_accounts").as_deref() {
        None | Some("" | "full") => Ok(Expand::Full),
        Some("partial_avatars") => Ok(Expand::Avatars),
        Some(_) => Err(ApiError::BadRequest(
            "expand_accounts is either full or partial_avatars".into(),
        )),
    }
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let (grouping, expand) = (chosen::grouping(&params)?, expand(&params)?);
    let mut db = app.db.acquire().await?;
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    let mut sieve = Sieve::new(Range::read(&params, USUAL, MOST));
    loop {
        let heads = db::notification_groups::heads(&mut db, viewer.id, &grouping, &sieve.window()).await?;
        let (heads, older) = sieve.cut(heads);
        let groups = db::notification_groups::of_heads(&mut db, viewer.id, &grouping, &heads).await?;
        let subjects = notification_group::gather(&app, &mut db, viewer.id, &groups).await?;
        let found = groups.into_iter().map(|group| (group.newest.0, group));
        let is_left = |group: &Group| notification_group::is_shown(&subjects, group);
        if let Some(sieved) = sieve.sift(found.collect(), older, is_left) {
            let results = notification_group::results(&subjects, &sieved.page, expand);
            return Ok(pager.bounded(Json(results).into_response(), &sieved.ids, sieved.older));
        }
    }
}

async fn answer(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    groups: &[Group],
    expand: Expand,
) -> ApiResult<Response> {
    let subjects = notification_group::gather(app, db, viewer, groups).await?;
    Ok(Json(notification_group::results(&subjects, groups, expand)).into_response())
}

/// A group by its name, or one that stands alone by its own.
enum Named {
    Alone(NotificationId),
    Group(String),
}

impl Named {
    fn read(key: String) -> ApiResult<Self> {
        match key.strip_prefix(ALONE) {
            Some(id) => Ok(Self::Alone(accounts::id(id)?)),
            // Not a text for Postgres.
            None if key.contains('\0') => Err(ApiError::NotFound),
            None => Ok(Self::Group(key)),
        }
    }

    async fn head(&self, db: &mut PgConnection, of: AccountId) -> ApiResult<NotificationId> {
        let head = match self {
            Self::Alone(id) => db::notification_lists::shown(db, of, *id)
                .await?
                .map(|shown| shown.id),
            Self::Group(key) => db::notification_groups::head(db, of, key).await?,
        };
        head.ok_or(ApiError::NotFound)
    }
}

async fn one(
    State(app): State<App>,
    viewer: Viewer,
    Of(key): Of<String>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let (named, expand) = (Named::read(key)?, expand(&params)?);
    let mut db = app.db.acquire().await?;
    let head = named.head(&mut db, viewer.id).await?;
    let grouped = match named {
        Named::Alone(_) => Vec::new(),
        Named::Group(_) => Kind::GROUPED.map(|kind| kind as i16).to_vec(),
    };
    let grouping = Grouping {
        chosen: Chosen::all(),
        grouped,
    };
    let groups = db::notification_groups::of_heads(&mut db, viewer.id, &grouping, &[head]).await?;
    answer(&app, &mut db, viewer.id, &groups, expand).await
}

async fn dismiss(State(app): State<App>, viewer: Viewer, Of(key): Of<String>) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    let named = Named::read(key)?;
    let mut db = app.db.acquire().await?;
    let gone = match &named {
        Named::Alone(id) => db::notification_lists::dismiss(&mut db, viewer.id, &[*id]).await?,
        Named::Group(key) => db::notification_groups::dismiss(&mut db, viewer.id, key).await?,
    };
    match gone {
        0 => Err(ApiError::NotFound),
        _ => Ok(Json(json!({}))),
    }
}

async fn members(
    State(app): State<App>,
    viewer: Viewer,
    Of(key): Of<String>,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let named = Named::read(key)?;
    let range = accounts::range(&params);
    let mut db = app.db.acquire().await?;
    let head = named.head(&mut db, viewer.id).await?;
    let window: Window = range.and_one_more().into();
    let listed = match &named {
        Named::Group(key) => db::notification_groups::members(&mut db, viewer.id, key, &window).await?,
        Named::Alone(_) => {
            let shown = db::notification_lists::shown(&mut db, viewer.id, head).await?;
            let within = shown.filter(|one| one.id.0 < window.below && one.id.0 > window.above);
            let listed = within.map(|one| Listed {
                id: RelationId(one.id.0),
                account: one.from_id,
            });
            listed.into_iter().collect()
        }
    };
    accounts::respond(&app, &mut db, &uri, &range, listed).await
}

async fn unread_count(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let grouping = chosen::grouping(&params)?;
    let mut db = app.db.acquire().await?;
    let count = unread::grouped(&app, &mut db, viewer.id, &grouping, count_to(&params)).await?;
    Ok(Json(json!({ "count": count })))
}
