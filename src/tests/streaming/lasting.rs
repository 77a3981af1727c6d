//! How long a connection lasts: signs of life, ends, and coming back.

use std::time::Duration;

use tintype::domain::ids::PostId;
use tintype::domain::live::{Event, Told};

use super::events::Here;
use super::hearing::{EventSource, Socket};
use crate::support::http::id;
use crate::support::server::Settings;
use crate::support::waiting::eventually;
use crate::support::{Binary, TestServer};

#[tokio::test]
async fn a_silent_connection_gets_signs_of_life() {
    let server = TestServer::start_with(Settings {
        adjust: |config| config.stream_heartbeat = Duration::from_millis(20),
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    let mut source = EventSource::open(&ana, "user").await;
    assert_eq!(source.block().await.as_deref(), Some(":)"));
    for _ in 0..3 {
        assert_eq!(source.block().await.as_deref(), Some(":thump"));
    }
    let mut socket = Socket::open(&ana, "user").await;
    // Each is answered, so there are more of them than a dead peer would get.
    for _ in 0..6 {
        socket.is_pinged().await;
    }
}

#[tokio::test]
async fn a_peer_that_does_not_answer_is_let_go() {
    let server = TestServer::start_with(Settings {
        adjust: |config| config.stream_heartbeat = Duration::from_millis(20),
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    // It answers pings only while it reads, and it does not.
    let _silent = Socket::open(&ana, "user").await;
    eventually("it is gone", async || server.app.streams.is_empty().then_some(())).await;
}

#[tokio::test]
async fn who_comes_back_hears_the_notifications_they_missed() {
    let here = Here::new().await;
    let (one, two) = (here.post("one").await, here.post("two").await);
    let mut source = EventSource::open(&here.ana, "user").await;
    here.bo.likes(&one).await;
    here.server.settle().await;
    let (_, last, _) = source.hears().await;
    let last = last.expect("a notification has an id");
    drop(source);
    here.bo.likes(&two).await;
    here.bo.reposts(&two).await;
    here.server.settle().await;
    let mut source = EventSource::after(&here.ana, "user", Some(&last)).await;
    here.bo.reposts(&one).await;
    here.server.settle().await;
    let mut heard = Vec::new();
    for _ in 0..3 {
        let (event, id, shown) = source.hears().await;
        assert_eq!(
            (event.as_str(), id.as_deref()),
            ("notification", shown["id"].as_str())
        );
        heard.push((
            shown["type"].as_str().unwrap().to_owned(),
            shown["status"]["id"].clone(),
        ));
    }
    let expected = [("favourite", &two), ("reblog", &two), ("reblog", &one)];
    assert_eq!(
        heard,
        expected.map(|(kind, post)| (kind.to_owned(), post["id"].clone()))
    );
}

#[tokio::test]
async fn a_revoked_token_ends_its_connections_and_no_others() {
    let here = Here::new().await;
    let issued = here.server.token_for(&here.bo, "read").await;
    let (mut ended, mut source) = (
        Socket::open(&issued, "user").await,
        EventSource::open(&issued, "user").await,
    );
    let mut goes_on = Socket::open(&here.bo, "user").await;
    let hash = tintype::domain::random::hash(issued.token.as_deref().unwrap());
    // As another process, or an admin by hand.
    sqlx::query("delete from oauth_tokens where hash = $1")
        .bind(hash)
        .execute(here.server.db())
        .await
        .unwrap();
    assert_eq!(ended.ends().await, Some(1008));
    while source.block().await.is_some() {}
    let post = here.post("still").await;
    goes_on.hears().await.is(&["user"], "update", &post);
}

#[tokio::test]
async fn somebody_suspended_is_cut_off() {
    let here = Here::new().await;
    let mut socket = Socket::open(&here.bo, "user").await;
    tintype::actions::suspend::local(&here.server.app, here.bo.account())
        .await
        .unwrap();
    assert_eq!(socket.ends().await, Some(1008));
    here.server.settle().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off_and_holds_up_nobody() {
    let here = Here::new().await;
    let post = here.post("again and again").await;
    let mut slow = Socket::open(&here.bo, "public").await;
    let mut slow_source = EventSource::open(&here.bo, "public").await;
    let event = Event::Edited {
        post: id(&post).parse::<PostId>().unwrap(),
    };
    let batch = |turn: i64| -> Vec<Told> {
        let ids = turn * 100..(turn + 1) * 100;
        ids.map(|id| Told {
            id,
            event: event.clone(),
        })
        .collect()
    };
    let mut turn = 0;
    eventually("both are cut off", async || {
        here.server.app.bus.tell(batch(turn));
        turn += 1;
        here.server
            .app
            .streams
            .viewers([&tintype::streams::Topic::Public {
                from: tintype::streams::Origin::Anywhere,
                only_media: false,
            }])
            .is_empty()
            .then_some(())
    })
    .await;
    let mut quick = Socket::open(&here.bo, "hashtag&tag=quick").await;
    let next = here.post("and now #quick").await;
    quick.hears().await.is(&["hashtag", "quick"], "update", &next);
    slow.ends().await;
    while slow_source.block().await.is_some() {}
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    let mut socket = Socket::open(&ana, "user").await;
    let mut source = EventSource::open(&ana, "user").await;
    let (status, code) = tokio::join!(binary.stop(), socket.ends());
    assert!(status.success(), "{}", binary.log());
    assert_eq!(code, Some(1012));
    while source.block().await.is_some() {}
    assert!(!binary.log().contains("did not end in time"), "{}", binary.log());
}
