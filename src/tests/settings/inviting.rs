//! Invitations of people here: made by those who may, seen and taken back by who made them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{sends, signed_in};
use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const PATH: &str = "/api/tintype/v1/invitations";

async fn server(inviters: &str) -> TestServer {
    let server = TestServer::with(&[
        ("TINTYPE_REGISTRATION", "invite"),
        ("TINTYPE_INVITATIONS", inviters),
    ])
    .await;
    server.person("olga").await;
    server
}

async fn joins(server: &TestServer, code: &str, name: &str) -> Answer {
    let browser = Browser::new(&server.client);
    let page = browser.get(&format!("/invite/{code}")).await;
    let email = format!("{name}@mail.example");
    let typed = [
        ("user[username]", name),
        ("user[email]", &email),
        ("user[password]", PASSWORD),
        ("user[invite_code]", code),
        ("user[agreement]", "1"),
    ];
    match page.status.as_u16() {
        200 => browser.submits(&page, "/auth/sign_up", &typed).await,
        _ => page,
    }
}

#[tokio::test]
async fn an_invitation_is_made_shown_used_and_taken_back() {
    let server = server("everybody").await;
    let ana = server.person("ana").await;
    let made = ana
        .post_form(PATH, &[("max_uses", "2"), ("expires_in", "3600")])
        .await
        .ok();
    let code = made["code"].as_str().expect("a code").to_owned();
    assert_eq!(made["uses_left"], 2);
    assert_eq!(made["url"], server.app.urls.at(&format!("/invite/{code}")));
    assert_eq!(ana.get(PATH).await.list(), std::slice::from_ref(&made));
    assert_eq!(joins(&server, &code, "bo").await.status, 302);
    let by: i64 = sqlx::query_scalar(
        "select invited_by from users join accounts on id = account_id where username = 'bo'",
    )
    .fetch_one(server.db())
    .await
    .expect("who invited him");
    assert_eq!(by, ana.account().0);
    assert_eq!(ana.get(PATH).await.list()[0]["uses_left"], 1);
    assert_eq!(ana.delete(&format!("{PATH}/{code}")).await.ok(), json!({}));
    assert_eq!(ana.get(PATH).await.list(), Vec::<Value>::new());
    assert_eq!(joins(&server, &code, "cy").await.status, 404);
}

#[tokio::test]
async fn an_invitation_that_is_too_old_lets_nobody_in_and_is_not_listed() {
    let server = server("everybody").await;
    let ana = server.person("ana").await;
    let made = ana.post_form(PATH, &[("expires_in", "60")]).await.ok();
    server.wind(TimeDelta::minutes(2));
    assert_eq!(
        joins(&server, made["code"].as_str().expect("a code"), "bo")
            .await
            .status,
        404
    );
    assert!(ana.get(PATH).await.list().is_empty());
}

#[tokio::test]
async fn who_may_invite_is_the_settings_to_say() {
    for (inviters, may) in [
        ("everybody", true),
        ("moderators", false),
        ("admins", false),
        ("nobody", false),
    ] {
        let server = server(inviters).await;
        let ana = server.person("ana").await;
        let answer = ana.act(PATH).await;
        assert_eq!(answer.status, if may { 200 } else { 403 }, "{inviters}");
        let account = ana.get("/api/tintype/v1/account").await.ok();
        assert_eq!(account["may_invite"], may, "{inviters}");
        let browser = signed_in(&server, "ana").await;
        assert_eq!(
            browser.get("/settings/invitations").await.status,
            if may { 200 } else { 403 }
        );
        assert_eq!(
            browser
                .get("/settings/account")
                .await
                .text()
                .contains("/settings/invitations"),
            may
        );
    }
    let server = server("admins").await;
    let olga = signed_in(&server, "olga").await;
    assert_eq!(
        olga.get("/settings/invitations").await.status,
        200,
        "the owner is more than an admin"
    );
}

#[tokio::test]
async fn bounds_are_told_and_kept() {
    let server = server("everybody").await;
    let ana = server.person("ana").await;
    for fields in [
        [("max_uses", "0")],
        [("max_uses", "101")],
        [("max_uses", "-1")],
        [("max_uses", "many")],
        [("expires_in", "1")],
        [("expires_in", "99999999999999")],
        [("expires_in", "soon")],
    ] {
        ana.post_form(PATH, &fields).await.refused(422);
    }
    for _ in 0..100 {
        ana.act(PATH).await.ok();
    }
    ana.act(PATH).await.refused(422);
    assert_eq!(ana.get(PATH).await.list().len(), 100);
}

#[tokio::test]
async fn anothers_invitation_is_not_there() {
    let server = server("everybody").await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let made = ana.act(PATH).await.ok();
    let path = format!("{PATH}/{}", made["code"].as_str().expect("a code"));
    bo.delete(&path).await.refused(404);
    assert!(bo.get(PATH).await.list().is_empty());
    for odd in ["made-up", "%00", "%2F"] {
        ana.delete(&format!("{PATH}/{odd}")).await.refused(404);
    }
    assert_eq!(ana.get(PATH).await.list().len(), 1);
}

#[tokio::test]
async fn the_page_does_the_same_without_scripts() {
    let server = server("moderators").await;
    let olga = signed_in(&server, "olga").await;
    let typed = [("max_uses", "3"), ("expires_in", "604800")];
    let made = sends(&olga, "/settings/invitations", "/settings/invitations", &typed).await;
    assert!(
        made.text().contains("The link is made") && made.text().contains("For 3 people"),
        "{}",
        made.text()
    );
    let wrong = sends(
        &olga,
        "/settings/invitations",
        "/settings/invitations",
        &[("max_uses", "999")],
    )
    .await;
    assert_eq!(wrong.status, 422);
    let gone = olga.submits(&made, "/settings/invitations/revoke", &[]).await;
    assert!(gone.text().contains("None of yours is open"), "{}", gone.text());
}
