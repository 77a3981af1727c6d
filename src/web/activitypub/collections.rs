//! What somebody here posted and pinned, and who follows whom. Names nobody when the person hides that, only numbers.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use sqlx::PgConnection;
use tintype_federation::vocab::outgoing::{Document, PageItem, collection, page};
use url::{Url, form_urlencoded};

use super::answer::{self, Keep};
use super::reader::Admitted;
use super::refusal::Refusal;
use super::{actor, documents, objects};
use crate::app::App;
use crate::db;
use crate::db::collections::Related;
use crate::domain::account::Account;
use crate::domain::ids::{PostId, RelationId};
use crate::translate::address;

const POSTS: i64 = 20;
const PEOPLE: i64 = 50;
const PINS: i64 = 20;

/// The page that is asked for: everything below `max_id`. None: the collection itself.
fn page_below(query: Option<&str>) -> Option<i64> {
    let pairs = || form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs().find(|(name, value)| name == "page" && value == "true")?;
    let below = pairs()
        .find(|(name, _)| name == "max_id")
        .and_then(|(_, value)| value.parse().ok());
    Some(below.unwrap_or(i64::MAX))
}

fn next(whole: &str, oldest: Option<i64>, full: bool) -> Option<Url> {
    oldest
        .filter(|_| full)
        .map(|id| address(&format!("{whole}?page=true&max_id={id}")))
}

fn own_page(whole: &str, below: i64) -> Url {
    if below == i64::MAX {
        address(&format!("{whole}?page=true"))
    } else {
        address(&format!("{whole}?page=true&max_id={below}"))
    }
}

fn whole_collection(whole: &str, total: i32) -> Document {
    let first = address(&format!("{whole}?page=true"));
    collection(&address(whole), u64::try_from(total).unwrap_or(0), Some(&first))
}

/// Somebody whose collections are shown.
pub(super) async fn active(app: &App, name: &str) -> Result<Arc<Account>, Refusal> {
    let account = actor::person(app, name).await?;
    match (account.deleted, account.suspended) {
        (true, _) => Err(Refusal::Gone),
        (_, true) => Err(Refusal::NotFound),
        _ => Ok(account),
    }
}

pub async fn outbox(
    State(app): State<App>,
    admitted: Admitted,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let account = active(&app, &name).await?;
    let whole = format!("{}/outbox", account.uri);
    let Some(below) = page_below(query.as_deref()) else {
        return Ok(answer::document(
            &whole_collection(&whole, account.posts),
            admitted.keep,
            &headers,
        ));
    };
    let mut db = app.db.acquire().await?;
    let ids = db::collections::outbox(&mut db, account.id, PostId(below), POSTS).await?;
    let mut deeds = Vec::with_capacity(ids.len());
    for shown in objects::open_posts(&mut db, &account, &ids).await? {
        deeds.push(documents::deed(&app, &mut db, &shown).await?);
    }
    let items: Vec<_> = deeds.iter().map(PageItem::Whole).collect();
    let next = next(&whole, ids.last().map(|id| id.0), ids.len() as i64 == POSTS);
    let document = page(&own_page(&whole, below), &address(&whole), next.as_ref(), &items);
    Ok(answer::document(&document, admitted.keep, &headers))
}

/// The instance itself posts nothing.
pub async fn instance_outbox(State(app): State<App>, headers: HeaderMap) -> Response {
    let id = address(&format!("{}/outbox", app.urls.instance_actor()));
    answer::document(&collection(&id, 0, None), Keep::Anybody, &headers)
}

pub async fn featured(
    State(app): State<App>,
    admitted: Admitted,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let account = active(&app, &name).await?;
    let whole = account.featured_url.as_str();
    let mut db = app.db.acquire().await?;
    let ids = db::collections::featured(&mut db, account.id, PINS).await?;
    if page_below(query.as_deref()).is_none() {
        let total = i32::try_from(ids.len()).unwrap_or(0);
        return Ok(answer::document(
            &whole_collection(whole, total),
            admitted.keep,
            &headers,
        ));
    }
    let mut notes = Vec::with_capacity(ids.len());
    for shown in objects::open_posts(&mut db, &account, &ids).await? {
        notes.push(documents::object(&app, &mut db, &shown).await?);
    }
    let items: Vec<_> = notes.iter().map(PageItem::Whole).collect();
    let document = page(&own_page(whole, i64::MAX), &address(whole), None, &items);
    Ok(answer::document(&document, admitted.keep, &headers))
}

/// Whose names a collection of people holds.
#[derive(Clone, Copy)]
enum Side {
    Followers,
    Following,
}

pub async fn followers(
    State(app): State<App>,
    admitted: Admitted,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked {
        side: Side::Followers,
        query,
        keep: admitted.keep,
    };
    people(&app, &name, &asked, &headers).await
}

pub async fn following(
    State(app): State<App>,
    admitted: Admitted,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked {
        side: Side::Following,
        query,
        keep: admitted.keep,
    };
    people(&app, &name, &asked, &headers).await
}

/// Which collection of people, which part of it, and who may keep the answer.
struct Asked {
    side: Side,
    query: Option<String>,
    keep: Keep,
}

async fn people(app: &App, name: &str, asked: &Asked, headers: &HeaderMap) -> Result<Response, Refusal> {
    let account = active(app, name).await?;
    let (path, total) = match asked.side {
        Side::Followers => ("followers", account.followers),
        Side::Following => ("following", account.following),
    };
    let whole = format!("{}/{path}", account.uri);
    let below = page_below(asked.query.as_deref());
    if account.hide_relations {
        // Mastodon takes a collection without a first page for a hidden one.
        let number = collection(&address(&whole), u64::try_from(total).unwrap_or(0), None);
        return if below.is_some() {
            Err(Refusal::NotFound)
        } else {
            Ok(answer::document(&number, asked.keep, headers))
        };
    }
    let Some(below) = below else {
        return Ok(answer::document(
            &whole_collection(&whole, total),
            asked.keep,
            headers,
        ));
    };
    let mut db = app.db.acquire().await?;
    let people = related(&mut db, &account, asked.side, RelationId(below)).await?;
    let urls: Vec<Url> = people.iter().map(|person| address(&person.uri)).collect();
    let items: Vec<_> = urls.iter().map(PageItem::Address).collect();
    let next = next(
        &whole,
        people.last().map(|person| person.id.0),
        people.len() as i64 == PEOPLE,
    );
    let document = page(&own_page(&whole, below), &address(&whole), next.as_ref(), &items);
    Ok(answer::document(&document, asked.keep, headers))
}

async fn related(
    db: &mut PgConnection,
    account: &Account,
    side: Side,
    below: RelationId,
) -> sqlx::Result<Vec<Related>> {
    match side {
        Side::Followers => db::collections::followers(db, account.id, below, PEOPLE).await,
        Side::Following => db::collections::following(db, account.id, below, PEOPLE).await,
    }
}
