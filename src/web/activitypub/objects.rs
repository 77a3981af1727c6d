//! Posts by their permanent addresses. What may not be seen is answered exactly like what is not there.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use sqlx::PgConnection;
use tintype_federation::vocab::outgoing::{Document, PageItem, collection, page};
use url::Url;

use super::answer::{self, Keep};
use super::refusal::Refusal;
use super::{actor, negotiate, reader};
use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::domain::random;
use crate::translate::activity::Repost;
use crate::translate::note::Around;
use crate::translate::{self, address};

/// Most answers that are named under a post.
const MOST_REPLIES: i64 = 50;

/// A post of somebody here that the asker may see.
pub(super) struct Shown {
    author: Arc<Account>,
    pub(super) post: Post,
    card: Card,
    keep: Keep,
}

pub async fn show(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id: PostId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !negotiate::wants_document(&headers) {
        return Ok(answer::page(&app.urls.post_page(&name, id)));
    }
    let shown = match find(&app, &name, id, &uri, &headers).await {
        Err(Refusal::Gone) => return Ok(answer::gone(&app.urls.post(&name.to_lowercase(), id))),
        found => found?,
    };
    let mut db = app.db.acquire().await?;
    let document = object(&app, &mut db, &shown).await?;
    Ok(answer::document(&document, shown.keep, &headers))
}

pub async fn activity(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id: PostId = id.parse().map_err(|_| Refusal::NotFound)?;
    let shown = match find(&app, &name, id, &uri, &headers).await {
        Err(Refusal::Gone) => return Ok(answer::gone(&app.urls.post_activity(&name.to_lowercase(), id))),
        found => found?,
    };
    let mut db = app.db.acquire().await?;
    let document = deed(&app, &mut db, &shown).await?;
    Ok(answer::document(&document, shown.keep, &headers))
}

pub async fn likes(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let shown = find_for_numbers(&app, &name, &id, &uri, &headers).await?;
    Ok(number(&app, &shown, "likes", shown.card.likes, &headers))
}

pub async fn shares(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let shown = find_for_numbers(&app, &name, &id, &uri, &headers).await?;
    Ok(number(&app, &shown, "shares", shown.card.reposts, &headers))
}

/// The answers that anybody may see, by address: a collection that is its own only page.
pub async fn replies(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let shown = find_for_numbers(&app, &name, &id, &uri, &headers).await?;
    let whole = address(&below(&app, &shown, "replies"));
    let first = address(&format!("{whole}?page=true"));
    if uri.query().is_none() {
        let total = u64::try_from(shown.card.replies).unwrap_or(0);
        return Ok(answer::document(
            &collection(&whole, total, Some(&first)),
            shown.keep,
            &headers,
        ));
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
    Ok(answer::document(
        &page(&first, &whole, None, &items),
        shown.keep,
        &headers,
    ))
}

async fn find_for_numbers(
    app: &App,
    name: &str,
    id: &str,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Shown, Refusal> {
    let id: PostId = id.parse().map_err(|_| Refusal::NotFound)?;
    find(app, name, id, uri, headers).await
}

fn below(app: &App, shown: &Shown, path: &str) -> String {
    format!("{}/{path}", app.urls.post(&shown.author.username, shown.post.id))
}

/// How many there are, but not who: that is between them and the author.
fn number(app: &App, shown: &Shown, path: &str, total: i32, headers: &HeaderMap) -> Response {
    let id = address(&below(app, shown, path));
    let document = collection(&id, u64::try_from(total).unwrap_or(0), None);
    answer::document(&document, shown.keep, headers)
}

async fn find(app: &App, name: &str, id: PostId, uri: &Uri, headers: &HeaderMap) -> Result<Shown, Refusal> {
    let author = actor::person(app, name).await?;
    if author.deleted {
        return Err(Refusal::Gone);
    }
    let viewer = reader::of(app, uri, headers).await?;
    let mut db = app.db.acquire().await?;
    let card = db::posts::cards(&mut db, viewer, &[id]).await?.pop();
    let post = db::posts::by_id(&mut db, id).await?;
    match (card, post) {
        (Some(card), Some(post)) if post.author_id == author.id && post.uri.is_none() => {
            let open = post.audience.is_open() && viewer == AccountId::NONE;
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

/// The post as an object; of a repost, the activity, since that is all there is to it.
pub(super) async fn object(app: &App, db: &mut PgConnection, shown: &Shown) -> Result<Document, Refusal> {
    if shown.post.repost_of.is_some() {
        return deed(app, db, shown).await;
    }
    let around = Around {
        in_reply_to: parent(app, db, &shown.post).await?,
        likes: u64::try_from(shown.card.likes).unwrap_or(0),
        reposts: u64::try_from(shown.card.reposts).unwrap_or(0),
    };
    Ok(translate::note::document(
        &app.urls,
        &shown.author,
        &shown.post,
        &around,
    ))
}

/// The activity that made the post or repost.
pub(super) async fn deed(app: &App, db: &mut PgConnection, shown: &Shown) -> Result<Document, Refusal> {
    let (author, post) = (&shown.author, &shown.post);
    let Some(inside) = post.repost_of else {
        let note = Box::pin(object(app, db, shown)).await?;
        return Ok(translate::activity::create_document(
            &app.urls, author, post.id, &note,
        ));
    };
    let inside = db::posts::by_id(db, inside).await?.ok_or(Refusal::NotFound)?;
    let by = db::accounts::by_id(db, inside.author_id)
        .await?
        .ok_or(Refusal::NotFound)?;
    let object = inside
        .uri
        .unwrap_or_else(|| app.urls.post(&by.username, inside.id));
    let repost = Repost {
        id: post.id,
        audience: post.audience,
        created_at: post.created_at,
        object: &object,
        object_author: &by.uri,
    };
    Ok(translate::activity::announce_document(&app.urls, author, &repost))
}

/// The URI of what a post answers.
async fn parent(app: &App, db: &mut PgConnection, post: &Post) -> Result<Option<String>, Refusal> {
    if post.reply_to_uri.is_some() {
        return Ok(post.reply_to_uri.clone());
    }
    let Some(id) = post.in_reply_to else {
        return Ok(None);
    };
    let Some(parent) = db::posts::by_id(db, id).await? else {
        return Ok(None);
    };
    if parent.uri.is_some() {
        return Ok(parent.uri);
    }
    let author = db::accounts::by_id(db, parent.author_id).await?;
    Ok(author.map(|author| app.urls.post(&author.username, id)))
}
