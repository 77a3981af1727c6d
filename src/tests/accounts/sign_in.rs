//! Signing in and out.

use crate::support::browser::leads_to;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

#[tokio::test]
async fn the_form_needs_no_script_and_has_the_fields_that_apps_tests_look_for() {
    let server = TestServer::start().await;
    let page = Browser::new(&server.client).get("/auth/sign_in").await;
    let html = page.text();
    assert!(html.contains("<input id=\"user_email\" name=\"user[email]\" type=\"text\""));
    assert!(html.contains("<input id=\"user_password\" name=\"user[password]\" type=\"password\""));
    assert!(
        !html.contains("<script") && !html.contains("javascript:"),
        "{html}"
    );
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("script-src"),
        "{policy}"
    );
}

#[tokio::test]
async fn somebody_signs_in_by_name_or_address_and_out_by_a_form() {
    let server = TestServer::start().await;
    server.person("ana").await;
    for login in ["ana", "@Ana", " ANA@mail.example "] {
        let browser = Browser::new(&server.client);
        assert_eq!(
            leads_to(&browser.signs_in(login, PASSWORD).await),
            "/account",
            "{login}"
        );
        let account = browser.get("/account").await;
        assert!(account.text().contains("@ana@"));
        // A link signs nobody out.
        browser.get("/auth/sign_out").await;
        assert!(browser.is_signed_in().await);
        let out = browser.submits(&account, "/auth/sign_out", &[]).await;
        assert!(out.text().contains("You are signed out"), "{}", out.text());
        assert!(!browser.is_signed_in().await);
    }
}

#[tokio::test]
async fn who_signs_out_is_out_also_with_a_copy_of_the_cookie() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let copy = Browser::new(&server.client);
    copy.set_cookie("session", &browser.cookies()["session"]);
    assert!(copy.is_signed_in().await);
    let account = browser.get("/account").await;
    browser.submits(&account, "/auth/sign_out", &[]).await;
    assert!(!copy.is_signed_in().await);
}

#[tokio::test]
async fn a_wrong_password_and_a_name_nobody_has_give_the_same_words_for_the_same_work() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let long = "x".repeat(10_000);
    let mut answers = Vec::new();
    for (login, password) in [
        ("nobody", "a wrong password"),
        ("ana", "a wrong password"),
        ("nobody@mail.example", "a wrong password"),
        ("ana@mail.example", "a wrong password"),
        ("ana", &long),
        ("nobody", ""),
        ("ana", ""),
        ("ana\u{200b}", PASSWORD),
        ("", PASSWORD),
    ] {
        let before = server.app.passwords.runs();
        let answer = browser.signs_in(login, password).await;
        assert_eq!(answer.status, 401, "{login}");
        let words = answer.text().replace(&format!("value=\"{login}\""), "value=\"\"");
        answers.push((login, words, server.app.passwords.runs() - before));
    }
    // The first of all makes what the others are compared with, once.
    let (_, words, work) = answers[1].clone();
    assert_eq!((answers[0].2, work), (2, 1));
    for (login, said, done) in &answers[1..] {
        let said = said.replace("value=\"ana\"", "value=\"\"");
        assert_eq!((said.as_str(), *done), (words.as_str(), work), "{login:?}");
    }
    assert!(words.contains("Name or password is wrong."), "{words}");
}

#[tokio::test]
async fn nobody_signs_in_as_the_server_itself_or_as_somebody_elsewhere() {
    let server = TestServer::start().await;
    let host = server.authority().to_owned();
    let name = host.split(':').next().expect("a host");
    let browser = Browser::new(&server.client);
    for login in [name, &host, "ana@peer.test"] {
        for password in ["", "x", PASSWORD] {
            assert_eq!(browser.signs_in(login, password).await.status, 401, "{login}");
        }
    }
}

#[tokio::test]
async fn a_session_that_was_not_used_for_long_is_over_and_the_browser_is_told() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    for _ in 0..3 {
        server.wind(chrono::TimeDelta::days(50));
        assert!(browser.is_signed_in().await, "each use makes it last");
    }
    server.wind(chrono::TimeDelta::days(62));
    let page = browser.get("/auth/sign_in").await;
    assert!(
        page.text().contains("You are no longer signed in"),
        "{}",
        page.text()
    );
    assert!(!browser.cookies().contains_key("session"));
    assert!(!browser.get("/auth/sign_in").await.text().contains("no longer"));
}
