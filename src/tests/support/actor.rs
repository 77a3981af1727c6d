//! Somebody at a scripted peer, and the activities that they sign: rightly unless the test asks otherwise.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use tintype::domain::clock::{Clock, Time};
use tintype_federation::key::SigningKey;
use tintype_federation::signature::{BodyDigest, Scheme, sign_get, sign_post};
use url::Url;

use super::binary::Binary;
use super::http::{Answer, Client};
use super::server::TestServer;

pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

#[derive(Clone)]
pub struct Actor {
    pub name: String,
    pub authority: String,
    pub uri: String,
    pub key_id: String,
    pub key: SigningKey,
}

/// A server's door for other servers, as one of them knows it.
#[derive(Clone)]
pub struct Door {
    pub client: Client,
    pub authority: String,
    pub now: Time,
}

impl From<&TestServer> for Door {
    fn from(server: &TestServer) -> Self {
        Self {
            client: server.client.clone(),
            authority: server.authority().to_owned(),
            now: server.app.clock.now(),
        }
    }
}

impl From<&Binary> for Door {
    fn from(server: &Binary) -> Self {
        Self {
            client: server.client.clone(),
            authority: server.authority.clone(),
            now: Clock::system().now(),
        }
    }
}

/// A letter about to be sent. Everything about it can be made wrong.
#[derive(Clone)]
pub struct Letter {
    door: Door,
    pub path: String,
    pub body: Vec<u8>,
    headers: HeaderMap,
    key_id: String,
    key: SigningKey,
}

fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Actor {
    pub fn new(authority: &str, name: &str, key: SigningKey) -> Self {
        let uri = format!("http://{authority}/users/{name}");
        Self {
            name: name.to_owned(),
            authority: authority.to_owned(),
            key_id: format!("{uri}#main-key"),
            uri,
            key,
        }
    }

    pub fn handle(&self) -> String {
        format!("@{}@{}", self.name, self.authority)
    }

    pub fn followers(&self) -> String {
        format!("{}/followers", self.uri)
    }

    /// The collection of posts at the top of their profile; in the document only when the test puts it there.
    pub fn featured(&self) -> String {
        format!("{}/collections/featured", self.uri)
    }

    pub fn document(&self) -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": self.uri, "type": "Person", "preferredUsername": self.name, "name": self.name,
            "url": format!("http://{}/@{}", self.authority, self.name),
            "inbox": format!("{}/inbox", self.uri), "outbox": format!("{}/outbox", self.uri),
            "followers": self.followers(), "following": format!("{}/following", self.uri),
            "endpoints": { "sharedInbox": format!("http://{}/inbox", self.authority) },
            "publicKey": { "id": self.key_id, "owner": self.uri,
                           "publicKeyPem": self.key.public_pem().expect("it has a public half") },
        })
    }

    /// An address on this actor's server that nothing else has.
    pub fn address(&self, kind: &str) -> String {
        format!("http://{}/{kind}/{}", self.authority, number())
    }

    /// An activity with an id of its own.
    pub fn does(&self, kind: &str, object: impl Into<Value>) -> Value {
        json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": self.address("activities"), "type": kind, "actor": self.uri, "object": object.into(),
        })
    }

    /// A public post that is not published yet.
    pub fn note(&self, html: &str) -> Value {
        json!({
            "id": self.address("notes"), "type": "Note", "attributedTo": self.uri, "content": html,
            "to": [PUBLIC], "cc": [self.followers()],
        })
    }

    /// A Create, addressed as its object is.
    pub fn creates(&self, note: &Value) -> Value {
        let mut create = self.does("Create", note.clone());
        create["to"] = note["to"].clone();
        create["cc"] = note["cc"].clone();
        create
    }

    pub fn letter(&self, to: impl Into<Door>, activity: &Value) -> Letter {
        self.letter_of(to, activity.to_string().into_bytes())
    }

    /// A letter with any body.
    pub fn letter_of(&self, to: impl Into<Door>, body: impl Into<Vec<u8>>) -> Letter {
        let letter = Letter {
            door: to.into(),
            path: "/inbox".to_owned(),
            body: body.into(),
            headers: HeaderMap::new(),
            key_id: self.key_id.clone(),
            key: self.key.clone(),
        };
        letter.signed()
    }

    /// Sends an activity as an honest server does.
    pub async fn sends(&self, to: impl Into<Door>, activity: &Value) -> Answer {
        self.letter(to, activity).send().await
    }

    /// The same, taken by the server.
    #[track_caller]
    pub fn tells(&self, to: impl Into<Door>, activity: &Value) -> impl Future<Output = ()> {
        let letter = self.letter(to, activity);
        async move {
            let answer = letter.send().await;
            assert_eq!(answer.status, 202, "{}", answer.text());
        }
    }

    /// A signed GET of a document.
    pub async fn reads(&self, of: impl Into<Door>, path: &str) -> Answer {
        let door = of.into();
        let url = Url::parse(&format!("http://{}{path}", door.authority)).expect("an address");
        let key_id = Url::parse(&self.key_id).expect("an address");
        let headers = sign_get(&key_id, &self.key, &url, door.now, Scheme::Cavage).expect("it can be signed");
        let request = door.client.request(Method::GET, path).headers(headers);
        door.client
            .send(request.header("accept", "application/activity+json"))
            .await
    }
}

impl Letter {
    fn signed(self) -> Self {
        let (now, authority) = (self.door.now, self.door.authority.clone());
        self.sign(now, &authority, Scheme::Cavage)
    }

    fn sign(mut self, now: Time, authority: &str, scheme: Scheme) -> Self {
        let url = Url::parse(&format!("http://{authority}{}", self.path)).expect("an address");
        let key_id = Url::parse(&self.key_id).expect("an address");
        let digest = BodyDigest::of(&self.body);
        self.headers = sign_post(&key_id, &self.key, &url, &digest, now, scheme).expect("it can be signed");
        self
    }

    /// For another inbox of the same server.
    pub fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self.signed()
    }

    pub fn by_rfc9421(self) -> Self {
        let (now, authority) = (self.door.now, self.door.authority.clone());
        self.sign(now, &authority, Scheme::Rfc9421)
    }

    /// Signed at another time.
    pub fn dated(self, from_now: TimeDelta) -> Self {
        let (now, authority) = (self.door.now + from_now, self.door.authority.clone());
        self.sign(now, &authority, Scheme::Cavage)
    }

    /// Signed for another server, and sent to this one all the same.
    pub fn signed_for(self, authority: &str) -> Self {
        let now = self.door.now;
        self.sign(now, authority, Scheme::Cavage)
    }

    /// Signed with another key, under the same or another key's name.
    pub fn signed_with(mut self, key: &SigningKey, key_id: &str) -> Self {
        self.key = key.clone();
        key_id.clone_into(&mut self.key_id);
        self.signed()
    }

    /// Changed after it was signed.
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn without(mut self, header: &'static str) -> Self {
        self.headers.remove(header);
        self
    }

    pub fn with(mut self, header: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("a header");
        self.headers.insert(HeaderName::from_static(header), value);
        self
    }

    /// The status, or none when the connection broke.
    pub async fn arrives(&self) -> Option<u16> {
        let request = self
            .door
            .client
            .request(Method::POST, &self.path)
            .headers(self.headers.clone());
        let answer = request.body(self.body.clone()).send().await.ok()?;
        Some(answer.status().as_u16())
    }

    pub async fn send(&self) -> Answer {
        let client = &self.door.client;
        let request = client
            .request(Method::POST, &self.path)
            .headers(self.headers.clone());
        client.send(request.body(self.body.clone())).await
    }
}
