//! Relays: asked, answering, given what is public, and believed about nothing but that something is there.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::relays::{self, RelayError};
use tintype::domain::audience::Audience;

use super::authority::in_vain;
use super::delivery::followed;
use super::scene::Scene;
use crate::support::actor::{Actor, PUBLIC};
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

/// A relay, with its own actor.
async fn relay() -> (Peer, Actor) {
    let peer = Peer::start("four.test").await;
    let actor = peer.actor("relay");
    let mut document = actor.document();
    document["type"] = json!("Application");
    peer.says("/users/relay", Says::Document(document));
    (peer, actor)
}

async fn asks(scene: &Scene, address: &str) -> Result<(), RelayError> {
    let asked = relays::add(&scene.server.app, address).await;
    scene.server.settle().await;
    asked
}

/// A server that subscribed in Mastodon's way, and was accepted.
pub async fn subscribed() -> (Scene, Peer, Actor) {
    let scene = followed().await;
    let (peer, relay) = relay().await;
    asks(&scene, &peer.url("/inbox")).await.expect("it can be asked");
    accepts(&scene, &peer, &relay).await;
    assert_eq!(state(&scene).await, 1);
    (scene, peer, relay)
}

async fn accepts(scene: &Scene, peer: &Peer, relay: &Actor) {
    let follow = peer.letters_of("Follow").pop().expect("it was asked");
    relay.tells(&scene.server, &relay.does("Accept", follow)).await;
    scene.server.settle().await;
}

/// 0 asked, 1 accepted, 2 refused; -1 where there is none.
async fn state(scene: &Scene) -> i64 {
    let sql = "select coalesce((select state::bigint from relays), -1) where $1 = ''";
    scene.number(sql, "").await
}

fn texts(peer: &Peer, kind: &str) -> Vec<Value> {
    let letters = peer.letters_of(kind).into_iter();
    letters
        .map(|letter| letter["object"]["content"].clone())
        .collect()
}

#[tokio::test]
async fn a_relay_is_asked_for_everybody_and_gets_what_is_public_once_it_accepts() {
    let scene = followed().await;
    let (peer, relay) = relay().await;
    asks(&scene, &peer.url("/inbox")).await.expect("it can be asked");
    let follow = peer.letters_of("Follow").pop().expect("it was asked");
    let server = format!("http://{}/actor", scene.server.authority());
    assert_eq!(
        (&follow["actor"], &follow["object"]),
        (&json!(server), &json!(PUBLIC))
    );
    assert_eq!(peer.letters().len(), 1);
    scene.ana.post("Too early").await;
    scene.server.settle().await;
    assert_eq!(state(&scene).await, 0);
    assert!(peer.letters_of("Create").is_empty());
    accepts(&scene, &peer, &relay).await;
    assert_eq!(state(&scene).await, 1);
    let post = scene.ana.post("For everybody").await;
    for audience in [Audience::Unlisted, Audience::Followers, Audience::Direct] {
        scene.ana.post("Not for everybody").to(audience).await;
    }
    scene.server.settle().await;
    assert_eq!(texts(&peer, "Create"), [json!("<p>For everybody</p>")]);
    assert_eq!(
        texts(&scene.peer, "Create").len(),
        4,
        "followers get what they got before"
    );
    let path = format!("/api/v1/statuses/{}", id(&post));
    scene
        .ana
        .form(Method::PUT, &path, &[("status", "Better")])
        .await
        .ok();
    scene.server.settle().await;
    assert_eq!(texts(&peer, "Update"), [json!("<p>Better</p>")]);
    scene.ana.deletes(&post).await;
    scene.server.settle().await;
    assert_eq!(peer.letters_of("Delete").len(), 1);
    let again = asks(&scene, &peer.url("/inbox")).await;
    assert!(matches!(again, Err(RelayError::AlreadyThere)), "{again:?}");
    relays::remove(&scene.server.app, &peer.url("/inbox"))
        .await
        .expect("it is there");
    scene.ana.post("Too late").await;
    scene.server.settle().await;
    let undone = peer.letters_of("Undo").pop().expect("it is told");
    assert_eq!(undone["object"]["id"], follow["id"]);
    assert_eq!(undone["object"]["object"], json!(PUBLIC));
    assert_eq!(texts(&peer, "Create").len(), 1);
    assert_eq!(state(&scene).await, -1);
}

#[tokio::test]
async fn what_nobody_elsewhere_follows_goes_to_a_relay_too() {
    let scene = Scene::new().await;
    let (peer, relay) = relay().await;
    asks(&scene, &peer.url("/inbox")).await.expect("it can be asked");
    accepts(&scene, &peer, &relay).await;
    let bo = scene.server.person("bo").await;
    bo.post("Nobody knows me").await;
    scene.server.settle().await;
    assert_eq!(texts(&peer, "Create"), [json!("<p>Nobody knows me</p>")]);
    assert!(scene.peer.letters_of("Create").is_empty());
}

#[tokio::test]
async fn a_relay_is_followed_by_its_actor_and_may_follow_back_where_nobody_else_may() {
    let scene = followed().await;
    let (peer, relay) = relay().await;
    asks(&scene, &relay.uri).await.expect("it can be asked");
    let follow = peer.letters_of("Follow").pop().expect("it was asked");
    assert_eq!(follow["object"], json!(relay.uri));
    let server = json!(format!("http://{}/actor", scene.server.authority()));
    relay
        .tells(&scene.server, &relay.does("Follow", server.clone()))
        .await;
    scene.zed_tells(&scene.zed.does("Follow", server.clone())).await;
    assert_eq!(peer.letters_of("Accept").len(), 1);
    assert_eq!(scene.peer.letters_of("Reject").len(), 1);
    // Somebody else at the relay's server has no say in it.
    let other = peer.actor("other");
    other
        .tells(&scene.server, &other.does("Accept", follow["id"].clone()))
        .await;
    scene.server.settle().await;
    assert_eq!(state(&scene).await, 0);
    relay
        .tells(&scene.server, &relay.does("Accept", follow["id"].clone()))
        .await;
    scene.server.settle().await;
    assert_eq!(state(&scene).await, 1);
    let post = scene.ana.post("For everybody").await;
    scene.ana.post("Not for everybody").to(Audience::Unlisted).await;
    scene.server.settle().await;
    // In LitePub's way the server itself says that there is something.
    let told = peer.letters_of("Announce");
    assert_eq!(told.len(), 1);
    let uri = json!(scene.post_uri(&scene.ana, &post));
    assert_eq!((&told[0]["actor"], &told[0]["object"]), (&server, &uri));
    assert_eq!(told[0]["to"], json!([PUBLIC]));
    assert!(peer.letters_of("Create").is_empty());
    // It changes its mind, and is asked again.
    relay.tells(&scene.server, &relay.does("Reject", follow)).await;
    scene.server.settle().await;
    assert_eq!(state(&scene).await, 2);
    scene.ana.post("For nobody there").await;
    scene.server.settle().await;
    assert_eq!(peer.letters_of("Announce").len(), 1);
    asks(&scene, &relay.uri).await.expect("it can be asked again");
    assert_eq!((state(&scene).await, peer.letters_of("Follow").len()), (0, 2));
}

#[tokio::test]
async fn nobody_answers_for_a_relay_but_its_own_server() {
    let scene = followed().await;
    let (peer, _) = relay().await;
    asks(&scene, &peer.url("/inbox")).await.expect("it can be asked");
    let follow = peer.letters_of("Follow").pop().expect("it was asked");
    for kind in ["Accept", "Reject"] {
        in_vain(&scene, &scene.zed, &scene.zed.does(kind, follow.clone())).await;
        in_vain(&scene, &scene.zed, &scene.zed.does(kind, follow["id"].clone())).await;
        assert_eq!(state(&scene).await, 0, "{kind}");
    }
    for address in [
        "relay.example".to_owned(),
        "ftp://relay.example/inbox".to_owned(),
        scene.server.app.urls.at("/inbox"),
        peer.url("/nobody"),
    ] {
        let refused = asks(&scene, &address).await;
        assert!(refused.is_err(), "{address}");
    }
    let gone = relays::remove(&scene.server.app, "https://relay.example/inbox").await;
    assert!(matches!(gone, Err(RelayError::NotThere)), "{gone:?}");
}

/// Somebody on a server that nobody here knows, and a post of theirs.
pub async fn stranger() -> (Peer, Actor, Value) {
    let peer = Peer::start("three.test").await;
    let wanda = peer.actor("wanda");
    let note = wanda.note("<p>What Wanda wrote</p>");
    peer.says(&path(&peer, &note), Says::Document(note.clone()));
    (peer, wanda, note)
}

pub fn path(peer: &Peer, note: &Value) -> String {
    let id = note["id"].as_str().expect("an id");
    id.strip_prefix(&peer.url("")).expect("it is there").to_owned()
}

#[tokio::test]
async fn what_a_relay_announces_is_read_at_its_own_server_and_is_no_repost_of_the_relays() {
    let (scene, peer, relay) = subscribed().await;
    let (origin, wanda, note) = stranger().await;
    // Somebody even follows the relay itself.
    super::scene::befriend(&scene.server, &scene.ana, &peer, &relay).await;
    let mut forged = note.clone();
    forged["content"] = json!("<p>What Wanda never wrote</p>");
    for object in [note["id"].clone(), forged] {
        let mut announce = relay.does("Announce", object);
        announce["to"] = json!([PUBLIC]);
        relay.tells(&scene.server, &announce).await;
        scene.server.settle().await;
    }
    let here = scene.of_note(&note).await.expect("it is here");
    assert_eq!(here["content"], "<p>What Wanda wrote</p>");
    assert_eq!(here["account"]["acct"], wanda.handle().trim_start_matches('@'));
    assert_eq!(origin.asked_for(&path(&origin, &note)), 1);
    assert_eq!(scene.posts().await, 1, "no repost");
    assert!(scene.ana.home().await.is_empty(), "nobody here follows Wanda");
    let known = scene.ana.get("/api/v1/timelines/public?remote=true").await.list();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0]["reblog"], Value::Null);
    // Its own post announced back is no news, and what is not there stays away.
    let mine = scene.ana.post("Mine").await;
    scene.server.settle().await;
    let posts = scene.posts().await;
    let own = relay.does("Announce", scene.post_uri(&scene.ana, &mine));
    let none = relay.does("Announce", origin.url("/notes/none"));
    for announce in [own, none] {
        relay.tells(&scene.server, &announce).await;
        scene.server.settle().await;
    }
    assert_eq!(scene.posts().await, posts);
    assert_eq!(scene.ana.sees(&mine).await["reblogs_count"], 0);
}

#[tokio::test]
async fn a_relay_that_was_removed_is_a_stranger() {
    let (scene, peer, relay) = subscribed().await;
    let (origin, wanda, note) = stranger().await;
    relays::remove(&scene.server.app, &peer.url("/inbox"))
        .await
        .expect("it is there");
    scene.server.settle().await;
    relay
        .tells(&scene.server, &relay.does("Announce", note["id"].clone()))
        .await;
    scene.server.settle().await;
    let letter = wanda
        .letter(&scene.server, &wanda.creates(&note))
        .signed_with(&relay.key, &relay.key_id);
    assert_eq!(letter.send().await.status, 401);
    assert_eq!(origin.asked_for(&path(&origin, &note)), 0);
    assert_eq!(scene.posts().await, 0);
}
