//! Editing a post, and what it said before.

use axum::Json;
use axum::extract::State;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{create, quotes, show};
use crate::actions::edit::{self, PhotoChange};
use crate::actions::publish::{Draft, PollDraft};
use crate::app::App;
use crate::db;
use crate::domain::ids::PostId;
use crate::domain::picture::FocalPoint;
use crate::domain::post::Post;
use crate::web::api::accounts::Of;
use crate::web::api::entities::{emoji, media, people, time};
use crate::web::api::media::film;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

pub async fn edit(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<PostId>,
    params: Params,
) -> ApiResult<Json<Box<RawValue>>> {
    viewer.may("write:statuses")?;
    let before = {
        let mut db = app.db.acquire().await?;
        db::posts::by_id(&mut db, id)
            .await?
            .filter(|post| post.author_id == viewer.id)
            .ok_or(ApiError::NotFound)?
    };
    edit::local(&app, viewer.id, id, read(&before, &params)?, &photos(&params)?).await?;
    Ok(Json(show(&app, viewer.id, id).await?))
}

/// What is not named stays, but for the text and the pictures: clients send those as they shall be.
fn read(before: &Post, params: &Params) -> ApiResult<Draft> {
    let media = match params.contains("media_ids") {
        true => create::media(params)?,
        false if params.contains("status") => Vec::new(),
        false => before.photos.iter().map(|photo| photo.id).collect(),
    };
    let text = params
        .text("status")
        .or_else(|| before.source.clone())
        .unwrap_or_default();
    Ok(Draft {
        text,
        summary: params.text("spoiler_text").unwrap_or_default().trim().to_owned(),
        sensitive: params.flag("sensitive").unwrap_or(before.sensitive),
        language: create::language(params)?.or_else(|| before.language.clone()),
        audience: before.audience,
        media,
        sharing: create::sharing(params),
        poll: poll(params)?,
        in_reply_to: before.in_reply_to,
        place: None,
        albums: Vec::new(),
        quotes: None,
        quote_policy: quotes::policy(params)?,
        comments_enabled: params
            .flag("comments_disabled")
            .map_or(before.comments_enabled, |closed| !closed),
        app: None,
        idempotency_key: None,
    })
}

/// Like pictures: who says what the post says, and of no poll, wants none.
fn poll(params: &Params) -> ApiResult<PollDraft> {
    Ok(match create::poll(params)? {
        Some(question) => PollDraft::Asks(question),
        None if params.contains("status") => PollDraft::Nothing,
        None => PollDraft::Same,
    })
}

fn photos(params: &Params) -> ApiResult<Vec<PhotoChange>> {
    let items = params.node("media_attributes").items();
    let mut changes = Vec::new();
    for item in items {
        let Some(id) = item.get("id").text().and_then(|id| id.parse().ok()) else {
            continue;
        };
        changes.push(PhotoChange {
            id,
            description: item.get("description").text(),
            focus: item.get("focus").text().map(|text| FocalPoint::parse(&text)),
            film: film(item.get("film"))?,
        });
    }
    Ok(changes)
}

pub async fn source(State(app): State<App>, viewer: Viewer, Of(id): Of<PostId>) -> ApiResult<Json<Value>> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    let post = db::posts::by_id(&mut db, id).await?;
    let post = post
        .filter(|post| post.author_id == viewer.id)
        .ok_or(ApiError::NotFound)?;
    Ok(Json(json!({
        "id": post.id,
        "text": post.source.unwrap_or_default(),
        "spoiler_text": post.summary,
    })))
}

pub async fn history(
    State(app): State<App>,
    viewer: Anyone,
    Of(id): Of<PostId>,
) -> ApiResult<Json<Vec<Value>>> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    if db::posts::visible(&mut db, viewer.id(), &[id]).await?.is_empty() {
        return Err(ApiError::NotFound);
    }
    let post = db::posts::by_id(&mut db, id).await?.ok_or(ApiError::NotFound)?;
    let author = people::many(&app, &mut db, &[post.author_id]).await?.pop();
    let author = author.ok_or(ApiError::NotFound)?;
    let emojis = emoji::all(&app.urls, &post.emojis);
    let mut edits = Vec::new();
    for edit in db::posts::edits(&mut db, id).await? {
        // A picture that is gone since is shown no more; one that stayed, with the words it had.
        let pictures = edit.media.iter().filter_map(|old| {
            let mut photo = post.photos.iter().find(|photo| photo.id == old.id)?.clone();
            photo.description.clone_from(&old.description);
            Some(media::attachment(&app.urls, &photo))
        });
        edits.push(with_poll(
            edit.options.as_deref(),
            json!({
                "content": edit.html, "spoiler_text": edit.summary, "sensitive": edit.sensitive,
                "created_at": time(edit.created_at), "account": author, "emojis": emojis,
                "media_attachments": pictures.collect::<Vec<_>>(),
            }),
        ));
    }
    let pictures: Vec<_> = post
        .photos
        .iter()
        .map(|photo| media::attachment(&app.urls, photo))
        .collect();
    let options = post.poll.as_ref().map(|poll| &poll.options[..]);
    edits.push(with_poll(options, json!({
        "content": post.html, "spoiler_text": post.summary, "sensitive": post.sensitive,
        "created_at": time(post.edited_at.unwrap_or(post.created_at)), "account": author, "emojis": emojis,
        "media_attachments": pictures,
    })));
    Ok(Json(edits))
}

/// There only when there was one.
fn with_poll(options: Option<&[String]>, mut edit: Value) -> Value {
    if let Some(options) = options {
        let titles: Vec<Value> = options.iter().map(|title| json!({ "title": title })).collect();
        edit["poll"] = json!({ "options": titles });
    }
    edit
}
