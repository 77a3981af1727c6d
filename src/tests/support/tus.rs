//! A client that sends its uploads by tus 1.0.0. Goes on with none by itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Body, Method, RequestBuilder};

use super::http::{Answer, Client};

pub const UPLOADS: &str = "/api/tintype/v1/uploads";
pub const PIECE: &str = "application/offset+octet-stream";

/// A request that says what it speaks.
pub fn ask(client: &Client, method: Method, path: &str) -> RequestBuilder {
    client.request(method, path).header("tus-resumable", "1.0.0")
}

pub async fn announce(client: &Client, length: usize, metadata: &[(&str, &str)]) -> Answer {
    let words = metadata.iter();
    let words = words.map(|(word, value)| format!("{word} {}", STANDARD.encode(value)));
    let mut request = ask(client, Method::POST, UPLOADS).header("upload-length", length);
    if !metadata.is_empty() {
        request = request.header("upload-metadata", words.collect::<Vec<_>>().join(","));
    }
    client.send(request).await
}

/// Where an upload goes that was announced, as a path.
#[track_caller]
pub fn place(announced: &Answer) -> String {
    assert_eq!(announced.status, 201, "{}", announced.text());
    let place = announced.header("location").expect("a place");
    url::Url::parse(place).expect("an address").path().to_owned()
}

pub async fn begins(client: &Client, length: usize) -> String {
    place(&announce(client, length, &[]).await)
}

/// A piece, to be sent.
pub fn piece(client: &Client, path: &str, offset: usize, body: impl Into<Body>) -> RequestBuilder {
    ask(client, Method::PATCH, path)
        .header("content-type", PIECE)
        .header("upload-offset", offset)
        .body(body)
}

pub async fn sends(client: &Client, path: &str, offset: usize, bytes: &[u8]) -> Answer {
    client.send(piece(client, path, offset, bytes.to_vec())).await
}

pub async fn head(client: &Client, path: &str) -> Answer {
    client.send(ask(client, Method::HEAD, path)).await
}

/// How much of it is there.
pub async fn offset(client: &Client, path: &str) -> usize {
    let answer = head(client, path).await;
    assert_eq!(answer.status, 200, "{path}");
    told(&answer, "upload-offset")
}

#[track_caller]
pub fn told(answer: &Answer, name: &str) -> usize {
    let told = answer
        .header(name)
        .unwrap_or_else(|| panic!("{name} is not told"));
    told.parse().expect("a number")
}
