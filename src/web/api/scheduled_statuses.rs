//! `/api/v1/scheduled_statuses`: posts of the viewer's own that wait for their time. Never shows anybody another's.

use std::collections::HashMap;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::accounts::Of;
use super::entities::media::{Attachment, attachment};
use super::entities::time;
use super::timelines::pager;
use crate::actions::schedule::{self, ScheduleError};
use crate::app::App;
use crate::db;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, ScheduledId};
use crate::domain::scheduled::{PlannedPoll, Scheduled};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 20;
const MOST: i64 = 40;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/scheduled_statuses", get(list))
        .route(
            "/api/v1/scheduled_statuses/{id}",
            get(show).put(change).patch(change).delete(cancel),
        )
}

async fn list(State(app): State<App>, viewer: Viewer, uri: OriginalUri) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let range = Range::read(&Params::from_query(uri.query())?, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let window = range.and_one_more().into();
    let page = range.cut(db::scheduled::page(&mut db, viewer.id, &window).await?);
    let ids: Vec<i64> = page.found.iter().map(|one| one.id.0).collect();
    let entities = entities(&app, &mut db, &page.found).await?;
    Ok(pager(&app, &uri).respond(&entities, &ids, page.older))
}

async fn show(State(app): State<App>, viewer: Viewer, Of(id): Of<ScheduledId>) -> ApiResult<Json<Value>> {
    viewer.may("read:statuses")?;
    Ok(Json(one(&app, viewer.id, id).await?))
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ScheduledId>,
    params: Params,
) -> ApiResult<Json<Value>> {
    viewer.may("write:statuses")?;
    if let Some(at) = at(&params)? {
        schedule::move_to(&app, viewer.id, id, at).await?;
    }
    Ok(Json(one(&app, viewer.id, id).await?))
}

async fn cancel(State(app): State<App>, viewer: Viewer, Of(id): Of<ScheduledId>) -> ApiResult<Json<Value>> {
    viewer.may("write:statuses")?;
    schedule::cancel(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}

/// When something is to be published, if that is said. A time without a zone is in UTC, and a day alone is its beginning.
pub fn at(params: &Params) -> ApiResult<Option<Time>> {
    let Some(text) = params.text("scheduled_at").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let in_utc = || {
        let time = text.parse::<NaiveDateTime>().ok();
        let day = || {
            text.parse::<NaiveDate>()
                .ok()
                .map(|day| day.and_time(NaiveTime::MIN))
        };
        time.or_else(day).map(|time| time.and_utc())
    };
    let at = DateTime::parse_from_rfc3339(&text).ok().map(|at| at.to_utc());
    let at = at.or_else(in_utc);
    at.map(Some)
        .ok_or_else(|| ApiError::invalid("Scheduled at is not a time"))
}

/// One of somebody's own.
pub async fn one(app: &App, owner: AccountId, id: ScheduledId) -> ApiResult<Value> {
    let mut db = app.db.acquire().await?;
    let found = db::scheduled::one(&mut db, owner, id).await?;
    let found = found.ok_or(ApiError::NotFound)?;
    let mut entities = entities(app, &mut db, std::slice::from_ref(&found)).await?;
    entities.pop().ok_or(ApiError::NotFound)
}

async fn entities(app: &App, db: &mut PgConnection, scheduled: &[Scheduled]) -> ApiResult<Vec<Value>> {
    let ids: Vec<ScheduledId> = scheduled.iter().map(|one| one.id).collect();
    let mut media: HashMap<ScheduledId, Vec<Attachment>> = HashMap::new();
    for (of, photo) in db::planned_media::of(db, &ids).await? {
        media.entry(of).or_default().push(attachment(&app.urls, &photo));
    }
    let entity = |one: &Scheduled| {
        let draft = &one.draft;
        json!({
            "id": one.id,
            "scheduled_at": time(one.due_at),
            "params": {
                "text": draft.text,
                "spoiler_text": draft.summary,
                "sensitive": draft.sensitive,
                "language": draft.language,
                "visibility": draft.audience.as_str(),
                "media_ids": draft.media,
                "poll": draft.poll.as_ref().map(poll),
                // Numbers, as Mastodon has them here alone.
                "in_reply_to_id": draft.in_reply_to.map(|post| post.0),
                "application_id": draft.app.map(|app| app.0),
                "quoted_status_id": draft.quotes,
                "quote_approval_policy": draft.quote_policy.as_str(),
                "idempotency": null,
                "scheduled_at": null,
                "with_rate_limit": false,
            },
            "media_attachments": media.remove(&one.id).unwrap_or_default(),
        })
    };
    Ok(scheduled.iter().map(entity).collect())
}

fn poll(poll: &PlannedPoll) -> Value {
    json!({
        "options": poll.options, "expires_in": poll.seconds, "multiple": poll.multiple,
        "hide_totals": poll.hides_totals,
    })
}

impl From<ScheduleError> for ApiError {
    fn from(error: ScheduleError) -> Self {
        match error {
            ScheduleError::NotFound => Self::NotFound,
            ScheduleError::Draft(error) => error.into(),
            ScheduleError::Database(error) => error.into(),
            refusal => Self::Invalid(refusal.to_string()),
        }
    }
}
