//! Somebody elsewhere moves: who follows them here goes along, once both documents say so, and not again for a week.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::scene::{Scene, find};
use crate::support::actor::Actor;
use crate::support::peer::Peer;
use crate::support::{Person, TestServer};

/// Zed, whom Ana follows, has a new account at another server; its document and Zed's name each other.
async fn about_to_move() -> (Scene, Peer, Actor) {
    let scene = Scene::new().await;
    let elsewhere = Peer::start("four.test").await;
    let new = elsewhere.actor("newzed");
    name(&scene, &elsewhere, &new);
    (scene, elsewhere, new)
}

fn name(scene: &Scene, elsewhere: &Peer, new: &Actor) {
    let mut document = new.document();
    document["alsoKnownAs"] = json!([scene.zed.uri]);
    elsewhere.serves(&document);
    leaves_for(scene, &new.uri);
}

fn leaves_for(scene: &Scene, target: &str) {
    let mut document = scene.zed.document();
    document["movedTo"] = json!(target);
    scene.peer.serves(&document);
}

fn moves(scene: &Scene, target: &str) -> Value {
    let mut moved = scene.zed.does("Move", scene.zed.uri.clone());
    moved["target"] = json!(target);
    moved
}

async fn requested(person: &Person, account: &str) -> Value {
    let path = format!("/api/v1/accounts/relationships?id[]={account}");
    person.get(&path).await.list()[0]["requested"].clone()
}

async fn following(person: &Person, account: &str) -> Value {
    let path = format!("/api/v1/accounts/relationships?id[]={account}");
    person.get(&path).await.list()[0]["following"].clone()
}

#[tokio::test]
async fn followers_here_ask_to_follow_the_new_account_and_the_old_one_says_where_it_went() {
    let (scene, elsewhere, new) = about_to_move().await;
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    let asked = elsewhere.letters_of("Follow");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0]["object"], json!(new.uri));
    let id = find(&scene.ana, &new.handle()).await;
    assert_eq!(requested(&scene.ana, &id).await, true);
    scene.server.forget();
    let old = scene
        .ana
        .get(&format!("/api/v1/accounts/{}", scene.zed_id))
        .await
        .ok();
    assert_eq!(old["moved"]["id"], json!(id), "{old}");
    // The old follow ends when there is a new one, and not before.
    assert_eq!(following(&scene.ana, &scene.zed_id).await, true);
    new.tells(&scene.server, &new.does("Accept", asked[0].clone()))
        .await;
    scene.server.settle().await;
    assert_eq!(following(&scene.ana, &id).await, true);
    assert_eq!(following(&scene.ana, &scene.zed_id).await, false);
    assert_eq!(scene.peer.letters_of("Undo").len(), 1);
}

#[tokio::test]
async fn who_blocks_or_mutes_somebody_does_so_after_their_move() {
    let (scene, _elsewhere, new) = about_to_move().await;
    let server: &TestServer = &scene.server;
    let (bo, cy) = (server.person("bo").await, server.person("cy").await);
    bo.act(&format!("/api/v1/accounts/{}/block", scene.zed_id))
        .await
        .ok();
    cy.act(&format!("/api/v1/accounts/{}/mute", scene.zed_id))
        .await
        .ok();
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    let id = find(&scene.ana, &new.handle()).await;
    let path = format!("/api/v1/accounts/relationships?id[]={id}");
    assert_eq!(bo.get(&path).await.list()[0]["blocking"], true);
    assert_eq!(cy.get(&path).await.list()[0]["muting"], true);
}

#[tokio::test]
async fn nobody_is_led_on_twice_within_a_week() {
    let (scene, elsewhere, new) = about_to_move().await;
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    let third = elsewhere.actor("thirdzed");
    name(&scene, &elsewhere, &third);
    let mut document = scene.zed.document();
    document["movedTo"] = json!(third.uri);
    scene.zed_tells(&scene.zed.does("Update", document)).await;
    scene.zed_tells(&moves(&scene, &third.uri)).await;
    assert_eq!(elsewhere.letters_of("Follow").len(), 1);
    scene.server.wind(TimeDelta::days(8));
    scene.zed_tells(&moves(&scene, &third.uri)).await;
    assert_eq!(elsewhere.letters_of("Follow").len(), 2);
}

/// A chain, a target that is itself, an old account that names another, a new one that names nobody.
#[tokio::test]
async fn a_move_that_not_both_documents_tell_of_leads_nobody_anywhere() {
    let (scene, elsewhere, new) = about_to_move().await;
    let mut gone_on = new.document();
    gone_on["alsoKnownAs"] = json!([scene.zed.uri]);
    gone_on["movedTo"] = json!(elsewhere.url("/users/further"));
    elsewhere.serves(&gone_on);
    scene.zed_tells(&moves(&scene, &new.uri)).await;
    scene.zed_tells(&moves(&scene, &scene.zed.uri)).await;
    let mute = elsewhere.actor("silent");
    scene.zed_tells(&moves(&scene, &mute.uri)).await;
    assert!(elsewhere.letters_of("Follow").is_empty());
    let moved = "select count(*) from accounts where moved_at is not null and $1 = ''";
    assert_eq!(scene.number(moved, "").await, 0);
}

#[tokio::test]
async fn somebody_elsewhere_moves_to_an_account_here_that_names_theirs() {
    let scene = Scene::new().await;
    let new = scene.server.person("newzed").await;
    let uri = scene.uri(&new);
    leaves_for(&scene, &uri);
    scene.zed_tells(&moves(&scene, &uri)).await;
    assert_eq!(following(&scene.ana, &new.id).await, false);
    new.post_form(
        "/api/v1/accounts/alias",
        &[("also_known_as_uris[]", &scene.zed.uri)],
    )
    .await
    .ok();
    scene.zed_tells(&moves(&scene, &uri)).await;
    assert_eq!(following(&scene.ana, &new.id).await, true);
    assert_eq!(following(&scene.ana, &scene.zed_id).await, false);
}
