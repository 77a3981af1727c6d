//! Forms are taken from our own pages only, and from the very browser that they were shown to.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use url::form_urlencoded;

use super::program::Program;
use crate::support::browser::filled;
use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const TYPED: [(&str, &str); 2] = [("user[email]", "ana"), ("user[password]", PASSWORD)];

async fn scene() -> (TestServer, Browser) {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    (server, browser)
}

async fn from(browser: &Browser, origin: Option<&str>, path: &str, fields: &[(String, String)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut request = browser
        .request(Method::POST, path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    if let Some(origin) = origin {
        request = request.header(ORIGIN, origin);
    }
    browser.send(request).await
}

#[tokio::test]
async fn a_form_without_its_token_signs_nobody_in() {
    let (_server, browser) = scene().await;
    let page = browser.get("/auth/sign_in").await;
    let mut fields = filled(&page, "/auth/sign_in", &TYPED);
    fields.retain(|(name, _)| name != "csrf");
    for token in [None, Some(""), Some("made-up")] {
        let mut fields = fields.clone();
        fields.extend(token.map(|token| ("csrf".to_owned(), token.to_owned())));
        let answer = browser.post("/auth/sign_in", &fields).await;
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("open for too long"), "{}", answer.text());
        assert!(!browser.is_signed_in().await);
    }
}

#[tokio::test]
async fn another_browsers_token_is_no_token() {
    let (server, victim) = scene().await;
    // Who attacks has a form of their own, and would have the victim send it: signed in as the attacker.
    let attacker = Browser::new(&server.client);
    let form = filled(&attacker.get("/auth/sign_in").await, "/auth/sign_in", &TYPED);
    victim.get("/auth/sign_in").await;
    assert_eq!(victim.post("/auth/sign_in", &form).await.status, 403);
    assert!(!victim.is_signed_in().await);
    // Nor is one from before signing in a token for what somebody signed in may do.
    let mut early = filled(&victim.get("/auth/sign_in").await, "/auth/sign_in", &[]);
    victim.signs_in("ana", PASSWORD).await;
    early.push(("decision".to_owned(), "allow".to_owned()));
    assert_eq!(victim.post("/auth/sign_out", &early).await.status, 403);
    assert!(victim.is_signed_in().await);
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_even_with_the_token() {
    let (server, browser) = scene().await;
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://127.0.0.1",
    ] {
        let fields = filled(&browser.get("/auth/sign_in").await, "/auth/sign_in", &TYPED);
        let answer = from(&browser, Some(origin), "/auth/sign_in", &fields).await;
        assert_eq!(answer.status, 403, "{origin}");
        assert!(!browser.is_signed_in().await, "{origin}");
    }
    // Old browsers do not say where a form comes from.
    let fields = filled(&browser.get("/auth/sign_in").await, "/auth/sign_in", &TYPED);
    assert_eq!(from(&browser, None, "/auth/sign_in", &fields).await.status, 302);
    let program = Program::of(&server.client).await;
    let consent = program.shown(&browser, &[]).await;
    let fields = filled(&consent, "/oauth/authorize", &[("decision", "allow")]);
    let answer = from(
        &browser,
        Some("https://evil.example"),
        "/oauth/authorize",
        &fields,
    )
    .await;
    assert_eq!(answer.status, 403);
    assert!(answer.header("location").is_none());
}

#[tokio::test]
async fn signing_up_out_and_allowing_an_app_need_the_token_too() {
    let (server, browser) = scene().await;
    let joined = browser
        .post(
            "/auth/sign_up",
            &[("user[username]".to_owned(), "kim".to_owned())],
        )
        .await;
    assert_eq!(joined.status, 403);
    browser.signs_in("ana", PASSWORD).await;
    let program = Program::of(&server.client).await;
    let consent = program.shown(&browser, &[]).await;
    let mut fields = filled(&consent, "/oauth/authorize", &[("decision", "allow")]);
    fields.retain(|(name, _)| name != "csrf");
    let answer = browser.post("/oauth/authorize", &fields).await;
    assert_eq!(answer.status, 403);
    assert!(
        answer.text().contains("Allow <bdi>Pocket Darkroom</bdi>"),
        "it is asked again"
    );
    assert_eq!(browser.post("/auth/sign_out", &[]).await.status, 403);
    assert!(browser.is_signed_in().await);
    let codes: i64 = sqlx::query_scalar("select count(*) from oauth_codes")
        .fetch_one(server.db())
        .await
        .expect("a count");
    assert_eq!(codes, 0);
}

#[tokio::test]
async fn what_goes_wrong_beneath_a_form_is_a_page_in_our_look() {
    let (server, browser) = scene().await;
    let page = browser.get("/auth/sign_in").await;
    let fields = filled(&page, "/auth/sign_in", &TYPED);
    let program = Program::of(&server.client).await;
    sqlx::query("alter table sessions rename to elsewhere")
        .execute(server.db())
        .await
        .expect("it is there");
    sqlx::query("alter table apps rename to nowhere")
        .execute(server.db())
        .await
        .expect("it is there");
    let broken = [
        browser.post("/auth/sign_in", &fields).await,
        browser.get(&program.asks(&[])).await,
    ];
    for answer in broken {
        assert_eq!(answer.status, 500, "{}", answer.asked);
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8"),
            "{}",
            answer.asked
        );
        let html = answer.text();
        assert!(
            html.contains("<h1>Something broke here</h1>") && html.contains("/assets/page-"),
            "{html}"
        );
        assert!(
            !html.contains("elsewhere") && !html.contains("sessions"),
            "{html}"
        );
        assert!(
            html.contains(answer.header("x-request-id").expect("an id")),
            "it names the line in the log"
        );
    }
    let long = format!("/auth/sign_in?{}", "a=1&".repeat(1_100));
    let answer = browser.get(&long).await;
    assert_eq!(answer.status, 400);
    assert!(
        answer.text().contains("<h1>That did not work</h1>"),
        "{}",
        answer.text()
    );
}
