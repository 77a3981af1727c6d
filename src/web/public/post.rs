//! `/@name/id`: one post with what was said below it. What may not be seen is answered like what is not there.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::PgConnection;
use url::form_urlencoded;

use super::answer::Around;
use super::{comments, shown, whose};
use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::domain::{html, random};
use crate::translate::quote;
use crate::web::activitypub::{self, AskedPost, negotiate};
use crate::web::address::ClientAddress;
use crate::web::api::entities::status;
use crate::web::auth::site::href;
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::{self, CleanHtml, Elsewhere, Href, Moment, PostAddresses};
use crate::web::shell::Asker;

/// A post that the viewer may see, by whom its address says.
pub struct Seen {
    pub author: Arc<Account>,
    pub post: Post,
    pub card: Card,
}

pub async fn show(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    asker: Asker,
) -> ApiResult<Response> {
    let handle = whose::handle(&app, &name)?;
    if handle.authority.is_none() && negotiate::wants_document(&headers) {
        let id = id.parse().map_err(|_| ApiError::NotFound)?;
        let asked = AskedPost {
            app,
            name: handle.name,
            id,
            uri,
            from,
            headers,
        };
        return Ok(activitypub::show_post(asked).await.into_response());
    }
    let visitor = Visitor::of(&app, &headers, Some(from)).await?;
    let viewer = visitor.account().unwrap_or(AccountId::NONE);
    let around = Around::of(&app, visitor.account()).await?;
    let seen = find(&app, viewer, &name, &id).await?;
    if seen.post.repost_of.is_some() {
        return inside(&app, seen.card.shown_id).await;
    }
    if !seen.author.is_local() {
        return elsewhere(&app, &around, &seen, &asker).await;
    }
    let mut db = app.db.acquire().await?;
    let page = draw(&app, &mut db, viewer, &around, &seen).await?;
    drop(db);
    around
        .send_as_app(&app, &page, &asker, &answers(seen.post.id))
        .await
}

/// What the app asks for to show a post.
fn answers(id: PostId) -> [String; 2] {
    ["", "/context"].map(|part| format!("/api/v1/statuses/{id}{part}"))
}

/// The post of an address, if it is that person's and the viewer may see it.
pub async fn find(app: &App, viewer: AccountId, name: &str, id: &str) -> ApiResult<Seen> {
    let id: PostId = id.parse().map_err(|_| ApiError::NotFound)?;
    let author = whose::person(app, &whose::handle(app, name)?).await?;
    let mut db = app.db.acquire().await?;
    let card = db::posts::cards(&mut db, viewer, &[id]).await?.pop();
    if let Some(card) = card.filter(|card| card.author_id == author.id)
        && let Some(post) = db::posts::by_id(&mut db, id).await?
    {
        return Ok(Seen { author, post, card });
    }
    let hash = random::tombstone(&author.uri, &app.urls.post(&author.username, id));
    let deleted = author.is_local() && !db::posts::entombed(&mut db, &[hash]).await?.is_empty();
    Err(if deleted {
        ApiError::Gone
    } else {
        ApiError::NotFound
    })
}

/// To what a repost passes on, which has a page of its own.
async fn inside(app: &App, id: PostId) -> ApiResult<Response> {
    let mut db = app.db.acquire().await?;
    let post = db::posts::by_id(&mut db, id).await?.ok_or(ApiError::NotFound)?;
    let author = db::accounts::by_id(&mut db, post.author_id).await?;
    let author = author.ok_or(ApiError::NotFound)?;
    // By way of our own address, so that nobody is sent to another server unasked.
    let page = app.urls.at(&format!("/@{}/{id}", author.acct()));
    Ok(Redirect::to(&page).into_response())
}

async fn elsewhere(app: &App, around: &Around, seen: &Seen, asker: &Asker) -> ApiResult<Response> {
    let person = shown::person(&app.urls, &seen.author);
    let original = status::page(&app.urls, &seen.post, &seen.author);
    let page = Elsewhere {
        frame: around.frame(),
        name: person.name,
        handle: person.handle,
        original: original
            .and_then(|url| Href::parse(&url))
            .ok_or(ApiError::NotFound)?,
    };
    around
        .send_as_app(app, &page, asker, &answers(seen.post.id))
        .await
}

async fn draw<'a>(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    around: &'a Around,
    seen: &Seen,
) -> sqlx::Result<pages::Post<'a>> {
    let Seen { author, post, card } = seen;
    let (comments, more_comments) = comments::below(app, db, viewer, post.id).await?;
    Ok(pages::Post {
        frame: around.frame(),
        addresses: addresses(app, author, post),
        author: shown::person(&app.urls, author),
        pictures: post
            .photos
            .iter()
            .map(|photo| shown::picture(&app.urls, photo))
            .collect(),
        cover: shown::cover(post, author),
        caption: CleanHtml::trust(caption(post)),
        summary: html::plain(&post.html),
        language: post.language.clone(),
        published: Moment(post.created_at),
        edited: post.edited_at.map(Moment),
        likes: shown::count(card.likes),
        reposts: shown::count(card.reposts),
        replies: shown::count(card.replies),
        comments,
        more_comments,
        indexable: author.indexable && !author.limited && post.audience == Audience::Public,
    })
}

/// What the post says, a link to what it quotes, and what can be chosen in its poll.
fn caption(post: &Post) -> String {
    let html = quote::shown_html(post);
    let Some(poll) = &post.poll else {
        return html;
    };
    let options = poll
        .options
        .iter()
        .map(|option| format!("<li>{}</li>", html::escape(option)));
    format!("{html}<ul>{}</ul>", options.collect::<String>())
}

fn addresses(app: &App, author: &Account, post: &Post) -> PostAddresses {
    let page = app.urls.post_page(&author.username, post.id);
    PostAddresses {
        interact: post
            .audience
            .is_open()
            .then(|| href(&format!("/@{}/{}/interact", author.username, post.id))),
        activity: href(&app.urls.post(&author.username, post.id)),
        embed: post.audience.is_open().then(|| {
            let page: String = form_urlencoded::byte_serialize(page.as_bytes()).collect();
            href(&app.urls.at(&format!("/api/oembed?url={page}")))
        }),
        canonical: href(&page),
    }
}
