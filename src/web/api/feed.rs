//! Pages of posts: ids are chosen, rendered for the viewer, thinned, and chosen on until the page is full. A page that
//! is thinned by filters is never empty while there is more.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;

use super::entities::Glanced;
use super::entities::status::{self, Rendered};
use crate::app::App;
use crate::db;
use crate::db::timelines::{OfAccount, Public, Tagged};
use crate::domain::ids::{AccountId, PostId};
use crate::domain::window::Window;
use crate::web::error::ApiResult;
use crate::web::page::{Pager, Range};

/// Rounds of choosing for one page, when nearly all of it is hidden from the viewer.
const MOST_ROUNDS: usize = 8;
/// Most ids of one round. Each looks twice as far as the one before: a small page behind many hidden posts is found.
const FARTHEST: i64 = 320;

/// Whether posts of people whom the viewer blocks or mutes are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hiding {
    Hidden,
    Shown,
}

/// Where the ids of a page come from.
#[derive(Clone, Debug)]
pub enum Source {
    Home(AccountId),
    Public(Public),
    Tagged(Tagged),
    OfAccount(AccountId, OfAccount),
}

impl Source {
    /// The ids, and what was told of them in the same breath.
    async fn choose(
        &self,
        app: &App,
        db: &mut PgConnection,
        window: &Window,
    ) -> sqlx::Result<(Vec<PostId>, Option<Glanced>)> {
        let ids = match self {
            Self::Home(owner) => {
                let question = app.caches.cards.ask();
                let chosen = app.feeds.page(db, *owner, window, question.horizon).await?;
                let glanced = chosen.glance.map(|glance| Glanced { question, glance });
                return Ok((chosen.ids, glanced));
            }
            Self::Public(wanted) => db::timelines::public(db, wanted, window).await?,
            Self::Tagged(wanted) => db::timelines::tagged(db, wanted, window).await?,
            Self::OfAccount(account, wanted) => {
                db::timelines::of_account(db, *account, wanted, window).await?
            }
        };
        Ok((ids, None))
    }
}

impl From<&Range> for Window {
    fn from(range: &Range) -> Self {
        Self {
            below: range.below,
            above: range.above,
            from_old_end: range.from_old_end,
            limit: range.limit,
        }
    }
}

/// A page as an answer, with its `Link`.
pub async fn page(
    app: &App,
    pager: &Pager<'_>,
    viewer: AccountId,
    range: &Range,
    hiding: Hiding,
    source: &Source,
) -> ApiResult<Response> {
    let mut db = app.db.acquire().await?;
    let page = collect(app, &mut db, viewer, range, hiding, source).await?;
    drop(db);
    Ok(pager.bounded(array(&page.statuses), &page.bounds, page.more))
}

/// What was found for a page.
struct Collected {
    /// Newest first.
    statuses: Vec<Rendered>,
    /// Ids that bound it.
    bounds: Vec<i64>,
    /// Whether there may be something older.
    more: bool,
}

async fn collect(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    range: &Range,
    hiding: Hiding,
    source: &Source,
) -> ApiResult<Collected> {
    let limit = usize::try_from(range.limit).unwrap_or_default();
    let mut window = Window::from(range);
    let mut shown: Vec<Rendered> = Vec::new();
    let mut bounds = Vec::new();
    let mut more = true;
    for _ in 0..MOST_ROUNDS {
        let (ids, glanced) = source.choose(app, db, &window).await?;
        let ran_dry = (ids.len() as i64) < window.limit;
        let mut rendered = status::many_glanced(app, db, viewer, &ids, glanced).await?;
        rendered.retain(|one| hiding == Hiding::Shown || !one.card.is_hidden());
        // From the old end there is always something older.
        more = range.from_old_end || !ran_dry || shown.len() + rendered.len() > limit;
        shown = fitting(shown, rendered, limit, range.from_old_end);
        bounds.extend(ids.iter().map(|id| id.0));
        if ran_dry || shown.len() == limit {
            break;
        }
        match range.from_old_end {
            true => window.above = ids.first().map_or(window.above, |id| id.0),
            false => window.below = ids.last().map_or(window.below, |id| id.0),
        }
        window.limit = (window.limit * 2).clamp(40, FARTHEST);
    }
    // A full page is bounded by what it shows; one that ran dry, by all that was looked through.
    if shown.len() == limit {
        bounds = shown.iter().map(|one| one.card.id.0).collect();
    }
    Ok(Collected {
        statuses: shown,
        bounds,
        more,
    })
}

/// What was shown before and as much of the next round as there is room for, newest first.
fn fitting(
    mut shown: Vec<Rendered>,
    mut next: Vec<Rendered>,
    limit: usize,
    from_old_end: bool,
) -> Vec<Rendered> {
    let room = limit - shown.len();
    if from_old_end {
        // The oldest of what fits stay.
        next.drain(..next.len().saturating_sub(room));
        next.append(&mut shown);
        next
    } else {
        next.truncate(room);
        shown.append(&mut next);
        shown
    }
}

/// A JSON array of what is written already.
pub fn array(statuses: &[Rendered]) -> Response {
    let size = statuses.iter().map(|status| status.json.len() + 1).sum::<usize>() + 2;
    let mut json = Vec::with_capacity(size);
    json.push(b'[');
    for (place, status) in statuses.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        json.extend_from_slice(&status.json);
    }
    json.push(b']');
    (
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        Body::from(json),
    )
        .into_response()
}
