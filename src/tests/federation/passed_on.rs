//! What a relay passes on as it is, with its own signature: believed about nothing but that there is something to read.

use serde_json::{Value, json};

use super::relays::{path, stranger, subscribed};
use super::scene::Scene;
use crate::support::actor::Actor;
use crate::support::peer::Says;

#[tokio::test]
async fn what_a_relay_passes_on_as_it_is_is_read_at_its_own_server_whatever_it_says() {
    let (scene, _peer, relay) = subscribed().await;
    let (origin, wanda, note) = stranger().await;
    let mut forged = note.clone();
    forged["content"] = json!("<p>What Wanda never wrote</p>");
    for _ in 0..2 {
        // Of Wanda's, with the relay's signature.
        let letter = wanda
            .letter(&scene.server, &wanda.creates(&forged))
            .signed_with(&relay.key, &relay.key_id);
        assert_eq!(letter.send().await.status, 202);
        scene.server.settle().await;
    }
    let here = scene.of_note(&note).await.expect("it is here");
    assert_eq!(here["content"], "<p>What Wanda wrote</p>");
    assert_eq!(origin.asked_for(&path(&origin, &note)), 1);
    assert_eq!(scene.posts().await, 1);
    // A Delete and an Undo by way of the relay are nobody's word, and no harm.
    for kind in ["Delete", "Undo", "Update", "Follow"] {
        let deed = wanda.does(kind, note["id"].clone());
        passes_on(&scene, &relay, &wanda, &deed).await;
    }
    assert_eq!(scene.ana.sees(&here).await["content"], "<p>What Wanda wrote</p>");
    // With a signature that is none, or by somebody who is no relay, it is refused.
    let unsigned = wanda
        .letter(&scene.server, &wanda.creates(&forged))
        .signed_with(&wanda.key, &relay.key_id);
    assert_eq!(unsigned.send().await.status, 401);
    let by_zed = wanda
        .letter(&scene.server, &wanda.creates(&wanda.note("<p>x</p>")))
        .signed_with(&scene.zed.key, &scene.zed.key_id);
    assert_eq!(by_zed.send().await.status, 401);
}

/// With the relay's signature on somebody else's letter.
async fn passes_on(scene: &Scene, relay: &Actor, author: &Actor, activity: &Value) {
    let letter = author
        .letter(&scene.server, activity)
        .signed_with(&relay.key, &relay.key_id);
    assert_eq!(letter.send().await.status, 202, "{activity}");
    // What was read a moment ago is read again only later.
    scene.server.app.peers.read_again.invalidate_all();
    scene.server.settle().await;
}

#[tokio::test]
async fn what_a_relay_passes_on_of_changes_and_deletions_is_read_at_its_own_server() {
    let (scene, _peer, relay) = subscribed().await;
    let (origin, wanda, mut note) = stranger().await;
    passes_on(&scene, &relay, &wanda, &wanda.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("it is here");
    for text in ["Better", "Best"] {
        note["content"] = json!(format!("<p>{text}</p>"));
        origin.says(&path(&origin, &note), Says::Document(note.clone()));
        let mut forged = note.clone();
        forged["content"] = json!("<p>What Wanda never wrote</p>");
        passes_on(&scene, &relay, &wanda, &wanda.does("Update", forged)).await;
        assert_eq!(scene.ana.sees(&here).await["content"], note["content"]);
    }
    // Of what is not here nobody is asked.
    let unknown = wanda.note("<p>Unknown</p>");
    let asked = origin.asked().len();
    for kind in ["Update", "Delete"] {
        passes_on(&scene, &relay, &wanda, &wanda.does(kind, unknown.clone())).await;
    }
    assert_eq!(origin.asked().len(), asked);
    origin.says(&path(&origin, &note), Says::Status(410));
    let tombstone = json!({ "id": note["id"], "type": "Tombstone" });
    passes_on(&scene, &relay, &wanda, &wanda.does("Delete", tombstone)).await;
    assert!(scene.of_note(&note).await.is_none());
    assert_eq!(scene.posts().await, 0);
}
