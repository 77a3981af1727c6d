//! Reading posts and who did something with them.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::show;
use crate::actions::read_replies;
use crate::app::App;
use crate::db;
use crate::domain::filter;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::window::Window;
use crate::web::api::accounts::Of;
use crate::web::api::entities::status::Rendered;
use crate::web::api::entities::{people, status};
use crate::web::api::{async_refreshes, timelines};
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Anyone;

/// Most posts above and below one, as much as a page of a thread can hold.
const MOST_ABOVE: i32 = 400;
const MOST_BELOW: i64 = 1_000;
const DEEPEST: i32 = 60;
const USUAL_PEOPLE: i64 = 40;
const MOST_PEOPLE: i64 = 80;
const MOST_AT_ONCE: usize = 20;

#[derive(Serialize)]
pub struct Context {
    ancestors: Vec<Box<RawValue>>,
    descendants: Vec<Box<RawValue>>,
}

pub async fn one(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of<PostId>,
) -> ApiResult<Json<Box<RawValue>>> {
    viewer.may("read:statuses")?;
    Ok(Json(show(&app, viewer.id(), id).await?))
}

pub async fn several(
    State(app): State<App>,
    viewer: Anyone,
    uri: OriginalUri,
) -> ApiResult<Json<Vec<Box<RawValue>>>> {
    viewer.may("read:statuses")?;
    let mut ids: Vec<PostId> = Params::from_query(uri.query())?.ids("id");
    ids.truncate(MOST_AT_ONCE);
    let mut db = app.db.acquire().await?;
    Ok(Json(json_of(
        status::many(&app, &mut db, viewer.id(), &ids).await?,
    )))
}

fn json_of(statuses: Vec<Rendered>) -> Vec<Box<RawValue>> {
    statuses.into_iter().map(Rendered::into_json).collect()
}

pub async fn context(State(app): State<App>, viewer: Anyone, Of(id): Of<PostId>) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    visible(&mut db, viewer.id(), id).await?;
    let looking = match viewer.id() {
        AccountId::NONE => None,
        _ => read_replies::in_background(&app, &mut db, id).await?,
    };
    let more = looking.and_then(|looking| async_refreshes::header(id.0, &looking));
    let above = db::timelines::ancestors(&mut db, id, MOST_ABOVE).await?;
    let below = db::timelines::descendants(&mut db, id, DEEPEST, MOST_BELOW).await?;
    let mut ancestors = status::many(&app, &mut db, viewer.id(), &above).await?;
    let mut descendants = status::many(&app, &mut db, viewer.id(), &below).await?;
    let is_shown =
        |status: &Rendered| !status.card.is_hidden() && !status.hidden_in.has(filter::Context::Thread);
    ancestors.retain(is_shown);
    descendants.retain(is_shown);
    let context = Context {
        ancestors: json_of(ancestors),
        descendants: json_of(descendants),
    };
    let mut response = Json(context).into_response();
    if let Some(more) = more {
        response
            .headers_mut()
            .insert(async_refreshes::HEADER.clone(), more);
    }
    Ok(response)
}

async fn visible(db: &mut PgConnection, viewer: AccountId, id: PostId) -> ApiResult<()> {
    let seen = db::posts::visible(db, viewer, &[id]).await?;
    if seen.is_empty() {
        Err(ApiError::NotFound)
    } else {
        Ok(())
    }
}

pub async fn favourited_by(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of<PostId>,
    uri: OriginalUri,
) -> ApiResult<Response> {
    viewer.may("read:accounts")?;
    people(&app, &viewer, id, &uri, Doing::Likes).await
}

pub async fn reblogged_by(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of<PostId>,
    uri: OriginalUri,
) -> ApiResult<Response> {
    viewer.may("read:accounts")?;
    people(&app, &viewer, id, &uri, Doing::Reposts).await
}

#[derive(Clone, Copy, Debug)]
enum Doing {
    Likes,
    Reposts,
}

async fn people(
    app: &App,
    viewer: &Anyone,
    id: PostId,
    uri: &OriginalUri,
    doing: Doing,
) -> ApiResult<Response> {
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL_PEOPLE, MOST_PEOPLE);
    let mut db = app.db.acquire().await?;
    visible(&mut db, viewer.id(), id).await?;
    let window = Window::from(&range.and_one_more());
    let rows = match doing {
        Doing::Likes => db::timelines::likers(&mut db, id, viewer.id(), &window).await?,
        Doing::Reposts => db::timelines::reposters(&mut db, id, viewer.id(), &window).await?,
    };
    let page = range.cut(rows);
    let (relations, ids): (Vec<i64>, Vec<AccountId>) = page.found.into_iter().unzip();
    let entities = people::many(app, &mut db, &ids).await?;
    Ok(timelines::pager(app, uri).respond(&entities, &relations, page.older))
}

/// Link previews are not made yet: an empty card is what Pixelfed answers.
pub async fn card(State(app): State<App>, viewer: Anyone, Of(id): Of<PostId>) -> ApiResult<Json<Value>> {
    let mut db = app.db.acquire().await?;
    visible(&mut db, viewer.id(), id).await?;
    Ok(Json(json!({})))
}
