//! `/api/v1/accounts/{id}/statuses`: somebody's posts, as the viewer may see them.

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use axum::routing::get;

use super::path::Of;
use crate::actions::read_outbox;
use crate::app::App;
use crate::db;
use crate::db::timelines::OfAccount;
use crate::domain::filter::Context;
use crate::domain::ids::AccountId;
use crate::domain::text;
use crate::web::api::async_refreshes;
use crate::web::api::entities::status;
use crate::web::api::feed::{self, Hiding, Source};
use crate::web::api::timelines;
use crate::web::error::{ApiError, ApiResult};
use crate::web::page::Range;
use crate::web::params::Params;
use crate::web::viewer::Anyone;

const USUAL: i64 = 20;
const MOST: i64 = 40;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/accounts/{id}/statuses", get(list))
}

async fn list(State(app): State<App>, viewer: Anyone, Of(id): Of, uri: OriginalUri) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let params = Params::from_query(uri.query())?;
    let range = Range::read(&params, USUAL, MOST);
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id)
        .await?
        .filter(|account| account.is_known());
    let account = account.ok_or(ApiError::NotFound)?;
    if params.flag("pinned").unwrap_or(false) {
        let pins = db::timelines::pinned(&mut db, account.id).await?;
        let mut pinned = status::many(&app, &mut db, viewer.id(), &pins).await?;
        pinned.retain(|status| !status.hidden_in.has(Context::Account));
        return Ok(feed::array(&pinned));
    }
    // Whoever looks at the top of the page of somebody elsewhere wants to see what is new there.
    let is_top = range.below == i64::MAX && range.above == 0;
    let looking = match viewer.id() {
        AccountId::NONE => None,
        _ if is_top => read_outbox::in_background(&app, &mut db, &account).await?,
        _ => None,
    };
    let more = looking.and_then(|looking| async_refreshes::header(id.0, &looking));
    drop(db);
    let wanted = OfAccount {
        only_media: params.flag("only_media").unwrap_or(false),
        exclude_replies: params.flag("exclude_replies").unwrap_or(false),
        exclude_reposts: params.flag("exclude_reblogs").unwrap_or(false),
        tagged: params.text("tagged").and_then(|tag| text::tag_name(&tag)),
    };
    // On somebody's own page a mute does not hide them: that is where one goes to look all the same.
    let source = Source::OfAccount(account.id, wanted);
    let pager = timelines::pager(&app, &uri);
    let mut page = feed::page(&app, &pager, viewer.id(), &range, Hiding::Shown, &source).await?;
    if let Some(more) = more {
        page.headers_mut().insert(async_refreshes::HEADER.clone(), more);
    }
    Ok(page)
}
