//! What quotes a post, and who may. Quoting one is publishing: `create`.

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;
use serde_json::value::RawValue;

use super::show;
use crate::actions::publish::PublishError;
use crate::actions::{quotability, quote};
use crate::app::App;
use crate::db;
use crate::domain::ids::PostId;
use crate::domain::quote::Policy;
use crate::web::api::accounts::{Of, id};
use crate::web::api::feed::{self, Hiding, Source};
use crate::web::api::timelines::pager;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const USUAL: i64 = 20;
const MOST: i64 = 40;

/// The posts that quote one with its author's leave, as far as the viewer may see them.
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<PostId>,
    uri: OriginalUri,
) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    {
        let mut db = app.db.acquire().await?;
        if db::posts::visible(&mut db, viewer.id, &[id]).await?.is_empty() {
            return Err(ApiError::NotFound);
        }
    }
    feed::page(
        &app,
        &pager(&app, &uri),
        viewer.id,
        &range,
        Hiding::Hidden,
        &Source::Quotes(id),
    )
    .await
}

/// Answers with the post that quoted.
pub async fn revoke(
    State(app): State<App>,
    viewer: Viewer,
    Path((quoted, quoting)): Path<(String, String)>,
) -> ApiResult<Json<Box<RawValue>>> {
    viewer.may("write:statuses")?;
    let quoting = quote::revoke(&app, viewer.id, id(&quoted)?, id(&quoting)?).await?;
    Ok(Json(show(&app, viewer.id, quoting).await?))
}

/// Who may quote one of the viewer's own posts from now on. What was quoted before stays.
pub async fn change_policy(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<PostId>,
    params: Params,
) -> ApiResult<Json<Box<RawValue>>> {
    viewer.may("write:statuses")?;
    let wanted = policy(&params)?.ok_or_else(|| ApiError::invalid("Quote approval policy can't be blank"))?;
    quotability::local(&app, viewer.id, id, wanted).await?;
    Ok(Json(show(&app, viewer.id, id).await?))
}

/// `quote_approval_policy`, where it is said.
pub fn policy(params: &Params) -> ApiResult<Option<Policy>> {
    match params
        .text("quote_approval_policy")
        .filter(|text| !text.is_empty())
    {
        Some(text) => match Policy::parse(&text) {
            Some(policy) => Ok(Some(policy)),
            None => Err(ApiError::invalid(
                "Quote approval policy is not included in the list",
            )),
        },
        None => Ok(None),
    }
}

/// `quoted_status_id`. What is no id is nobody's post.
pub fn quoted(params: &Params) -> ApiResult<Option<PostId>> {
    match params.text("quoted_status_id").filter(|text| !text.is_empty()) {
        Some(text) => {
            let id = text.parse().map_err(|_| PublishError::NoSuchQuoted)?;
            Ok(Some(id))
        }
        None => Ok(None),
    }
}
