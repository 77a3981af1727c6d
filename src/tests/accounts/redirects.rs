//! People are sent back to exactly the addresses that an app registered, and from sign-in to nowhere but here.

use super::program::{BACK, Program, parameter};
use crate::support::browser::{filled, leads_to};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

#[tokio::test]
async fn an_address_that_is_not_the_registered_one_letter_by_letter_is_not_gone_to() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let program = Program::of(&server.client).await;
    for tricky in [
        "https://app.example/back",
        "https://app.example/back?from=tintype&x=1",
        "https://app.example/back?from=tintype#",
        "https://app.example/back/?from=tintype",
        "https://APP.example/back?from=tintype",
        "https://app.example./back?from=tintype",
        "https://app.example:443/back?from=tintype",
        "https://app.example/x/../back?from=tintype",
        "https://app.example/%62ack?from=tintype",
        "https://app.example@evil.example/back?from=tintype",
        "https://app.example.evil.example/back?from=tintype",
        "http://app.example/back?from=tintype",
        "//evil.example/back?from=tintype",
        "https://app.example/back?from=tintype\r\nSet-Cookie: a=b",
        " https://app.example/back?from=tintype",
        "javascript:alert(1)",
        "urn:ietf:wg:oauth:2.0:oob",
    ] {
        // Also a fault that the app would be told of is told to the person alone.
        for more in [&[][..], &[("response_type", "token")]] {
            let mut asked = vec![("redirect_uri", tricky)];
            asked.extend_from_slice(more);
            let answer = browser.get(&program.asks(&asked)).await;
            assert_eq!(answer.status, 400, "{tricky}");
            assert!(answer.header("location").is_none());
            assert!(
                answer.text().contains("not one it registered"),
                "{}",
                answer.text()
            );
            assert!(!answer.text().contains("evil.example"));
        }
    }
}

#[tokio::test]
async fn an_app_that_nobody_knows_sends_nobody_anywhere() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server.client);
    let program = Program::of(&server.client).await;
    for id in [
        "",
        "unknown",
        "%00",
        "'; drop table apps; --",
        &"x".repeat(10_000),
    ] {
        let path = program.asks(&[("client_id", id)]);
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, 400, "{id}");
        assert!(
            answer.text().contains("does not know the app"),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn an_app_with_several_addresses_says_which_and_one_with_one_need_not() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let several = Program::with(
        &server.client,
        &format!("{BACK}\nhttps://app.example/b"),
        "read write",
    )
    .await;
    assert_eq!(
        browser.get(&several.asks(&[("redirect_uri", "")])).await.status,
        400
    );
    for back in [BACK, "https://app.example/b"] {
        assert_eq!(
            browser.get(&several.asks(&[("redirect_uri", back)])).await.status,
            200
        );
    }
    let one = Program::of(&server.client).await;
    assert_eq!(browser.get(&one.asks(&[("redirect_uri", "")])).await.status, 200);
}

#[tokio::test]
async fn a_code_goes_to_an_apps_own_scheme_as_it_was_registered() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let program = Program::with(&server.client, "com.example.app:/oauth", "read").await;
    let page = program
        .shown(&browser, &[("scope", "read"), ("state", "x\r\nLocation: //evil")])
        .await;
    let back = leads_to(
        &browser
            .submits(&page, "/oauth/authorize", &[("decision", "allow")])
            .await,
    );
    assert!(back.starts_with("com.example.app:/oauth?code="), "{back}");
    assert_eq!(
        parameter(&back, "state").as_deref(),
        Some("x\r\nLocation: //evil")
    );
}

#[tokio::test]
async fn nobody_leads_somebody_away_through_the_sign_in_page() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let program = Program::of(&server.client).await;
    // Somebody else's signed path is for somebody else's browser.
    let attacker = Browser::new(&server.client);
    let theirs = leads_to(&attacker.get(&program.asks(&[])).await);
    let theirs = parameter(&theirs, "return_to").expect("a signed path");
    let bare = theirs.split_once('~').expect("a proof and a path").1.to_owned();
    for return_to in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/account",
        "javascript:alert(1)",
        "~/account",
        "~//evil.example",
        "\r\nSet-Cookie: a=b",
        &theirs,
        &bare,
        &"x".repeat(20_000),
    ] {
        let browser = Browser::new(&server.client);
        let mut fields = filled(
            &browser.get("/auth/sign_in").await,
            "/auth/sign_in",
            &[("user[email]", "ana"), ("user[password]", PASSWORD)],
        );
        fields.push(("return_to".to_owned(), return_to.to_owned()));
        let answer = browser.post("/auth/sign_in", &fields).await;
        assert_eq!(leads_to(&answer), "/account", "{return_to}");
    }
    let page = Browser::new(&server.client)
        .get("/auth/sign_in?return_to=https://evil.example")
        .await;
    assert!(!page.text().contains("evil.example"));
}
