//! Somebody here who follows everybody, and what they see of what was sent. Never looks where a person or their moderator
//! cannot, but for the id of a post.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use super::documents::{self, Kind, id_of, type_of};
use super::recipients::Us;
use super::stage::Stage;
use super::words::{self, letters};
use crate::support::actor::Actor;
use crate::support::http::{Client, id};
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

/// What somebody sees where there is nothing.
pub const NOTHING: &str = "nothing";

pub struct Viewer {
    pub server: TestServer,
    pub us: Us,
    ana: Person,
    moderator: Client,
    /// The authors' ids here, by their addresses.
    met: HashMap<String, String>,
}

impl Viewer {
    pub async fn new() -> Self {
        let server = TestServer::start_with(Settings {
            name: "one.test",
            ..Settings::default()
        })
        .await;
        let ana = server.person("ana").await;
        let post = ana.post("Something to answer and to like").await;
        server.settle().await;
        // Servers of people who never lived are told in vain.
        server.may_leave_work();
        let person = server.app.urls.actor("ana");
        let us = Us {
            authority: server.authority().to_owned(),
            post: format!("{person}/posts/{}", id(&post)),
            person,
        };
        let moderator = server.token_for(&ana, "admin:read").await;
        Self {
            server,
            us,
            ana,
            moderator,
            met: HashMap::new(),
        }
    }

    /// All that was taken was done: nothing failed, and nothing was put aside. What names something that its server does
    /// not have is looked for again later.
    pub async fn is_done(&self) {
        let left = "select concat_ws(', ', (select min(left(body, 200)) from received where not fetches),
                                     (select min(error) from outbox_aside))";
        let left: String = sqlx::query_scalar(left)
            .fetch_one(self.server.db())
            .await
            .expect("the question is a good one");
        assert_eq!(left, "", "taken, and not done");
    }

    /// Finds the author and follows them; whoever cannot be found is not followed.
    pub async fn follows(&mut self, stage: &Stage) {
        self.follows_one(&stage.author).await;
        if let Some(other) = &stage.other {
            self.follows_one(other).await;
        }
    }

    async fn follows_one(&mut self, author: &Actor) {
        let query: String = url::form_urlencoded::byte_serialize(author.uri.as_bytes()).collect();
        let path = format!("/api/v2/search?q={query}&type=accounts&resolve=true");
        let found = self.ana.get(&path).await.ok();
        let Some(found) = found["accounts"].get(0).map(id) else {
            return;
        };
        // A server's own actor is followed by nobody.
        drop(self.ana.act(&format!("/api/v1/accounts/{found}/follow")).await);
        self.met.insert(author.uri.clone(), found);
    }

    /// What there is of a document now, in the words of the table.
    pub async fn sees(&self, stage: &Stage) -> String {
        let (author, value) = (&stage.author, &stage.value);
        let about = match type_of(value) {
            "Undo" => &value["object"],
            _ => documents::passed_on(value)
                .filter(|deed| ["Update", "Delete"].contains(&type_of(deed)))
                .unwrap_or(value),
        };
        match type_of(about) {
            _ if stage.kind == Kind::Actor => self.person(author, value).await,
            _ if stage.kind == Kind::Other => self.found(value).await,
            "Follow" => self.told("follow", author, "follows").await,
            "Like" | "EmojiReact" | "Dislike" => self.told("favourite", author, "likes").await,
            "Accept" | "Reject" | "Block" => self.relation(author).await,
            "Flag" => self.reported(author).await,
            "Announce" => self.repost(author).await,
            "Add" | "Remove" => self.pinned(author).await,
            "Move" => self.moved(author).await,
            _ if id_of(&about["object"]).is_some_and(|object| object == author.uri) => {
                self.person(author, &about["object"]).await
            }
            _ => self.post(about).await,
        }
    }

    /// What comes of looking for its address.
    async fn found(&self, value: &Value) -> String {
        let Some(id) = value["id"].as_str() else {
            return NOTHING.to_owned();
        };
        let query: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
        let found = self
            .ana
            .get(&format!("/api/v2/search?q={query}&resolve=true"))
            .await
            .ok();
        match (&found["statuses"][0], &found["accounts"][0]) {
            (Value::Null, Value::Null) => NOTHING.to_owned(),
            (Value::Null, person) => words::of_person(person, value),
            (post, _) => words::of_post(post, value),
        }
    }

    pub fn has_met(&self, author: &Actor) -> bool {
        self.met.contains_key(&author.uri)
    }

    fn of(&self, author: &Actor) -> Option<&str> {
        self.met.get(&author.uri).map(String::as_str)
    }

    async fn person(&self, author: &Actor, said: &Value) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let answer = self.ana.get(&format!("/api/v1/accounts/{id}")).await;
        match answer.status.as_u16() {
            200 => words::of_person(&answer.value(), said),
            _ => NOTHING.to_owned(),
        }
    }

    /// Whether Ana was told of something by the author.
    async fn told(&self, kind: &str, author: &Actor, word: &str) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let path = format!("/api/v1/notifications?types[]={kind}&account_id={id}");
        word_where(!self.ana.get(&path).await.list().is_empty(), word)
    }

    async fn relation(&self, author: &Actor) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let path = format!("/api/v1/accounts/relationships?id[]={id}");
        let relation = &self.ana.get(&path).await.ok()[0];
        let words = [
            ("blocked_by", "blocks"),
            ("requested", "asked"),
            ("following", "followed"),
        ];
        let word = words.iter().find(|(flag, _)| relation[flag] == true);
        word.map_or(NOTHING, |(_, word)| word).to_owned()
    }

    async fn reported(&self, author: &Actor) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let path = format!("/api/v1/admin/reports?account_id={id}");
        let reports = self.moderator.get(&path).await.list();
        match reports.first() {
            Some(report) => format!("reports {}", report["statuses"].as_array().map_or(0, Vec::len)),
            None => NOTHING.to_owned(),
        }
    }

    /// Whether something that the author announced is among what they posted.
    async fn repost(&self, author: &Actor) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let path = format!("/api/v1/accounts/{id}/statuses");
        let posted = self.ana.get(&path).await.list();
        word_where(posted.iter().any(|post| post["reblog"].is_object()), "reposted")
    }

    async fn moved(&self, author: &Actor) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let person = self.ana.get(&format!("/api/v1/accounts/{id}")).await.ok();
        word_where(!person["moved"].is_null(), "moved")
    }

    /// Whether anything stands at the top of the author's profile.
    async fn pinned(&self, author: &Actor) -> String {
        let Some(id) = self.of(author) else {
            return NOTHING.to_owned();
        };
        let path = format!("/api/v1/accounts/{id}/statuses?pinned=true");
        word_where(!self.ana.get(&path).await.list().is_empty(), "pinned")
    }

    async fn post(&self, about: &Value) -> String {
        let id = match documents::post(about) {
            Some(post) => id_of(&post["id"]),
            None => id_of(&about["object"]),
        };
        let Some(shown) = self.shown(id).await else {
            return NOTHING.to_owned();
        };
        match documents::post(about).filter(|_| type_of(about) != "Delete") {
            Some(post) => words::of_post(&shown, post),
            None => format!("there {}", letters(&shown["content"]).chars().count()),
        }
    }

    /// What Ana has of a post, if anything.
    async fn shown(&self, id: Option<String>) -> Option<Value> {
        let uri = Url::parse(&id?).ok()?.to_string();
        let asked = sqlx::query_scalar::<_, i64>("select id from posts where uri = $1").bind(uri);
        let id = asked
            .fetch_optional(self.server.db())
            .await
            .expect("the question is a good one")?;
        let answer = self.ana.get(&format!("/api/v1/statuses/{id}")).await;
        (answer.status == 200).then(|| answer.value())
    }
}

fn word_where(is_there: bool, word: &str) -> String {
    if is_there { word } else { NOTHING }.to_owned()
}
