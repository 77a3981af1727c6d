//! How much somebody has not read, since their marker. What their filters leave out is not counted: where there are some,
//! each is looked at.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::listed::Window;
use crate::db::notification_groups::Grouping;
use crate::db::notification_lists::Chosen;
use crate::domain::ids::AccountId;
use crate::web::api::entities::notification::Subjects;
use crate::web::api::entities::{filters, notification_group};
use crate::web::error::ApiResult;

/// Each by itself, counted up to `most`.
pub async fn alone(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    chosen: &Chosen,
    most: i64,
) -> ApiResult<i64> {
    if filters::now(app, db, viewer).await?.is_empty() {
        return Ok(db::notification_lists::unread(db, viewer, chosen, most).await?);
    }
    let window = window(db, viewer, most).await?;
    let found = db::notification_lists::page(db, viewer, chosen, &window).await?;
    let subjects = Subjects::gather(app, db, viewer, &found).await?;
    let shown = found.iter().filter(|one| subjects.entity(one).is_some());
    Ok(shown.count() as i64)
}

/// Groups that are new, or grew, counted up to `most`.
pub async fn grouped(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    grouping: &Grouping,
    most: i64,
) -> ApiResult<usize> {
    let window = window(db, viewer, most).await?;
    let heads = db::notification_groups::heads(db, viewer, grouping, &window).await?;
    if heads.is_empty() || filters::now(app, db, viewer).await?.is_empty() {
        return Ok(heads.len());
    }
    let groups = db::notification_groups::of_heads(db, viewer, grouping, &heads).await?;
    let subjects = notification_group::gather(app, db, viewer, &groups).await?;
    let shown = groups
        .iter()
        .filter(|group| notification_group::is_shown(&subjects, group));
    Ok(shown.count())
}

async fn window(db: &mut PgConnection, viewer: AccountId, most: i64) -> sqlx::Result<Window> {
    Ok(Window {
        below: i64::MAX,
        above: db::notification_lists::read_to(db, viewer).await?,
        from_old_end: false,
        limit: most,
    })
}
