//! A client as an app on a phone is one: requests with a token, answers with their status. Follows no redirects.

use bytes::Bytes;
use reqwest::header::{self, HeaderMap};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use url::form_urlencoded;

/// Talks to one server, as somebody or as nobody.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    pub base: String,
    pub token: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub asked: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    Text(&'a str, &'a str),
    /// Field, file name, type, content.
    File(&'a str, &'a str, &'a str, &'a [u8]),
}

/// The addresses of a `Link` header, as paths with queries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    pub next: Option<String>,
    pub prev: Option<String>,
}

const BOUNDARY: &str = "a-line-that-no-picture-contains-7201";

impl Client {
    pub fn new(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client can be made");
        Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            token: None,
        }
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// A request with this person's token; `path` may be a whole address of the same server.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let request = request.build().expect("it is a request");
        let asked = format!("{} {}", request.method(), request.url());
        let response = self
            .http
            .execute(request)
            .await
            .unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response
            .bytes()
            .await
            .unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        Answer {
            asked,
            status,
            headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub async fn form(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .request(method, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        self.send(request).await
    }

    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form(Method::POST, path, fields).await
    }

    /// A POST without parameters, as most verbs are.
    pub async fn act(&self, path: &str) -> Answer {
        self.post_form(path, &[]).await
    }

    pub async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(self.request(method, path).json(body)).await
    }

    pub async fn multipart(&self, method: Method, path: &str, parts: &[Part<'_>]) -> Answer {
        let request = self
            .request(method, path)
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(encode(parts));
        self.send(request).await
    }
}

fn encode(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (head, content) = match part {
            Part::Text(name, text) => (format!("name=\"{name}\"\r\n"), text.as_bytes()),
            Part::File(name, file, kind, content) => (
                format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {kind}\r\n"),
                *content,
            ),
        };
        body.extend_from_slice(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} gave no JSON ({error}): {}", self.asked, self.text()))
    }

    /// The JSON of a good answer.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(
            self.status.is_success(),
            "{} gave {}: {}",
            self.asked,
            self.status,
            self.text()
        );
        self.value()
    }

    /// The JSON list of a good answer.
    #[track_caller]
    pub fn list(&self) -> Vec<Value> {
        match self.ok() {
            Value::Array(items) => items,
            other => panic!("{} gave no list: {other}", self.asked),
        }
    }

    /// The sentence of a refusal with this status.
    #[track_caller]
    pub fn refused(&self, status: u16) -> String {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{} gave {}",
            self.asked,
            self.text()
        );
        match &self.value()["error"] {
            Value::String(sentence) if !sentence.is_empty() => sentence.clone(),
            _ => panic!("{} gave no sentence: {}", self.asked, self.text()),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Panics where a `Link` cannot be read in full.
    #[track_caller]
    pub fn links(&self) -> Links {
        let mut links = Links::default();
        let Some(header) = self.header("link") else {
            return links;
        };
        for one in header.split(", ") {
            let (address, relation) = one.split_once(">; rel=").expect("an address and its relation");
            let address = url::Url::parse(address.trim_start_matches('<')).expect("an address");
            let path = format!("{}?{}", address.path(), address.query().unwrap_or_default());
            match relation {
                "\"next\"" => links.next = Some(path),
                "\"prev\"" => links.prev = Some(path),
                other => panic!("an unknown relation {other} in {header}"),
            }
        }
        links
    }
}

/// The ids of entities.
#[track_caller]
pub fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(id).collect()
}

#[track_caller]
pub fn id(entity: &Value) -> String {
    match &entity["id"] {
        Value::String(id) => id.clone(),
        _ => panic!("an entity without an id: {entity}"),
    }
}
