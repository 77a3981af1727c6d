//! `POST /api/v1/accounts`: signing up inside an app.

use reqwest::Method;
use serde_json::{Value, json};

use super::program::{Program, token};
use super::server_that_is;
use crate::support::TestServer;
use crate::support::http::{Answer, Client, Part};
use crate::support::server::PASSWORD;

fn person(name: &str) -> Value {
    json!({
        "username": name, "email": format!("{name}@mail.example"), "password": PASSWORD,
        "agreement": true, "locale": "pt-BR", "reason": "I photograph bridges",
    })
}

async fn app(server: &TestServer) -> Client {
    let program = Program::of(&server.client).await;
    server
        .client
        .with_token(&token(&program.as_itself("read write").await))
}

async fn signs_up(app: &Client, person: &Value) -> Answer {
    app.json(Method::POST, "/api/v1/accounts", person).await
}

#[tokio::test]
async fn an_app_signs_somebody_up_and_acts_for_them_at_once() {
    let server = server_that_is("open").await;
    let app = app(&server).await;
    let issued = signs_up(&app, &person("ana")).await.ok();
    assert_eq!(issued["token_type"], "Bearer");
    assert_eq!(issued["scope"], "read write follow push");
    assert!(issued["created_at"].is_i64());
    let ana = server.client.with_token(issued["access_token"].as_str().unwrap());
    let me = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["acct"], "ana");
    ana.post_form("/api/v1/statuses", &[("status", "here")])
        .await
        .ok();
    server.settle().await;
}

#[tokio::test]
async fn an_app_may_send_it_in_any_form() {
    let server = server_that_is("open").await;
    let app = app(&server).await;
    let fields = |name: &'static str, email: &'static str| {
        [
            ("username", name),
            ("email", email),
            ("password", PASSWORD),
            ("agreement", "true"),
            ("locale", "en"),
        ]
    };
    app.post_form("/api/v1/accounts", &fields("form", "form@mail.example"))
        .await
        .ok();
    let parts = fields("parts", "parts@mail.example").map(|(name, value)| Part::Text(name, value));
    app.multipart(Method::POST, "/api/v1/accounts", &parts).await.ok();
    let query =
        "/api/v1/accounts?username=query&email=query@mail.example&agreement=1&password=correct+horse+battery";
    app.act(query).await.ok();
}

#[tokio::test]
async fn faults_are_told_by_field_in_mastodons_words() {
    let server = server_that_is("open").await;
    let app = app(&server).await;
    signs_up(&app, &person("bo")).await.ok();
    let answer = signs_up(&app, &json!({})).await;
    assert!(answer.refused(422).starts_with("Validation failed: "));
    let codes = |answer: &Answer, field: &str| {
        let told = answer.value()["details"][field].clone();
        assert!(told[0]["description"].is_string(), "{field}: {}", answer.text());
        told[0]["error"].as_str().expect("a code").to_owned()
    };
    for field in ["username", "email", "password"] {
        assert_eq!(codes(&answer, field), "ERR_BLANK");
    }
    assert_eq!(codes(&answer, "agreement"), "ERR_ACCEPTED");
    for (field, value, code) in [
        ("username", "BO".to_owned(), "ERR_TAKEN"),
        ("username", "admin".to_owned(), "ERR_RESERVED"),
        ("username", "a".repeat(31), "ERR_TOO_LONG"),
        ("username", "ана".to_owned(), "ERR_INVALID"),
        ("username", "a\u{0}b c".to_owned(), "ERR_INVALID"),
        ("email", "BO@mail.EXAMPLE".to_owned(), "ERR_TAKEN"),
        ("email", "a@b@c".to_owned(), "ERR_INVALID"),
        ("email", "a\r\nBcc: all@mail.example".to_owned(), "ERR_INVALID"),
        ("password", "short".to_owned(), "ERR_TOO_SHORT"),
        ("password", "x".repeat(10_000), "ERR_TOO_LONG"),
        ("reason", "x".repeat(10_000), "ERR_TOO_LONG"),
    ] {
        let mut new = person("new");
        new[field] = json!(value);
        let answer = signs_up(&app, &new).await;
        answer.refused(422);
        assert_eq!(codes(&answer, field), code, "{field} {}", answer.text());
        assert_eq!(
            answer.value()["details"].as_object().unwrap().len(),
            1,
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn only_an_app_that_speaks_for_itself_and_may_write_accounts_signs_people_up() {
    let server = server_that_is("open").await;
    signs_up(&server.client, &person("kim")).await.refused(401);
    let ana = server.person("ana").await;
    signs_up(&ana, &person("kim")).await.refused(403);
    let narrow = token(
        &Program::of(&server.client)
            .await
            .as_itself("read write:media")
            .await,
    );
    signs_up(&server.client.with_token(&narrow), &person("kim"))
        .await
        .refused(403);
    server
        .client
        .get("/api/v1/accounts/lookup?acct=kim")
        .await
        .refused(404);
}

#[tokio::test]
async fn the_mode_holds_for_apps_too() {
    // Also for the first.
    let empty = TestServer::with(&[("TINTYPE_REGISTRATION", "closed")]).await;
    for closed in [empty, server_that_is("closed").await] {
        signs_up(&app(&closed).await, &person("ana")).await.refused(403);
    }
    let invite = server_that_is("invite").await;
    let answer = signs_up(&app(&invite).await, &person("ana")).await;
    answer.refused(422);
    assert_eq!(answer.value()["details"]["invite_code"][0]["error"], "ERR_BLANK");
}

#[tokio::test]
async fn the_app_of_somebody_who_waits_is_told_why_and_goes_on_once_they_are_approved() {
    let server = server_that_is("approval").await;
    let app = app(&server).await;
    let instance = server.client.get("/api/v2/instance").await.ok();
    assert_eq!(instance["registrations"]["reason_required"], true);
    let mut silent = person("ana");
    silent["reason"].take();
    let refused = signs_up(&app, &silent).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.value()["details"]["reason"][0]["error"], "ERR_BLANK");
    let issued = token(&signs_up(&app, &person("ana")).await);
    let ana = server.client.with_token(&issued);
    let me = "/api/v1/accounts/verify_credentials";
    assert_eq!(
        ana.get(me).await.refused(403),
        "Your login is currently pending approval"
    );
    ana.post_form("/api/v1/statuses", &[("status", "not yet")])
        .await
        .refused(403);
    let id = sqlx::query_scalar("select account_id from users where approved_at is null")
        .fetch_one(server.db())
        .await
        .expect("somebody waits");
    let id = tintype::domain::ids::AccountId(id);
    tintype::actions::approve::local(&server.app, id)
        .await
        .expect("they wait");
    assert_eq!(ana.get(me).await.ok()["acct"], "ana");
}

#[tokio::test]
async fn whoever_waits_is_to_others_as_though_they_were_not_there() {
    let server = server_that_is("approval").await;
    let bo = server.person("bo").await;
    signs_up(&app(&server).await, &person("ana")).await.ok();
    let id: i64 = sqlx::query_scalar("select account_id from users where approved_at is null")
        .fetch_one(server.db())
        .await
        .expect("somebody waits");
    let authority = server.app.urls.authority().to_owned();
    let paths = [
        format!("/.well-known/webfinger?resource=acct:ana@{authority}"),
        "/users/ana".into(),
        "/users/ana/outbox".into(),
        "/@ana".into(),
        "/api/v1/accounts/lookup?acct=ana".into(),
        format!("/api/v1/accounts/{id}"),
        format!("/api/v1/accounts/{id}/statuses"),
        format!("/api/v1/accounts/{id}/followers"),
    ];
    let statuses = async || {
        let mut all = Vec::new();
        for path in &paths {
            let request = server.client.request(reqwest::Method::GET, path);
            let request = request.header("accept", "application/activity+json, application/json");
            all.push((path.as_str(), server.client.send(request).await.status.as_u16()));
        }
        all
    };
    for (path, status) in statuses().await {
        assert_eq!(status, 404, "{path}");
    }
    let found = bo.get("/api/v2/search?q=ana&type=accounts").await.ok();
    assert_eq!(found["accounts"], json!([]));
    bo.act(&format!("/api/v1/accounts/{id}/follow"))
        .await
        .refused(404);
    tintype::actions::approve::local(&server.app, tintype::domain::ids::AccountId(id))
        .await
        .expect("they wait");
    for (path, status) in statuses().await {
        assert_ne!(status, 404, "{path}");
    }
}

#[tokio::test]
async fn of_many_who_want_one_name_at_once_one_has_it() {
    let server = server_that_is("open").await;
    let app = app(&server).await;
    let all = (0..6).map(|n| {
        let mut new = person("ana");
        new["email"] = json!(format!("ana{n}@mail.example"));
        let app = app.clone();
        async move { signs_up(&app, &new).await }
    });
    let answers = futures::future::join_all(all).await;
    let (yes, no): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((yes.len(), no.len()), (1, 5));
    for answer in no {
        answer.refused(422);
        assert_eq!(answer.value()["details"]["username"][0]["error"], "ERR_TAKEN");
    }
}

#[tokio::test]
async fn of_many_who_come_first_at_once_one_is_the_owner() {
    let server = TestServer::start().await;
    let app = app(&server).await;
    let all = (0..5).map(|n| {
        let (app, new) = (app.clone(), person(&format!("ana{n}")));
        async move { signs_up(&app, &new).await }
    });
    for answer in futures::future::join_all(all).await {
        answer.ok();
    }
    let owners: i64 = sqlx::query_scalar("select count(*) from users where role = 3")
        .fetch_one(server.db())
        .await
        .expect("a count");
    assert_eq!(owners, 1);
}
