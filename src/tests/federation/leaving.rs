//! Somebody elsewhere who was put out of action here, and then deletes themselves there: what is theirs goes here too.

use tintype::actions::{domains, suspend};
use tintype::db::policies::Severity;

use super::scene::Scene;

async fn deleted(scene: &Scene) -> bool {
    let sql = "select count(*) from accounts where uri = $1 and deleted_at is not null and display_name = ''";
    scene.number(sql, &scene.zed.uri).await == 1
}

#[tokio::test]
async fn somebody_suspended_who_leaves_takes_their_posts_along_and_does_nothing_else() {
    let scene = Scene::new().await;
    let (note, _) = scene.zed_posts("<p>Zed's words</p>").await;
    suspend::local(&scene.server.app, scene.zed_id.parse().expect("an id"))
        .await
        .expect("a stranger is no owner");
    let one = scene.zed.does("Delete", note["id"].clone());
    scene.zed_tells(&one).await;
    assert_eq!(
        scene.posts().await,
        1,
        "of whoever is suspended nothing else is heard"
    );
    scene
        .zed_tells(&scene.zed.does("Delete", scene.zed.uri.clone()))
        .await;
    assert!(deleted(&scene).await);
    assert_eq!(scene.posts().await, 0);
    let path = format!("/api/v1/accounts/{}", scene.zed_id);
    assert_eq!(scene.ana.get(&path).await.status, 404);
}

#[tokio::test]
async fn somebody_of_a_suspended_server_who_leaves_is_believed_by_their_key_and_nobody_there_is_asked() {
    let scene = Scene::new().await;
    scene.zed_posts("<p>Zed's words</p>").await;
    let (yan, stranger) = (scene.peer.actor("yan"), scene.peer.actor("stranger"));
    domains::decide(
        &scene.server.app,
        "peer.test".into(),
        Severity::Suspended,
        String::new(),
    )
    .await
    .expect("it can be decided");
    scene.server.settle().await;
    scene.server.app.peers.keys.invalidate_all();
    let asked = scene.peer.asked().len();
    let leaves = scene.zed.does("Delete", scene.zed.uri.clone());
    for key_id in [&scene.zed.key_id, &yan.key_id] {
        let forged = scene
            .zed
            .letter(&scene.server, &leaves)
            .signed_with(&yan.key, key_id);
        let status = forged.send().await.status;
        assert!(status.is_client_error(), "{status}");
    }
    let unknown = stranger.does("Delete", stranger.uri.clone());
    assert_eq!(stranger.sends(&scene.server, &unknown).await.status, 202);
    scene.server.settle().await;
    assert!(!deleted(&scene).await);
    assert_eq!(scene.posts().await, 1);
    scene.zed_tells(&leaves).await;
    assert!(deleted(&scene).await);
    assert_eq!(scene.posts().await, 0);
    assert_eq!(scene.peer.asked().len(), asked, "a suspended server is spoken to");
}
