//! Pages of posts: ids are chosen, rendered for the viewer, thinned, and chosen on until the page is full. A page that
//! is thinned by filters is never empty while there is more.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;

use super::entities::cards::Met;
use super::entities::filtered::{self, Filtered};
use super::entities::status::{Parts, Rendered};
use super::entities::{Glanced, cards};
use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::db::timelines::{OfAccount, Public, Tagged};
use crate::domain::clock::Time;
use crate::domain::filter::{Context, Filters};
use crate::domain::ids::{AccountId, ListId, PlaceId, PostId};
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
    List(ListId),
    Public(Public),
    Tagged(Tagged),
    Place(PlaceId),
    /// What quotes this post.
    Quotes(PostId),
    OfAccount(AccountId, OfAccount),
    /// What is for named people alone, this one among them.
    Direct(AccountId),
}

/// Ids for a round, and what was told of them in the same breath.
struct Choice {
    ids: Vec<PostId>,
    glanced: Option<Glanced>,
    /// As `feeds::Chosen` says.
    is_noted: bool,
}

impl Source {
    fn context(&self) -> Context {
        match self {
            Self::Home(_) | Self::List(_) | Self::Direct(_) => Context::Home,
            Self::Public(_) | Self::Tagged(_) | Self::Place(_) => Context::Public,
            Self::Quotes(_) => Context::Thread,
            Self::OfAccount(..) => Context::Account,
        }
    }

    async fn choose(
        &self,
        app: &App,
        db: &mut PgConnection,
        viewer: AccountId,
        window: &Window,
    ) -> sqlx::Result<Choice> {
        let ids = match self {
            Self::Home(owner) => {
                let question = app.caches.cards.ask();
                let chosen = app.feeds.page(db, *owner, window, question.horizon).await?;
                return Ok(Choice {
                    ids: chosen.ids,
                    glanced: chosen.glance.map(|glance| Glanced { question, glance }),
                    is_noted: chosen.is_noted,
                });
            }
            Self::List(list) => db::list_timelines::page(db, *list, window).await?,
            Self::Public(wanted) => db::timelines::public(db, wanted, window).await?,
            Self::Tagged(wanted) => db::timelines::tagged(db, wanted, window).await?,
            Self::Place(place) => db::places::posts(db, *place, window).await?,
            Self::Quotes(quoted) => db::quotes::page(db, *quoted, viewer, window).await?,
            Self::OfAccount(account, wanted) => {
                db::timelines::of_account(db, *account, viewer, wanted, window).await?
            }
            Self::Direct(account) => db::direct_timeline::page(db, *account, window).await?,
        };
        Ok(Choice {
            ids,
            glanced: None,
            is_noted: false,
        })
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
    let written = write(app, &mut db, viewer, &page).await?;
    drop(db);
    Ok(pager.bounded(json(written.json), &page.bounds, page.more))
}

/// What was found for a page, and on the way.
#[derive(Debug, Default)]
pub struct Collected {
    /// Newest first.
    cards: Vec<Card>,
    /// What the viewer's filters say of them, where they say anything.
    filtered: HashMap<PostId, Filtered>,
    /// The viewer's filters.
    filters: HashMap<AccountId, Arc<Filters>>,
    /// When a filter ends by itself.
    pub until: Option<Time>,
    /// Ids that bound it: none of a post that the viewer may not know of.
    bounds: Vec<i64>,
    /// Whether there may be something older.
    pub more: bool,
    /// All posts of which something is known, with their authors, also of those that are kept out.
    pub facts: Vec<i64>,
    /// These authors alone.
    pub authors: Vec<i64>,
    /// Of these the viewer may see nothing.
    pub left_out: Vec<PostId>,
    /// Everything that was chosen is noted when it changes.
    pub is_noted: bool,
}

impl Collected {
    /// The newest and the oldest id that bound it.
    pub fn limits(&self) -> Option<(i64, i64)> {
        Some((*self.bounds.iter().max()?, *self.bounds.iter().min()?))
    }

    /// Sorts out what became of the ids of a round; gives the cards in their order.
    fn look_at(&mut self, ids: &[PostId], cards: Vec<Card>) -> Vec<Card> {
        let mut by_id: HashMap<PostId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
        let mut found = Vec::with_capacity(by_id.len());
        for id in ids {
            let Some(card) = by_id.remove(id) else {
                self.left_out.push(*id);
                continue;
            };
            self.authors.push(card.author_id.0);
            self.facts.extend([card.id.0, card.author_id.0]);
            if card.shown_id != card.id {
                self.facts.extend([card.shown_id.0, card.shown_author_id.0]);
            }
            found.push(card);
        }
        found
    }

    /// Leaves out what the viewer's filters hide here, and notes what they say of the others.
    async fn filter(
        &mut self,
        app: &App,
        db: &mut PgConnection,
        viewer: AccountId,
        (filters, context): (&Filters, Context),
        next: &mut Vec<Card>,
    ) -> ApiResult<()> {
        let parts = Parts::gather(app, db, next).await?;
        let now = app.clock.now();
        next.retain(|card| {
            let judged = filtered::judge(app, &parts, viewer, filters, card, now);
            let is_shown = judged.as_ref().is_none_or(|one| !one.hidden_in.has(context));
            self.filtered.extend(judged.map(|one| (card.id, one)));
            is_shown
        });
        let ends = self.until.into_iter().chain(filters.next_end(now));
        self.until = ends.min();
        Ok(())
    }
}

pub async fn collect(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    range: &Range,
    hiding: Hiding,
    source: &Source,
) -> ApiResult<Collected> {
    let limit = usize::try_from(range.limit).unwrap_or_default();
    let mut window = Window::from(range);
    let mut page = Collected {
        is_noted: true,
        ..Collected::default()
    };
    let mut whole = false;
    for _ in 0..MOST_ROUNDS {
        let Choice {
            ids,
            glanced,
            is_noted,
        } = source.choose(app, db, viewer, &window).await?;
        page.is_noted &= is_noted;
        let ran_dry = (ids.len() as i64) < window.limit;
        let Met { cards, filters } = cards::of(app, db, viewer, &ids, glanced).await?;
        let mut next = page.look_at(&ids, cards);
        page.bounds.extend(next.iter().map(|card| card.id.0));
        next.retain(|card| hiding == Hiding::Shown || !card.is_hidden());
        if !filters.is_empty() {
            page.filter(app, db, viewer, (&filters, source.context()), &mut next)
                .await?;
            page.filters.insert(viewer, filters);
        }
        // From the old end there is always something older.
        page.more = range.from_old_end || !ran_dry || page.cards.len() + next.len() > limit;
        fit(&mut page.cards, next, limit, range.from_old_end);
        whole = ran_dry || page.cards.len() == limit;
        if whole {
            break;
        }
        match range.from_old_end {
            true => window.above = ids.first().map_or(window.above, |id| id.0),
            false => window.below = ids.last().map_or(window.below, |id| id.0),
        }
        window.limit = (window.limit * 2).clamp(40, FARTHEST);
    }
    // A full page is bounded by what it shows; one that ran dry, by all that was found; one that gave up, by how far it looked.
    if page.cards.len() == limit {
        page.bounds = page.cards.iter().map(|card| card.id.0).collect();
    } else if !whole {
        page.bounds.push(blurred(range, &window));
    }
    Ok(page)
}

/// Where to go on after looking so far, without the id of a post that the viewer may not know of: ids hold times, and this is
/// short of it by up to 16 s. Exact only where that would lead back to where the page began.
fn blurred(range: &Range, window: &Window) -> i64 {
    const BLUR: i64 = (1 << 30) - 1;
    match range.from_old_end {
        true if window.above & !BLUR > range.above => window.above & !BLUR,
        true => window.above,
        false if window.below | BLUR < range.below => window.below | BLUR,
        false => window.below,
    }
}

/// As much of the next round as there is room for beside what was found before, newest first.
fn fit(found: &mut Vec<Card>, mut next: Vec<Card>, limit: usize, from_old_end: bool) {
    let room = limit - found.len();
    if from_old_end {
        // The oldest of what fits stay.
        next.drain(..next.len().saturating_sub(room));
        next.append(found);
        *found = next;
    } else {
        next.truncate(room);
        found.append(&mut next);
    }
}

/// A page as JSON.
#[derive(Debug)]
pub struct Written {
    pub json: Vec<u8>,
    /// Nothing went away while it was written.
    pub is_whole: bool,
    /// When it is another by itself: a poll ends.
    pub until: Option<Time>,
    /// Posts that are quoted on it, with their authors.
    pub facts: Vec<i64>,
    /// Of these, which are quoted, the viewer may see nothing.
    pub left_out: Vec<PostId>,
}

/// In one buffer: a page has twenty posts of two thousand bytes.
pub async fn write(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    page: &Collected,
) -> ApiResult<Written> {
    let mut parts = Parts::gather(app, db, &page.cards).await?;
    parts
        .add_votes(db, page.cards.iter().map(|card| (viewer, card)))
        .await?;
    let met: Vec<_> = page.cards.iter().map(|card| (viewer, card)).collect();
    parts.add_quotes(app, db, &met, &page.filters).await?;
    let mut json = Vec::with_capacity(2 + page.cards.len() * 4_096);
    let mut is_whole = true;
    json.push(b'[');
    for card in &page.cards {
        let end = json.len();
        if end > 1 {
            json.push(b',');
        }
        if parts
            .write(&mut json, card, viewer, page.filtered.get(&card.id))
            .is_none()
        {
            json.truncate(end);
            is_whole = false;
        }
    }
    json.push(b']');
    let (facts, left_out) = parts.quoted();
    Ok(Written {
        json,
        is_whole,
        until: parts.next_end(),
        facts: facts.to_vec(),
        left_out: left_out.to_vec(),
    })
}

/// A JSON array of what is rendered already.
pub fn array(statuses: &[Rendered]) -> Response {
    let size = statuses.iter().map(|status| status.json.len() + 1).sum::<usize>() + 2;
    let mut text = Vec::with_capacity(size);
    text.push(b'[');
    for (place, status) in statuses.iter().enumerate() {
        if place > 0 {
            text.push(b',');
        }
        text.extend_from_slice(&status.json);
    }
    text.push(b']');
    json(text)
}

fn json(text: Vec<u8>) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        Body::from(text),
    )
        .into_response()
}
