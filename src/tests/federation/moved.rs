//! Somebody elsewhere moves: who follows them here follows along, when the documents of both accounts say so.

use serde_json::{Value, json};

use super::scene::{Scene, find};
use crate::support::actor::Actor;
use crate::support::peer::{Peer, Says};

/// A new account of Zed's on another server, whose document names the old one.
async fn new_home(scene: &Scene) -> (Peer, Actor) {
    let there = Peer::start("three.test").await;
    let new = there.actor("zed");
    let mut document = new.document();
    document["alsoKnownAs"] = json!([scene.zed.uri]);
    there.says("/users/zed", Says::Document(document));
    (there, new)
}

fn says_moved(scene: &Scene, to: &str) {
    let mut document = scene.zed.document();
    document["movedTo"] = json!(to);
    scene.peer.says("/users/zed", Says::Document(document));
}

fn moves(scene: &Scene, to: &str) -> Value {
    let mut moves = scene.zed.does("Move", scene.zed.uri.clone());
    moves["target"] = json!(to);
    moves
}

#[tokio::test]
async fn who_follows_somebody_who_moves_follows_the_new_account() {
    let scene = Scene::new().await;
    let (there, new) = new_home(&scene).await;
    says_moved(&scene, &new.uri);
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    let follows = there.letters_of("Follow");
    assert_eq!(follows.len(), 1, "{follows:?}");
    assert_eq!(follows[0]["actor"], scene.uri(&scene.ana));
    assert_eq!(follows[0]["object"], new.uri);
    let id = find(&scene.ana, &new.handle()).await;
    let path = format!("/api/v1/accounts/relationships?id[]={id}");
    assert_eq!(scene.ana.get(&path).await.list()[0]["requested"], true);
}

#[tokio::test]
async fn somebody_moves_to_an_account_here_that_names_the_one_elsewhere() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    bo.post_form(
        "/api/v1/accounts/alias",
        &[("also_known_as_uris[]", &scene.zed.uri)],
    )
    .await
    .ok();
    says_moved(&scene, &scene.uri(&bo));
    scene.zed_tells(&moves(&scene, &scene.uri(&bo))).await;
    let path = format!("/api/v1/accounts/relationships?id[]={}", bo.id);
    assert_eq!(scene.ana.get(&path).await.list()[0]["following"], true);
}

#[tokio::test]
async fn a_move_that_only_one_of_the_two_documents_tells_of_leads_nobody_along() {
    let scene = Scene::new().await;
    let (there, new) = new_home(&scene).await;
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    scene.server.app.peers.refreshed.invalidate_all();
    let stranger = there.actor("stranger");
    says_moved(&scene, &stranger.uri);
    scene.zed_tells(&moves(&scene, &stranger.uri)).await;
    assert!(there.letters_of("Follow").is_empty());
}

#[tokio::test]
async fn a_move_of_somebody_whom_nobody_here_follows_costs_no_look() {
    let scene = Scene::new().await;
    let (there, new) = new_home(&scene).await;
    scene
        .ana
        .act(&format!("/api/v1/accounts/{}/unfollow", scene.zed_id))
        .await
        .ok();
    scene.server.settle().await;
    says_moved(&scene, &new.uri);
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    assert!(there.asked().is_empty(), "{:?}", there.asked());
}
