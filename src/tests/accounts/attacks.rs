//! What somebody types who means no good.

use reqwest::Method;
use reqwest::header::{COOKIE, USER_AGENT};

use super::{joins, server_that_is};
use crate::support::browser::leads_to;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

#[tokio::test]
async fn strange_input_in_forms_is_refused_and_breaks_nothing() {
    let server = server_that_is("open").await;
    let long = "x".repeat(100_000);
    for strange in [
        "\0",
        "a\0 b",
        "'; drop table users; --",
        "<script>alert(1)</script>",
        "аnа",
        "a\u{202e}b",
        "👩‍🎨",
        "../../etc",
        "%00",
        &long,
    ] {
        let browser = Browser::new(&server.client);
        for field in [
            "username",
            "email",
            "password",
            "reason",
            "invite_code",
            "agreement",
        ] {
            let field = format!("user[{field}]");
            let answer = joins(&browser, "x!", &[(&field, strange)]).await;
            assert_eq!(answer.status, 422, "{field} {strange:.20}");
            assert!(!answer.text().contains("<script>"), "{field}");
        }
        assert_eq!(
            browser.signs_in(strange, strange).await.status,
            401,
            "{strange:.20}"
        );
    }
}

#[tokio::test]
async fn names_that_look_alike_are_no_names_and_case_makes_no_other() {
    let server = server_that_is("open").await;
    leads_to(&joins(&Browser::new(&server.client), "Ana", &[]).await);
    for name in [
        "ana",
        "ANA",
        " ana ",
        "аnа",
        "ａｎａ",
        "an\u{200b}a",
        "ana.",
        "ana@other.example",
        "@ana",
    ] {
        let answer = joins(
            &Browser::new(&server.client),
            name,
            &[("user[email]", "b@mail.example")],
        )
        .await;
        assert_eq!(answer.status, 422, "{name}");
    }
}

#[tokio::test]
async fn nothing_that_people_read_of_each_other_or_of_apps_turns_text_around() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let turned = "a\u{202e}b\u{2066}c\u{200f}d";
    let words = [
        ("display_name", turned),
        ("note", turned),
        ("fields_attributes[0][name]", turned),
        ("fields_attributes[0][value]", turned),
    ];
    let path = "/api/v1/accounts/update_credentials";
    let shown = ana.form(Method::PATCH, path, &words).await.ok();
    assert_eq!(shown["display_name"], "abcd");
    assert_eq!(shown["note"], "<p>abcd</p>");
    assert_eq!(shown["source"]["note"], "abcd");
    assert_eq!(shown["fields"][0]["name"], "abcd");
    let new = [("client_name", turned), ("redirect_uris", "https://app.example/")];
    let app = server.client.post_form("/api/v1/apps", &new).await.ok();
    assert_eq!(app["name"], "abcd");
    let blank = [("client_name", "\u{202e}"), new[1]];
    server.client.post_form("/api/v1/apps", &blank).await.refused(422);
    server.settle().await;
}

#[tokio::test]
async fn every_password_works_as_it_was_typed() {
    let server = server_that_is("open").await;
    for (n, password) in [
        "  spaces at both ends  ",
        "пароль от фотографий",
        "👩‍🎨👩‍🎨👩‍🎨👩‍🎨",
        "a&b=c%20+d\"'<>",
        &"é".repeat(256),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("ana{n}");
        let answer = joins(
            &Browser::new(&server.client),
            &name,
            &[("user[password]", password)],
        )
        .await;
        assert_eq!(answer.status, 302, "{password} {}", answer.text());
        let browser = Browser::new(&server.client);
        assert_eq!(browser.signs_in(&name, password).await.status, 302, "{password}");
    }
    let browser = Browser::new(&server.client);
    for other in [
        "spaces at both ends",
        "  spaces at both ends",
        "  Spaces at both ends  ",
    ] {
        assert_eq!(browser.signs_in("ana0", other).await.status, 401, "{other}");
    }
}

#[tokio::test]
async fn headers_that_make_no_sense_are_ignored() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let client = &server.client;
    let name = "x".repeat(10_000);
    for cookie in [
        "session",
        "session=",
        "session=;visitor",
        "session=a;session=b",
        "=;=;=",
        &format!("session={name}"),
    ] {
        let request = client.request(Method::GET, "/account").header(COOKIE, cookie);
        assert_eq!(client.send(request).await.status, 200, "{cookie:.40}");
    }
    let browser = Browser::new(client);
    let page = browser.get("/auth/sign_in").await;
    let typed = [("user[email]", "ana"), ("user[password]", PASSWORD)];
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(crate::support::browser::filled(&page, "/auth/sign_in", &typed))
        .finish();
    let request = browser
        .request(Method::POST, "/auth/sign_in")
        .header(USER_AGENT, name)
        .header("x-forwarded-for", "not an address, 1.2.3.4.5")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    leads_to(&browser.send(request).await);
    let kept: String = sqlx::query_scalar("select user_agent from sessions")
        .fetch_one(server.db())
        .await
        .expect("one session");
    assert_eq!(kept.len(), 200);
}

#[tokio::test]
async fn an_app_with_a_hostile_name_stays_words_on_the_page_that_asks() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let new = serde_json::json!({
        "client_name": "\"><script>alert(1)</script>", "redirect_uris": "https://app.example/?\"><script>",
        "scopes": "read", "website": "https://app.example/\"onclick=alert(1)",
    });
    let answer = server.client.json(Method::POST, "/api/v1/apps", &new).await;
    let made = answer.ok();
    let id = made["client_id"].as_str().expect("an id");
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let page = browser
        .get(&format!("/oauth/authorize?response_type=code&client_id={id}"))
        .await;
    assert_eq!(page.status, 200);
    assert!(
        !page.text().contains("<script") && !page.text().contains("\"onclick"),
        "{}",
        page.text()
    );
    let out = browser
        .submits(&page, "/oauth/authorize", &[("decision", "allow")])
        .await;
    assert!(leads_to(&out).starts_with("https://app.example/?\"><script>&code="));
}
