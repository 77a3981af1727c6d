//! Senders of whom something is set aside: asked about, accepted for good or sent away, and told to nobody until then.

use reqwest::Method;
use serde_json::{Value, json};

use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes;
use crate::push::device::Device;
use crate::streaming::hearing::Socket;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

const REQUESTS: &str = "/api/v1/notifications/requests";
const LIST: &str = "/api/v1/notifications";

/// Cy sets aside what comes from whom she does not follow.
async fn shy(server: &TestServer) -> Person {
    server.person("ana").await;
    let cy = server.person("cy").await;
    let wanted = [("for_not_following", "filter")];
    cy.form(Method::PATCH, "/api/v2/notifications/policy", &wanted)
        .await
        .ok();
    cy
}

#[tokio::test]
async fn a_request_says_who_how_much_and_what_was_last() {
    let server = TestServer::start().await;
    let cy = shy(&server).await;
    let bo = server.person("bo").await;
    assert_eq!(cy.get(REQUESTS).await.header("link"), None);
    let post = cy.post("Seen by all").await;
    bo.follows(&cy).await;
    bo.likes(&post).await;
    let hello = bo.post("Hello @cy").await;
    server.settle().await;
    assert!(cy.get(LIST).await.list().is_empty());
    let requests = cy.get(REQUESTS).await.list();
    all_have("a request", &requests, Object(shapes::notification_request));
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["notifications_count"], "3");
    assert_eq!(requests[0]["account"]["id"], bo.id.as_str());
    assert_eq!(requests[0]["last_status"]["id"], hello["id"]);
    let path = format!("{REQUESTS}/{}", id(&requests[0]));
    assert_eq!(cy.get(&path).await.ok(), requests[0]);
    let summary = cy.get("/api/v2/notifications/policy").await.ok()["summary"].clone();
    assert_eq!(
        summary,
        json!({ "pending_requests_count": 1, "pending_notifications_count": 3 })
    );
    assert_eq!(
        cy.get("/api/v2/notifications/unread_count").await.ok()["count"],
        0
    );
    assert_eq!(cy.get(&format!("{LIST}/unread_count")).await.ok()["count"], 0);
    // What is taken back is not asked about, and clearing the others leaves what is set aside.
    bo.deletes(&hello).await;
    cy.act(&format!("{LIST}/clear")).await.ok();
    server.settle().await;
    assert_eq!(cy.get(&path).await.ok()["notifications_count"], "2");
    bo.unfollows(&cy).await;
    bo.does("unfavourite", &post).await.ok();
    server.settle().await;
    assert!(cy.get(REQUESTS).await.list().is_empty());
    cy.get(&path).await.refused(404);
}

#[tokio::test]
async fn who_is_accepted_is_among_the_others_and_heard_from_then_on() {
    let server = TestServer::start().await;
    let cy = shy(&server).await;
    let (bo, di) = (server.person("bo").await, server.person("di").await);
    let post = cy.post("Seen by all").await;
    bo.likes(&post).await;
    di.likes(&post).await;
    server.settle().await;
    let requests = cy.get(REQUESTS).await.list();
    let of_bo = requests.iter().find(|one| one["account"]["id"] == bo.id.as_str());
    let path = format!("{REQUESTS}/{}", id(of_bo.expect("Bo asks")));
    for verb in ["accept", "dismiss"] {
        bo.act(&format!("{path}/{verb}")).await.refused(404);
    }
    let mut home = Socket::open(&cy, "user").await;
    let mut own = Socket::open(&cy, "user:notification").await;
    assert_eq!(cy.act(&format!("{path}/accept")).await.ok(), json!({}));
    cy.act(&format!("{path}/accept")).await.refused(404);
    server.settle().await;
    for socket in [&mut home, &mut own] {
        let heard = socket.hears().await;
        assert_eq!(
            (heard.event.as_str(), &heard.payload),
            ("notifications_merged", &Value::Null)
        );
    }
    assert_eq!(
        cy.get(&format!("{REQUESTS}/merged")).await.ok(),
        json!({ "merged": true })
    );
    let shown = cy.get(LIST).await.list();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].get("filtered"), None);
    assert_eq!(cy.get(REQUESTS).await.list().len(), 1);
    bo.post("Hello @cy").await;
    di.post("Hello @cy").await;
    server.settle().await;
    assert_eq!(cy.get(LIST).await.list().len(), 2);
}

#[tokio::test]
async fn what_is_set_aside_reaches_no_stream_and_no_device() {
    let server = TestServer::start().await;
    let cy = shy(&server).await;
    let (bo, di) = (server.person("bo").await, server.person("di").await);
    cy.follows(&di).await;
    let device = Device::new().await;
    device
        .subscribes(&cy, &device.subscription(&["mention", "favourite"]))
        .await
        .ok();
    let mut own = Socket::open(&cy, "user:notification").await;
    bo.post("Hello @cy").await;
    server.settle().await;
    let hello = di.post("Hello too @cy").await;
    server.settle().await;
    let heard = own.hears().await;
    assert_eq!(
        heard.payload["status"]["id"], hello["id"],
        "what Bo said was not told"
    );
    let told: Vec<Value> = device.got().iter().map(|message| device.opens(message)).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["title"], "di mentioned you");
}

#[tokio::test]
async fn much_is_merged_a_part_at_a_time_and_told_at_the_end() {
    let server = TestServer::start().await;
    let cy = shy(&server).await;
    let bo = server.person("bo").await;
    bo.post("Hello @cy").await;
    server.settle().await;
    sqlx::query(
        "with more as (
             insert into posts (id, author_id, thread_id, audience, created_at)
             select p.id + n, p.author_id, p.id + n, 0, p.created_at from posts p, generate_series(1, 1200) n returning id),
         counted as (insert into post_counts (post_id) select id from more)
         select 1",
    )
    .execute(server.db())
    .await
    .expect("there are many posts");
    sqlx::query(
        "insert into notifications (id, account_id, kind, from_id, post_id, created_at, filtered)
         select n.id + p.id - n.post_id, n.account_id, n.kind, n.from_id, p.id, n.created_at, true
         from notifications n join posts p on p.id > n.post_id",
    )
    .execute(server.db())
    .await
    .expect("there are many notifications");
    let requests = cy.get(REQUESTS).await.list();
    assert_eq!(
        requests[0]["notifications_count"], "100",
        "further it is not counted"
    );
    cy.act(&format!("{REQUESTS}/{}/accept", id(&requests[0])))
        .await
        .ok();
    let merged = async || cy.get(&format!("{REQUESTS}/merged")).await.ok()["merged"].clone();
    assert_eq!(merged().await, false);
    assert!(cy.get(REQUESTS).await.list().is_empty(), "it is decided");
    assert!(!cy.get(LIST).await.list().is_empty(), "some is there at once");
    let mut own = Socket::open(&cy, "user:notification").await;
    server.settle().await;
    assert_eq!(own.hears().await.event, "notifications_merged");
    assert_eq!(merged().await, true);
    let path = format!("{LIST}/unread_count?limit=1000");
    assert_eq!(cy.get(&path).await.ok()["count"], 1000);
    let left: i64 = sqlx::query_scalar("select count(*) from notifications where filtered")
        .fetch_one(server.db())
        .await
        .expect("they can be counted");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn who_is_dismissed_leaves_nothing_and_may_ask_again() {
    let server = TestServer::start().await;
    let cy = shy(&server).await;
    let bo = server.person("bo").await;
    bo.post("Hello @cy").await;
    server.settle().await;
    let request = cy.get(REQUESTS).await.list()[0].clone();
    let path = format!("{REQUESTS}/{}/dismiss", id(&request));
    assert_eq!(cy.act(&path).await.ok(), json!({}));
    cy.act(&path).await.refused(404);
    assert!(cy.get(REQUESTS).await.list().is_empty());
    let all = cy.get(&format!("{LIST}?include_filtered=true")).await.list();
    assert!(all.is_empty());
    bo.post("Hello again @cy").await;
    server.settle().await;
    assert_eq!(cy.get(REQUESTS).await.list().len(), 1);
    cy.blocks(&bo).await;
    assert!(cy.get(REQUESTS).await.list().is_empty());
}

#[tokio::test]
async fn several_are_decided_about_at_once_and_only_ones_own() {
    let server = TestServer::start().await;
    let cy = shy(&server).await;
    let mut crowd = Vec::new();
    for number in 0..7 {
        let person = server.person(&format!("p{number}")).await;
        person.post("Hello @cy").await;
        crowd.push(person);
    }
    server.settle().await;
    let wanted: Vec<String> = crowd.iter().rev().map(|person| person.id.clone()).collect();
    let pages = cy.walks(&format!("{REQUESTS}?limit=3")).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 1]);
    let asking: Vec<Value> = pages.into_iter().flatten().collect();
    let met: Vec<String> = asking.iter().map(|one| id(&one["account"])).collect();
    assert_eq!(met, wanted);
    let all = ids(&asking);
    let last = cy.get(&format!("{REQUESTS}?limit=3&max_id={}", all[5])).await;
    let back = cy.get(&last.links().prev.expect("a page leads back")).await;
    assert_eq!(ids(&back.list()), all[3..6]);
    let some = json!({ "id": [all[0], all[1], "7", "junk"] });
    for verb in ["accept", "dismiss"] {
        crowd[0]
            .json(Method::POST, &format!("{REQUESTS}/{verb}"), &some)
            .await
            .ok();
    }
    assert_eq!(cy.get(REQUESTS).await.list().len(), 7);
    assert_eq!(
        cy.json(Method::POST, &format!("{REQUESTS}/accept"), &some)
            .await
            .ok(),
        json!({})
    );
    let fields = [("id[]", all[2].as_str()), ("id[]", all[3].as_str())];
    cy.post_form(&format!("{REQUESTS}/dismiss"), &fields).await.ok();
    server.settle().await;
    assert_eq!(ids(&cy.get(REQUESTS).await.list()), all[4..]);
    assert_eq!(cy.get(LIST).await.list().len(), 2);
    let too_many: Vec<String> = (0..1_001).map(|number| number.to_string()).collect();
    let too_many = json!({ "id": too_many });
    cy.json(Method::POST, &format!("{REQUESTS}/accept"), &too_many)
        .await
        .refused(422);
    for id in ["0", "-1", "junk", "99999999999999999999", "%00"] {
        cy.get(&format!("{REQUESTS}/{id}")).await.refused(404);
        cy.act(&format!("{REQUESTS}/{id}/accept")).await.refused(404);
        cy.act(&format!("{REQUESTS}/{id}/dismiss")).await.refused(404);
    }
    has(
        "one that is left",
        &cy.get(REQUESTS).await.list()[0],
        Object(shapes::notification_request),
    );
}
