//! What goes wrong: told in Mastodon's shape, the same for what is not there and what may not be seen, never a crash.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::get;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use tintype::app::App;
use tintype::domain::audience::Audience;
use tintype::web::error::ApiError;

use crate::support::TestServer;
use crate::support::http::id;
use crate::support::server::Settings;

#[tokio::test]
async fn what_may_not_be_seen_is_as_if_it_were_not_there() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let hidden = id(&ana.post("for followers").to(Audience::Followers).await);
    let direct = id(&ana.post("for nobody else").to(Audience::Direct).await);
    let gone = ana.post("for a moment").await;
    ana.deletes(&gone).await;
    let missing = "116589300842954752";
    for (method, rest) in [
        (Method::GET, ""),
        (Method::GET, "/context"),
        (Method::GET, "/history"),
        (Method::GET, "/source"),
        (Method::GET, "/favourited_by"),
        (Method::GET, "/reblogged_by"),
        (Method::GET, "/card"),
        (Method::DELETE, ""),
        (Method::POST, "/favourite"),
        (Method::POST, "/reblog"),
        (Method::POST, "/bookmark"),
        (Method::POST, "/pin"),
        (Method::POST, "/mute"),
    ] {
        let mut answers = Vec::new();
        for id in [
            missing,
            &hidden,
            &direct,
            &id(&gone),
            "not-an-id",
            "99999999999999999999999999",
        ] {
            let path = format!("/api/v1/statuses/{id}{rest}");
            let answer = bo.form(method.clone(), &path, &[]).await;
            answers.push((
                answer.status.as_u16(),
                answer.text(),
                answer.header("content-type").map(str::to_owned),
            ));
        }
        assert_eq!(answers[0].0, 404, "{method} {rest}: {}", answers[0].1);
        assert_eq!(answers[0].1, r#"{"error":"Record not found"}"#);
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{method} {rest}: {answers:#?}"
        );
    }
    let answer = bo
        .post("to what I cannot see")
        .with("in_reply_to_id", hidden)
        .send()
        .await;
    let other = bo
        .post("to what is not there")
        .with("in_reply_to_id", missing)
        .send()
        .await;
    assert_eq!((answer.status, answer.text()), (other.status, other.text()));
    server.settle().await;
}

#[tokio::test]
async fn malformed_bodies_are_refused_in_a_sentence() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let send = async |kind: &str, body: &str| {
        let request = ana
            .request(Method::POST, "/api/v1/statuses")
            .header(CONTENT_TYPE, kind)
            .body(body.to_owned());
        ana.send(request).await
    };
    for body in ["{", "[]", "\"status\"", "{\"status\": \"x\"} trailing", "\u{0}"] {
        send("application/json", body).await.refused(400);
    }
    send("multipart/form-data; boundary=x", "--x\r\nnonsense")
        .await
        .refused(400);
    for body in [
        json!({}),
        json!({ "status": null }),
        json!({ "status": { "a": [1] } }),
        json!({ "status": [] }),
        json!({ "status": "x", "media_ids": ["x"] }),
        json!({ "status": "x", "media_ids": ["-1", "170141183460469231731687303715884105728"] }),
        json!({ "status": "x", "visibility": 9 }),
        json!({ "status": "x", "poll": { "options": ["a", "b"] } }),
        json!({ "status": "x", "scheduled_at": "2001-01-01T00:00:00Z" }),
    ] {
        send("application/json", &body.to_string()).await.refused(422);
    }
    for kind in ["text/plain", "text/xml; charset=utf-8", "application/xml"] {
        let sentence = send(kind, "status=x").await.refused(415);
        assert!(sentence.contains("application/json"), "{sentence}");
    }
    // Nesting without end is refused by the reader of JSON, not by the stack.
    let deep = format!("{{\"status\": {}}}", "[".repeat(100_000));
    send("application/json", &deep).await.refused(400);
    // Zero bytes are not for Postgres; whatever it says, it is not 500.
    let zero = send(
        "application/json",
        r#"{"status": "a\u0000b", "spoiler_text": "\u0000"}"#,
    )
    .await;
    assert!(zero.status.as_u16() < 500, "{}", zero.text());
    server.settle().await;
}

#[tokio::test]
async fn strange_parameters_of_lists_never_fail() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    ana.post("#light").await;
    for list in [
        "/api/v1/timelines/home",
        "/api/v1/timelines/public",
        "/api/v1/timelines/tag/light",
        "/api/v1/favourites",
        "/api/v1/bookmarks",
        "/api/v1/notifications",
        "/api/v1/blocks",
        "/api/v1/mutes",
        "/api/v1/follow_requests",
    ] {
        for query in [
            "limit=-1",
            "limit=0",
            "limit=99999999999999999999",
            "limit=x",
            "max_id=-9223372036854775808",
            "min_id=9223372036854775807",
            "max_id=9223372036854775808",
            "since_id=abc&min_id=",
            "max_id[]=1&max_id[a]=2",
            "max_id=%00",
            "%FF%FE=%FF",
        ] {
            ana.get(&format!("{list}?{query}")).await.list();
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let body = format!("status={}", "x".repeat(3 << 20));
    let request = ana
        .request(Method::POST, "/api/v1/statuses")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    ana.send(request).await.refused(413);
    ana.post("the server goes on").await;
    server.settle().await;
}

#[tokio::test]
async fn an_unknown_token_or_none_is_401_and_too_narrow_a_one_403() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let home = "/api/v1/timelines/home";
    let nobody = server.client.get(home).await;
    nobody.refused(401);
    assert!(
        nobody
            .header("www-authenticate")
            .is_some_and(|challenge| challenge.starts_with("Bearer"))
    );
    server.client.with_token("made-up").get(home).await.refused(401);
    server
        .client
        .with_token("made-up")
        .get("/api/v1/timelines/public")
        .await
        .refused(401);
    let reader = server.token_for(&ana, "read").await;
    reader.get(home).await.list();
    reader
        .post_form("/api/v1/statuses", &[("status", "x")])
        .await
        .refused(403);
    server.settle().await;
}

#[tokio::test]
async fn what_is_not_served_is_404_in_the_same_shape() {
    let server = TestServer::start().await;
    for path in [
        "/api/v1/nothing",
        "/api/v9/timelines/home",
        "/api/v1/statuses/1/eat",
    ] {
        server.client.get(path).await.refused(404);
    }
    server.client.act("/api/v1/timelines/public").await.refused(404);
}

#[tokio::test]
async fn a_panicking_handler_is_500_with_the_id_of_its_request() {
    async fn panics() -> &'static str {
        panic!("the secret reason");
    }
    let routes: Router<App> = Router::new().route("/test/panics", get(panics));
    let server = TestServer::start_with(Settings {
        routes,
        ..Settings::default()
    })
    .await;
    for _ in 0..3 {
        let answer = server.client.get("/test/panics").await;
        assert_eq!(answer.refused(500), "Internal server error");
        assert!(!answer.text().contains("secret"));
        let id = answer.header("x-request-id").expect("the request has an id");
        assert_eq!(id.len(), 32, "{id}");
    }
    let ana = server.person("ana").await;
    ana.post("the server goes on").await;
    server.settle().await;
}

#[tokio::test]
async fn a_request_keeps_the_id_that_it_came_with_only_where_that_is_short_and_plain() {
    let server = TestServer::start().await;
    let id_of = async |sent: &str| {
        let asked = server.client.request(Method::GET, "/health");
        let answer = asked
            .header("x-request-id", sent)
            .send()
            .await
            .expect("it answers");
        answer.headers()["x-request-id"]
            .to_str()
            .expect("text")
            .to_owned()
    };
    for good in [
        "7f3a",
        "0b6c1c0e-54f8-4f0e-9c55-d2a5c33d54f1",
        "A_1",
        &"x".repeat(64),
    ] {
        assert_eq!(id_of(good).await, good);
    }
    for strange in [
        "",
        "a b",
        "<b>",
        "id=1 method=GET",
        "a.b",
        &"x".repeat(65),
        &"x".repeat(4_000),
    ] {
        let id = id_of(strange).await;
        assert!(id != strange && id.len() == 32, "{strange}: {id}");
    }
}

/// What this thread logs, for as long as somebody listens.
fn listen() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let written = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || written.clone())
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn a_panic_leaves_one_line_in_the_log_with_the_id_of_its_request() {
    async fn panics() -> &'static str {
        panic!("a reason for the log");
    }
    let (log, _listening) = listen();
    let server = TestServer::start_with(Settings {
        routes: Router::new().route("/test/panics", get(panics)),
        ..Settings::default()
    })
    .await;
    let answer = server.client.get("/test/panics?access_token=a-secret").await;
    let id = answer.header("x-request-id").expect("the request has an id");
    let log = String::from_utf8(log.0.lock().expect("nobody panicked with it").clone()).expect("text");
    let about: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("a reason for the log"))
        .collect();
    assert_eq!(about.len(), 1, "{log}");
    assert!(about[0].contains(id) && about[0].contains("ERROR"), "{log}");
    assert!(!log.contains("a-secret"), "{log}");
}

#[tokio::test]
async fn many_who_are_turned_away_leave_one_line_in_the_log_and_no_error() {
    async fn busy() -> ApiError {
        ApiError::Unavailable("busy for the log")
    }
    let (log, _listening) = listen();
    let server = TestServer::start_with(Settings {
        routes: Router::new().route("/test/busy", get(busy)),
        ..Settings::default()
    })
    .await;
    for _ in 0..20 {
        server.client.get("/test/busy").await.refused(503);
    }
    let log = String::from_utf8(log.0.lock().expect("nobody panicked with it").clone()).expect("text");
    let about: Vec<&str> = log.lines().filter(|line| line.contains("/test/busy")).collect();
    assert_eq!(about.len(), 1, "{log}");
    assert!(about[0].contains("WARN"), "{log}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("nobody panicked with it")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_name_with_a_letter_that_no_name_has_is_nobodys() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for path in [
        "/users/%00",
        "/users/%00/outbox",
        "/users/a%00/followers",
        "/@%00",
        "/tags/%00",
    ] {
        assert_eq!(server.client.get(path).await.status, 404, "{path}");
    }
    for path in [
        "/api/v1/announcements/1/reactions/%00",
        "/api/v1/announcements/1/reactions/%ff%fe",
        "/api/v1/profile/%ff%fe",
    ] {
        ana.delete(path).await.refused(404);
    }
    for path in [
        "/api/v1/tags/%ff%fe",
        "/api/v1/timelines/tag/%C3",
        "/api/v2/notifications/%ff%fe/accounts",
        "/api/v1/statuses/%ff/history",
    ] {
        ana.get(path).await.refused(404);
    }
    ana.get("/api/v1/tags/caf%C3%A9").await.ok();
}

#[tokio::test]
async fn what_is_one_persons_is_kept_by_nobody_on_the_way() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for path in [
        "/api/v1/accounts/verify_credentials",
        "/api/v1/bookmarks",
        "/api/v1/nothing",
    ] {
        let answer = ana.get(path).await;
        let kept = answer.headers.get("cache-control").expect("it says");
        assert!(
            kept.to_str().expect("text").starts_with("private"),
            "{path}: {kept:?}"
        );
    }
    let home = ana.get("/api/v1/timelines/home").await;
    assert_eq!(home.headers["cache-control"], "private, no-cache");
}
