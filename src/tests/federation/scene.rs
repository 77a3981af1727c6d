//! A server with Ana, who lives there, and a scripted peer with Zed, whom Ana follows.

use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::id;
use crate::support::peer::Peer;
use crate::support::queues;
use crate::support::server::Settings;
use crate::support::waiting::eventually;
use crate::support::{Person, TestServer};

pub struct Scene {
    pub server: TestServer,
    pub ana: Person,
    pub peer: Peer,
    pub zed: Actor,
    /// Zed's id here.
    pub zed_id: String,
}

impl Scene {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    pub async fn with(more: &[(&str, &str)]) -> Self {
        let server = TestServer::start_with(Settings {
            name: "one.test",
            more,
            ..Settings::default()
        })
        .await;
        let peer = Peer::start("peer.test").await;
        let (ana, zed) = (server.person("ana").await, peer.actor("zed"));
        let zed_id = befriend(&server, &ana, &peer, &zed).await;
        Self {
            server,
            ana,
            peer,
            zed,
            zed_id,
        }
    }

    /// Zed says it, and the server does what comes of it.
    pub async fn zed_tells(&self, activity: &Value) {
        self.zed.tells(&self.server, activity).await;
        self.server.settle().await;
    }

    /// A post of Zed's as the peer sent it, and as Ana has it.
    pub async fn zed_posts(&self, html: &str) -> (Value, Value) {
        let note = self.zed.note(html);
        self.zed_tells(&self.zed.creates(&note)).await;
        let here = self.of_note(&note).await.expect("the post came in");
        (note, here)
    }

    /// What Ana has of a note, if anything.
    pub async fn of_note(&self, note: &Value) -> Option<Value> {
        let uri = note["id"].as_str().expect("an id");
        let id = self
            .number("select coalesce((select id from posts where uri = $1), 0)", uri)
            .await;
        if id == 0 {
            return None;
        }
        Some(self.ana.get(&format!("/api/v1/statuses/{id}")).await.ok())
    }

    /// Asks the database for a number; `$1` is `text`.
    pub async fn number(&self, sql: &'static str, text: &str) -> i64 {
        let asked = sqlx::query_scalar(sql).bind(text);
        asked
            .fetch_one(self.server.db())
            .await
            .expect("the question is a good one")
    }

    pub async fn posts(&self) -> i64 {
        self.number("select count(*) from posts where $1 = ''", "").await
    }

    pub async fn parked(&self) -> i64 {
        self.number("select count(*) from received where $1 = ''", "")
            .await
    }

    /// The address of somebody here for other servers.
    pub fn uri(&self, person: &Person) -> String {
        format!("http://{}/users/{}", self.server.authority(), person.name)
    }

    /// The address of a post made here for other servers.
    pub fn post_uri(&self, author: &Person, post: &Value) -> String {
        format!("{}/posts/{}", self.uri(author), id(post))
    }
}

/// Finds somebody elsewhere by handle, as the search field of an app does; their id here.
pub async fn find(person: &Person, handle: &str) -> String {
    let query: String = url::form_urlencoded::byte_serialize(handle.as_bytes()).collect();
    let path = format!("/api/v2/search?q={query}&type=accounts&resolve=true");
    let found = person.get(&path).await.ok();
    assert_eq!(
        found["accounts"].as_array().map(Vec::len),
        Some(1),
        "{handle}: {found}"
    );
    id(&found["accounts"][0])
}

/// Somebody here follows somebody at a peer, who accepts; the followee's id here.
pub async fn befriend(server: &TestServer, person: &Person, peer: &Peer, actor: &Actor) -> String {
    let followee = find(person, &actor.handle()).await;
    person
        .act(&format!("/api/v1/accounts/{followee}/follow"))
        .await
        .ok();
    server.settle().await;
    let asked = peer.letters_of("Follow");
    let follow = asked.iter().rfind(|follow| follow["object"] == json!(actor.uri));
    actor
        .tells(
            server,
            &actor.does("Accept", follow.expect("a Follow came").clone()),
        )
        .await;
    server.settle().await;
    let path = format!("/api/v1/accounts/relationships?id[]={followee}");
    let relation = person.get(&path).await.ok();
    assert_eq!(relation[0]["following"], true, "{relation}");
    followee
}

/// Until no server has anything left to do, also not for another one.
pub async fn settle_all(servers: &[&TestServer]) {
    loop {
        for server in servers {
            server.settle().await;
        }
        let mut due = String::new();
        for server in servers {
            due += &queues::due(server.db(), server.app.clock.now()).await;
        }
        if due.is_empty() {
            return;
        }
    }
}

/// The picture of a post is ready and can be had from this server; its bytes' type.
pub async fn picture(server: &TestServer, person: &Person, post: &Value) -> String {
    let url = eventually("the picture is ready", async || {
        let post = person.sees(post).await;
        post["media_attachments"][0]["url"].as_str().map(str::to_owned)
    })
    .await;
    let path = url
        .split_once(server.authority())
        .expect("it is at the reader's own server")
        .1;
    let answer = person.get(path).await;
    assert_eq!(answer.status, 200, "{url}");
    assert!(answer.body.starts_with(&[0xFF, 0xD8]), "{url} is no JPEG");
    answer.header("content-type").unwrap_or_default().to_owned()
}
