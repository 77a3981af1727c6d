//! Addresses, sizes, times and redirects. Never a question of identity.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::StreamExt as _;
use serde_json::json;
use tintype_federation::fetch::FetchError;
use tintype_federation::guard::PrivateAddresses::{Allowed, Only, Refused};
use tokio::sync::Notify;
use tokio::time::Instant;
use url::Url;

use crate::peer::{Peer, activity, answer, client, client_with, fetch, now, redirect};

#[tokio::test]
async fn endless_redirects_end() {
    let peer = Peer::start(|base, asked| redirect(&format!("{base}{}x", asked.path))).await;
    assert_eq!(fetch(&peer, "/a").await, Err(FetchError::Refused));
    assert_eq!(peer.asked().len(), 4);
    let itself = Peer::start(|base, asked| redirect(&format!("{base}{}", asked.path))).await;
    assert_eq!(fetch(&itself, "/a").await, Err(FetchError::Refused));
}

#[tokio::test]
async fn a_redirect_to_another_scheme_or_to_ourselves_is_refused() {
    for to in [
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "http://here.example/users/ana",
        "http://a@127.0.0.1/",
    ] {
        let peer = Peer::start(move |_, _| redirect(to)).await;
        assert_eq!(fetch(&peer, "/a").await, Err(FetchError::Refused), "{to}");
    }
}

#[tokio::test]
async fn a_listed_address_cannot_redirect_to_one_that_is_not() {
    let inner = Peer::start(|_, _| answer(200, "text/plain", "secret")).await;
    let to = inner.url("/secret").to_string();
    let outer = Peer::start(move |_, _| redirect(&to)).await;
    let client = client(Only(vec![outer.address]));
    assert_eq!(
        client
            .get_object(&outer.url("/a"), None, now())
            .await
            .unwrap_err(),
        FetchError::Refused
    );
    let media = client.get_media(&outer.url("/a"), 100, None, now()).await;
    assert_eq!(media.unwrap_err(), FetchError::Refused);
    assert!(inner.asked().is_empty());
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_connecting() {
    let peer = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}", asked.path) }))).await;
    let port = peer.address.port();
    let named = Url::parse(&format!("https://peer.example:{port}/a")).unwrap();
    let refused = client_with(Refused, &["peer.example"]);
    assert_eq!(
        refused.get_object(&named, None, now()).await.unwrap_err(),
        FetchError::Refused
    );
    let local = Url::parse(&format!("https://localhost:{port}/a")).unwrap();
    assert_eq!(
        refused.get_object(&local, None, now()).await.unwrap_err(),
        FetchError::Refused
    );
    assert!(peer.asked().is_empty());
}

#[tokio::test]
async fn a_listed_address_is_reached_by_name_on_its_port_only() {
    let peer = Peer::start(|_, asked| {
        let host = asked.headers["host"].to_str().unwrap();
        activity(&json!({ "id": format!("http://{host}{}", asked.path) }))
    })
    .await;
    let other = Peer::start(|_, _| answer(200, "text/plain", "secret")).await;
    let client = client_with(Only(vec![peer.address]), &["peer.example"]);
    let at = |port: u16| Url::parse(&format!("http://peer.example:{port}/a")).unwrap();
    assert!(
        client
            .get_object(&at(peer.address.port()), None, now())
            .await
            .is_ok()
    );
    let refused = client.get_object(&at(other.address.port()), None, now()).await;
    assert_eq!(refused.unwrap_err(), FetchError::Refused);
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn statuses_are_told_apart() {
    for (status, error) in [
        (404, FetchError::NotFound),
        (410, FetchError::Gone),
        (403, FetchError::Status(403)),
        (500, FetchError::Status(500)),
    ] {
        let peer = Peer::start(move |_, _| answer(status, "text/plain", "")).await;
        assert_eq!(fetch(&peer, "/a").await, Err(error));
    }
    assert!(FetchError::Gone.is_lasting() && !FetchError::Status(503).is_lasting());
}

#[tokio::test]
async fn who_asks_us_to_wait_is_heard_and_for_a_day_at_most() {
    for (status, wait, error) in [
        (429, "120", FetchError::AskedToWait(Duration::from_secs(120))),
        (
            429,
            "99999999999",
            FetchError::AskedToWait(Duration::from_secs(24 * 3600)),
        ),
        (429, "soon", FetchError::Status(429)),
        (503, "120", FetchError::Status(503)),
    ] {
        let peer = Peer::start(move |_, _| {
            let mut answer = answer(status, "text/plain", "");
            answer.headers_mut().insert("retry-after", wait.parse().unwrap());
            answer
        })
        .await;
        let refused = fetch(&peer, "/a").await.unwrap_err();
        assert_eq!(refused, error, "{status} {wait}");
        assert!(!refused.is_lasting());
    }
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let endless = || {
        let chunk = Bytes::from(vec![b' '; 64 * 1024]);
        Body::from_stream(futures::stream::repeat(chunk).map(Ok::<_, std::io::Error>))
    };
    let peer = Peer::start(move |_, _| answer(200, "application/activity+json", endless())).await;
    assert_eq!(fetch(&peer, "/a").await, Err(FetchError::TooLarge));
    let media = client(Allowed)
        .get_media(&peer.url("/a"), 1000, None, now())
        .await;
    assert_eq!(media.unwrap_err(), FetchError::TooLarge);
}

#[tokio::test]
async fn a_small_answer_that_unfolds_to_a_large_one_is_cut_off() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let bomb = Bytes::from(encoder.finish().unwrap());
    assert!(bomb.len() < 1 << 20);
    let peer = Peer::start(move |_, _| {
        let mut response = answer(200, "application/activity+json", bomb.clone());
        response
            .headers_mut()
            .insert("content-encoding", "gzip".parse().unwrap());
        response
    })
    .await;
    assert_eq!(fetch(&peer, "/a").await, Err(FetchError::TooLarge));
}

/// A server that sends a space each second, and tells when it begins to.
async fn dripping(kind: &'static str) -> (Peer, Arc<Notify>) {
    let begun = Arc::new(Notify::new());
    let tell = Arc::clone(&begun);
    let peer = Peer::start(move |_, _| {
        let tell = Arc::clone(&tell);
        let spaces = futures::stream::repeat(Bytes::from_static(b" ")).then(move |space| {
            tell.notify_one();
            async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok::<_, std::io::Error>(space)
            }
        });
        answer(200, kind, Body::from_stream(spaces))
    })
    .await;
    (peer, begun)
}

#[tokio::test]
async fn a_server_that_drips_is_given_up_in_the_end() {
    let (peer, begun) = dripping("application/activity+json").await;
    let url = peer.url("/a");
    let fetched = tokio::spawn(async move { client(Allowed).get_object(&url, None, now()).await });
    begun.notified().await;
    // From here on the clock is wound: a byte a second never tires a deadline that counts from the last byte.
    tokio::time::pause();
    assert_eq!(fetched.await.unwrap().unwrap_err(), FetchError::TimedOut);
}

#[tokio::test]
async fn a_file_that_drips_is_given_up_long_before_one_that_is_only_large() {
    let (peer, begun) = dripping("image/jpeg").await;
    let url = peer.url("/a.jpg");
    let fetched = tokio::spawn(async move { client(Allowed).get_media(&url, 1 << 20, None, now()).await });
    begun.notified().await;
    tokio::time::pause();
    let wound = Instant::now();
    assert_eq!(fetched.await.unwrap().unwrap_err(), FetchError::TimedOut);
    assert!(wound.elapsed() < Duration::from_secs(15), "{:?}", wound.elapsed());
    // Fast enough for its size, it may take as long as any file.
    tokio::time::resume();
    let steady = Peer::start(|_, _| {
        let pieces = futures::stream::iter(0..20).then(|_| async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 16 * 1024]))
        });
        answer(200, "image/jpeg", Body::from_stream(pieces))
    })
    .await;
    let url = steady.url("/a.jpg");
    let fetched = tokio::spawn(async move { client(Allowed).get_media(&url, 1 << 20, None, now()).await });
    while steady.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    tokio::time::pause();
    assert_eq!(fetched.await.unwrap().unwrap().bytes.len(), 20 * 16 * 1024);
}

#[tokio::test]
async fn json_that_is_too_deep_or_ambiguous_is_refused() {
    let deep = format!("{{\"id\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    for body in [
        deep,
        String::from("{\"id\":\"a\",\"id\":\"b\"}"),
        String::from("<html>"),
        String::new(),
    ] {
        let peer = Peer::start(move |_, _| answer(200, "application/activity+json", body.clone())).await;
        assert_eq!(fetch(&peer, "/a").await, Err(FetchError::NotJson));
    }
}

#[tokio::test]
async fn a_file_comes_whole_with_its_type() {
    let peer = Peer::start(|_, _| answer(200, "Image/JPEG; q=1", "bytes")).await;
    let media = client(Allowed)
        .get_media(&peer.url("/a.jpg"), 5, None, now())
        .await
        .unwrap();
    assert_eq!(
        (&media.bytes[..], media.content_type.as_str()),
        (&b"bytes"[..], "image/jpeg")
    );
    let large = client(Allowed)
        .get_media(&peer.url("/a.jpg"), 4, None, now())
        .await;
    assert_eq!(large.unwrap_err(), FetchError::TooLarge);
}

#[tokio::test]
async fn nobody_there_is_not_for_ever() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = Url::parse(&format!("http://{}/a", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let error = client(Allowed).get_object(&url, None, now()).await.unwrap_err();
    assert_eq!(error, FetchError::Unreachable);
    assert!(!error.is_lasting());
}
