//! A scripted server on loopback, and clients that may speak to it. Never answers anything that the test did not write.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use chrono::{DateTime, TimeZone, Utc};
use http::HeaderMap;
use tintype_federation::fetch::{FetchError, GuardSettings, GuardedClient, Signer};
use tintype_federation::guard::PrivateAddresses;
use tintype_federation::key::SigningKey;
use tintype_federation::signature::Scheme;
use url::Url;

pub static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());

/// What a peer was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A running server that remembers what it was asked.
pub struct Peer {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Peer {
    /// Starts a server; `answer` gets the server's own base URL and the request.
    pub async fn start(answer: impl Fn(&str, &Asked) -> Response + Clone + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let remember = Arc::clone(&asked);
        let base = format!("http://{address}");
        let app = Router::new().fallback(move |request: Request| {
            let (answer, remember, base) = (answer.clone(), Arc::clone(&remember), base.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20).await.unwrap().to_vec();
                let path = parts.uri.path_and_query().unwrap().to_string();
                let asked = Asked {
                    method: parts.method.to_string(),
                    path,
                    headers: parts.headers,
                    body,
                };
                remember.lock().unwrap().push(asked.clone());
                answer(&base, &asked)
            }
        });
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, asked }
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2020, 5, 17, 12, 0, 0).unwrap()
}

pub fn client(private: PrivateAddresses) -> GuardedClient {
    client_with(private, &[])
}

pub fn client_with(private: PrivateAddresses, names: &[&str]) -> GuardedClient {
    let local = |name: &&str| ((*name).to_owned(), IpAddr::V4(Ipv4Addr::LOCALHOST));
    GuardedClient::new(GuardSettings {
        private,
        resolve: names.iter().map(local).collect(),
        user_agent: String::from("Tintype/test"),
        own_authority: String::from("here.example"),
    })
    .unwrap()
}

pub fn signer() -> Signer {
    Signer {
        key_id: Url::parse("https://here.example/actor#main-key").unwrap(),
        key: KEY.clone(),
        scheme: Scheme::Cavage,
    }
}

pub fn answer(status: u16, content_type: &str, body: impl Into<Body>) -> Response {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .body(body.into())
        .unwrap()
}

pub fn activity(body: &serde_json::Value) -> Response {
    answer(200, "application/activity+json", body.to_string())
}

pub fn redirect(to: &str) -> Response {
    Response::builder()
        .status(302)
        .header("location", to)
        .body(Body::empty())
        .unwrap()
}

/// Fetches an object unsigned; what counts is where it was found, or why not.
pub async fn fetch(peer: &Peer, path: &str) -> Result<Url, FetchError> {
    client(PrivateAddresses::Allowed)
        .get_object(&peer.url(path), None, now())
        .await
        .map(|object| object.url)
}
