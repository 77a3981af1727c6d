//! What a block of a whole server would end, told before it is made.

use super::scene::Scene;

#[tokio::test]
async fn who_blocks_a_server_can_see_before_how_many_follows_that_ends() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let (ana, zed, server) = (&scene.ana, &scene.zed, &scene.server);
    let preview = |domain: &str| format!("/api/v1/domain_blocks/preview?domain={domain}");
    let path = preview(&scene.peer.authority);
    let numbers = async || {
        let told = ana.get(&path).await.ok();
        assert_eq!(told.as_object().map(serde_json::Map::len), Some(2), "{told}");
        (told["followers_count"].as_i64(), told["following_count"].as_i64())
    };
    assert_eq!(numbers().await, (Some(0), Some(1)));
    zed.tells(server, &zed.does("Follow", scene.uri(ana))).await;
    server.settle().await;
    assert_eq!(numbers().await, (Some(1), Some(1)));
    let of_bo = bo.get(&path).await.ok();
    assert_eq!(
        (&of_bo["followers_count"], &of_bo["following_count"]),
        (&0.into(), &0.into())
    );
    for bad in ["", "not%20a%20name", server.authority()] {
        ana.get(&preview(bad)).await.refused(422);
    }
    server.client.get(&path).await.refused(401);
    let reading = server.token_for(ana, "read").await;
    reading.get(&path).await.refused(403);
    let body = [("domain", scene.peer.authority.as_str())];
    ana.post_form("/api/v1/domain_blocks", &body).await.ok();
    server.settle().await;
    assert_eq!(numbers().await, (Some(0), Some(0)));
}
