//! What people are told of: each kind, once, in its shape, chosen by kind and person, and never from whom they do not meet.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::shape::Kind::Object;
use super::shape::has;
use super::shapes;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1/notifications";

async fn kinds(person: &Person, query: &str) -> Vec<String> {
    let list = person.get(&format!("{LIST}?{query}")).await.list();
    list.iter()
        .map(|one| one["type"].as_str().expect("a kind").to_owned())
        .collect()
}

/// Bo gives Ana one of each kind.
async fn one_of_each(server: &TestServer, ana: &Person, bo: &Person) -> Value {
    let post = ana.post("Seen by all").await;
    bo.likes(&post).await;
    bo.reposts(&post).await;
    bo.follows(ana).await;
    bo.post("Hello @ana").await;
    ana.post_form(
        &format!("/api/v1/accounts/{}/follow", bo.id),
        &[("notify", "true")],
    )
    .await
    .ok();
    let told = bo.post("Something new").await;
    ana.reposts(&told).await;
    server.settle().await;
    server.wind(TimeDelta::minutes(1));
    let path = format!("/api/v1/statuses/{}", id(&told));
    bo.form(Method::PUT, &path, &[("status", "Something newer")])
        .await
        .ok();
    server.settle().await;
    post
}

#[tokio::test]
async fn each_kind_comes_once_newest_first_in_its_shape() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    one_of_each(&server, &ana, &bo).await;
    ana.form(
        Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &[("locked", "true")],
    )
    .await
    .ok();
    cy.follows(&ana).await;
    server.settle().await;
    let list = ana.get(LIST).await.list();
    let told: Vec<&str> = list.iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "follow_request",
            "update",
            "status",
            "mention",
            "follow",
            "reblog",
            "favourite"
        ]
    );
    for one in &list {
        let kind = match one["type"].as_str() {
            Some("follow" | "follow_request") => Object(shapes::notification_without_status),
            _ => Object(shapes::notification_with_status),
        };
        has("a notification", one, kind);
        assert_eq!(ana.get(&format!("{LIST}/{}", id(one))).await.ok(), *one);
        bo.get(&format!("{LIST}/{}", id(one))).await.refused(404);
    }
    let by_id: Vec<u64> = ids(&list).iter().map(|id| id.parse().unwrap()).collect();
    assert!(by_id.is_sorted_by(|newer, older| newer > older), "{by_id:?}");
    assert_eq!(
        ana.get("/api/v1/notifications/unread_count").await.ok(),
        json!({ "count": 7 })
    );
    let marker = [("notifications[last_read_id]", ids(&list)[2].clone())];
    ana.post_form("/api/v1/markers", &[(marker[0].0, &marker[0].1)])
        .await
        .ok();
    assert_eq!(
        ana.get("/api/v1/notifications/unread_count").await.ok(),
        json!({ "count": 2 })
    );
}

#[tokio::test]
async fn kinds_and_people_are_chosen_and_left_out() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    let post = one_of_each(&server, &ana, &bo).await;
    cy.likes(&post).await;
    server.settle().await;
    assert_eq!(
        kinds(&ana, "types[]=mention&types[]=reblog").await,
        ["mention", "reblog"]
    );
    assert_eq!(kinds(&ana, "types[]=nothing_we_know").await, [""; 0]);
    let rest = ["favourite", "update", "status", "follow", "reblog", "favourite"];
    assert_eq!(kinds(&ana, "exclude_types[]=mention").await, rest);
    assert_eq!(kinds(&ana, &format!("account_id={}", cy.id)).await, ["favourite"]);
    assert_eq!(
        kinds(&ana, &format!("account_id={}&types[]=follow", cy.id)).await,
        [""; 0]
    );
    ana.get(&format!("{LIST}?account_id=junk")).await.refused(404);
    // What is taken back is told no longer.
    cy.does("unfavourite", &post).await.ok();
    bo.does("unreblog", &post).await.ok();
    bo.unfollows(&ana).await;
    server.settle().await;
    assert_eq!(
        kinds(&ana, "").await,
        ["update", "status", "mention", "favourite"]
    );
}

#[tokio::test]
async fn one_is_dismissed_and_all_are_cleared() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    one_of_each(&server, &ana, &bo).await;
    let list = ana.get(LIST).await.list();
    let dismiss = format!("{LIST}/{}/dismiss", id(&list[0]));
    bo.act(&dismiss).await.refused(404);
    assert_eq!(ana.act(&dismiss).await.ok(), json!({}));
    ana.act(&dismiss).await.refused(404);
    assert_eq!(ana.get(LIST).await.list().len(), list.len() - 1);
    assert_eq!(ana.act(&format!("{LIST}/clear")).await.ok(), json!({}));
    assert!(ana.get(LIST).await.list().is_empty());
    for id in ["0", "-1", "junk", "99999999999999999999", "%00", "%FF"] {
        ana.get(&format!("{LIST}/{id}")).await.refused(404);
        ana.act(&format!("{LIST}/{id}/dismiss")).await.refused(404);
    }
}

#[tokio::test]
async fn nobody_hears_of_whom_they_block_or_mute_before_or_after() {
    for (verb, fields, told_after) in [
        ("block", &[][..], 0),
        ("mute", &[][..], 0),
        ("mute", &[("notifications", "false")][..], 6),
    ] {
        let server = TestServer::start().await;
        let (ana, bo) = (server.person("ana").await, server.person("bo").await);
        let post = ana.post("Seen by all").await;
        bo.likes(&post).await;
        bo.post("Hello @ana").await;
        server.settle().await;
        assert_eq!(kinds(&ana, "").await.len(), 2);
        ana.post_form(&format!("/api/v1/accounts/{}/{verb}", bo.id), fields)
            .await
            .ok();
        let other = ana.post("Later").await;
        // Who is blocked cannot; who is muted can, and nobody is told.
        bo.does("favourite", &other).await;
        bo.does("reblog", &other).await;
        bo.act(&format!("/api/v1/accounts/{}/follow", ana.id)).await;
        bo.post("Hello again @ana").await;
        server.settle().await;
        let told = kinds(&ana, "").await;
        assert_eq!(told.len(), told_after, "{verb} {fields:?}: {told:?}");
    }
}

#[tokio::test]
async fn a_muted_thread_is_silent() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Talk").await;
    ana.does("mute", &post).await.ok();
    bo.post("@ana yes").answering(&post).await;
    server.settle().await;
    assert_eq!(kinds(&ana, "").await, [""; 0]);
    ana.does("unmute", &post).await.ok();
    bo.post("@ana again").answering(&post).await;
    server.settle().await;
    assert_eq!(kinds(&ana, "").await, ["mention"]);
}

#[tokio::test]
async fn what_went_out_of_sight_is_not_told_of() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mention = bo.post("Hello @ana").await;
    server.settle().await;
    assert_eq!(kinds(&ana, "").await, ["mention"]);
    bo.deletes(&mention).await;
    server.settle().await;
    assert_eq!(kinds(&ana, "").await, [""; 0]);
    bo.post("Hello @ana").await;
    server.settle().await;
    tintype::actions::suspend::local(&server.app, bo.account())
        .await
        .unwrap();
    assert_eq!(kinds(&ana, "").await, [""; 0]);
    server.settle().await;
}
