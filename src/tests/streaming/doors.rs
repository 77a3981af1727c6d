//! Who is let in, and by what.

use reqwest::header::{AUTHORIZATION, COOKIE, ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use serde_json::json;

use super::events::Here;
use super::hearing::{Socket, request};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

#[tokio::test]
async fn a_token_opens_in_the_query_the_header_and_the_protocol() {
    let here = Here::new().await;
    let token = here.bo.client.token.clone().unwrap();
    let by_query = request(&here.bo, &format!("/?stream=user&access_token={token}"));
    let mut by_header = request(&here.bo, "?stream=user");
    let bearer = format!("Bearer {token}").parse().unwrap();
    by_header.headers_mut().insert(AUTHORIZATION, bearer);
    let mut by_protocol = request(&here.bo, "?stream=user");
    by_protocol
        .headers_mut()
        .insert(SEC_WEBSOCKET_PROTOCOL, token.parse().unwrap());
    let mut sockets = Vec::new();
    for request in [by_query, by_header, by_protocol] {
        let protocol = request.headers().get(SEC_WEBSOCKET_PROTOCOL).cloned();
        let (socket, response) = Socket::ask(request).await.expect("it is let in");
        assert_eq!(response.headers().get(SEC_WEBSOCKET_PROTOCOL), protocol.as_ref());
        sockets.push(socket);
    }
    let post = here.post("hello").await;
    for socket in &mut sockets {
        socket.hears().await.is(&["user"], "update", &post);
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_a_good_token() {
    let here = Here::new().await;
    for query in ["?stream=public", "?stream=user&access_token=wrong"] {
        assert_eq!(Socket::refused(request(&here.bo, query)).await, 401, "{query}");
    }
    let mut wrong = request(&here.bo, "");
    wrong
        .headers_mut()
        .insert(SEC_WEBSOCKET_PROTOCOL, "wrong".parse().unwrap());
    assert_eq!(Socket::refused(wrong).await, 401);
    for path in ["user", "public", "hashtag?tag=light"] {
        let path = format!("/api/v1/streaming/{path}");
        here.server.client.get(&path).await.refused(401);
        here.server
            .client
            .with_token("wrong")
            .get(&path)
            .await
            .refused(401);
    }
    let answer = here.server.client.get("/api/v1/streaming/health").await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, "OK"));
}

#[tokio::test]
async fn each_stream_needs_its_scope() {
    let here = Here::new().await;
    let writer = here.server.token_for(&here.bo, "write").await;
    writer.get("/api/v1/streaming/user").await.refused(403);
    let mut socket = Socket::open(&writer, "user").await;
    assert_eq!(socket.error().await["status"], 403);
    let narrow = here.server.token_for(&here.bo, "read:statuses").await;
    narrow
        .get("/api/v1/streaming/user/notification")
        .await
        .refused(403);
    let mut socket = Socket::open(&narrow, "user").await;
    let asked = json!({ "type": "subscribe", "stream": "user:notification" });
    assert_eq!(socket.is_refused(&asked).await["status"], 403);
    // Without the scope for them, notifications are left out of what it may hear.
    here.ana.follows(&here.bo).await;
    here.server.settle().await;
    let post = here.post("heard").await;
    socket.hears().await.is(&["user"], "update", &post);
}

#[tokio::test]
async fn streams_come_and_go_on_one_connection() {
    let here = Here::new().await;
    let mut socket = Socket::open(&here.bo, "user").await;
    socket
        .says(&json!({ "type": "subscribe", "stream": "hashtag", "tag": "Light" }))
        .await;
    socket
        .says(&json!({ "type": "unsubscribe", "stream": "user" }))
        .await;
    let post = here.post("one #light").await;
    socket.hears().await.is(&["hashtag", "light"], "update", &post);
    socket
        .says(&json!({ "type": "unsubscribe", "stream": "hashtag", "tag": "light" }))
        .await;
    socket
        .says(&json!({ "type": "subscribe", "stream": "public" }))
        .await;
    let post = here.post("two #light").await;
    socket.hears().await.is(&["public"], "update", &post);
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_the_connection_goes_on() {
    let here = Here::new().await;
    let mut socket = Socket::open(&here.bo, "everything").await;
    assert_eq!(socket.error().await["error"], "Unknown stream type");
    for (asked, status) in [
        (json!({ "type": "subscribe", "stream": "user:media" }), 400),
        (json!({ "type": "subscribe", "stream": "hashtag" }), 400),
        (
            json!({ "type": "subscribe", "stream": "hashtag", "tag": " " }),
            400,
        ),
        (json!({ "type": "subscribe", "stream": "list" }), 400),
        (json!({ "type": "subscribe", "stream": "list", "list": 12 }), 404),
        (json!({ "type": "shout" }), 400),
        (json!(["no command"]), 400),
    ] {
        assert_eq!(socket.is_refused(&asked).await["status"], status, "{asked}");
    }
    socket
        .says(&json!({ "type": "subscribe", "stream": "user" }))
        .await;
    let post = here.post("still here").await;
    socket.hears().await.is(&["user"], "update", &post);
    here.bo.get("/api/v1/streaming/everything").await.refused(404);
    here.bo.get("/api/v1/streaming/hashtag").await.refused(400);
    here.bo.get("/api/v1/streaming?stream=user").await.refused(400);
}

#[tokio::test]
async fn a_person_has_so_many_connections_and_a_server_so_many() {
    let limits = [
        ("TINTYPE_STREAM_CONNECTIONS", "3"),
        ("TINTYPE_STREAM_CONNECTIONS_PER_PERSON", "2"),
    ];
    let server = TestServer::with(&limits).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let first = Socket::open(&ana, "user").await;
    let _second = Socket::open(&ana, "user").await;
    ana.get("/api/v1/streaming/user").await.refused(429);
    let _third = Socket::open(&bo, "user").await;
    bo.get("/api/v1/streaming/user").await.refused(503);
    drop(first);
    crate::support::waiting::eventually("there is room again", async || {
        let asked = bo.request(reqwest::Method::GET, "/api/v1/streaming/user").send();
        (asked.await.ok()?.status() == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn our_own_pages_listen_by_their_session_and_no_other_pages_do() {
    let here = Here::new().await;
    let browser = Browser::new(&here.server.client);
    browser.signs_in("bo", PASSWORD).await;
    let secret = browser.cookies()["session"].clone();
    let with = |origin: &str| {
        let mut request = request(&here.server.client, "?stream=user");
        let headers = request.headers_mut();
        headers.insert(COOKIE, format!("session={secret}").parse().unwrap());
        headers.insert(ORIGIN, origin.parse().unwrap());
        request
    };
    assert_eq!(Socket::refused(with("https://evil.example")).await, 401);
    let (mut socket, _) = Socket::ask(with(&here.server.client.base)).await.unwrap();
    let post = here.post("seen on the page").await;
    socket.hears().await.is(&["user"], "update", &post);
    tintype::actions::sign_in::out(&here.server.app, &secret)
        .await
        .unwrap();
    assert_eq!(socket.ends().await, Some(1008));
}
