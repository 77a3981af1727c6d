//! Requests that no honest app sends. Each gets an answer of ours, with a sentence in JSON; none is ever a 500.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use crate::support::TestServer;
use crate::support::http::{Answer, id};

/// The paths that take an id, with what the id is of.
const WITH_ID: &[(&str, &str)] = &[
    ("GET", "/api/v1/statuses/{}"),
    ("PUT", "/api/v1/statuses/{}"),
    ("DELETE", "/api/v1/statuses/{}"),
    ("GET", "/api/v1/statuses/{}/context"),
    ("GET", "/api/v1/statuses/{}/source"),
    ("GET", "/api/v1/statuses/{}/history"),
    ("GET", "/api/v1/statuses/{}/reblogged_by"),
    ("POST", "/api/v1/statuses/{}/favourite"),
    ("POST", "/api/v1/statuses/{}/reblog"),
    ("POST", "/api/v1/statuses/{}/pin"),
    ("GET", "/api/v1/media/{}"),
    ("PUT", "/api/v1/media/{}"),
    ("DELETE", "/api/v1/media/{}"),
    ("GET", "/api/v1/accounts/{}"),
    ("GET", "/api/v1/accounts/{}/statuses"),
    ("GET", "/api/v1/accounts/{}/followers"),
    ("GET", "/api/v1/accounts/{}/lists"),
    ("POST", "/api/v1/accounts/{}/follow"),
    ("POST", "/api/v1/accounts/{}/block"),
    ("POST", "/api/v1/accounts/{}/mute"),
    ("POST", "/api/v1/accounts/{}/note"),
    ("POST", "/api/v1/follow_requests/{}/authorize"),
    ("GET", "/api/v1/notifications/{}"),
];

const IDS: [&str; 14] = [
    "0",
    "-1",
    "+7",
    "7.0",
    "1e3",
    "0x7",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999999999999999999999999999",
    "%00",
    "%FF%FE",
    "..%2F..%2Fetc",
    "%27%3B--",
];

#[track_caller]
pub fn is_refused(answer: &Answer, among: &[u16]) {
    let status = answer.status.as_u16();
    assert!(
        among.contains(&status),
        "{} gave {status}: {}",
        answer.asked,
        answer.text()
    );
    assert!(
        answer.value()["error"].is_string(),
        "{}: {}",
        answer.asked,
        answer.text()
    );
}

#[tokio::test]
async fn an_id_that_cannot_be_one_is_not_found() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for (method, path) in WITH_ID {
        for id in IDS {
            let method: Method = method.parse().unwrap();
            let answer = ana
                .form(method, &path.replace("{}", id), &[("status", "x")])
                .await;
            is_refused(&answer, &[404]);
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn lists_and_objects_where_a_word_is_due_do_no_harm() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let odd = [
        json!([]),
        json!({}),
        json!([["x"]]),
        json!({ "a": { "b": [1] } }),
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!("\u{0}"),
        json!("\u{FFFF}\u{202E}"),
    ];
    let fields = [
        "status",
        "spoiler_text",
        "visibility",
        "language",
        "media_ids",
        "in_reply_to_id",
        "sensitive",
        "poll",
        "scheduled_at",
        "quoted_status_id",
        "comments_disabled",
    ];
    for field in fields {
        for value in &odd {
            let mut body = json!({ "status": "x" });
            body[field] = value.clone();
            let answer = ana.json(Method::POST, "/api/v1/statuses", &body).await;
            assert!(answer.status.as_u16() < 500, "{body}: {}", answer.text());
        }
    }
    for field in [
        "display_name",
        "note",
        "locked",
        "fields_attributes",
        "source",
        "avatar",
        "header",
    ] {
        for value in &odd {
            let body = json!({ field: value });
            let answer = ana
                .json(Method::PATCH, "/api/v1/accounts/update_credentials", &body)
                .await;
            assert!(answer.status.as_u16() < 500, "{body}: {}", answer.text());
        }
    }
    let bo = server.person("bo").await;
    for (path, field) in [
        (format!("/api/v1/accounts/{}/follow", bo.id), "languages"),
        (format!("/api/v1/accounts/{}/mute", bo.id), "duration"),
        (format!("/api/v1/accounts/{}/note", bo.id), "comment"),
        ("/api/v1/markers".to_owned(), "home"),
        ("/api/v1/domain_blocks".to_owned(), "domain"),
        ("/api/v1/apps".to_owned(), "redirect_uris"),
        ("/api/v1/apps".to_owned(), "client_name"),
        ("/api/v1/accounts".to_owned(), "username"),
        ("/oauth/token".to_owned(), "grant_type"),
        ("/oauth/revoke".to_owned(), "token"),
    ] {
        for value in &odd {
            let answer = ana.json(Method::POST, &path, &json!({ field: value })).await;
            assert!(
                answer.status.as_u16() < 500,
                "{path} {field} {value}: {}",
                answer.text()
            );
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn no_text_with_a_zero_byte_reaches_the_database() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let zero = "a\0b";
    let post = ana.post(zero).warning(zero).await;
    assert_eq!(
        (&post["content"], &post["spoiler_text"]),
        (&json!("<p>ab</p>"), &json!("ab"))
    );
    let fields = [
        ("display_name", zero),
        ("note", zero),
        ("fields_attributes[0][name]", zero),
        ("fields_attributes[0][value]", zero),
        ("source[language]", "d\0e"),
    ];
    let own = ana
        .form(Method::PATCH, "/api/v1/accounts/update_credentials", &fields)
        .await
        .ok();
    assert_eq!(
        (&own["display_name"], &own["source"]["language"]),
        (&json!("ab"), &json!("de"))
    );
    for path in [
        "/api/v2/search?q=a%00b&resolve=true",
        "/api/v2/search?q=%00",
        "/api/v2/search?q=https%3A%2F%2Fh.example%2F%00&resolve=true",
        "/api/v1/accounts/search?q=a%00b",
        "/api/v1/accounts/lookup?acct=a%00na",
        "/api/v1/timelines/tag/a%00b",
        "/api/v1/timelines/tag/light?any[]=%00&all[]=a%00",
        "/api/v1/markers?timeline[]=ho%00me",
        "/api/v1/notifications?types[]=a%00b&account_id=%00",
        "/tags/a%00b",
        "/@a%00na",
        "/@ana/%00",
        "/users/a%00na",
        "/users/ana%0D%0ALocation%3A%20x",
        "/users/ana%0D%0A/posts/1",
        "/users/ana/posts/%00",
        "/media/%00/1080.jpg",
        "/.well-known/webfinger?resource=acct%3Aana%00%40h.example",
        "/oauth/authorize?client_id=%00&redirect_uri=%00&response_type=%00",
        "/auth/sign_in?return_to=%00",
        "/invite/%00",
    ] {
        for person in [&ana.client, &server.client] {
            let answer = person.get(path).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text());
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn whatever_a_body_says_it_is_it_gets_an_answer() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let send = async |kind: &[u8], body: &[u8]| -> Answer {
        let kind = reqwest::header::HeaderValue::from_bytes(kind).unwrap();
        let request = ana
            .request(Method::POST, "/api/v1/statuses")
            .header(CONTENT_TYPE, kind);
        ana.send(request.body(body.to_vec())).await
    };
    let nested = format!("{{\"status\":{}1{}}}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    let brackets = format!("status{}=x", "[a]".repeat(5_000));
    for (kind, body, among) in [
        (&b"application/json"[..], nested.as_bytes(), &[400][..]),
        (b"application/json", b"{\"status\":\"\xFF\xFE\"}", &[400]),
        (b"application/json", b"{\"status\":\"\\ud800\"}", &[400]),
        (b"application/json; charset=utf-16", b"{\"status\":\"x\"", &[400]),
        (b"APPLICATION/JSON", b"[1]", &[400]),
        (b"application/x-www-form-urlencoded", brackets.as_bytes(), &[422]),
        (b"application/x-www-form-urlencoded", b"%=%&&&==&status", &[422]),
        (b"multipart/form-data", b"status=x", &[422]),
        (b"multipart/form-data; boundary=", b"--\r\n", &[400, 422]),
        (
            b"multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--",
            &[400, 422],
        ),
        (b"multipart/form-data; boundary=x", b"--x--", &[400, 422]),
        (b"text/html", b"status=x", &[415]),
        (b"\xFF/\xFE", b"status=x", &[422]),
        (b"", b"status=x", &[422]),
        (
            b"application/xml",
            b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
            &[415],
        ),
    ] {
        is_refused(&send(kind, body).await, among);
    }
    // What is no UTF-8 in a form is taken as browsers would show it, and does no harm.
    let odd = send(b"application/x-www-form-urlencoded", b"status=%FF%FEx")
        .await
        .ok();
    assert!(odd["content"].as_str().unwrap().contains('x'), "{odd}");
    for kind in [
        &b"application/json"[..],
        b"application/x-www-form-urlencoded",
        b"multipart/form-data",
        b"text/plain",
        b"",
    ] {
        // An empty body is no parameters, whatever it is called.
        let request = ana.request(Method::POST, &format!("/api/v1/statuses/{}/favourite", id(&odd)));
        let kind = reqwest::header::HeaderValue::from_bytes(kind).unwrap();
        ana.send(request.header(CONTENT_TYPE, kind)).await.ok();
    }
    server.settle().await;
}
