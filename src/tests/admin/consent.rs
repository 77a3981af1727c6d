//! What moderators do by their apps is let in by moderators alone.

use serde_json::json;

use super::desk::staff;
use crate::accounts::program::{BACK, Program, parameter};
use crate::support::browser::leads_to;
use crate::support::http::Answer;
use crate::support::server::{PASSWORD, Settings};
use crate::support::{Browser, TestServer};

const ASKED: &str = "read write:media admin:read admin:write:reports";

async fn in_browser(server: &TestServer, name: &str) -> Browser {
    let browser = Browser::new(&server.client);
    assert_eq!(browser.signs_in(name, PASSWORD).await.status, 302);
    browser
}

/// What the token allows that comes of a yes.
async fn is_given(program: &Program, browser: &Browser) -> String {
    let code = program.is_allowed(browser, &[("scope", ASKED)]).await;
    let token: Answer = program.brings(&code, &[]).await;
    token.ok()["scope"].as_str().expect("a scope").to_owned()
}

#[tokio::test]
async fn an_app_gets_from_a_member_all_but_what_is_for_moderators() {
    let server = TestServer::start().await;
    staff(&server).await;
    let program = Program::with(&server.client, BACK, "read write admin:read admin:write").await;
    let administers = "It may run this server";
    for (name, given) in [("olga", ASKED), ("mona", ASKED), ("mel", "read write:media")] {
        let browser = in_browser(&server, name).await;
        let page = program.shown(&browser, &[("scope", ASKED)]).await.text();
        assert_eq!(page.contains(administers), given == ASKED, "{name}: {page}");
        assert_eq!(is_given(&program, &browser).await, given, "{name}");
    }
    server.settle().await;
}

#[tokio::test]
async fn an_app_that_asks_for_nothing_else_is_told_that_it_gets_nothing() {
    let server = TestServer::start().await;
    staff(&server).await;
    let program = Program::with(&server.client, BACK, "read admin:read").await;
    let browser = in_browser(&server, "mel").await;
    let only = [("scope", "admin:read")];
    let back = leads_to(&browser.get(&program.asks(&only)).await);
    assert!(back.starts_with(BACK), "{back}");
    assert_eq!(parameter(&back, "error").as_deref(), Some("invalid_scope"));
    assert_eq!(parameter(&back, "state").as_deref(), Some("a&b=c"));
    server.settle().await;
}

#[tokio::test]
async fn who_gives_their_password_to_an_app_gives_it_no_more() {
    let server = TestServer::start_with(Settings {
        adjust: |config| config.password_grant = true,
        ..Settings::default()
    })
    .await;
    staff(&server).await;
    let program = Program::with(&server.client, BACK, "read admin:read").await;
    let gives = async |name: &str| {
        let asked = [
            ("grant_type", "password"),
            ("client_id", program.id.as_str()),
            ("client_secret", program.secret.as_str()),
            ("username", name),
            ("password", PASSWORD),
            ("scope", "read admin:read"),
        ];
        server.client.post_form("/oauth/token", &asked).await.ok()["scope"].clone()
    };
    assert_eq!(gives("mona").await, json!("read admin:read"));
    assert_eq!(gives("mel").await, json!("read"));
    server.settle().await;
}
