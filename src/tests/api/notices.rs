//! What the server says of itself in its operator's own words, and which servers it knows.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::document::Document;
use super::shape::Kind::{self, Day, Flag, Object, OrNull, Time, Words};
use super::shape::{Shape, has};
use crate::federation::scene::Scene;
use crate::support::TestServer;

const POLICY: &str = "/api/v1/instance/privacy_policy";
const TERMS: &str = "/api/v1/instance/terms_of_service";
const PEERS: &str = "/api/v1/peers/search";

fn policy() -> Shape {
    vec![("updated_at", Time), ("content", Words)]
}

fn terms() -> Shape {
    vec![
        ("effective_date", Day),
        ("effective", Flag),
        ("content", Words),
        ("succeeded_by", OrNull(&Day)),
    ]
}

/// Asked by nobody in particular.
async fn gives(server: &TestServer, path: &str, shape: fn() -> Shape) -> Value {
    let answer = server.client.get(path).await;
    let value = answer.ok();
    has(path, &value, Object(shape));
    Document::new().fits(&Method::GET, path, answer.status, &value);
    value
}

fn lay(server: &TestServer, name: &str, text: &str) {
    let path = server.app.config.data_dir.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[tokio::test]
async fn a_server_without_such_texts_says_that_there_are_none() {
    let server = TestServer::start().await;
    for path in [POLICY, TERMS, "/api/v1/instance/terms_of_service/2026-01-01"] {
        assert_eq!(server.client.get(path).await.refused(404), "Record not found");
    }
    lay(&server, "privacy-policy.txt", " \n ");
    lay(&server, "terms-of-service/notes.txt", "x");
    for path in [POLICY, TERMS] {
        server.client.get(path).await.refused(404);
    }
    for page in ["/privacy-policy", "/terms-of-service"] {
        assert_eq!(server.client.get(page).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn a_privacy_policy_is_shown_as_it_lies_in_the_folder() {
    let server = TestServer::start().await;
    let text = "We keep <little>.\n\nMore at https://photos.example/more";
    lay(&server, "privacy-policy.txt", text);
    let told = gives(&server, POLICY, policy).await;
    let html = told["content"].as_str().unwrap();
    assert!(
        html.starts_with("<p>We keep &lt;little&gt;.</p><p>More at <a href=\"https://photos.example/more\""),
        "{html}"
    );
    let page = server.client.get("/privacy-policy").await;
    assert!(
        page.status == 200 && page.text().contains("We keep &lt;little&gt;."),
        "{}",
        page.text()
    );
    lay(&server, "privacy-policy.txt", "Changed");
    assert_eq!(gives(&server, POLICY, policy).await["content"], "<p>Changed</p>");
    lay(&server, "privacy-policy.txt", &"a".repeat((1 << 20) + 1));
    server.client.get(POLICY).await.refused(500);
}

#[tokio::test]
async fn terms_count_from_their_day_on_until_others_do() {
    let server = TestServer::start().await;
    let today = server.app.clock.now().date_naive();
    let [before, soon] = [today - TimeDelta::days(10), today + TimeDelta::days(30)];
    let name = |day: chrono::NaiveDate| format!("terms-of-service/{day}.txt");
    lay(&server, &name(soon), "New terms");
    let first = gives(&server, TERMS, terms).await;
    assert_eq!(
        (&first["content"], &first["effective"]),
        (&json!("<p>New terms</p>"), &json!(false)),
        "before any count, the first that will"
    );
    lay(&server, &name(before), "Old terms");
    let now = gives(&server, TERMS, terms).await;
    assert_eq!(
        now,
        json!({ "effective_date": before.to_string(), "effective": true, "content": "<p>Old terms</p>",
                "succeeded_by": soon.to_string() })
    );
    let page = server.client.get("/terms-of-service").await;
    assert!(
        page.status == 200 && page.text().contains("<p>Old terms</p>"),
        "{}",
        page.text()
    );
    let upcoming = gives(&server, &format!("{TERMS}/{soon}"), terms).await;
    assert_eq!(
        (&upcoming["effective"], &upcoming["succeeded_by"]),
        (&json!(false), &Value::Null)
    );
    server.wind(TimeDelta::days(31));
    assert_eq!(gives(&server, TERMS, terms).await["content"], "<p>New terms</p>");
    for unknown in [
        "2001-01-01",
        "2026-1-1",
        "2026-13-01",
        "..%2F..%2Fsecret",
        "current",
    ] {
        server
            .client
            .get(&format!("{TERMS}/{unknown}"))
            .await
            .refused(404);
    }
}

#[tokio::test]
async fn servers_that_are_known_are_found_by_how_their_names_begin() {
    let scene = Scene::new().await;
    let client = &scene.server.client;
    let found = |start: &str| format!("{PEERS}?q={start}");
    let answer = client.get(&found("PEER.t")).await;
    Document::new().fits(&Method::GET, PEERS, answer.status, &answer.value());
    has("names", &answer.ok(), Kind::List(&Words));
    assert_eq!(answer.list(), [json!(scene.peer.authority)]);
    for nobody in ["eer", "%25", "_", ""] {
        assert_eq!(
            client.get(&found(nobody)).await.list(),
            Vec::<Value>::new(),
            "{nobody}"
        );
    }
    assert_eq!(client.get(PEERS).await.list(), Vec::<Value>::new());
    let suspended =
        "insert into domain_policies (id, domain, severity, reason, created_at) values (7, $1, 2, '', now())";
    sqlx::query(suspended)
        .bind(&scene.peer.authority)
        .execute(scene.server.db())
        .await
        .unwrap();
    assert_eq!(client.get(&found("peer")).await.list(), Vec::<Value>::new());
}
