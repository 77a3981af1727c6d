//! Whether somebody elsewhere hears that they are blocked: as whoever runs the server wants it.

use serde_json::json;

use super::scene::Scene;

async fn does(scene: &Scene, verb: &str) {
    let path = format!("/api/v1/accounts/{}/{verb}", scene.zed_id);
    scene.ana.act(&path).await.ok();
    scene.server.settle().await;
}

#[tokio::test]
async fn a_block_is_told_to_nobody_unless_the_server_is_run_so() {
    let scene = Scene::new().await;
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    does(&scene, "block").await;
    does(&scene, "unblock").await;
    assert!(scene.peer.letters_of("Block").is_empty());
    // The follows that ended by it are told, whichever way they went.
    assert_eq!(scene.peer.letters_of("Reject").len(), 1);
    let undone = scene.peer.letters_of("Undo");
    assert_eq!(undone.len(), 1, "{undone:?}");
    assert_eq!(undone[0]["object"]["type"], "Follow");
}

#[tokio::test]
async fn a_block_and_its_end_are_told_where_the_server_is_run_so() {
    let scene = Scene::with(&[("TINTYPE_TELL_BLOCKS", "on")]).await;
    let bo = scene.server.person("bo").await;
    scene.ana.blocks(&bo).await;
    for _ in 0..2 {
        does(&scene, "block").await;
    }
    let told = scene.peer.letters_of("Block");
    assert_eq!(told.len(), 1, "once, and of nobody here: {told:?}");
    assert_eq!(
        (&told[0]["actor"], &told[0]["object"]),
        (&json!(scene.uri(&scene.ana)), &json!(scene.zed.uri))
    );
    for _ in 0..2 {
        does(&scene, "unblock").await;
    }
    let undone: Vec<_> = scene
        .peer
        .letters_of("Undo")
        .into_iter()
        .filter(|undo| undo["object"]["type"] == "Block")
        .collect();
    assert_eq!(undone.len(), 1, "{undone:?}");
    assert_eq!(undone[0]["object"]["id"], told[0]["id"]);
    assert_eq!(undone[0]["object"]["object"], json!(scene.zed.uri));
    // A new one has a new address.
    does(&scene, "block").await;
    let again = scene.peer.letters_of("Block").pop().expect("it is told");
    assert_ne!(again["id"], told[0]["id"]);
}
