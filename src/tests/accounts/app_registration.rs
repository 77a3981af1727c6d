//! `POST /api/v1/apps`, as each client program sends it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestServer;
use crate::support::http::Part;

#[tokio::test]
async fn an_app_registers_in_every_form_that_clients_use() {
    let server = TestServer::start().await;
    let client = &server.client;
    let fields = [
        ("client_name", "Pocket Darkroom"),
        ("redirect_uris", "https://app.example/back"),
        ("scopes", "read write:media"),
        ("website", "https://app.example"),
    ];
    let object: Value = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    let lists = json!({
        "client_name": "Pocket Darkroom", "website": "https://app.example",
        "redirect_uris": ["https://app.example/back"], "scopes": ["read", "write:media"],
    });
    let query = url::form_urlencoded::Serializer::for_suffix(String::from("/api/v1/apps?"), 13)
        .extend_pairs(fields)
        .finish();
    let answers = [
        client.post_form("/api/v1/apps", &fields).await,
        client.json(Method::POST, "/api/v1/apps", &object).await,
        client.json(Method::POST, "/api/v1/apps", &lists).await,
        client
            .multipart(
                Method::POST,
                "/api/v1/apps",
                &fields.map(|(name, value)| Part::Text(name, value)),
            )
            .await,
        client.act(&query).await,
    ];
    for answer in answers {
        let made = answer.ok();
        assert_eq!(made["name"], "Pocket Darkroom");
        assert_eq!(made["website"], "https://app.example");
        assert_eq!(made["redirect_uri"], "https://app.example/back");
        assert_eq!(made["redirect_uris"], json!(["https://app.example/back"]));
        assert_eq!(made["scopes"], json!(["read", "write:media"]));
        assert_eq!(made["client_secret_expires_at"], 0);
        for part in ["id", "client_id", "client_secret", "vapid_key"] {
            assert!(
                made[part].as_str().is_some_and(|text| !text.is_empty()),
                "{part}: {made}"
            );
        }
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
}

#[tokio::test]
async fn what_cannot_be_registered_is_told_in_a_sentence() {
    let server = TestServer::start().await;
    let good = json!({ "client_name": "x", "redirect_uris": "https://app.example/", "scopes": "read" });
    for (field, value) in [
        ("client_name", json!("")),
        ("client_name", json!(null)),
        ("client_name", json!("x".repeat(61))),
        ("client_name", json!("a\nb")),
        ("redirect_uris", json!("")),
        ("redirect_uris", json!([])),
        ("redirect_uris", json!(["https://app.example/", "/back"])),
        (
            "redirect_uris",
            json!(
                (0..31)
                    .map(|n| format!("https://app.example/{n}"))
                    .collect::<Vec<_>>()
            ),
        ),
        (
            "redirect_uris",
            json!(format!("https://app.example/{}", "x".repeat(2_000))),
        ),
        ("scopes", json!("read everything")),
        ("website", json!("javascript:alert(1)")),
    ] {
        let mut new = good.clone();
        new[field] = value.clone();
        let answer = server.client.json(Method::POST, "/api/v1/apps", &new).await;
        assert!(
            answer.refused(422).starts_with("Validation failed: "),
            "{field} {value}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    server.client.json(Method::POST, "/api/v1/apps", &good).await.ok();
}

#[tokio::test]
async fn addresses_that_would_run_or_hide_something_are_refused() {
    let server = TestServer::start().await;
    for bad in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://app.example/1",
        "//evil.example/",
        "/back",
        "app.example",
        "https://app.example/#token",
        "https://user@evil.example/",
        "https://app.example:x/",
        "https://app.example\\@evil.example/",
        "https://bücher.example/",
        "https://",
        "urn:ietf:wg:oauth:2.0:oob:auto",
    ] {
        let new = json!({ "client_name": "x", "redirect_uris": [bad], "scopes": "read" });
        let answer = server.client.json(Method::POST, "/api/v1/apps", &new).await;
        assert_eq!(answer.status, 422, "{bad}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_app_can_look_at_itself_and_its_secret_is_stored_nowhere() {
    let server = TestServer::start().await;
    let program = super::program::Program::of(&server.client).await;
    let issued = super::program::token(&program.as_itself("read").await);
    let itself = server
        .client
        .with_token(&issued)
        .get("/api/v1/apps/verify_credentials")
        .await
        .ok();
    assert_eq!(itself["name"], "Pocket Darkroom");
    assert!(itself.get("client_secret").is_none());
    server
        .client
        .get("/api/v1/apps/verify_credentials")
        .await
        .refused(401);
    let row: String = sqlx::query_scalar("select row_to_json(apps)::text from apps where client_id = $1")
        .bind(&program.id)
        .fetch_one(server.db())
        .await
        .expect("it is there");
    assert!(!row.contains(&program.secret), "{row}");
}
