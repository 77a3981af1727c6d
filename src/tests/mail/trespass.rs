//! What somebody may try with the forms around mails: guessing, flooding, other names for this server, other sites.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HOST, ORIGIN};
use url::form_urlencoded;

use super::server;
use crate::support::browser::filled;
use crate::support::http::Answer;
use crate::support::{Browser, TestServer};

async fn sends(
    browser: &Browser,
    path: &str,
    fields: &[(String, String)],
    headers: &[(&str, &str)],
) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut request = browser
        .request(Method::POST, path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request).await
}

async fn form(browser: &Browser, email: &str) -> Vec<(String, String)> {
    let page = browser.get("/auth/password/new").await;
    filled(&page, "/auth/password/new", &[("user[email]", email)])
}

async fn limited() -> TestServer {
    server(&[
        ("TINTYPE_RATE_LIMITS", "on"),
        ("TINTYPE_TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await
}

#[tokio::test]
async fn links_lead_to_the_public_address_whatever_the_request_called_this_server() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let fields = form(&browser, "ana@mail.example").await;
    let names = [
        (HOST.as_str(), "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        (ORIGIN.as_str(), &server.client.base),
    ];
    assert_eq!(
        sends(&browser, "/auth/password/new", &fields, &names)
            .await
            .status,
        200
    );
    let mail = server.last_mail().await;
    assert!(!mail.raw.contains("evil.example"), "{}", mail.raw);
    assert!(mail.text.contains(server.app.urls.base()), "{}", mail.text);
}

#[tokio::test]
async fn forms_of_other_sites_send_nothing_and_set_nothing() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let fields = form(&browser, "ana@mail.example").await;
    let evil = [(ORIGIN.as_str(), "https://evil.example")];
    let refused = sends(&browser, "/auth/password/new", &fields, &evil).await;
    assert_eq!(refused.status, 403);
    let bare: Vec<_> = fields
        .iter()
        .filter(|(name, _)| name != "csrf")
        .cloned()
        .collect();
    assert_eq!(
        sends(&browser, "/auth/password/new", &bare, &[]).await.status,
        403
    );
    assert!(server.mails().await.is_empty());
    assert_eq!(
        sends(&browser, "/auth/password/new", &fields, &[]).await.status,
        200
    );
    let mail = server.last_mail().await;
    let page = browser.get(&mail.link()).await;
    let fields = filled(
        &page,
        "/auth/password/edit",
        &[("user[password]", "a stranger's one")],
    );
    assert_eq!(
        sends(&browser, "/auth/password/edit", &fields, &evil)
            .await
            .status,
        403
    );
    let stranger = Browser::new(&server.client);
    stranger.get("/auth/sign_in").await;
    assert_eq!(
        sends(&stranger, "/auth/password/edit", &fields, &[]).await.status,
        403
    );
    assert_eq!(
        browser.get(&mail.link()).await.status,
        200,
        "the link is as good as before"
    );
}

#[tokio::test]
async fn no_page_of_links_may_be_framed_or_tells_others_where_it_was() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let fields = form(&browser, "ana@mail.example").await;
    sends(&browser, "/auth/password/new", &fields, &[]).await;
    let link = server.last_mail().await.link();
    for path in [
        "/auth/password/new",
        "/auth/confirmation/new",
        "/auth/password/edit?x",
        &link,
    ] {
        let page = browser.get(path).await;
        assert!(
            page.header("content-security-policy")
                .expect("a policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{path}");
        assert_eq!(page.header("cache-control"), Some("private, no-store"), "{path}");
    }
}

#[tokio::test]
async fn wishes_are_throttled_by_address_and_by_letter_box_alike_for_all() {
    let server = limited().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let wishes = async |from: &str, email: &str| {
        let fields = form(&browser, email).await;
        let headers = [("x-forwarded-for", from)];
        sends(&browser, "/auth/password/new", &fields, &headers)
            .await
            .status
            .as_u16()
    };
    for email in ["ana@mail.example", "nobody@mail.example"] {
        let mut statuses = Vec::new();
        for n in 1..=4 {
            statuses.push(wishes(&format!("192.0.2.{n}"), email).await);
        }
        assert_eq!(statuses, [200, 200, 200, 429], "{email}");
    }
    let mut last = 0;
    for n in 0..11 {
        last = wishes("198.51.100.1", &format!("n{n}@mail.example")).await;
    }
    assert_eq!(last, 429);
    server.settle().await;
}

#[tokio::test]
async fn links_cannot_be_guessed_for_long() {
    let server = limited().await;
    let browser = Browser::new(&server.client);
    let mut statuses = Vec::new();
    for n in 0..31 {
        let path = format!("/auth/password/edit?reset_password_token=guess{n}");
        let request = browser
            .request(Method::GET, &path)
            .header("x-forwarded-for", "192.0.2.7");
        statuses.push(browser.send(request).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 30);
    assert_eq!(statuses.last(), Some(&429));
    for odd in ["", "%00", "%FF%FE", "a%0D%0Ab", &"x".repeat(3_000)] {
        let path = format!("/auth/confirmation?confirmation_token={odd}");
        assert_eq!(browser.get(&path).await.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn an_address_with_line_ends_or_zero_bytes_is_nobodys() {
    let server = server(&[]).await;
    let browser = Browser::new(&server.client);
    for email in [
        "ana@mail.example\r\nBcc: all@mail.example",
        "ana\0@mail.example",
        "",
        "@",
    ] {
        let fields = form(&browser, email).await;
        assert_eq!(
            sends(&browser, "/auth/password/new", &fields, &[]).await.status,
            200,
            "{email:?}"
        );
    }
    assert!(server.mails().await.is_empty());
}
