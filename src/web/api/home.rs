//! The newest page of a home feed, which is asked for most and mostly as it was: kept as it was written, checked, and
//! not sent again to whom it was sent. Pages further down are `feed`'s.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sqlx::PgConnection;

use super::feed::{self, Collected, Hiding, Source};
use crate::app::App;
use crate::caches::{Depends, Made, Page};
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::random;
use crate::web::error::{ApiError, ApiResult};
use crate::web::etag;
use crate::web::page::{Pager, Range};

/// Whoever follows more people gets a page made anew each time.
const MOST_FOLLOWEES: i64 = 10_000;
/// A page behind more hidden posts than that is not kept either.
const MOST_LOOKED_AT: usize = 400;

/// The answer to somebody who asks for their newest.
pub async fn newest(
    app: &App,
    pager: &Pager<'_>,
    viewer: AccountId,
    range: &Range,
    asked: &HeaderMap,
) -> ApiResult<Response> {
    let page = match kept(app, viewer, range.limit).await? {
        Some(page) => page,
        // In a box, like all that is seldom needed: else every request that finds its page would carry it along.
        None => Box::pin(make(app, pager, viewer, range)).await?,
    };
    let mut response = etag::respond(asked, &page.tag, || {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        ([(header::CONTENT_TYPE, json)], Body::from(page.body.clone())).into_response()
    });
    let link = match page.query.as_deref() == pager.query {
        true => page.link.clone(),
        false => link(pager, page.bounds, page.more),
    };
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

async fn kept(app: &App, viewer: AccountId, limit: i64) -> ApiResult<Option<Arc<Page>>> {
    let caches = &app.caches;
    if !caches.pages.has(viewer, limit) {
        return Ok(None);
    }
    match caches.check.pass(&app.db, &caches.cards).await {
        Ok(true) => Ok(caches.pages.find(viewer, limit, app.clock.now())),
        Ok(false) => Ok(None),
        Err(error) => Err(match *error {
            sqlx::Error::PoolTimedOut => ApiError::from(sqlx::Error::PoolTimedOut),
            _ => ApiError::Internal(anyhow::Error::new(error)),
        }),
    }
}

/// Makes the page and keeps it, if it can be said on what it depends.
async fn make(app: &App, pager: &Pager<'_>, viewer: AccountId, range: &Range) -> ApiResult<Arc<Page>> {
    let question = app.caches.cards.ask();
    let mut db = app.db.acquire().await?;
    let source = Source::Home(viewer);
    let mut collected = feed::collect(app, &mut db, viewer, range, Hiding::Hidden, &source).await?;
    let written = feed::write(app, &mut db, viewer, &collected).await?;
    let page = Arc::new(Page {
        tag: tag(&written.json),
        body: Bytes::from(written.json),
        query: pager.query.map(str::to_owned),
        link: link(pager, collected.limits(), collected.more),
        bounds: collected.limits(),
        more: collected.more,
    });
    if !written.is_whole || !app.caches.pages.is_worth_keeping(viewer, range.limit) {
        return Ok(page);
    }
    collected.facts.extend(written.facts);
    collected.left_out.extend(written.left_out);
    let until = collected.until;
    if let Some(depends) = depends(&mut db, viewer, collected).await? {
        let made = Made {
            page: page.clone(),
            depends,
            turn: question.turn,
            until: [written.until, until].into_iter().flatten().min(),
        };
        app.caches.pages.keep(viewer, range.limit, made, app.clock.now());
    }
    Ok(page)
}

fn link(pager: &Pager<'_>, bounds: Option<(i64, i64)>, more: bool) -> Option<HeaderValue> {
    let (newest, oldest) = bounds?;
    HeaderValue::from_str(&pager.link(newest, oldest, more)).ok()
}

/// By what is on it: a page that is made anew and is the same has the same one, on every server.
fn tag(json: &[u8]) -> HeaderValue {
    let hash = random::sha256(json);
    let number = hash
        .iter()
        .take(16)
        .fold(0u128, |number, byte| (number << 8) | u128::from(*byte));
    HeaderValue::from_str(&format!("\"{number:032x}\"")).expect("digits and quotes")
}

/// None: more than can be said.
async fn depends(
    db: &mut PgConnection,
    viewer: AccountId,
    collected: Collected,
) -> sqlx::Result<Option<Depends>> {
    if !collected.is_noted || collected.facts.len() > MOST_LOOKED_AT * 4 {
        return Ok(None);
    }
    let mut facts = collected.facts;
    if !collected.left_out.is_empty() {
        // What is not there does not come back under its id.
        for left in db::home_pages::left_out(db, &collected.left_out).await? {
            // A mention would show it, of which no note is made.
            if !left.audience.is_open() {
                return Ok(None);
            }
            facts.push(left.author_id.0);
            facts.extend(left.repost_of.map(|post| post.0));
            facts.extend(left.repost_author_id.map(|author| author.0));
        }
        facts.extend(collected.left_out.iter().map(|post| post.0));
    }
    let followed = db::home_pages::followed(db, viewer, MOST_FOLLOWEES + 1).await?;
    if followed.people.len() as i64 > MOST_FOLLOWEES {
        return Ok(None);
    }
    let mut authors = collected.authors;
    authors.push(viewer.0);
    authors.extend(followed.people.iter().map(|followee| followee.0));
    // Where no account is: migrations/0027_tags.sql.
    authors.extend(followed.tags.iter().map(|tag| -tag.0));
    Ok(Some(Depends {
        reader: viewer.0,
        facts: ascending(facts),
        authors: ascending(authors),
    }))
}

fn ascending(mut ids: Vec<i64>) -> Box<[i64]> {
    ids.sort_unstable();
    ids.dedup();
    ids.into()
}
