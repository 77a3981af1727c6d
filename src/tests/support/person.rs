//! Somebody with a token, and what they do: all of it as requests. Expects each to succeed unless the test asks itself.

use std::ops::Deref;

use reqwest::Method;
use serde_json::Value;
use tintype::app::App;
use tintype::domain::ids::AccountId;

use super::draft::Draft;
use super::http::{Answer, Client, Part, id};
use super::server;

#[derive(Clone)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub client: Client,
    /// The server, when it is in this process and its work is done by hand.
    pub by_hand: Option<App>,
}

impl Deref for Person {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Person {
    pub fn account(&self) -> AccountId {
        self.id.parse().expect("an id")
    }

    /// A post to be made: `ana.post("light").with_photo().await`.
    pub fn post(&self, text: &str) -> Draft<'_> {
        Draft::new(self, text)
    }

    /// What became of it, with all flags as this person sees them.
    pub async fn sees(&self, post: &Value) -> Value {
        self.get(&format!("/api/v1/statuses/{}", id(post))).await.ok()
    }

    /// `favourite`, `reblog`, `bookmark`, `pin`, `mute` and their opposites.
    pub async fn does(&self, verb: &str, post: &Value) -> Answer {
        self.act(&format!("/api/v1/statuses/{}/{verb}", id(post))).await
    }

    pub async fn likes(&self, post: &Value) -> Value {
        self.does("favourite", post).await.ok()
    }

    /// The repost, which has the post inside.
    pub async fn reposts(&self, post: &Value) -> Value {
        self.does("reblog", post).await.ok()
    }

    pub async fn bookmarks(&self, post: &Value) -> Value {
        self.does("bookmark", post).await.ok()
    }

    pub async fn deletes(&self, post: &Value) -> Value {
        self.delete(&format!("/api/v1/statuses/{}", id(post))).await.ok()
    }

    /// `follow`, `block`, `mute` and their opposites; the relationship that comes of it.
    pub async fn toward(&self, verb: &str, other: &Person) -> Value {
        self.act(&format!("/api/v1/accounts/{}/{verb}", other.id))
            .await
            .ok()
    }

    pub async fn follows(&self, other: &Person) -> Value {
        self.toward("follow", other).await
    }

    pub async fn unfollows(&self, other: &Person) -> Value {
        self.toward("unfollow", other).await
    }

    pub async fn blocks(&self, other: &Person) -> Value {
        self.toward("block", other).await
    }

    pub async fn mutes(&self, other: &Person) -> Value {
        self.toward("mute", other).await
    }

    pub async fn home(&self) -> Vec<Value> {
        self.get("/api/v1/timelines/home?limit=40").await.list()
    }

    /// Uploads a picture and waits until it is ready.
    pub async fn uploads(&self, picture: &[u8], alt: &str) -> Value {
        let parts = [
            Part::Text("description", alt),
            Part::File("file", "photo.jpg", "image/jpeg", picture),
        ];
        let Some(app) = &self.by_hand else {
            return self.multipart(Method::POST, "/api/v1/media", &parts).await.ok();
        };
        let media = self.multipart(Method::POST, "/api/v2/media", &parts).await.ok();
        server::do_pictures(app).await;
        self.get(&format!("/api/v1/media/{}", id(&media))).await.ok()
    }

    /// All pages of a list, newest first, as a client goes through them by `Link`.
    pub async fn walks(&self, path: &str) -> Vec<Vec<Value>> {
        let mut pages = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let answer = self.get(&path).await;
            next = answer.links().next;
            pages.push(answer.list());
            assert!(pages.len() < 500, "{path} has no end");
        }
        pages
    }
}
