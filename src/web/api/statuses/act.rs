//! What people do with a post. Every answer is the whole status with all of the viewer's flags.

use axum::Json;
use axum::extract::State;
use serde_json::Value;
use serde_json::value::RawValue;

use super::show;
use crate::actions::delete_post::Pictures;
use crate::actions::{bookmark, delete_post, like, mute_thread, pin, repost};
use crate::app::App;
use crate::domain::audience::Audience;
use crate::domain::ids::PostId;
use crate::web::api::accounts::Of;
use crate::web::api::entities::status;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

type Answer = ApiResult<Json<Box<RawValue>>>;

macro_rules! verbs {
    ($($name:ident: $scope:literal => $action:path),* $(,)?) => {$(
        pub async fn $name(State(app): State<App>, viewer: Viewer, Of(id): Of<PostId>) -> Answer {
            viewer.may($scope)?;
            let shown = $action(&app, viewer.id, id).await?;
            Ok(Json(show(&app, viewer.id, shown).await?))
        }
    )*};
}

verbs! {
    favourite: "write:favourites" => like::local,
    unfavourite: "write:favourites" => like::undo_local,
    bookmark: "write:bookmarks" => bookmark::local,
    unbookmark: "write:bookmarks" => bookmark::undo_local,
    unreblog: "write:statuses" => repost::undo_local,
    mute: "write:mutes" => mute_thread::local,
    unmute: "write:mutes" => mute_thread::undo_local,
    pin: "write:accounts" => pin::local,
    unpin: "write:accounts" => pin::undo_local,
}

/// Answers with the repost, which has the post inside.
pub async fn reblog(State(app): State<App>, viewer: Viewer, Of(id): Of<PostId>, params: Params) -> Answer {
    viewer.may("write:statuses")?;
    let audience = match params.text("visibility").filter(|text| !text.is_empty()) {
        Some(text) => Audience::parse(&text)
            .filter(|audience| *audience < Audience::Direct)
            .ok_or_else(|| ApiError::invalid("Visibility is not included in the list"))?,
        None => Audience::Public,
    };
    let made = repost::local(&app, viewer.id, id, audience).await?;
    match show(&app, viewer.id, made).await {
        // Another of the viewer's requests has taken it back already: then there is the post alone.
        Err(ApiError::NotFound) => Ok(Json(show(&app, viewer.id, id).await?)),
        shown => Ok(Json(shown?)),
    }
}

/// Answers with what the post was, and its text as it was written: for writing it anew.
pub async fn delete(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<PostId>,
    params: Params,
) -> ApiResult<Json<Value>> {
    viewer.may("write:statuses")?;
    let is_final = params.flag("delete_media").unwrap_or(false);
    let pictures = if is_final { Pictures::Gone } else { Pictures::Kept };
    let mut db = app.db.acquire().await?;
    let shown = status::one(&app, &mut db, viewer.id, id).await?;
    drop(db);
    let post = delete_post::local(&app, viewer.id, id, pictures).await?;
    let shown = match shown {
        Some(shown) => shown.into_json(),
        // One that is put away is shown nowhere.
        None => {
            let author = app.person(viewer.id).await?.ok_or(ApiError::NotFound)?;
            let mut db = app.db.acquire().await?;
            status::to_its_author(&app, &mut db, &post, &author, [0; 4]).await?
        }
    };
    let mut status: Value =
        serde_json::from_str(shown.get()).map_err(|error| ApiError::Internal(error.into()))?;
    status["text"] = post.source.unwrap_or_default().into();
    Ok(Json(status))
}
