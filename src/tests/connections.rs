//! Connections that say nothing, or only half of what they have to say, do not keep others out.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::routing::{any, get, post};
use bytes::Bytes;
use futures::StreamExt as _;
use tintype::web::listener::{self, Bounds};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::support::TestServer;

struct Listening {
    address: SocketAddr,
    stop: CancellationToken,
    ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// More than the two ends of a connection hold between them.
const LARGE: usize = 32 << 20;

async fn listen(all: usize, silence: Duration) -> Listening {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let asked = async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string();
    let endless = async || {
        let piece = Bytes::from_static(&[b'x'; 1 << 16]);
        Body::from_stream(futures::stream::repeat(piece).map(Ok::<_, Infallible>))
    };
    let large = async || vec![b'x'; LARGE];
    let refused = async || StatusCode::UNAUTHORIZED;
    let taken = async |body: Bytes| body.len().to_string();
    let router = Router::new()
        .route("/", get(asked))
        .route("/refused", any(refused))
        .route("/taken", post(taken))
        .route("/large", get(large))
        .route("/endless", get(endless));
    let bounds = Bounds {
        all,
        of_one: 8,
        trusted: Vec::new(),
        silence,
        body: silence,
    };
    let stop = CancellationToken::new();
    let ended = tokio::spawn(listener::serve(listener, router, bounds, stop.clone()));
    Listening { address, stop, ended }
}

impl Listening {
    async fn says(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(text.as_bytes()).await.expect("it reads");
        stream
    }
}

async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("it ends in order");
    text
}

const WHOLE: &str = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// One answer; the connection stays.
async fn one(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.expect("the connection is there"));
    }
    let head = String::from_utf8(answer).expect("text");
    let mut lengths = head
        .lines()
        .filter_map(|line| line.strip_prefix("content-length: "));
    let length = lengths
        .next()
        .map_or(0, |length| length.parse().expect("a number"));
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.expect("a body");
    head + std::str::from_utf8(&body).expect("text")
}

fn head(method: &str, path: &str, length: usize) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n")
}

#[tokio::test]
async fn a_small_body_that_nobody_reads_leaves_the_connection_to_the_next_request() {
    let listening = listen(1, Duration::from_secs(20)).await;
    let mut stream = listening.says("").await;
    for (method, path, length, status) in [
        ("POST", "/refused", 10, "401"),
        ("DELETE", "/refused", 16 << 10, "401"),
        ("POST", "/nowhere", 10, "404"),
        ("POST", "/taken", 10, "200"),
        ("POST", "/taken", 100_000, "200"),
        ("GET", "/", 0, "200"),
    ] {
        // The head by itself: it is answered, or would be, before anything of the body is there.
        let asks = head(method, path, length);
        stream.write_all(asks.as_bytes()).await.expect("it reads");
        stream.write_all(&vec![b'x'; length]).await.expect("it reads on");
        is_answered_and_goes_on(&mut stream, path, status).await;
    }
}

async fn is_answered_and_goes_on(stream: &mut TcpStream, path: &str, status: &str) {
    let answer = one(stream).await;
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status}")),
        "{path}: {answer}"
    );
    assert!(!answer.contains("connection: close"), "{path}: {answer}");
}

#[tokio::test]
async fn a_body_in_chunks_leaves_the_connection_too_when_its_end_is_there() {
    let listening = listen(1, Duration::from_secs(20)).await;
    let mut stream = listening.says("").await;
    for (path, status) in [("/refused", "401"), ("/taken", "200"), ("/refused", "401")] {
        let asks = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        );
        stream.write_all(asks.as_bytes()).await.expect("it reads");
        is_answered_and_goes_on(&mut stream, path, status).await;
    }
}

#[tokio::test]
async fn where_the_connection_ends_with_an_answer_this_says_so() {
    let listening = listen(1, Duration::from_millis(50)).await;
    for asks in [
        // Too much to be read for nothing.
        head("POST", "/refused", (16 << 10) + 1),
        // A body that does not come, and one that does not say how long it is.
        head("POST", "/refused", 10),
        "POST /refused HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(),
    ] {
        let answer = rest(listening.says(&asks).await).await;
        assert!(answer.starts_with("HTTP/1.1 401"), "{asks}: {answer}");
        assert!(answer.contains("connection: close"), "{asks}: {answer}");
    }
}

#[tokio::test]
async fn requests_that_are_refused_before_their_bodies_are_read_share_one_connection() {
    let server = TestServer::start().await;
    let address = server.client.base.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    for (method, path, status) in [
        ("POST", "/api/v1/statuses", "401"),
        ("DELETE", "/api/v1/statuses/1", "401"),
        ("POST", "/api/v1/nothing", "404"),
        ("PATCH", "/api/v1/accounts/update_credentials", "401"),
    ] {
        let asks = head(method, path, 8);
        stream.write_all(asks.as_bytes()).await.expect("it reads");
        stream.write_all(b"status=x").await.expect("it reads on");
        let answer = one(&mut stream).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {answer}"
        );
    }
}

#[tokio::test]
async fn half_a_request_is_not_waited_for() {
    let listening = listen(8, Duration::from_millis(50)).await;
    for half in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b"] {
        let answer = rest(listening.says(half).await).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
            "{half:?}: {answer}"
        );
    }
    let answer = rest(listening.says(WHOLE).await).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"),
        "{answer}"
    );
}

#[tokio::test]
async fn who_comes_when_all_places_are_taken_waits_until_silent_ones_are_sent_away() {
    let listening = listen(2, Duration::from_millis(200)).await;
    let silent = [listening.says("").await, listening.says("GET").await];
    let answer = rest(listening.says(WHOLE).await).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(silent);
}

#[tokio::test]
async fn who_reads_nothing_of_an_answer_loses_the_connection() {
    let listening = listen(1, Duration::from_millis(200)).await;
    for path in ["/large", "/endless"] {
        let unread = listening.says(&WHOLE.replace("/ ", &format!("{path} "))).await;
        // The only place there is.
        let answer = rest(listening.says(WHOLE).await).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        drop(unread);
    }
}

#[tokio::test]
async fn who_reads_on_gets_the_whole_answer_however_large() {
    let listening = listen(1, Duration::from_secs(20)).await;
    let answer = rest(listening.says(&WHOLE.replace("/ ", "/large ")).await).await;
    assert!(answer.len() > LARGE);
}

#[tokio::test]
async fn told_to_end_it_ends_with_connections_that_ask_nothing() {
    let listening = listen(8, Duration::from_secs(600)).await;
    // Answered, and kept open.
    let mut kept = listening.says(&WHOLE.replace("close", "keep-alive")).await;
    let mut first = [0; 12];
    kept.read_exact(&mut first).await.expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");
    listening.stop.cancel();
    listening
        .ended
        .await
        .expect("no panic")
        .expect("it ends in order");
}
