//! Our own pages use the API with their session, and no other site can.

use reqwest::Method;
use reqwest::header::ORIGIN;

use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const ME: &str = "/api/v1/accounts/verify_credentials";

async fn scene() -> (TestServer, Browser) {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    (server, browser)
}

async fn asks(browser: &Browser, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(browser.request(method, path), |request, (name, value)| {
            request.header(*name, *value)
        });
    browser.send(request).await
}

#[tokio::test]
async fn our_own_page_speaks_for_whoever_is_signed_in() {
    let (server, browser) = scene().await;
    let own = [("sec-fetch-site", "same-origin")];
    assert_eq!(asks(&browser, Method::GET, ME, &own).await.ok()["acct"], "ana");
    let both = [
        ("sec-fetch-site", "same-origin"),
        ("origin", server.client.base.as_str()),
    ];
    let post = asks(
        &browser,
        Method::POST,
        "/api/v1/statuses?status=from+a+page",
        &both,
    )
    .await
    .ok();
    assert_eq!(post["content"], "<p>from a page</p>");
    assert_eq!(post["application"], serde_json::Value::Null);
    // A browser that is too old for Sec-Fetch-Site names the page's origin when it writes.
    let old = [("origin", server.client.base.as_str())];
    asks(&browser, Method::POST, "/api/v1/statuses?status=old", &old)
        .await
        .ok();
    server.settle().await;
}

#[tokio::test]
async fn a_request_from_any_other_page_is_nobodys() {
    let (server, browser) = scene().await;
    for headers in [
        &[][..],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://evil.example"),
        ],
    ] {
        for (method, path) in [
            (Method::GET, ME),
            (Method::GET, "/api/v1/timelines/home"),
            (Method::POST, "/api/v1/statuses?status=x"),
        ] {
            let answer = asks(&browser, method, path, headers).await;
            answer.refused(401);
            assert!(answer.header("access-control-allow-credentials").is_none());
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        }
    }
    let asked = [
        ("access-control-request-method", "POST"),
        ("origin", "https://evil.example"),
    ];
    let preflight = asks(&browser, Method::OPTIONS, "/api/v1/statuses", &asked).await;
    assert!(preflight.header("access-control-allow-credentials").is_none());
    server.client.get("/api/v1/timelines/public").await.list();
}

#[tokio::test]
async fn a_token_counts_before_the_session_and_a_wrong_one_is_not_made_good_by_it() {
    let (server, browser) = scene().await;
    let bo = server.person("bo").await;
    let own = |token: &str| {
        browser
            .request(Method::GET, ME)
            .header("sec-fetch-site", "same-origin")
            .bearer_auth(token)
    };
    let token = bo.token.clone().expect("a token");
    assert_eq!(browser.send(own(&token)).await.ok()["acct"], "bo");
    browser.send(own("made-up")).await.refused(401);
}

#[tokio::test]
async fn outside_the_api_and_after_signing_out_it_counts_for_nothing() {
    let (server, browser) = scene().await;
    let session = browser.cookies()["session"].clone();
    let account = browser.get("/account").await;
    browser.submits(&account, "/auth/sign_out", &[]).await;
    let thief = Browser::new(&server.client);
    thief.set_cookie("session", &session);
    let request = thief
        .request(Method::GET, ME)
        .header("sec-fetch-site", "same-origin");
    thief.send(request).await.refused(401);
    let request = thief
        .request(Method::POST, "/oauth/revoke")
        .header(ORIGIN, &server.client.base);
    thief.send(request).await.refused(403);
}
