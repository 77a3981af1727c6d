//! Updates that only name what has changed: it is read from its own server, for its own author, and not as often as said.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::authority::{mallory, yan};
use super::scene::Scene;
use crate::support::peer::Says;

fn path(scene: &Scene, note: &Value) -> String {
    let id = note["id"].as_str().expect("an id");
    id.strip_prefix(&scene.peer.url(""))
        .expect("it is there")
        .to_owned()
}

/// A note as Zed's server has it now.
fn changed(scene: &Scene, note: &Value, html: &str) -> Value {
    let mut changed = note.clone();
    changed["content"] = json!(html);
    changed["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    scene
        .peer
        .says(&path(scene, note), Says::Document(changed.clone()));
    changed
}

#[tokio::test]
async fn a_post_that_is_said_to_have_changed_is_read_again() {
    let scene = Scene::new().await;
    let (note, _) = scene.zed_posts("<p>Before</p>").await;
    scene.server.wind(TimeDelta::minutes(1));
    changed(&scene, &note, "<p>After</p>");
    scene
        .zed_tells(&scene.zed.does("Update", note["id"].clone()))
        .await;
    let here = scene.of_note(&note).await.expect("it is there");
    assert_eq!(here["content"], "<p>After</p>");
    assert!(here["edited_at"].is_string(), "{here}");
}

#[tokio::test]
async fn a_profile_that_is_said_to_have_changed_is_read_again() {
    let scene = Scene::new().await;
    let mut document = scene.zed.document();
    document["name"] = json!("Zed Zeta");
    scene.peer.says("/users/zed", Says::Document(document));
    scene
        .zed_tells(&scene.zed.does("Update", scene.zed.uri.clone()))
        .await;
    scene.server.forget();
    let path = format!("/api/v1/accounts/{}", scene.zed_id);
    assert_eq!(scene.ana.get(&path).await.ok()["display_name"], "Zed Zeta");
}

#[tokio::test]
async fn nobody_has_anothers_post_read_again_or_one_that_is_not_here() {
    let scene = Scene::new().await;
    let (_elsewhere, mallory) = mallory(&scene).await;
    let yan = yan(&scene).await;
    let (note, _) = scene.zed_posts("<p>Mine</p>").await;
    changed(&scene, &note, "<p>Other</p>");
    for actor in [&mallory, &yan] {
        let answer = actor
            .sends(&scene.server, &actor.does("Update", note["id"].clone()))
            .await;
        assert!([202, 401].contains(&answer.status.as_u16()), "{}", answer.status);
    }
    let unknown = scene.zed.note("<p>Never sent</p>");
    scene
        .zed_tells(&scene.zed.does("Update", unknown["id"].clone()))
        .await;
    assert_eq!(scene.peer.asked_for(&path(&scene, &note)), 0);
    assert_eq!(scene.peer.asked_for(&path(&scene, &unknown)), 0);
    assert_eq!(scene.posts().await, 1);
}

#[tokio::test]
async fn what_is_read_again_is_still_its_authors() {
    let scene = Scene::new().await;
    let yan = yan(&scene).await;
    let (note, _) = scene.zed_posts("<p>Mine</p>").await;
    scene.server.wind(TimeDelta::minutes(1));
    let mut stolen = changed(&scene, &note, "<p>Yours</p>");
    stolen["attributedTo"] = json!(yan.uri);
    scene.peer.says(&path(&scene, &note), Says::Document(stolen));
    scene
        .zed_tells(&scene.zed.does("Update", note["id"].clone()))
        .await;
    assert_eq!(scene.peer.asked_for(&path(&scene, &note)), 1);
    let here = scene.of_note(&note).await.expect("it is there");
    assert_eq!(here["content"], "<p>Mine</p>");
    assert_eq!(here["account"]["id"], scene.zed_id);
}

#[tokio::test]
async fn a_post_is_not_read_again_as_often_as_somebody_says_that_it_changed() {
    let scene = Scene::new().await;
    let (note, _) = scene.zed_posts("<p>Before</p>").await;
    scene.server.wind(TimeDelta::minutes(1));
    changed(&scene, &note, "<p>After</p>");
    for _ in 0..20 {
        scene
            .zed
            .tells(&scene.server, &scene.zed.does("Update", note["id"].clone()))
            .await;
    }
    scene.server.settle().await;
    assert_eq!(scene.peer.asked_for(&path(&scene, &note)), 1);
    let here = scene.of_note(&note).await.expect("it is there");
    assert_eq!(here["content"], "<p>After</p>");
    // The others come again later.
    scene.server.may_leave_work();
}
