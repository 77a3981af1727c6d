//! `/api/oembed`: a post of here for the pages of others (oembed.com, version 1.0), as its first picture or as its words.
//! Gives nothing that is not for everybody.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::html;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::{Photo, Post};
use crate::domain::urls::Local;
use crate::web::api::entities::media;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

/// How long others may keep it, in seconds.
const KEPT: u32 = 86_400;
const LONGEST_TITLE: usize = 100;
/// The renditions that there are, by their longest sides.
const SIDES: [i32; 3] = [1080, 640, 320];
/// The width of words, where nobody says how much room there is.
const WIDTH: i64 = 400;

pub fn routes() -> Router<App> {
    Router::new().route("/api/oembed", get(show))
}

async fn show(State(app): State<App>, params: Params) -> ApiResult<Response> {
    let format = params.text("format").unwrap_or_default();
    if !matches!(format.as_str(), "" | "json") {
        return Err(ApiError::Unprocessable("Only JSON is given".into()));
    }
    let (author, post) = find(&app, &params.required("url")?).await?;
    let room = Room {
        width: room(&params, "maxwidth"),
        height: room(&params, "maxheight"),
    };
    let kept = format!("public, max-age={}", KEPT / 24);
    let entity = entity(&app, &author, &post, room);
    Ok(([(header::CACHE_CONTROL, kept)], Json(entity)).into_response())
}

/// How large it may be shown, in pixels.
#[derive(Clone, Copy)]
struct Room {
    width: i64,
    height: i64,
}

fn room(params: &Params, name: &str) -> i64 {
    params
        .number(name)
        .filter(|pixels| *pixels > 0)
        .unwrap_or(i64::MAX)
}

/// The post of an address of ours that anybody may see, with who wrote it.
async fn find(app: &App, url: &str) -> ApiResult<(Account, Post)> {
    let Some(Local::Post { username, id }) = app.urls.parse_local(url.trim()) else {
        return Err(ApiError::NotFound);
    };
    let mut db = app.db.acquire().await?;
    let seen: Vec<PostId> = db::posts::visible(&mut db, AccountId::NONE, &[id]).await?;
    let posts = db::posts::by_ids(&mut db, &seen).await?.pop();
    let post = posts.filter(|post| post.uri.is_none() && post.repost_of.is_none());
    let post = post.ok_or(ApiError::NotFound)?;
    let author = db::accounts::by_id(&mut db, post.author_id).await?;
    let author = author.filter(|author| author.username.eq_ignore_ascii_case(&username));
    Ok((author.ok_or(ApiError::NotFound)?, post))
}

fn entity(app: &App, author: &Account, post: &Post, room: Room) -> Value {
    let name = match author.display_name.is_empty() {
        true => &author.username,
        false => &author.display_name,
    };
    let mut entity = json!({
        "version": "1.0",
        "title": title(post),
        "author_name": name,
        "author_url": author.url,
        "provider_name": app.config.instance_name,
        "provider_url": app.urls.at("/"),
        "cache_age": KEPT,
    });
    // What is behind a warning is not shown without it.
    let photo = post
        .photos
        .iter()
        .find(|photo| photo.state == 1 && photo.kind == 0);
    match photo.filter(|_| !post.sensitive) {
        Some(photo) => show_picture(app, &mut entity, photo, room),
        None => show_words(app, &mut entity, (author, post), room),
    }
    entity
}

/// What the post says first: its warning, or its words.
fn title(post: &Post) -> String {
    let words = match post.summary.is_empty() {
        true => html::plain(&post.html),
        false => post.summary.clone(),
    };
    let line = words.lines().next().unwrap_or_default();
    let shown: String = line.chars().take(LONGEST_TITLE).collect();
    match shown.len() < line.len() {
        true => format!("{shown}…"),
        false => shown,
    }
}

/// The largest rendition for which there is room; without room for any, the smallest.
fn show_picture(app: &App, entity: &mut Value, photo: &Photo, room: Room) {
    let fits = |side: &i32| {
        let size = media::fit(photo, *side);
        i64::from(size.width) <= room.width && i64::from(size.height) <= room.height
    };
    let side = SIDES.into_iter().find(|side| fits(side)).unwrap_or(SIDES[2]);
    let size = media::fit(photo, side);
    entity["type"] = "photo".into();
    entity["url"] = app.urls.media(&photo.key, &format!("{side}.jpg")).into();
    entity["width"] = size.width.into();
    entity["height"] = size.height.into();
}

fn show_words(app: &App, entity: &mut Value, (author, post): (&Account, &Post), room: Room) {
    let page = app.urls.post_page(&author.username, post.id);
    let words = match post.summary.is_empty() {
        true => post.html.clone(),
        false => format!("<p>{}</p>", html::escape(&post.summary)),
    };
    let (page, acct) = (html::escape(&page), html::escape(&author.acct()));
    let quote = format!(
        r#"<blockquote cite="{page}">{words}<p><a href="{page}">@{acct}@{}</a></p></blockquote>"#,
        html::escape(app.urls.authority())
    );
    entity["type"] = "rich".into();
    entity["html"] = quote.into();
    entity["width"] = WIDTH.min(room.width).into();
    entity["height"] = Value::Null;
}
