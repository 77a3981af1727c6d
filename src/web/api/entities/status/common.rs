//! The part of a Status that is the same for every reader, ready as text. Knows no reader and no numbers.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::caches::Body;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::domain::urls::Urls;
use crate::translate::quote;
use crate::web::api::entities::media::{self, Attachment};
use crate::web::api::entities::{emoji, place, poll, time};

/// All but `account`, `sensitive`, `reblog`, `poll`, `quote`, numbers and flags.
#[derive(Serialize)]
struct Common<'a> {
    id: PostId,
    created_at: String,
    in_reply_to_id: Option<PostId>,
    in_reply_to_account_id: Option<AccountId>,
    spoiler_text: &'a str,
    visibility: &'a str,
    language: Option<&'a str>,
    uri: String,
    url: Option<String>,
    edited_at: Option<String>,
    content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<Value>,
    media_attachments: Vec<Attachment>,
    mentions: Vec<Value>,
    tags: Vec<Value>,
    emojis: Vec<emoji::Entity>,
    card: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<place::Entity>,
}

/// The address of a post: given by its server, or our own.
pub fn uri(urls: &Urls, post: &Post, author: &Account) -> String {
    match (&post.uri, post.repost_of) {
        (Some(uri), _) => uri.clone(),
        (None, Some(_)) => urls.post_activity(&author.username, post.id),
        (None, None) => urls.post(&author.username, post.id),
    }
}

/// The page of a post, for people.
pub fn page(urls: &Urls, post: &Post, author: &Account) -> Option<String> {
    match (&post.uri, post.repost_of) {
        (Some(uri), _) => post.url.clone().or_else(|| Some(uri.clone())),
        (None, Some(_)) => None,
        (None, None) => Some(urls.post_page(&author.username, post.id)),
    }
}

/// JSON of the unchanging part, without its closing brace.
pub fn body(urls: &Urls, post: &Post, author: &Account) -> Body {
    // What came from elsewhere has such a line already, if its server writes one.
    let content = match post.uri {
        Some(_) => post.html.clone(),
        None => quote::shown_html(post),
    };
    let common = Common {
        id: post.id,
        created_at: time(post.created_at),
        in_reply_to_id: post.in_reply_to,
        in_reply_to_account_id: post.in_reply_to.and(post.reply_to_author),
        spoiler_text: &post.summary,
        visibility: post.audience.as_str(),
        language: post.language.as_deref(),
        uri: uri(urls, post, author),
        url: page(urls, post, author),
        edited_at: post.edited_at.map(time),
        content: &content,
        application: post
            .app
            .as_ref()
            .map(|app| json!({ "name": app.name, "website": app.website })),
        media_attachments: post
            .photos
            .iter()
            .map(|photo| media::attachment(urls, photo))
            .collect(),
        mentions: mentions(post),
        tags: post
            .tags
            .iter()
            .map(|tag| json!({ "name": tag, "url": urls.tag_page(tag) }))
            .collect(),
        emojis: emoji::all(urls, &post.emojis),
        card: None,
        place: post.place.as_ref().map(|one| place::entity(urls, one)),
    };
    let mut bytes = serde_json::to_vec(&common).expect("an entity is plain data");
    bytes.pop();
    Body {
        json: bytes.into(),
        sensitive: post.sensitive,
        poll: post.poll.clone().map(|poll| Arc::new(poll.0)),
        poll_emojis: poll::emojis(urls, post).unwrap_or_default(),
        audience: post.audience,
        quote: post.quote.clone().map(|quote| Arc::new(quote.0)),
        quote_policy: post.quote_policy,
    }
}

fn mentions(post: &Post) -> Vec<Value> {
    let mentions = post.mentions.iter();
    mentions
        .map(|mention| {
            let acct = match &mention.authority {
                Some(authority) => format!("{}@{authority}", mention.username),
                None => mention.username.clone(),
            };
            json!({ "id": mention.id, "username": mention.username, "url": mention.url, "acct": acct })
        })
        .collect()
}
