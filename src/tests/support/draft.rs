//! A post as a client sends it.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::OnceLock;

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::http::{Answer, id};
use super::person::Person;

/// Made by awaiting it, or by [`Draft::send`] where it may be refused.
#[derive(Clone)]
pub struct Draft<'a> {
    author: &'a Person,
    body: Value,
    photos: Vec<String>,
    key: Option<String>,
}

/// A photo small enough for tests that are not about photos.
pub fn small_photo() -> &'static [u8] {
    static PHOTO: OnceLock<Vec<u8>> = OnceLock::new();
    PHOTO.get_or_init(|| tintype::media::synthetic::photograph(7, 64, 48))
}

impl<'a> Draft<'a> {
    pub fn new(author: &'a Person, text: &str) -> Self {
        Self {
            author,
            body: json!({ "status": text }),
            photos: Vec::new(),
            key: None,
        }
    }

    /// Any other parameter.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.body[name] = value.into();
        self
    }

    pub fn to(self, audience: Audience) -> Self {
        let name = match audience {
            Audience::Public => "public",
            Audience::Unlisted => "unlisted",
            Audience::Followers => "private",
            Audience::Direct => "direct",
        };
        self.with("visibility", name)
    }

    pub fn answering(self, post: &Value) -> Self {
        let id = id(post);
        self.with("in_reply_to_id", id)
    }

    pub fn warning(self, summary: &str) -> Self {
        self.with("spoiler_text", summary)
    }

    /// One small photo, uploaded before the post is sent.
    pub fn with_photo(mut self) -> Self {
        self.photos.push("a photo".into());
        self
    }

    /// Pictures that are uploaded already.
    pub fn with_media(self, media: &[&Value]) -> Self {
        let ids: Vec<String> = media.iter().map(|one| id(one)).collect();
        self.with("media_ids", ids)
    }

    pub fn with_key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    pub async fn send(mut self) -> Answer {
        if !self.photos.is_empty() {
            let mut ids = Vec::new();
            for alt in &self.photos {
                ids.push(id(&self.author.uploads(small_photo(), alt).await));
            }
            self.body["media_ids"] = ids.into();
        }
        let mut request = self
            .author
            .request(Method::POST, "/api/v1/statuses")
            .json(&self.body);
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        self.author.send(request).await
    }
}

impl<'a> IntoFuture for Draft<'a> {
    type Output = Value;
    type IntoFuture = Pin<Box<dyn Future<Output = Value> + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.send().await.ok() })
    }
}
