//! Posts at the top of profiles: told, applied and read; a peer's word counts for its own posts in its own collection.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::authority::{mallory, yan};
use super::delivery::followed;
use super::scene::{Scene, befriend};
use crate::support::actor::Actor;
use crate::support::peer::{Peer, Says};

/// Zed's document names the collection of his pins.
async fn with_a_top() -> Scene {
    let scene = Scene::new().await;
    let mut document = scene.zed.document();
    document["featured"] = json!(scene.zed.featured());
    scene.zed_tells(&scene.zed.does("Update", document)).await;
    scene
}

fn pins(actor: &Actor, verb: &str, note: &Value, collection: &str) -> Value {
    let mut activity = actor.does(verb, note["id"].clone());
    activity["target"] = json!(collection);
    activity
}

/// What Ana sees at the top of a profile, in order.
async fn top(scene: &Scene, account: &str) -> Vec<Value> {
    let path = format!("/api/v1/accounts/{account}/statuses?pinned=true");
    let shown = scene.ana.get(&path).await.list();
    shown.iter().map(|post| post["uri"].clone()).collect()
}

#[tokio::test]
async fn a_pin_and_its_end_are_told_to_followers_elsewhere() {
    let scene = followed().await;
    let post = scene.ana.post("Look at this").await;
    scene.ana.does("pin", &post).await.ok();
    scene.ana.does("pin", &post).await.ok();
    scene.server.settle().await;
    let added = scene.peer.letters_of("Add");
    assert_eq!(added.len(), 1, "{added:?}");
    assert_eq!(added[0]["object"], scene.post_uri(&scene.ana, &post));
    assert_eq!(
        added[0]["target"],
        format!("{}/collections/featured", scene.uri(&scene.ana))
    );
    scene.ana.does("unpin", &post).await.ok();
    scene.server.settle().await;
    let removed = scene.peer.letters_of("Remove");
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert_eq!(
        (&removed[0]["object"], &removed[0]["target"]),
        (&added[0]["object"], &added[0]["target"])
    );
}

#[tokio::test]
async fn a_pin_of_what_not_everybody_may_see_is_told_to_nobody() {
    let scene = followed().await;
    let post = scene.ana.post("For you").to(Audience::Followers).await;
    scene.ana.does("pin", &post).await.ok();
    scene.ana.does("unpin", &post).await.ok();
    scene.server.settle().await;
    assert_eq!(scene.peer.letters_of("Create").len(), 1);
    assert!(scene.peer.letters_of("Add").is_empty());
    assert!(scene.peer.letters_of("Remove").is_empty());
}

/// Add and Remove whose target is somebody else's collection, or whose object is somebody else's post.
#[tokio::test]
async fn a_peer_pins_only_its_own_posts_in_its_own_collection() {
    let scene = with_a_top().await;
    let (_elsewhere, mallory) = mallory(&scene).await;
    let yan = yan(&scene).await;
    let (note, _) = scene.zed_posts("<p>Zed's</p>").await;
    let theirs = mallory.note("<p>Mallory's</p>");
    mallory.tells(&scene.server, &mallory.creates(&theirs)).await;
    scene.server.settle().await;
    for (actor, object, target) in [
        (&mallory, &note, scene.zed.featured()),
        (&mallory, &theirs, scene.zed.featured()),
        (&mallory, &theirs, mallory.featured()),
        (&yan, &note, scene.zed.featured()),
        (&scene.zed, &theirs, scene.zed.featured()),
        (&scene.zed, &note, yan.featured()),
        (&scene.zed, &note, scene.zed.followers()),
        (&scene.zed, &note, String::new()),
    ] {
        let answer = actor
            .sends(&scene.server, &pins(actor, "Add", object, &target))
            .await;
        assert!([202, 401].contains(&answer.status.as_u16()), "{}", answer.status);
        scene.server.settle().await;
        let pinned = scene.number("select count(*) from pins where $1 = ''", "").await;
        assert_eq!(pinned, 0, "{} pinned {object} in {target}", actor.uri);
    }
    scene
        .zed_tells(&pins(&scene.zed, "Add", &note, &scene.zed.featured()))
        .await;
    assert_eq!(top(&scene, &scene.zed_id).await, [note["id"].clone()]);
    for (actor, target) in [(&mallory, scene.zed.featured()), (&yan, scene.zed.featured())] {
        actor
            .tells(&scene.server, &pins(actor, "Remove", &note, &target))
            .await;
        scene.server.settle().await;
        assert_eq!(top(&scene, &scene.zed_id).await.len(), 1, "{}", actor.uri);
    }
    scene
        .zed_tells(&pins(&scene.zed, "Remove", &note, &scene.zed.featured()))
        .await;
    assert!(top(&scene, &scene.zed_id).await.is_empty());
}

#[tokio::test]
async fn a_pinned_post_that_is_not_here_is_fetched_from_its_author() {
    let scene = with_a_top().await;
    let old = scene.zed.note("<p>From before</p>");
    scene.peer.serves(&old);
    scene
        .zed_tells(&pins(&scene.zed, "Add", &old, &scene.zed.featured()))
        .await;
    assert_eq!(top(&scene, &scene.zed_id).await, [old["id"].clone()]);
}

#[tokio::test]
async fn the_top_of_a_profile_is_read_when_somebody_here_follows_it_and_is_bounded() {
    let scene = Scene::new().await;
    let (peer, other) = (Peer::start("four.test").await, Peer::start("three.test").await);
    let wanda = peer.actor("wanda");
    let mut document = wanda.document();
    document["featured"] = json!(wanda.featured());
    peer.says("/users/wanda", Says::Document(document));
    let notes: Vec<Value> = (0..30)
        .map(|number| wanda.note(&format!("<p>{number}</p>")))
        .collect();
    notes.iter().for_each(|note| peer.serves(note));
    let foreign = other.actor("oscar").note("<p>Not hers</p>");
    other.serves(&foreign);
    let items: Vec<Value> = std::iter::once(&foreign)
        .chain(&notes)
        .map(|note| note["id"].clone())
        .collect();
    let page = json!({ "type": "OrderedCollectionPage", "orderedItems": items, "next": peer.url("/more") });
    let collection = json!({
        "id": wanda.featured(), "type": "OrderedCollection", "totalItems": 31, "first": page,
    });
    peer.says("/users/wanda/collections/featured", Says::Document(collection));
    let id = befriend(&scene.server, &scene.ana, &peer, &wanda).await;
    let shown = top(&scene, &id).await;
    let expected: Vec<Value> = notes.iter().take(19).map(|note| note["id"].clone()).collect();
    assert_eq!(shown, expected, "in another order, or unbounded");
    assert_eq!(peer.asked_for("/users/wanda/collections/featured"), 1);
    assert_eq!(peer.asked_for("/more"), 0);
    assert!(other.asked().is_empty(), "{:?}", other.asked());
}
