//! The archive: what somebody puts away is met by nobody until they bring it back, and then it is where it was.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::document::Document;
use super::shape::all_have;
use super::shapes::STATUS;
use crate::federation::delivery::followed;
use crate::streaming::hearing::Socket;
use crate::support::http::{Answer, Client, id, ids};
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1.1/archive/list";

async fn asks(client: &Client, verb: &str, post: &Value) -> Answer {
    client
        .act(&format!("/api/v1.1/archive/{verb}/{}", id(post)))
        .await
}

/// Where a reader meets posts of Ana's.
async fn meets(reader: &Person, ana: &Person) -> Vec<Vec<String>> {
    let mut met = vec![ids(&reader.home().await)];
    for path in [
        "/api/v1/timelines/public".to_owned(),
        "/api/v1/timelines/tag/light".to_owned(),
        format!("/api/v1/accounts/{}/statuses", ana.id),
        "/api/v1/favourites".to_owned(),
    ] {
        met.push(ids(&reader.get(&path).await.list()));
    }
    met
}

#[tokio::test]
async fn what_is_put_away_is_met_by_nobody_until_it_is_brought_back() {
    let server = TestServer::start().await;
    let [ana, bo, cy] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    ];
    bo.follows(&ana).await;
    cy.follows(&bo).await;
    let post = ana.post("#light").with_photo().await;
    bo.likes(&post).await;
    let repost = bo.reposts(&post).await;
    server.settle().await;
    let before = [meets(&ana, &ana).await, meets(&bo, &ana).await];
    assert!(
        before[1]
            .iter()
            .all(|met| met.contains(&id(&post)) || met.contains(&id(&repost))),
        "{before:?}"
    );
    assert_eq!(asks(&ana, "add", &post).await.ok(), json!([200]));
    asks(&ana, "add", &post).await.ok();
    server.settle().await;
    for reader in [&ana, &bo, &cy] {
        let met = meets(reader, &ana).await;
        assert!(met.iter().all(Vec::is_empty), "{}: {met:?}", reader.name);
        for one in [&post, &repost] {
            let path = format!("/api/v1/statuses/{}", id(one));
            reader.get(&path).await.refused(404);
        }
        reader.does("favourite", &post).await.refused(404);
    }
    let page = server.client.get(&format!("/@ana/{}", id(&post))).await;
    assert_eq!(page.status, 404);
    let path = format!("/api/v1/statuses/{}", id(&post));
    ana.form(Method::PUT, &path, &[("status", "x")])
        .await
        .refused(404);
    server.forget();
    let account = bo.get(&format!("/api/v1/accounts/{}", ana.id)).await.ok();
    assert_eq!(account["statuses_count"], 0);
    let kept = ana.get(LIST).await.list();
    all_have("the archive", &kept, STATUS);
    assert_eq!(kept[0]["id"], post["id"]);
    assert_eq!(
        (&kept[0]["favourites_count"], &kept[0]["reblogs_count"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(bo.get(LIST).await.list(), Vec::<Value>::new());

    asks(&ana, "remove", &post).await.ok();
    asks(&ana, "remove", &post).await.ok();
    server.settle().await;
    assert_eq!([meets(&ana, &ana).await, meets(&bo, &ana).await], before);
    server.forget();
    let account = bo.get(&format!("/api/v1/accounts/{}", ana.id)).await.ok();
    assert_eq!(account["statuses_count"], 1);
    assert_eq!(ana.get(LIST).await.list(), Vec::<Value>::new());
}

#[tokio::test]
async fn the_archive_is_a_list_with_exact_links() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut wanted = Vec::new();
    for number in 0..5 {
        let post = ana.post(&number.to_string()).await;
        asks(&ana, "add", &post).await.ok();
        wanted.insert(0, id(&post));
    }
    for limit in [1, 2, 5] {
        let pages = ana.walks(&format!("{LIST}?limit={limit}")).await;
        assert_eq!(pages.len(), 5_usize.div_ceil(limit), "pages of {limit}");
        assert_eq!(ids(&pages.concat()), wanted);
    }
    let oldest = ana.get(&format!("{LIST}?limit=2&min_id=0")).await;
    assert_eq!(ids(&oldest.list()), wanted[3..]);
    let above = ana.get(&oldest.links().prev.expect("it leads up")).await;
    assert_eq!(ids(&above.list()), wanted[1..3]);
    let answer = ana.get(LIST).await;
    Document::new().fits(&Method::GET, LIST, answer.status, &answer.value());
    server.settle().await;
}

#[tokio::test]
async fn connected_clients_are_told_that_it_goes_and_peers_are_told_and_given_nothing() {
    let scene = followed().await;
    let (server, ana) = (&scene.server, &scene.ana);
    let bo = server.person("bo").await;
    bo.follows(ana).await;
    let post = ana.post("here").await;
    server.settle().await;
    let path = format!("/users/ana/posts/{}", id(&post));
    assert_eq!(scene.zed.reads(server, &path).await.status, 200);
    let mut socket = Socket::open(&bo, "user").await;
    let letters = scene.peer.letters().len();
    asks(ana, "add", &post).await.ok();
    server.settle().await;
    socket.hears().await.is(&["user"], "delete", &post);
    assert_eq!(scene.zed.reads(server, &path).await.status, 404);
    assert_eq!(scene.peer.letters().len(), letters);
    asks(ana, "remove", &post).await.ok();
    assert_eq!(scene.zed.reads(server, &path).await.status, 200);
    server.settle().await;
}

#[tokio::test]
async fn only_ones_own_posts_are_put_away_and_none_for_named_people() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("mine").await;
    let letter = ana.post("@bo hi").to(Audience::Direct).await;
    let repost = bo.reposts(&post).await;
    for verb in ["add", "remove"] {
        server
            .client
            .act(&format!("/api/v1.1/archive/{verb}/{}", id(&post)))
            .await
            .refused(401);
        let narrow = server.token_for(&ana, "read").await;
        asks(&narrow, verb, &post).await.refused(403);
        for other in [&post, &repost] {
            let who = if other == &post { &bo } else { &ana };
            asks(who, verb, other).await.refused(404);
        }
        asks(&bo, verb, &repost).await.refused(404);
        asks(&ana, verb, &json!({ "id": "7" })).await.refused(404);
        asks(&ana, verb, &json!({ "id": "seven" })).await.refused(404);
    }
    let told = asks(&ana, "add", &letter).await.refused(422);
    assert!(told.contains("cannot be archived"), "{told}");
    server.client.get(LIST).await.refused(401);
    server.settle().await;
}

#[tokio::test]
async fn what_is_put_away_can_be_deleted_there() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Put away").await;
    asks(&ana, "add", &post).await.ok();
    let path = format!("/api/v1/statuses/{}", id(&post));
    bo.delete(&path).await.refused(404);
    let was = ana.delete(&path).await.ok();
    assert_eq!((&was["id"], &was["text"]), (&post["id"], &"Put away".into()));
    asks(&ana, "remove", &post).await.refused(404);
    server.settle().await;
}
