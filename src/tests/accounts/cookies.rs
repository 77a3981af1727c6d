//! Cookies and headers of the pages with forms.

use crate::support::browser::leads_to;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

#[tokio::test]
async fn over_https_cookies_are_bound_to_this_host_and_hidden_from_scripts() {
    let server = TestServer::with(&[("TINTYPE_PUBLIC_URL", "https://photos.test")]).await;
    server.person("ana").await;
    let browser = Browser::at("https://photos.test", &server.client);
    let page = browser.get("/auth/sign_in").await;
    let visitor = page.header("set-cookie").expect("a cookie").to_owned();
    let signed_in = browser.signs_in("ana", PASSWORD).await;
    let session = signed_in.header("set-cookie").expect("a cookie").to_owned();
    let cookies = signed_in.headers.get_all("set-cookie").iter();
    let device = cookies
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.contains("-device="));
    let device = device.expect("a cookie").to_owned();
    for (name, cookie) in [("visitor", visitor), ("session", session), ("device", device)] {
        assert!(cookie.starts_with(&format!("__Host-{name}=")), "{cookie}");
        for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert!(browser.is_signed_in().await);
    assert!(page.header("strict-transport-security").is_some());
    // A page of the same name over plain http may be anybody's who is on the way.
    let unsafe_page = Browser::at("http://photos.test", &server.client);
    assert_eq!(unsafe_page.signs_in("ana", PASSWORD).await.status, 403);
}

#[tokio::test]
async fn over_plain_http_they_work_without_secure() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let answer = Browser::new(&server.client).signs_in("ana", PASSWORD).await;
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(
        cookie.starts_with("session=") && cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax")
    );
    assert!(!cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn pages_with_forms_are_put_into_no_frame_and_kept_by_nobody() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let program = super::program::Program::of(&server.client).await;
    let browser = Browser::new(&server.client);
    let mut pages = vec![
        browser.get("/auth/sign_in").await,
        browser.get("/auth/sign_up").await,
    ];
    browser.signs_in("ana", PASSWORD).await;
    pages.push(browser.get("/account").await);
    pages.push(browser.get("/auth/sign_out").await);
    pages.push(browser.get(&program.asks(&[])).await);
    pages.push(browser.get("/oauth/authorize").await);
    for page in pages {
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{} {policy}",
            page.asked
        );
        assert_eq!(page.header("x-frame-options"), Some("DENY"), "{}", page.asked);
        assert_eq!(
            page.header("cache-control"),
            Some("private, no-store"),
            "{}",
            page.asked
        );
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn a_cookie_that_was_there_before_is_nobodys_session_afterwards() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let planted = "a".repeat(43);
    let browser = Browser::new(&server.client);
    browser.set_cookie("session", &planted);
    browser.set_cookie("visitor", &planted);
    leads_to(&browser.signs_in("ana", PASSWORD).await);
    assert_ne!(browser.cookies()["session"], planted);
    let thief = Browser::new(&server.client);
    thief.set_cookie("session", &planted);
    assert!(!thief.is_signed_in().await);
    // Signing in anew ends the session before it.
    let before = browser.cookies()["session"].clone();
    let link = crate::support::browser::link(
        &browser
            .get(&super::program::Program::of(&server.client).await.asks(&[]))
            .await,
        "/auth/sign_in?",
    );
    let page = browser.get(&link).await;
    let typed = [("user[email]", "ana"), ("user[password]", PASSWORD)];
    leads_to(&browser.submits(&page, "/auth/sign_in", &typed).await);
    thief.set_cookie("session", &before);
    assert!(!thief.is_signed_in().await);
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn what_is_in_the_table_signs_nobody_in() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let secret = browser.cookies()["session"].clone();
    let hash: Vec<u8> = sqlx::query_scalar("select hash from sessions")
        .fetch_one(server.db())
        .await
        .expect("one session");
    assert_eq!(hash, tintype::domain::random::hash(&secret));
    assert_eq!(hash.len(), 32);
}
