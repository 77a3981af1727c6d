//! A server of another make on loopback, with people, keys, and bad manners when the test asks for them. Remembers what
//! it was asked, and does nothing of its own accord.

use std::collections::{HashMap, VecDeque};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use tintype::signing_keys::SigningKeys;

use super::actor::Actor;
use super::keys;
use super::server::NAMES;
use super::waiting::eventually;

/// What the peer answers at one address.
#[derive(Clone, Debug)]
pub enum Says {
    Document(Value),
    /// A document for whoever signs by RFC 9421; 401 for all others.
    ToModern(Value),
    File(&'static str, Vec<u8>),
    Status(u16),
    /// A status that comes with `Retry-After`.
    Wait(u16, &'static str),
    Redirect(String),
    /// The beginning of a file, and then the end of the connection.
    Cut,
    /// Nothing, until [`Peer::release`]; then what it says there by then, or 202.
    Hang,
}

/// What the peer was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

#[derive(Clone)]
pub struct Peer {
    pub authority: String,
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    authority: String,
    /// So that the people of one test have keys of their own.
    keys: SigningKeys,
    /// By path, with the query where there is one.
    says: Mutex<HashMap<String, Says>>,
    /// What the next letters get, whichever inbox they are for; then 202.
    to_letters: Mutex<VecDeque<Says>>,
    asked: Mutex<Vec<Asked>>,
    released: watch::Sender<bool>,
}

impl Peer {
    /// Starts a peer under one of the names that the servers of a test know.
    pub async fn start(name: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let authority = format!("{name}:{}", address.port());
        let keys = keys::shared();
        for _ in NAMES.iter().take_while(|known| **known != name) {
            keys.next().expect("there are keys");
        }
        let shared = Arc::new(Shared {
            authority: authority.clone(),
            keys,
            says: Mutex::default(),
            to_letters: Mutex::default(),
            asked: Mutex::default(),
            released: watch::Sender::new(false),
        });
        let router = Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            authority,
            address,
            shared,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.authority)
    }

    /// Somebody who lives there, with a document and WebFinger.
    pub fn actor(&self, name: &str) -> Actor {
        let key = self.shared.keys.next().expect("there are keys");
        let actor = Actor::new(&self.authority, name, key);
        self.says(&format!("/users/{name}"), Says::Document(actor.document()));
        self.is_known_as(&actor.handle()[1..], &actor.uri);
        actor
    }

    /// Whoever looks for this handle, without the first `@`, is told of this address.
    pub fn is_known_as(&self, handle: &str, uri: &str) {
        let resource = format!("acct:{handle}");
        let link = json!({ "rel": "self", "type": "application/activity+json", "href": uri });
        let jrd = json!({ "subject": resource, "links": [link] });
        let encoded: String = url::form_urlencoded::byte_serialize(resource.as_bytes()).collect();
        let file = Says::File("application/jrd+json", jrd.to_string().into_bytes());
        for spelled in [&resource, &encoded] {
            self.says(
                &format!("/.well-known/webfinger?resource={spelled}"),
                file.clone(),
            );
        }
    }

    /// What it answers there from now on.
    pub fn says(&self, path: &str, says: Says) {
        self.shared
            .says
            .lock()
            .expect("nobody panics with it")
            .insert(path.to_owned(), says);
    }

    /// It has this document at the document's own address.
    pub fn serves(&self, document: &Value) {
        let id = document["id"].as_str().expect("an id");
        let path = id.strip_prefix(&self.url("")).expect("it is there");
        self.says(path, Says::Document(document.clone()));
    }

    /// What it answers to the next letters, in order.
    pub fn says_to_letters(&self, says: impl IntoIterator<Item = Says>) {
        self.shared
            .to_letters
            .lock()
            .expect("nobody panics with it")
            .extend(says);
    }

    /// Who hangs gets an answer, now and from now on.
    pub fn release(&self) {
        self.shared.released.send_replace(true);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().expect("nobody panics with it").clone()
    }

    /// How often it was asked for this path.
    pub fn asked_for(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| asked.path == path).count()
    }

    /// How many letters came to any inbox.
    pub fn how_many_letters(&self) -> usize {
        let asked = self.shared.asked.lock().expect("nobody panics with it");
        asked.iter().filter(|asked| asked.method == "POST").count()
    }

    /// The activities that came to any inbox, in order.
    pub fn letters(&self) -> Vec<Value> {
        let letters = self.asked().into_iter().filter(|asked| asked.method == "POST");
        letters
            .map(|asked| serde_json::from_slice(&asked.body).expect("a letter is JSON"))
            .collect()
    }

    /// The letters of one kind.
    pub fn letters_of(&self, kind: &str) -> Vec<Value> {
        let mut letters = self.letters();
        letters.retain(|letter| letter["type"] == kind);
        letters
    }

    /// Waits for the first letter of a kind, where the server's jobs run by themselves.
    pub async fn letter(&self, kind: &str) -> Value {
        eventually(&format!("a letter with {kind}"), async || {
            self.letters_of(kind).into_iter().next()
        })
        .await
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 22).await.unwrap_or_default();
    let path = parts
        .uri
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    let is_letter = parts.method == "POST" && path.ends_with("inbox");
    let asked = Asked {
        method: parts.method.to_string(),
        path: path.clone(),
        headers: parts.headers,
        body,
    };
    let is_modern = asked.headers.contains_key("signature-input");
    shared.asked.lock().expect("nobody panics with it").push(asked);
    let mut says = shared
        .says
        .lock()
        .expect("nobody panics with it")
        .get(&path)
        .cloned();
    if says.is_none() && is_letter {
        let next = shared
            .to_letters
            .lock()
            .expect("nobody panics with it")
            .pop_front();
        says = Some(next.unwrap_or(Says::Status(202)));
    }
    let says = match says.unwrap_or(Says::Status(404)) {
        Says::ToModern(document) if is_modern => Says::Document(document),
        Says::ToModern(_) => Says::Status(401),
        Says::Hang => later(&shared, &path).await,
        others => others,
    };
    say(&shared, says).await
}

async fn later(shared: &Shared, path: &str) -> Says {
    let mut released = shared.released.subscribe();
    released
        .wait_for(|released| *released)
        .await
        .expect("the peer is there");
    let says = shared.says.lock().expect("nobody panics with it");
    let by_then = says.get(path).filter(|says| !matches!(says, Says::Hang));
    by_then.cloned().unwrap_or(Says::Status(202))
}

async fn say(shared: &Shared, says: Says) -> Response {
    let (status, header, value, body) = match says {
        Says::Document(document) | Says::ToModern(document) => (
            200,
            "content-type",
            "application/activity+json".to_owned(),
            document.to_string().into(),
        ),
        Says::File(kind, bytes) => (200, "content-type", kind.to_owned(), Body::from(bytes)),
        Says::Status(status) => (status, "x-peer", shared.authority.clone(), Body::empty()),
        Says::Hang => unreachable!("it was waited for"),
        Says::Wait(status, wait) => (status, "retry-after", wait.to_owned(), Body::empty()),
        Says::Redirect(to) => (302, "location", to, Body::empty()),
        Says::Cut => {
            let broken = futures::stream::iter([Ok("\u{0}"), Err(std::io::Error::other("the line is cut"))]);
            (
                200,
                "content-type",
                "image/jpeg".to_owned(),
                Body::from_stream(broken),
            )
        }
    };
    Response::builder()
        .status(StatusCode::from_u16(status).expect("a status"))
        .header(header, value)
        .body(body)
        .expect("a response")
}
