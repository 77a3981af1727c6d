//! Reporting somebody: what the moderators hear, what the reporter is shown, and what is refused.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::route_table::POST;
use super::shape::Kind::Object;
use super::shape::has;
use super::shapes;
use crate::support::http::{Answer, id};
use crate::support::{Person, TestServer};

const REPORTS: &str = "/api/v1/reports";
const PIXELFED: &str = "/api/v1.1/report";

struct World {
    server: TestServer,
    /// Looks after the server.
    ana: Person,
    bo: Person,
    cy: Person,
}

impl World {
    async fn new() -> Self {
        let server = TestServer::start().await;
        Self {
            ana: server.person("ana").await,
            bo: server.person("bo").await,
            cy: server.person("cy").await,
            server,
        }
    }

    async fn bo_reports(&self, wish: &Value) -> Answer {
        self.bo.json(POST, REPORTS, wish).await
    }

    async fn heard(&self, person: &Person) -> Vec<Value> {
        self.server.settle().await;
        person.get("/api/v1/notifications").await.list()
    }
}

#[tokio::test]
async fn a_report_reaches_the_moderators_whole_and_the_reported_never() {
    let world = World::new().await;
    let (bad, mine) = (world.cy.post("Buy this").await, world.bo.post("Mine").await);
    let hidden = world.cy.post("@ana, a secret").to(Audience::Direct).await;
    // Whom one no longer wants to meet, one may still report.
    world.bo.blocks(&world.cy).await;
    let wish = json!({
        "account_id": world.cy.id,
        "status_ids": [bad["id"], mine["id"], hidden["id"], "0", "x"],
        "comment": " Spam, <b>again</b> ",
        "category": "spam",
        "forward": true,
    });
    let report = world.bo_reports(&wish).await.ok();
    has("a report", &report, Object(shapes::report));
    assert_eq!(report["target_account"]["id"], world.cy.id.as_str());
    assert_eq!(report["status_ids"], json!([bad["id"]]));
    assert_eq!(report["comment"], "Spam, <b>again</b>");
    assert_eq!(report["category"], "spam");
    assert_eq!(report["forwarded"], false, "there is nobody to tell");
    let told = world.heard(&world.ana).await;
    let told: Vec<&Value> = told.iter().filter(|one| one["type"] == "admin.report").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["account"]["id"], world.bo.id.as_str());
    assert_eq!(told[0]["report"], report);
    assert!(world.heard(&world.cy).await.is_empty());
    assert!(world.heard(&world.bo).await.is_empty());
}

#[tokio::test]
async fn what_can_be_said_in_a_report_has_bounds() {
    let world = World::new().await;
    let cy = world.cy.id.as_str();
    for (wish, status) in [
        (json!({}), 404),
        (json!({ "account_id": "nobody" }), 404),
        (json!({ "account_id": "1" }), 404),
        (json!({ "account_id": world.bo.id }), 422),
        (json!({ "account_id": cy, "category": "boring" }), 422),
        // This server has no such rules.
        (json!({ "account_id": cy, "category": "violation" }), 422),
        (json!({ "account_id": cy, "rule_ids": ["1"] }), 422),
        (json!({ "account_id": cy, "rule_ids": ["x"] }), 422),
        (json!({ "account_id": cy, "comment": "x".repeat(1_001) }), 422),
    ] {
        world.bo_reports(&wish).await.refused(status);
    }
    let long = json!({ "account_id": cy, "comment": "é".repeat(1_000), "category": "" });
    assert_eq!(world.bo_reports(&long).await.ok()["category"], "other");
    world.server.client.json(POST, REPORTS, &long).await.refused(401);
    let reading = world.server.token_for(&world.bo, "read write:blocks").await;
    reading.json(POST, REPORTS, &long).await.refused(403);
    let reporting = world.server.token_for(&world.bo, "write:reports").await;
    reporting.json(POST, REPORTS, &long).await.ok();
    world.server.settle().await;
}

#[tokio::test]
async fn pixelfeds_app_reports_people_and_posts() {
    let world = World::new().await;
    let (bad, hidden) = (
        world.cy.post("Buy this").await,
        world.cy.post("@ana, a secret").to(Audience::Direct).await,
    );
    let about = async |kind: &str, of: &str, why: &str| {
        let wish = [
            ("object_type", kind),
            ("object_id", of),
            ("report_type", why),
            ("message", "Look"),
        ];
        world.bo.form(Method::POST, PIXELFED, &wish).await
    };
    let sent = about("post", &id(&bad), "scam").await.ok();
    assert_eq!(sent, json!({ "msg": "Successfully sent report", "code": 200 }));
    about("user", &world.cy.id, "impersonation").await.ok();
    let told = world.heard(&world.ana).await;
    let told: Vec<&Value> = told
        .iter()
        .map(|one| &one["report"])
        .filter(|one| one.is_object())
        .collect();
    assert_eq!(told.len(), 2);
    assert_eq!(
        (&told[1]["category"], &told[1]["comment"]),
        (&json!("spam"), &json!("scam Look"))
    );
    assert_eq!(told[1]["status_ids"], json!([bad["id"]]));
    assert_eq!(
        (&told[0]["category"], &told[0]["status_ids"]),
        (&json!("other"), &json!([]))
    );
    about("post", &id(&hidden), "spam").await.refused(404);
    about("post", "x", "spam").await.refused(404);
    about("story", "1", "spam").await.refused(422);
    about("user", &world.cy.id, "boring").await.refused(422);
    about("user", &world.bo.id, "spam").await.refused(422);
    world
        .server
        .client
        .form(Method::POST, PIXELFED, &[])
        .await
        .refused(401);
    world.server.settle().await;
}
