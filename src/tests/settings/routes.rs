//! The same by the API: shapes, scopes, and what is anothers.

use reqwest::Method;
use serde_json::{Value, json};

use super::{scene, signed_in};
use crate::accounts::program::Program;
use crate::support::http::{Answer, Client};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const ROUTES: [(Method, &str, &str); 13] = [
    (Method::GET, "/api/tintype/v1/account", "read"),
    (Method::POST, "/api/tintype/v1/account/email", "write"),
    (Method::POST, "/api/tintype/v1/account/password", "write"),
    (Method::GET, "/api/tintype/v1/sessions", "read"),
    (Method::DELETE, "/api/tintype/v1/sessions", "write"),
    (Method::DELETE, "/api/tintype/v1/sessions/1", "write"),
    (Method::GET, "/api/tintype/v1/apps", "read"),
    (Method::DELETE, "/api/tintype/v1/apps/1", "write"),
    (Method::GET, "/api/tintype/v1/invitations", "read"),
    (Method::POST, "/api/tintype/v1/invitations", "write"),
    (Method::DELETE, "/api/tintype/v1/invitations/x", "write"),
    (Method::GET, "/api/tintype/v1/quota", "read"),
    (Method::GET, "/api/tintype/v1/unread", "read:notifications"),
];

fn names(entity: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = entity
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

async fn asks(client: &Client, method: &Method, path: &str) -> Answer {
    client.send(client.request(method.clone(), path)).await
}

/// As a script of our own page asks.
async fn page_asks(browser: &Browser, method: Method, path: &str, body: &Value) -> Answer {
    let request = browser
        .request(method, path)
        .header("sec-fetch-site", "same-origin")
        .json(body);
    browser.send(request).await
}

#[tokio::test]
async fn each_route_wants_a_token_and_its_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    // What is said of profiles covers neither addresses nor sessions nor apps.
    let narrow = "read:statuses read:accounts write:statuses write:accounts";
    let narrow = server.token_for(&ana, narrow).await;
    for (method, path, _) in &ROUTES {
        asks(&server.client, method, path).await.refused(401);
        let outside = asks(&narrow, method, path).await.refused(403);
        assert_eq!(
            outside, "This action is outside the authorized scopes",
            "{method} {path}"
        );
    }
    for (method, path, scope) in &ROUTES {
        let fitting = server.token_for(&ana, scope).await;
        let answer = asks(&fitting, method, path).await;
        assert_ne!(answer.status, 403, "{method} {path}");
        assert!(
            !answer.status.is_server_error(),
            "{method} {path}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn the_accounts_own_side_has_its_shape() {
    let (server, browser) = scene().await;
    let shown = page_asks(&browser, Method::GET, "/api/tintype/v1/account", &json!({}))
        .await
        .ok();
    let wanted = json!({
        "email": "ana@mail.example", "unconfirmed_email": null, "role": "member", "may_invite": false,
    });
    assert_eq!(shown, wanted);
    let change = json!({ "email": "new@mail.example", "password": PASSWORD });
    let asked = page_asks(&browser, Method::POST, "/api/tintype/v1/account/email", &change).await;
    assert_eq!(asked.status, 202);
    let shown = page_asks(&browser, Method::GET, "/api/tintype/v1/account", &json!({}))
        .await
        .ok();
    assert_eq!(shown["unconfirmed_email"], "new@mail.example");
    server.settle().await;
}

#[tokio::test]
async fn nobody_tries_out_many_addresses_of_others() {
    let server = TestServer::with(&[("TINTYPE_MAIL", "folder"), ("TINTYPE_RATE_LIMITS", "on")]).await;
    server.person("ana").await;
    let browser = signed_in(&server, "ana").await;
    let tries = async |number: u32| {
        let change = json!({ "email": format!("new{number}@mail.example"), "password": PASSWORD });
        page_asks(&browser, Method::POST, "/api/tintype/v1/account/email", &change).await
    };
    for number in 0..5 {
        assert_eq!(tries(number).await.status, 202, "{number}");
    }
    let refused = tries(5).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
    server.wind(chrono::TimeDelta::minutes(16));
    assert_eq!(tries(6).await.status, 202);
    server.settle().await;
}

#[tokio::test]
async fn sessions_are_listed_with_which_one_asks_and_ended() {
    let (server, browser) = scene().await;
    let phone = signed_in(&server, "ana").await;
    let path = "/api/tintype/v1/sessions";
    let list = page_asks(&browser, Method::GET, path, &json!({})).await.list();
    assert_eq!(list.len(), 2);
    assert_eq!(
        names(&list[0]),
        [
            "created_at",
            "current",
            "id",
            "last_used_on",
            "name",
            "user_agent"
        ]
    );
    assert!(
        list.iter()
            .all(|one| one["id"].is_string() && one["created_at"].is_string())
    );
    let (mine, other): (Vec<Value>, Vec<Value>) = list.into_iter().partition(|one| one["current"] == true);
    assert_eq!((mine.len(), other.len()), (1, 1));
    let one = format!("{path}/{}", other[0]["id"].as_str().expect("an id"));
    // Olga's token may end hers, and nobody else's.
    let olga = signed_in(&server, "olga").await;
    page_asks(&olga, Method::DELETE, &one, &json!({}))
        .await
        .refused(404);
    assert_eq!(
        page_asks(&browser, Method::DELETE, &one, &json!({})).await.ok(),
        json!({})
    );
    assert!(!phone.is_signed_in().await);
    for odd in ["0", "x", "99999999999999999999", "-1"] {
        page_asks(&browser, Method::DELETE, &format!("{path}/{odd}"), &json!({}))
            .await
            .refused(404);
    }
    let phone = signed_in(&server, "ana").await;
    page_asks(&browser, Method::DELETE, path, &json!({})).await.ok();
    assert!(!phone.is_signed_in().await && browser.is_signed_in().await && olga.is_signed_in().await);
}

#[tokio::test]
async fn apps_are_listed_with_what_they_may_do_and_taken_back() {
    let (server, browser) = scene().await;
    let program = Program::of(&server.client).await;
    let token = program.is_let_in(&browser, &[("scope", "read write")]).await;
    let again = program.is_let_in(&browser, &[("scope", "read follow")]).await;
    let app = server.client.with_token(&token);
    let list = app.get("/api/tintype/v1/apps").await.list();
    let own: Vec<&Value> = list.iter().filter(|one| one["current"] == true).collect();
    assert_eq!(own.len(), 1);
    assert_eq!(
        names(own[0]),
        [
            "created_at",
            "current",
            "id",
            "last_used_on",
            "name",
            "scopes",
            "website"
        ]
    );
    assert_eq!(own[0]["name"], "Pocket Darkroom");
    assert_eq!(own[0]["scopes"], json!(["follow", "read", "write"]));
    let path = format!("/api/tintype/v1/apps/{}", own[0]["id"].as_str().expect("an id"));
    let olga = signed_in(&server, "olga").await;
    page_asks(&olga, Method::DELETE, &path, &json!({}))
        .await
        .refused(404);
    page_asks(&browser, Method::DELETE, &path, &json!({})).await.ok();
    for token in [token, again] {
        let gone = server.client.with_token(&token);
        gone.get("/api/v1/accounts/verify_credentials").await.refused(401);
    }
    page_asks(&browser, Method::DELETE, &path, &json!({}))
        .await
        .refused(404);
}

#[tokio::test]
async fn a_password_changes_by_the_api_and_the_token_that_asked_stays() {
    let (server, browser) = scene().await;
    let path = "/api/tintype/v1/account/password";
    let program = Program::of(&server.client).await;
    let app = server.client.with_token(&program.is_let_in(&browser, &[]).await);
    let other = server.client.with_token(&program.is_let_in(&browser, &[]).await);
    app.act(path).await.refused(422);
    let wrong = json!({ "password": "a wrong one", "new_password": "another good horse" });
    assert_eq!(
        app.json(Method::POST, path, &wrong).await.refused(403),
        "The password is wrong"
    );
    let short = json!({ "password": PASSWORD, "new_password": "short" });
    app.json(Method::POST, path, &short).await.refused(422);
    let right = json!({ "password": PASSWORD, "new_password": "another good horse" });
    app.json(Method::POST, path, &right).await.ok();
    app.get("/api/v1/accounts/verify_credentials").await.ok();
    other
        .get("/api/v1/accounts/verify_credentials")
        .await
        .refused(401);
    assert!(!browser.is_signed_in().await);
    server.settle().await;
}
