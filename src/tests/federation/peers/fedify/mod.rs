//! A server on Fedify, which parses JSON-LD in full and verifies by its own code, beside one of ours. Whatever a test is
//! about, in the end Fedify has found every request of ours to be signed as it should be.

mod deeds;
mod follows;
mod moves;
mod posts;
mod signatures;

use serde_json::{Value, json};
use tokio::process::Child;

use crate::federation::scene::find;
use crate::support::http::Client;
use crate::support::program;
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

pub const SCHEMES: [&str; 2] = ["rfc9421", "draft-cavage-http-signatures-12"];

/// The other server, by the door that it has for tests.
pub struct Fedify {
    pub authority: String,
    control: Client,
    _program: Child,
}

impl Fedify {
    async fn start() -> Self {
        let name = "peer.test";
        let (doors, program) = program::start("fedify", &["main.js", name]).await;
        Self {
            authority: format!("{name}:{}", doors["port"]),
            control: Client::new(&format!("http://127.0.0.1:{}", doors["control"])),
            _program: program,
        }
    }

    pub fn uri(&self, name: &str) -> String {
        format!("http://{}/users/{name}", self.authority)
    }

    pub fn handle(&self, name: &str) -> String {
        format!("@{name}@{}", self.authority)
    }

    /// What its people do, as `deeds.js` there has it.
    pub async fn does(&self, deed: &str, how: Value) -> Value {
        let mut asked = how;
        asked["deed"] = json!(deed);
        self.control.json(reqwest::Method::POST, "/", &asked).await.ok()
    }

    /// What came to it and was found good, of one kind, in order.
    pub async fn heard(&self, kind: &str) -> Vec<Value> {
        let Value::Array(mut heard) = self.does("heard", json!({})).await else {
            panic!("that is a list");
        };
        heard.retain(|activity| activity["type"] == kind);
        heard
    }

    /// The last of a kind.
    pub async fn heard_last(&self, kind: &str) -> Value {
        let heard = self.heard(kind).await.pop();
        heard.unwrap_or_else(|| panic!("no {kind} was heard"))
    }

    /// All that other servers asked, each with what the verifier says of it.
    pub async fn asked(&self) -> Vec<Value> {
        match self.does("asked", json!({})).await {
            Value::Array(asked) => asked,
            other => panic!("{other}"),
        }
    }
}

/// Ana here and Fay there, who follow each other.
pub struct World {
    pub server: TestServer,
    pub ana: Person,
    pub fedify: Fedify,
    /// Fay's id here.
    pub fay_id: String,
}

impl World {
    pub fn ana_uri(&self) -> String {
        self.server.app.urls.actor("ana")
    }

    /// What Fay does, and what this server makes of it.
    pub async fn fay(&self, deed: &str, how: Value) -> Value {
        let mut how = how;
        how["by"] = json!("fay");
        let done = self.fedify.does(deed, how).await;
        self.server.settle().await;
        done
    }

    /// Fay's deed on something of Ana's.
    pub async fn fay_does(&self, kind: &str, object: &str) -> Value {
        let how = json!({ "kind": kind, "object": object, "to": [self.ana_uri()] });
        self.fay("does", how).await
    }

    pub async fn fay_undoes(&self, deed: &Value) {
        let how = json!({ "activity": deed["id"], "to": [self.ana_uri()] });
        self.fay("undoes", how).await;
    }

    /// The address of a post of Ana's for other servers.
    pub fn post_uri(&self, post: &Value) -> String {
        format!("{}/posts/{}", self.ana_uri(), crate::support::http::id(post))
    }

    pub async fn relation(&self) -> Value {
        let path = format!("/api/v1/accounts/relationships?id[]={}", self.fay_id);
        self.ana.get(&path).await.list().remove(0)
    }

    /// Nothing of ours was badly signed, and nothing but what everybody may have was asked for without a signature.
    async fn was_believed(&self) {
        let open = ["/.well-known/", "/nodeinfo/", "/pictures/"];
        let mut letters = 0;
        for line in self.fedify.asked().await {
            let (verdict, path) = (&line["verdict"], line["path"].as_str().expect("a path"));
            // Who is to get letters is knocked at first, with empty hands, and nowhere else.
            if line["method"] == "HEAD" {
                assert_eq!(verdict, "unsigned", "{line}");
                assert!(path.ends_with("inbox"), "{line}");
                continue;
            }
            if verdict == "unsigned" {
                assert_eq!(line["method"], "GET", "{line}");
                assert!(open.iter().any(|open| path.starts_with(open)), "{line}");
                continue;
            }
            assert_eq!(verdict, "valid", "{line}");
            let key = line["key"].as_str().expect("a key");
            assert!(
                key.starts_with(&format!("http://{}/", self.server.authority())),
                "{line}"
            );
            letters += usize::from(line["method"] == "POST");
        }
        assert!(letters > 0, "nothing was sent");
    }
}

/// Runs a test with both servers, and asks in the end whether Fedify believed all that ours said.
pub async fn with_fay(test: impl AsyncFnOnce(&World)) {
    let server = TestServer::start_with(Settings {
        name: "one.test",
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    let fedify = Fedify::start().await;
    fedify.does("comes", json!({ "name": "fay" })).await;
    let fay_id = find(&ana, &fedify.handle("fay")).await;
    let world = World {
        server,
        ana,
        fedify,
        fay_id,
    };
    world
        .ana
        .act(&format!("/api/v1/accounts/{}/follow", world.fay_id))
        .await
        .ok();
    world.server.settle().await;
    world.fay_does("Follow", &world.ana_uri()).await;
    let relation = world.relation().await;
    assert_eq!(relation["following"], true, "{relation}");
    assert_eq!(relation["followed_by"], true, "{relation}");
    test(&world).await;
    world.server.settle().await;
    world.was_believed().await;
}
