//! `/api/v1/lists`: the viewer's own lists of people whom they follow. Nobody else's are there.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::accounts::{Of, range, respond};
use crate::actions::lists::{self, ListError, MOST_MEMBERS, Wishes};
use crate::app::App;
use crate::db;
use crate::db::lists::List;
use crate::domain::ids::{AccountId, ListId};
use crate::domain::list::Replies;
use crate::web::api::entities::list::{Entity, entity};
use crate::web::api::entities::people;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    let members = get(accounts).post(add).delete(take_out);
    Router::new()
        .route("/api/v1/lists", get(all).post(create))
        .route(
            "/api/v1/lists/{id}",
            get(one).put(change).patch(change).delete(remove),
        )
        .route("/api/v1/lists/{id}/accounts", members)
}

/// A list, if it is this person's.
pub async fn own(app: &App, owner: AccountId, id: ListId) -> ApiResult<List> {
    let found = db::lists::one(&mut *app.db.acquire().await?, owner, id).await?;
    found.ok_or(ApiError::NotFound)
}

async fn all(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Vec<Entity>>> {
    viewer.may("read:lists")?;
    let lists = db::lists::of(&mut *app.db.acquire().await?, viewer.id, None).await?;
    Ok(Json(lists.into_iter().map(entity).collect()))
}

async fn one(State(app): State<App>, viewer: Viewer, Of(id): Of<ListId>) -> ApiResult<Json<Entity>> {
    viewer.may("read:lists")?;
    Ok(Json(entity(own(&app, viewer.id, id).await?)))
}

fn wishes(params: &Params) -> ApiResult<Wishes> {
    let policy = params.text("replies_policy").filter(|policy| !policy.is_empty());
    let replies = policy.map(|policy| {
        Replies::parse(&policy).ok_or_else(|| ApiError::invalid("Replies policy is not included in the list"))
    });
    Ok(Wishes {
        title: params.text("title"),
        replies: replies.transpose()?,
        exclusive: params.flag("exclusive"),
    })
}

async fn create(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:lists")?;
    let made = lists::make(&app, viewer.id, wishes(&params)?).await?;
    Ok(Json(entity(made)))
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ListId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    viewer.may("write:lists")?;
    let changed = lists::change(&app, viewer.id, id, wishes(&params)?).await?;
    Ok(Json(entity(changed)))
}

async fn remove(State(app): State<App>, viewer: Viewer, Of(id): Of<ListId>) -> ApiResult<Json<Value>> {
    viewer.may("write:lists")?;
    lists::delete(&app, viewer.id, id).await?;
    Ok(Json(json!({})))
}

async fn accounts(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ListId>,
    OriginalUri(uri): OriginalUri,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("read:lists")?;
    own(&app, viewer.id, id).await?;
    let mut db = app.db.acquire().await?;
    if params.number("limit") == Some(0) {
        // All of them at once.
        let whole = Range::newest(MOST_MEMBERS as i64);
        let listed = db::lists::page(&mut db, id, &whole.into()).await?;
        let ids: Vec<AccountId> = listed.iter().map(|one| one.account).collect();
        return Ok(Json(people::many(&app, &mut db, &ids).await?).into_response());
    }
    let range = range(&params);
    let listed = db::lists::page(&mut db, id, &range.and_one_more().into()).await?;
    respond(&app, &mut db, &uri, &range, listed).await
}

/// The people that a request names; one that is no id is nobody.
fn named(params: &Params) -> ApiResult<Vec<AccountId>> {
    let texts = params.texts("account_ids");
    if texts.is_empty() {
        return Err(ApiError::invalid("account_ids can't be blank"));
    }
    if texts.len() > MOST_MEMBERS {
        return Err(ListError::TooManyMembers.into());
    }
    let ids = texts
        .iter()
        .map(|text| text.parse().map_err(|_| ApiError::NotFound));
    ids.collect()
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ListId>,
    params: Params,
) -> ApiResult<Json<Value>> {
    viewer.may("write:lists")?;
    lists::add(&app, viewer.id, id, &named(&params)?).await?;
    Ok(Json(json!({})))
}

async fn take_out(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<ListId>,
    params: Params,
) -> ApiResult<Json<Value>> {
    viewer.may("write:lists")?;
    lists::take_out(&app, viewer.id, id, &named(&params)?).await?;
    Ok(Json(json!({})))
}

impl From<ListError> for ApiError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::NotFound => Self::NotFound,
            ListError::Database(error) => error.into(),
            fault => Self::invalid(fault.to_string()),
        }
    }
}
