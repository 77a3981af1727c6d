//! The two stories that everything else stands on, between servers of our own.

use reqwest::Method;
use serde_json::Value;

use super::scene::{picture, settle_all};
use super::two_servers::{Two, follow, handle, newest};
use crate::support::draft::small_photo;
use crate::support::http::{Part, id};
use crate::support::{Person, TestServer};

/// A photo with words and a point that matters, attached to a post with a warning and a tag.
async fn photo_post(author: &Person, text: &str) -> Value {
    let parts = [
        Part::Text("description", "Two boats & a <lighthouse>"),
        Part::Text("focus", "0.5,-0.25"),
        Part::File("file", "photo.jpg", "image/jpeg", small_photo()),
    ];
    let media = author.multipart(Method::POST, "/api/v1/media", &parts).await.ok();
    let draft = author
        .post(text)
        .warning("Bright light")
        .with_media(&[&media])
        .with("language", "en");
    draft.await
}

#[tokio::test]
async fn a_remote_photo_arrives_and_shows_in_a_home_feed() {
    let two = Two::new().await;
    let sent = photo_post(&two.ana, "Harbour at dawn #Boats").await;
    two.settle().await;
    let here = newest(&two.bo).await;
    assert_eq!(here["uri"], sent["uri"]);
    assert_eq!(here["account"]["acct"], format!("ana@{}", two.one.authority()));
    assert_eq!(here["account"]["id"], two.ana_there);
    assert_eq!(here["spoiler_text"], "Bright light");
    assert_eq!(here["sensitive"], true);
    assert_eq!(here["visibility"], "public");
    assert_eq!(here["language"], "en");
    assert_eq!(here["created_at"], sent["created_at"]);
    assert_eq!(here["tags"][0]["name"], "boats");
    assert!(
        here["content"]
            .as_str()
            .is_some_and(|html| html.contains("Harbour at dawn")),
        "{here}"
    );
    let (photo, original) = (&here["media_attachments"][0], &sent["media_attachments"][0]);
    assert_eq!(photo["type"], "image");
    assert_eq!(photo["description"], "Two boats & a <lighthouse>");
    assert_eq!(photo["meta"]["focus"], original["meta"]["focus"]);
    assert!(
        photo["blurhash"].as_str().is_some_and(|hash| hash.len() >= 6),
        "{photo}"
    );
    assert_eq!(picture(&two.two, &two.bo, &here).await, "image/jpeg");
}

#[tokio::test]
async fn a_local_photo_reaches_three_servers() {
    let one = TestServer::named("one.test").await;
    let ana = one.person("ana").await;
    let others = [
        TestServer::named("two.test").await,
        TestServer::named("three.test").await,
        TestServer::named("four.test").await,
    ];
    let mut readers = Vec::new();
    for (server, name) in others.iter().zip(["bo", "cy", "di"]) {
        let reader = server.person(name).await;
        follow(&[&one, server], &reader, &handle(&one, &ana)).await;
        readers.push(reader);
    }
    let all: Vec<&TestServer> = others.iter().chain([&one]).collect();
    let sent = photo_post(&ana, "For three servers").await;
    settle_all(&all).await;
    for (server, reader) in others.iter().zip(&readers) {
        let here = newest(reader).await;
        assert_eq!(here["uri"], sent["uri"]);
        assert_eq!(picture(server, reader, &here).await, "image/jpeg");
        let profile = reader
            .get(&format!("/api/v1/accounts/{}", id(&here["account"])))
            .await
            .ok();
        assert_eq!(profile["followers_count"], 1, "{profile}");
    }
    let me = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["followers_count"], 3);
    let sql = "select count(*) from letters l join outgoing o on o.id = l.outgoing_id where o.body like '%\"Create\"%'";
    let letters: i64 = sqlx::query_scalar(sql)
        .fetch_one(one.db())
        .await
        .expect("a number");
    assert_eq!(letters, 3, "one letter for each server");
}
