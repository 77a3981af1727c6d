//! Connections for letters: when one is opened, what is signed for it, and how long it serves.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use tintype_federation::delivery::{Outcome, Trouble, deliver, knock};
use tintype_federation::guard::PrivateAddresses::Allowed;
use tintype_federation::signature::Scheme;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::delivering::{BODY, letter};
use crate::peer::{Peer, answer, client, now};

/// The clock is asked when a letter is signed.
fn nothing_is_signed() -> DateTime<Utc> {
    panic!("a signature for nobody")
}

async fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

fn inbox(scheme: &str, port: u16) -> Url {
    Url::parse(&format!("{scheme}://127.0.0.1:{port}/inbox")).unwrap()
}

#[tokio::test]
async fn who_refuses_connections_costs_no_signature() {
    let (listener, port) = listener().await;
    drop(listener);
    let outcome = deliver(
        &client(Allowed),
        &letter(inbox("http", port)),
        Scheme::Cavage,
        nothing_is_signed,
    )
    .await;
    let why = Trouble::Unreachable;
    assert_eq!(outcome, Outcome::TryLater { after: None, why });
}

#[tokio::test(start_paused = true)]
async fn who_takes_connections_and_stays_silent_before_tls_costs_no_signature() {
    // The kernel accepts; nobody reads.
    let (_listener, port) = listener().await;
    let outcome = deliver(
        &client(Allowed),
        &letter(inbox("https", port)),
        Scheme::Cavage,
        nothing_is_signed,
    )
    .await;
    let why = Trouble::TimedOut;
    assert_eq!(outcome, Outcome::TryLater { after: None, why });
}

#[tokio::test(start_paused = true)]
async fn who_takes_connections_and_stays_silent_over_plain_http_is_found_out_by_knocking() {
    let (_listener, port) = listener().await;
    let knocked = knock(&client(Allowed), &inbox("http", port)).await;
    assert_eq!(knocked, Err(Trouble::TimedOut));
}

#[tokio::test]
async fn whatever_a_server_answers_to_a_knock_it_is_there_and_the_connection_serves_the_letter() {
    for status in [200, 401, 404, 405, 500] {
        let peer = Peer::start(move |_, _| answer(status, "text/plain", "no")).await;
        let (client, url) = (client(Allowed), peer.url("/inbox"));
        assert_eq!(knock(&client, &url).await, Ok(()), "{status}");
        deliver(&client, &letter(url), Scheme::Cavage, now).await;
        let asked = peer.asked();
        assert_eq!(asked[0].method, "HEAD");
        assert!(!asked[0].headers.contains_key("signature") && asked[0].headers.contains_key("host"));
        assert_eq!(asked[1].method, "POST");
    }
    // Who hangs up is there too: a letter may fare better.
    let (port, connections) = hangs_up().await;
    assert_eq!(knock(&client(Allowed), &inbox("http", port)).await, Ok(()));
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

/// A server that closes every connection.
async fn hangs_up() -> (u16, Arc<AtomicUsize>) {
    let (listener, port) = listener().await;
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            drop(stream);
        }
    });
    (port, connections)
}

/// A server that takes so many letters on each connection, and closes it at the next one. Counts connections.
async fn curt(letters_each: usize) -> (u16, Arc<AtomicUsize>) {
    let (listener, port) = listener().await;
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(take(stream, letters_each));
        }
    });
    (port, connections)
}

async fn take(mut stream: TcpStream, letters: usize) {
    for number in 0.. {
        let mut read = Vec::new();
        while !read.ends_with(BODY) {
            if stream.read_buf(&mut read).await.unwrap_or(0) == 0 {
                return;
            }
        }
        if number == letters {
            return;
        }
        let answer = b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok";
        stream.write_all(answer).await.unwrap();
    }
}

#[tokio::test]
async fn the_next_letter_takes_the_same_connection() {
    let (port, connections) = curt(3).await;
    let client = client(Allowed);
    for _ in 0..3 {
        let outcome = deliver(&client, &letter(inbox("http", port)), Scheme::Cavage, now).await;
        assert_eq!(outcome, Outcome::Accepted);
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_connection_that_is_closed_under_a_letter_is_made_anew_and_the_letter_signed_again() {
    let (port, connections) = curt(1).await;
    let client = client(Allowed);
    let asked = AtomicUsize::new(0);
    let clock = || {
        asked.fetch_add(1, Ordering::Relaxed);
        now()
    };
    for letters in 1..=3 {
        let outcome = deliver(&client, &letter(inbox("http", port)), Scheme::Cavage, clock).await;
        assert_eq!(outcome, Outcome::Accepted);
        assert_eq!(connections.load(Ordering::Relaxed), letters);
    }
    // Once for each signature, of which two were in vain, and once for each answer.
    assert_eq!(asked.load(Ordering::Relaxed), 3 + 2 + 3);
}

#[tokio::test]
async fn a_new_connection_that_breaks_is_not_tried_again() {
    let (port, connections) = curt(0).await;
    let outcome = deliver(
        &client(Allowed),
        &letter(inbox("http", port)),
        Scheme::Cavage,
        now,
    )
    .await;
    let why = Trouble::Unreachable;
    assert_eq!(outcome, Outcome::TryLater { after: None, why });
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

/// A server that answers each letter with this status and breaks off in the middle of the body, silent for ever.
async fn stalls(status: &'static str) -> (u16, Arc<AtomicUsize>) {
    let (listener, port) = listener().await;
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            let mut read = Vec::new();
            while !read.ends_with(BODY) && stream.read_buf(&mut read).await.unwrap_or(0) > 0 {}
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 10\r\n\r\nok");
            stream.write_all(answer.as_bytes()).await.unwrap();
            held.push(stream);
        }
    });
    (port, connections)
}

#[tokio::test]
async fn the_status_decides_although_the_body_of_the_answer_stalls() {
    for (status, outcome) in [
        ("202 Accepted", Outcome::Accepted),
        ("403 Forbidden", Outcome::Refused(403)),
    ] {
        let (port, connections) = stalls(status).await;
        let client = client(Allowed);
        for letters in 1..=2 {
            let became = deliver(&client, &letter(inbox("http", port)), Scheme::Cavage, now).await;
            assert_eq!(became, outcome);
            assert_eq!(
                connections.load(Ordering::Relaxed),
                letters,
                "a stalled one is not kept"
            );
        }
    }
}
