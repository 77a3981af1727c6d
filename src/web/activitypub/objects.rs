//! Posts by their permanent addresses. What may not be seen is answered exactly like what is not there.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use sqlx::PgConnection;
use tintype_federation::vocab::outgoing::{Document, PageItem, collection, page};
use url::Url;

use super::answer::{self, Keep};
use super::documents::{deed, object};
use super::refusal::Refusal;
use super::{actor, negotiate, reader};
use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::domain::random;
use crate::translate::address;
use crate::web::address::ClientAddress;

/// Most answers that are named under a post.
const MOST_REPLIES: i64 = 50;

/// A post of somebody here that the asker may see.
pub(super) struct Shown {
    pub(super) author: Arc<Account>,
    pub(super) post: Post,
    pub(super) card: Card,
    keep: Keep,
}

/// A request for a post of somebody here.
pub struct Asked {
    pub app: App,
    pub name: String,
    pub id: PostId,
    pub uri: Uri,
    pub from: IpAddr,
    pub headers: HeaderMap,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let path = Path::<(String, String)>::from_request_parts(parts, app).await;
        let Path((name, id)) = path.map_err(|_| Refusal::NotFound)?;
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, app)
            .await
            .unwrap_or_else(|never| match never {});
        let ClientAddress(from) = ClientAddress::from_request_parts(parts, app)
            .await
            .unwrap_or_else(|never| match never {});
        Ok(Self {
            app: app.clone(),
            name,
            id: id.parse().map_err(|_| Refusal::NotFound)?,
            uri,
            from,
            headers: parts.headers.clone(),
        })
    }
}

impl Asked {
    /// The post, if who asks may see it.
    async fn find(&self) -> Result<Shown, Refusal> {
        find(self).await
    }

    fn answer(&self, shown: &Shown, document: &Document) -> Response {
        answer::document(document, shown.keep, &self.headers)
    }
}

pub async fn show(asked: Asked) -> Result<Response, Refusal> {
    let app = &asked.app;
    if !negotiate::wants_document(&asked.headers) {
        return answer::page(&app.urls.post_page(&asked.name, asked.id));
    }
    let shown = match asked.find().await {
        Err(Refusal::Gone) => {
            return Ok(answer::gone(&app.urls.post(&asked.name.to_lowercase(), asked.id)));
        }
        found => found?,
    };
    let mut db = app.db.acquire().await?;
    let document = object(app, &mut db, &shown).await?;
    Ok(asked.answer(&shown, &document))
}

pub async fn activity(asked: Asked) -> Result<Response, Refusal> {
    let app = &asked.app;
    let shown = match asked.find().await {
        Err(Refusal::Gone) => {
            let uri = app.urls.post_activity(&asked.name.to_lowercase(), asked.id);
            return Ok(answer::gone(&uri));
        }
        found => found?,
    };
    let mut db = app.db.acquire().await?;
    let document = deed(app, &mut db, &shown).await?;
    Ok(asked.answer(&shown, &document))
}

pub async fn likes(asked: Asked) -> Result<Response, Refusal> {
    let shown = asked.find().await?;
    let document = number(&asked.app, &shown, "likes", shown.card.likes);
    Ok(asked.answer(&shown, &document))
}

pub async fn shares(asked: Asked) -> Result<Response, Refusal> {
    let shown = asked.find().await?;
    let document = number(&asked.app, &shown, "shares", shown.card.reposts);
    Ok(asked.answer(&shown, &document))
}

/// The answers that anybody may see, by address: a collection that is its own only page.
pub async fn replies(asked: Asked) -> Result<Response, Refusal> {
    let app = &asked.app;
    let shown = asked.find().await?;
    let whole = address(&below(app, &shown, "replies"));
    let first = address(&format!("{whole}?page=true"));
    if asked.uri.query().is_none() {
        let total = u64::try_from(shown.card.replies).unwrap_or(0);
        return Ok(asked.answer(&shown, &collection(&whole, total, Some(&first))));
    }
    let mut db = app.db.acquire().await?;
    let replies = db::collections::replies(&mut db, shown.post.id, MOST_REPLIES).await?;
    let urls: Vec<Url> = replies
        .into_iter()
        .map(|reply| {
            address(
                &reply
                    .uri
                    .unwrap_or_else(|| app.urls.post(&reply.username, reply.id)),
            )
        })
        .collect();
    let items: Vec<_> = urls.iter().map(PageItem::Address).collect();
    Ok(asked.answer(&shown, &page(&first, &whole, None, &items)))
}

fn below(app: &App, shown: &Shown, path: &str) -> String {
    format!("{}/{path}", app.urls.post(&shown.author.username, shown.post.id))
}

/// How many there are, but not who: that is between them and the author.
fn number(app: &App, shown: &Shown, path: &str, total: i32) -> Document {
    let id = address(&below(app, shown, path));
    collection(&id, u64::try_from(total).unwrap_or(0), None)
}

async fn find(asked: &Asked) -> Result<Shown, Refusal> {
    let (app, id) = (&asked.app, asked.id);
    // Who may not read at all does not learn either whether there is somebody of that name.
    let reader = reader::of(app, &asked.uri, &asked.headers, asked.from).await?;
    let author = actor::person(app, &asked.name).await?;
    if author.deleted {
        return Err(Refusal::Gone);
    }
    let mut db = app.db.acquire().await?;
    let mut card = db::posts::cards(&mut db, reader.account, &[id]).await?.pop();
    let post = db::posts::by_id(&mut db, id).await?;
    if card.is_none()
        && let (Some(post), Some(server)) = (&post, reader.server())
        && post.audience == Audience::Followers
        && let Some(follower) = db::followers::any_at(&mut db, post.author_id, server).await?
    {
        card = db::posts::cards(&mut db, follower, &[id]).await?.pop();
    }
    match (card, post) {
        (Some(card), Some(post)) if post.author_id == author.id && post.uri.is_none() => {
            let open = post.audience.is_open() && reader.is_anybody();
            let keep = if open { Keep::Anybody } else { Keep::Nobody };
            Ok(Shown {
                author,
                post,
                card,
                keep,
            })
        }
        _ => {
            let hash = random::tombstone(&author.uri, &app.urls.post(&author.username, id));
            let deleted = !db::posts::entombed(&mut db, &[hash]).await?.is_empty();
            Err(if deleted { Refusal::Gone } else { Refusal::NotFound })
        }
    }
}

/// Posts that anybody may see, by id, as they are put into collections; those that are gone meanwhile are left out.
pub(super) async fn open_posts(
    db: &mut PgConnection,
    author: &Arc<Account>,
    ids: &[PostId],
) -> Result<Vec<Shown>, Refusal> {
    let mut cards = db::posts::cards(db, AccountId::NONE, ids).await?;
    let mut posts = db::posts::by_ids(db, ids).await?;
    let mut shown = Vec::with_capacity(ids.len());
    for id in ids {
        let card = cards
            .iter()
            .position(|card| card.id == *id)
            .map(|at| cards.swap_remove(at));
        let post = posts
            .iter()
            .position(|post| post.id == *id)
            .map(|at| posts.swap_remove(at));
        if let (Some(card), Some(post)) = (card, post) {
            shown.push(Shown {
                author: author.clone(),
                post,
                card,
                keep: Keep::Anybody,
            });
        }
    }
    Ok(shown)
}
