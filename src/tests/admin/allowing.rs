//! The list of servers with which this one speaks: what is on it, and what it means where it counts.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::desk::EVERYTHING;
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, has};
use crate::federation::scene::{Scene, befriend};
use crate::paging::goes_through;
use crate::support::actor::Actor;
use crate::support::http::{Client, id, ids};
use crate::support::peer::{Peer, Says};
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

const ALLOWS: &str = "/api/v1/admin/domain_allows";

fn domain_allow() -> Shape {
    vec![("id", Id), ("domain", Words), ("created_at", Time)]
}

async fn allows(admin: &Client, domain: &str) -> Value {
    admin.post_form(ALLOWS, &[("domain", domain)]).await.ok()
}

async fn owner(server: &TestServer) -> Person {
    let olga = server.person("olga").await;
    let client = server.token_for(&olga, EVERYTHING).await;
    Person { client, ..olga }
}

#[tokio::test]
async fn a_server_is_on_the_list_once_and_taken_off_it() {
    let server = TestServer::start().await;
    let olga = owner(&server).await;
    let made = allows(&olga, " Photos.Example. ").await;
    has("an allowed server", &made, Object(domain_allow));
    assert_eq!(made["domain"], "photos.example");
    assert_eq!(allows(&olga, "photos.example").await, made);
    let path = format!("{ALLOWS}/{}", id(&made));
    assert_eq!(olga.get(&path).await.ok(), made);
    assert_eq!(olga.get(ALLOWS).await.list(), [made]);
    let own = server.authority().to_owned();
    for bad in [
        "",
        " ",
        "a b",
        "*.example",
        "https://a.example/",
        "a.example:3000",
        own.as_str(),
        "127.0.0.1",
    ] {
        olga.post_form(ALLOWS, &[("domain", bad)]).await.refused(422);
    }
    assert_eq!(olga.delete(&path).await.ok(), json!({}));
    for path in [
        path.as_str(),
        "/api/v1/admin/domain_allows/x",
        "/api/v1/admin/domain_allows/-1",
    ] {
        olga.get(path).await.refused(404);
        olga.delete(path).await.refused(404);
    }
    assert!(olga.get(ALLOWS).await.list().is_empty());
    server.settle().await;
}

#[tokio::test]
async fn the_list_is_paged() {
    let server = TestServer::start().await;
    let olga = owner(&server).await;
    let mut made = Vec::new();
    for number in 0..8 {
        made.insert(0, allows(&olga, &format!("s{number}.example")).await);
    }
    goes_through(&olga, ALLOWS, "", &ids(&made)).await;
    server.settle().await;
}

#[tokio::test]
async fn while_the_list_does_not_count_others_are_heard_all_the_same() {
    let scene = Scene::new().await;
    let admin = scene.server.token_for(&scene.ana, EVERYTHING).await;
    let made = allows(&admin, "four.test").await;
    scene.zed_posts("<p>Hello</p>").await;
    admin.delete(&format!("{ALLOWS}/{}", id(&made))).await.ok();
    scene.zed_posts("<p>Still here</p>").await;
}

/// A server that speaks with none but those on its list, and a peer with somebody there.
async fn listed() -> (TestServer, Person, Peer, Actor) {
    let server = TestServer::start_with(Settings {
        name: "one.test",
        more: &[("TINTYPE_FEDERATION", "listed")],
        ..Settings::default()
    })
    .await;
    let olga = owner(&server).await;
    let peer = Peer::start("peer.test").await;
    let zed = peer.actor("zed");
    (server, olga, peer, zed)
}

#[tokio::test]
async fn a_server_that_is_not_on_the_list_is_neither_heard_nor_asked() {
    let (server, olga, peer, zed) = listed().await;
    let uri = format!("http://{}/users/olga", server.authority());
    let follow = zed.does("Follow", uri);
    assert_eq!(zed.sends(&server, &follow).await.status, 403);
    let query: String = url::form_urlencoded::byte_serialize(zed.handle().as_bytes()).collect();
    let path = format!("/api/v2/search?q={query}&type=accounts&resolve=true");
    assert_eq!(olga.get(&path).await.ok()["accounts"], json!([]));
    assert!(peer.asked().is_empty(), "{:?}", peer.asked());
    // Another one on the list changes nothing for this.
    allows(&olga, "test").await;
    assert_eq!(zed.sends(&server, &follow).await.status, 403);
    allows(&olga, "peer.test").await;
    assert_eq!(zed.sends(&server, &follow).await.status, 202);
    server.settle().await;
    assert_eq!(peer.letters_of("Accept").len(), 1);
}

#[tokio::test]
async fn who_is_taken_off_the_list_gets_no_letter_and_is_hidden_until_they_are_back() {
    let (server, olga, peer, zed) = listed().await;
    let allowed = allows(&olga, "peer.test").await;
    let zed_id = befriend(&server, &olga, &peer, &zed).await;
    let uri = format!("http://{}/users/olga", server.authority());
    zed.tells(&server, &zed.does("Follow", uri)).await;
    server.settle().await;
    let note = zed.note("<p>Light</p>");
    zed.tells(&server, &zed.creates(&note)).await;
    server.settle().await;
    assert_eq!(olga.home().await.len(), 1);
    peer.says_to_letters([Says::Status(503)]);
    olga.post("On its way").await;
    server.settle().await;
    let tried = peer.letters_of("Create").len();
    olga.delete(&format!("{ALLOWS}/{}", id(&allowed))).await.ok();
    olga.post("Not written to them").await;
    server.wind(TimeDelta::hours(1));
    server.settle().await;
    assert_eq!(
        peer.letters_of("Create").len(),
        tried,
        "what had not left yet left"
    );
    assert_eq!(zed.sends(&server, &zed.creates(&note)).await.status, 403);
    let path = format!("/api/v1/accounts/{zed_id}/statuses");
    assert_eq!(olga.get(&path).await.list().len(), 0);
    allows(&olga, "peer.test").await;
    assert_eq!(olga.get(&path).await.list().len(), 1);
    olga.post("Theirs again").await;
    server.settle().await;
    assert_eq!(peer.letters_of("Create").len(), tried + 1, "the follow goes on");
}

#[tokio::test]
async fn whom_a_moderator_suspended_does_not_come_back_with_their_server() {
    let (server, olga, peer, zed) = listed().await;
    let allowed = allows(&olga, "peer.test").await;
    let zed_id = befriend(&server, &olga, &peer, &zed).await;
    let account = zed_id.parse().expect("an id");
    tintype::actions::suspend::local(&server.app, account)
        .await
        .expect("nobody owns anything there");
    server.wind(TimeDelta::minutes(1));
    olga.delete(&format!("{ALLOWS}/{}", id(&allowed))).await.ok();
    allows(&olga, "peer.test").await;
    let suspended: bool = sqlx::query_scalar("select suspended_at is not null from accounts where id = $1")
        .bind(zed_id.parse::<i64>().expect("an id"))
        .fetch_one(server.db())
        .await
        .expect("they are known");
    assert!(suspended);
    server.settle().await;
}
