//! What Pixelfed's apps want in people and posts beyond Mastodon's fields: they ask for it with `_pe=1`. Adds fields to an
//! answer that is made already, whatever it is; nothing in it changes.

use std::collections::HashSet;

use axum::body::{self, Body};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::db;
use crate::domain::html;
use crate::domain::ids::PostId;
use crate::web::error::{ApiError, ApiResult};

/// No answer is as large.
const LARGEST: usize = 16 << 20;

/// The answer with them; for whoever asked for that.
pub async fn add(app: &App, response: Response) -> Response {
    if !is_json(&response) {
        return response;
    }
    extended(app, response)
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

/// Whether they are asked for.
pub fn is_asked(uri: &Uri) -> bool {
    let mut pairs = uri.query().unwrap_or_default().split('&');
    uri.path().starts_with("/api/") && pairs.any(|pair| matches!(pair, "_pe=1" | "_pe=true"))
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    response.status().is_success()
        && kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

async fn extended(app: &App, response: Response) -> ApiResult<Response> {
    let (mut head, body) = response.into_parts();
    let bytes = body::to_bytes(body, LARGEST).await;
    let bytes = bytes.map_err(|error| ApiError::Internal(error.into()))?;
    let Ok(mut answer) = serde_json::from_slice::<Value>(&bytes) else {
        return Ok(Response::from_parts(head, Body::from(bytes)));
    };
    let mut posts = Vec::new();
    each(&mut answer, &mut |entity| {
        if is_post(entity) {
            posts.extend(id(entity));
        }
    });
    let closed = match posts.is_empty() {
        true => Vec::new(),
        false => db::posts::closed(&mut *app.db.acquire().await?, &posts).await?,
    };
    let closed = HashSet::from_iter(closed);
    each(&mut answer, &mut |entity| {
        if is_post(entity) {
            add_to_post(entity, &closed);
        } else if is_person(entity) {
            add_to_person(entity);
        }
    });
    head.headers.remove(header::CONTENT_LENGTH);
    Ok(Response::from_parts(head, Body::from(answer.to_string())))
}

/// All objects, however deep, the inner ones first.
fn each(value: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, visit)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| each(field, visit));
            visit(value);
        }
        _ => {}
    }
}

fn is_post(entity: &Value) -> bool {
    entity["media_attachments"].is_array() && entity["account"].is_object() && entity["uri"].is_string()
}

fn is_person(entity: &Value) -> bool {
    entity["acct"].is_string() && entity["note"].is_string() && entity["username"].is_string()
}

fn id(entity: &Value) -> Option<PostId> {
    entity["id"].as_str()?.parse().ok()
}

fn is_from_here(person: &Value) -> bool {
    person["acct"].as_str().is_some_and(|acct| !acct.contains('@'))
}

fn add_to_post(post: &mut Value, closed: &HashSet<PostId>) {
    post["pf_type"] = json!(kind(post));
    post["local"] = json!(is_from_here(&post["account"]));
    post["reply_count"] = post["replies_count"].clone();
    post["comments_disabled"] = json!(id(post).is_some_and(|id| closed.contains(&id)));
    // Who liked it is in its own list; Pixelfed too names nobody to most readers.
    post["liked_by"] = json!({ "username": null, "others": false });
}

fn kind(post: &Value) -> &'static str {
    let pictures = post["media_attachments"].as_array().map(Vec::as_slice);
    match pictures.unwrap_or_default() {
        [] => "text",
        [one] if one["type"] == "video" => "video",
        [_] => "photo",
        [first, ..] if first["type"] == "video" => "video:album",
        [..] => "photo:album",
    }
}

fn add_to_person(person: &mut Value) {
    person["local"] = json!(is_from_here(person));
    let note = html::plain(person["note"].as_str().unwrap_or_default());
    person["note_text"] = match note.is_empty() {
        true => Value::Null,
        false => Value::String(note),
    };
    person["website"] = Value::Null;
    person["pronouns"] = json!([]);
    person["header_bg"] = Value::Null;
    // It opens pages of its app for admins, and what those ask for is not served.
    person["is_admin"] = json!(false);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_asked_for_in_the_api_alone() {
        for (uri, wanted) in [
            ("/api/v1/timelines/home?limit=2&_pe=1", true),
            ("/api/v1/timelines/home?_pe=true", true),
            ("/api/v1/timelines/home?_pe=0", false),
            ("/api/v1/timelines/home?x_pe=1", false),
            ("/api/v1/timelines/home", false),
            ("/users/ana?_pe=1", false),
        ] {
            assert_eq!(is_asked(&uri.parse().unwrap()), wanted, "{uri}");
        }
    }

    #[test]
    fn a_post_is_called_by_what_is_in_it() {
        let of = |types: &[&str]| {
            let pictures: Vec<Value> = types.iter().map(|kind| json!({ "type": kind })).collect();
            kind(&json!({ "media_attachments": pictures }))
        };
        assert_eq!(of(&[]), "text");
        assert_eq!((of(&["image"]), of(&["video"])), ("photo", "video"));
        assert_eq!(
            (of(&["gifv", "video"]), of(&["video", "image"])),
            ("photo:album", "video:album")
        );
    }
}
