//! `/api/v1/notifications`: what happened that concerns the viewer, one by one.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::Of;
use crate::app::App;
use crate::db;
use crate::db::notification_lists::Chosen;
use crate::domain::ids::{AccountId, NotificationId};
use crate::domain::notification::Kind;
use crate::web::api::entities::notification::Subjects;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::{Pager, Range};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 40;
const MOST: i64 = 80;
/// Pages that are looked through for one of which filters leave something.
const MOST_ROUNDS: usize = 8;
/// How far unread ones are counted, and how far at most.
const USUAL_COUNT: i64 = 100;
const MOST_COUNT: i64 = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/notifications", get(list))
        .route("/api/v1/notifications/unread_count", get(unread_count))
        .route("/api/v1/notifications/clear", post(clear))
        .route("/api/v1/notifications/{id}", get(one).delete(dismiss))
        .route("/api/v1/notifications/{id}/dismiss", post(dismiss))
}

/// The kinds that are asked for: those of `types`, else all, without those of `exclude_types`. What we do not know
/// cannot match, so a list of unknown types alone asks for nothing.
fn kinds(params: &Params) -> Vec<i16> {
    let wanted = params.texts("types");
    let unwanted = params.texts("exclude_types");
    let is_named = |names: &[String], kind: Kind| names.iter().any(|name| name == kind.as_str());
    let chosen = Kind::ALL
        .into_iter()
        .filter(|kind| (wanted.is_empty() || is_named(&wanted, *kind)) && !is_named(&unwanted, *kind));
    chosen.map(|kind| kind as i16).collect()
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let mut range = Range::read(&params, USUAL, MOST);
    let chosen = Chosen {
        kinds: &kinds(&params),
        from: params.id::<AccountId>("account_id")?,
    };
    let mut db = app.db.acquire().await?;
    let pager = Pager {
        urls: &app.urls,
        path: uri.path(),
        query: uri.query(),
    };
    // The page's bounds are those of what was read, so that one that was dropped does not end the list.
    let mut ids: Vec<i64> = Vec::new();
    let mut rounds = 0;
    loop {
        rounds += 1;
        let window = range.and_one_more().into();
        let page = range.cut(db::notification_lists::page(&mut db, viewer.id, &chosen, &window).await?);
        let subjects = Subjects::gather(&app, &mut db, viewer.id, &page.found).await?;
        let entities: Vec<_> = page.found.iter().filter_map(|one| subjects.entity(one)).collect();
        ids.extend(page.found.iter().map(|one| one.id.0));
        let is_last = page.found.is_empty() || rounds == MOST_ROUNDS;
        if is_last || !entities.is_empty() {
            return Ok(pager.respond(&entities, &ids, page.older));
        }
        match range.from_old_end {
            true => range.above = page.found.first().map_or(range.above, |one| one.id.0),
            false => range.below = page.found.last().map_or(range.below, |one| one.id.0),
        }
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<NotificationId>) -> ApiResult<Response> {
    viewer.may("read:notifications")?;
    let mut db = app.db.acquire().await?;
    let found = db::notification_lists::one(&mut db, viewer.id, id).await?;
    let found = found.ok_or(ApiError::NotFound)?;
    let subjects = Subjects::gather(&app, &mut db, viewer.id, std::slice::from_ref(&found)).await?;
    let entity = subjects.entity(&found).ok_or(ApiError::NotFound)?;
    Ok(Json(entity).into_response())
}

async fn unread_count(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("read:notifications")?;
    let most = params.number("limit").unwrap_or(USUAL_COUNT).clamp(1, MOST_COUNT);
    let mut db = app.db.acquire().await?;
    let count = db::notification_lists::unread(&mut db, viewer.id, most).await?;
    Ok(Json(json!({ "count": count })))
}

async fn clear(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    db::notification_lists::clear(&mut *app.db.acquire().await?, viewer.id).await?;
    Ok(Json(json!({})))
}

async fn dismiss(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<NotificationId>,
) -> ApiResult<Json<Value>> {
    viewer.may("write:notifications")?;
    match db::notification_lists::dismiss(&mut *app.db.acquire().await?, viewer.id, id).await? {
        true => Ok(Json(json!({}))),
        false => Err(ApiError::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(query: &str) -> Vec<i16> {
        kinds(&Params::from_query(Some(query)).unwrap())
    }

    #[test]
    fn kinds_are_chosen_and_left_out_by_their_names() {
        assert_eq!(kinds_of("").len(), Kind::ALL.len());
        assert_eq!(
            kinds_of("types[]=mention&types[]=favourite"),
            [Kind::Mention as i16, Kind::Like as i16]
        );
        assert!(!kinds_of("exclude_types[]=follow").contains(&(Kind::Follow as i16)));
        assert_eq!(kinds_of("types[]=mention&exclude_types[]=mention"), [0i16; 0]);
    }

    #[test]
    fn kinds_that_nobody_knows_ask_for_nothing() {
        assert_eq!(kinds_of("types[]=poll"), [0i16; 0]);
        assert_eq!(kinds_of("exclude_types[]=poll").len(), Kind::ALL.len());
    }
}
