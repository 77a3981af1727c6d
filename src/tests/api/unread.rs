//! How much waits for somebody, in one answer.

use serde_json::json;
use tintype::domain::audience::Audience::Direct;

use crate::support::http::id;
use crate::support::{Person, TestServer};

const PATH: &str = "/api/tintype/v1/unread";

async fn counts(person: &Person) -> serde_json::Value {
    person.get(PATH).await.ok()
}

#[tokio::test]
async fn groups_and_talks_are_counted_until_they_are_read() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    assert_eq!(counts(&ana).await, json!({ "notifications": 0, "messages": 0 }));
    let post = ana.post("light").await;
    bo.likes(&post).await;
    cy.likes(&post).await;
    bo.post("@ana hello").to(Direct).await;
    cy.post("@ana hello as well").to(Direct).await;
    server.settle().await;
    // Two likes of one post are one thing to look at; that strangers wrote is told by their messages alone.
    assert_eq!(counts(&ana).await, json!({ "notifications": 1, "messages": 2 }));
    assert_eq!(counts(&bo).await, json!({ "notifications": 0, "messages": 0 }));

    let newest = ana.get("/api/v1/notifications?limit=1").await.list();
    let read = [(
        "notifications[last_read_id]",
        newest[0]["id"].as_str().expect("an id"),
    )];
    ana.post_form("/api/v1/markers", &read).await.ok();
    assert_eq!(counts(&ana).await, json!({ "notifications": 0, "messages": 2 }));
    let talks = ana.get("/api/v1/conversations").await.list();
    ana.act(&format!("/api/v1/conversations/{}/read", id(&talks[0])))
        .await
        .ok();
    assert_eq!(counts(&ana).await["messages"], 1);

    // A talk of which nothing is to be seen any more waits for nobody.
    ana.act(&format!("/api/v1/accounts/{}/block", bo.id)).await.ok();
    server.settle().await;
    assert_eq!(counts(&ana).await["messages"], 0);
}
