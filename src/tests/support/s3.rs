//! A bucket on loopback that speaks as much of S3's protocol as the store uses, in pages so short that lists have several.
//! Checks no signature.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use tokio::net::TcpListener;

/// Objects of one page of a list.
const PAGE: usize = 7;
/// When everything was written, so far as this bucket knows.
const WRITTEN: &str = "2026-01-02T03:04:05.000Z";
const WRITTEN_AS_HEADER: &str = "Fri, 02 Jan 2026 03:04:05 GMT";
const LARGEST: usize = 50 << 20;

type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

#[derive(Clone)]
pub struct Bucket {
    pub endpoint: String,
    objects: Objects,
}

impl Bucket {
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let objects = Objects::default();
        let router = Router::new().fallback(answer).with_state(objects.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            endpoint: format!("http://{address}"),
            objects,
        }
    }

    /// What is in it, by name.
    pub fn names(&self) -> Vec<String> {
        lock(&self.objects).keys().cloned().collect()
    }

    pub fn remove(&self, name: &str) {
        lock(&self.objects).remove(name);
    }
}

fn lock(objects: &Objects) -> std::sync::MutexGuard<'_, BTreeMap<String, Bytes>> {
    objects.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `/bucket/name`.
async fn answer(State(objects): State<Objects>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let name = path.split_once('/').map_or("", |(_, name)| name).to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    match (parts.method, name.as_str()) {
        (Method::GET, "") => list(&objects, &query),
        (Method::POST, "") => delete_all(&objects, &String::from_utf8_lossy(&body)),
        (Method::PUT, _) => {
            let mut objects = lock(&objects);
            if header(header::IF_NONE_MATCH) == Some("*") && objects.contains_key(&name) {
                return StatusCode::PRECONDITION_FAILED.into_response();
            }
            objects.insert(name, body);
            [(header::ETAG, "\"tag\"")].into_response()
        }
        (Method::DELETE, _) => {
            lock(&objects).remove(&name);
            StatusCode::NO_CONTENT.into_response()
        }
        (method, _) => match lock(&objects).get(&name) {
            Some(object) => show(object, header(header::RANGE), method == Method::HEAD),
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

fn show(object: &Bytes, range: Option<&str>, head_only: bool) -> Response {
    let asked = range
        .and_then(|range| range.strip_prefix("bytes="))
        .and_then(|range| range.split_once('-'));
    let asked = asked.and_then(|(first, last)| {
        let first: usize = first.parse().ok()?;
        let last: usize = last.parse().unwrap_or(usize::MAX);
        Some(first..last.saturating_add(1).min(object.len()))
    });
    let part = asked.clone().unwrap_or(0..object.len());
    let mut response = Response::builder()
        .status(if asked.is_some() { 206 } else { 200 })
        .header(header::ETAG, "\"tag\"")
        .header(header::LAST_MODIFIED, WRITTEN_AS_HEADER)
        .header(header::CONTENT_LENGTH, part.len());
    if asked.is_some() {
        let place = format!("bytes {}-{}/{}", part.start, part.end - 1, object.len());
        response = response.header(header::CONTENT_RANGE, place);
    }
    let body = if head_only {
        Body::empty()
    } else {
        object.slice(part).into()
    };
    response.body(body).expect("the headers are good")
}

fn list(objects: &Objects, query: &str) -> Response {
    let mut asked: BTreeMap<String, String> = url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let prefix = asked.remove("prefix").unwrap_or_default();
    let after = asked.remove("continuation-token").unwrap_or_default();
    let objects = lock(objects);
    let mut found = objects
        .iter()
        .filter(|(name, _)| name.starts_with(&prefix) && **name > after);
    let page: Vec<_> = found.by_ref().take(PAGE).collect();
    let mut answer = String::from("<ListBucketResult>");
    for (name, object) in &page {
        answer += &format!(
            "<Contents><Key>{name}</Key><Size>{}</Size><LastModified>{WRITTEN}</LastModified></Contents>",
            object.len()
        );
    }
    if let (Some((last, _)), Some(_)) = (page.last(), found.next()) {
        answer += &format!("<NextContinuationToken>{last}</NextContinuationToken>");
    }
    answer += "</ListBucketResult>";
    answer.into_response()
}

fn delete_all(objects: &Objects, body: &str) -> Response {
    let mut answer = String::from("<DeleteResult>");
    for part in body.split("<Key>").skip(1) {
        let name = part.split("</Key>").next().unwrap_or_default();
        lock(objects).remove(name);
        answer += &format!("<Deleted><Key>{name}</Key></Deleted>");
    }
    answer += "</DeleteResult>";
    answer.into_response()
}
