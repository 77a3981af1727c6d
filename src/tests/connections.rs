//! Connections that say nothing, or only half of what they have to say, do not keep others out.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::routing::get;
use bytes::Bytes;
use futures::StreamExt as _;
use tintype::web::listener::{self, Bounds};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

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
    let router = Router::new()
        .route("/", get(asked))
        .route("/large", get(large))
        .route("/endless", get(endless));
    let bounds = Bounds {
        all,
        of_one: 8,
        trusted: Vec::new(),
        silence,
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
