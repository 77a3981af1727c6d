//! What a peer can make this server ask, show or give away.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::scene::{Scene, befriend};
use crate::support::http::{Answer, id};
use crate::support::peer::{Peer, Says};
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

/// A server that may reach the peer and nothing else on this machine.
async fn fenced(peer: &Peer) -> (TestServer, Person) {
    let only = peer.address.to_string();
    let server = TestServer::start_with(Settings {
        name: "one.test",
        more: &[("TINTYPE_ALLOW_PRIVATE_ADDRESSES", only.as_str())],
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    (server, ana)
}

#[tokio::test]
async fn private_addresses_in_documents_are_never_spoken_to() {
    let (peer, forbidden) = (Peer::start("peer.test").await, Peer::start("four.test").await);
    let (server, ana) = fenced(&peer).await;
    let zed = peer.actor("zed");
    befriend(&server, &ana, &peer, &zed).await;
    let hidden = format!("http://{}", forbidden.address);
    let mut note = zed.note("<p>Look</p>");
    note["attachment"] = json!([
        { "type": "Document", "mediaType": "image/jpeg", "url": format!("{hidden}/a.jpg") },
        { "type": "Document", "mediaType": "image/jpeg", "url": forbidden.url("/b.jpg") },
        { "type": "Document", "mediaType": "image/jpeg", "url": peer.url("/c.jpg") },
    ]);
    peer.says("/c.jpg", Says::Redirect(format!("{hidden}/c.jpg")));
    note["inReplyTo"] = json!(forbidden.url("/notes/1"));
    note["tag"] = json!([{ "type": "Mention", "href": forbidden.url("/users/x"), "name": "@x" }]);
    zed.tells(&server, &zed.creates(&note)).await;
    let mut document = zed.document();
    document["icon"] =
        json!({ "type": "Image", "mediaType": "image/jpeg", "url": format!("{hidden}/icon.jpg") });
    document["image"] =
        json!({ "type": "Image", "mediaType": "image/jpeg", "url": forbidden.url("/image.jpg") });
    zed.tells(&server, &zed.does("Update", document.clone())).await;
    server.settle().await;
    document["endpoints"]["sharedInbox"] = json!(format!("{hidden}/inbox"));
    document["inbox"] = json!(format!("{hidden}/inbox"));
    let answer = zed.sends(&server, &zed.does("Update", document)).await;
    assert_eq!(answer.status, 401, "somebody else's inbox");
    zed.tells(&server, &zed.does("Announce", format!("{hidden}/notes/2")))
        .await;
    let outside = crate::support::actor::Actor::new(&forbidden.address.to_string(), "m", zed.key.clone());
    assert_ne!(
        outside
            .sends(&server, &outside.creates(&outside.note("x")))
            .await
            .status,
        202
    );
    server.settle().await;
    ana.get("/api/v1/timelines/home").await.list();
    ana.get(&format!("/api/v2/search?q={hidden}/users/m&resolve=true"))
        .await
        .ok();
    ana.post("To all my followers").await;
    server.settle().await;
    assert!(forbidden.asked().is_empty(), "{:?}", forbidden.asked());
    assert!(peer.asked_for("/c.jpg") > 0, "the redirect was never tried");
    server.may_leave_work();
}

/// All of an answer that a stranger could tell apart, without the request's own number and time.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}")));
    (answer.status.as_u16(), headers.collect(), answer.body.to_vec())
}

#[tokio::test]
async fn a_followers_only_post_is_there_for_followers_and_like_a_missing_one_for_all_others() {
    let scene = Scene::new().await;
    let yan = scene.peer.actor("yan");
    befriend(&scene.server, &scene.ana, &scene.peer, &yan).await;
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let post = scene.ana.post("For followers").to(Audience::Followers).await;
    let direct = scene.ana.post("For nobody").to(Audience::Direct).await;
    scene.server.settle().await;
    let path = |id: &str| format!("/users/ana/posts/{id}");
    let there = path(&id(&post));
    let missing = path("4711");
    let document: Value = scene.zed.reads(&scene.server, &there).await.ok();
    assert_eq!(document["content"], "<p>For followers</p>");
    let activity = scene.zed.reads(&scene.server, &format!("{there}/activity")).await;
    assert_eq!(activity.status, 200);
    for below in ["", "/activity", "/likes", "/shares", "/replies"] {
        for hidden in [id(&post), id(&direct)] {
            let (hidden, missing) = (format!("{}{below}", path(&hidden)), format!("{missing}{below}"));
            let stranger = yan.reads(&scene.server, &hidden).await;
            assert_eq!(stranger.status, 404, "{hidden}");
            assert_eq!(
                told(&stranger),
                told(&yan.reads(&scene.server, &missing).await),
                "{hidden}"
            );
            let unsigned = unsigned(&scene, &hidden).await;
            assert_eq!(unsigned.status, 404, "{hidden}");
            assert_eq!(
                told(&unsigned),
                told(&self::unsigned(&scene, &missing).await),
                "{hidden}"
            );
        }
    }
    // Nor is it in the open part of her outbox.
    let outbox = unsigned(&scene, "/users/ana/outbox?page=true").await.text();
    assert!(
        !outbox.contains(&id(&post)) && !outbox.contains(&id(&direct)),
        "{outbox}"
    );
}

#[tokio::test]
async fn a_blocked_follower_finds_a_followers_only_post_missing() {
    let scene = Scene::new().await;
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let post = scene.ana.post("For followers").to(Audience::Followers).await;
    scene.server.settle().await;
    let path = format!("/users/ana/posts/{}", id(&post));
    assert_eq!(scene.zed.reads(&scene.server, &path).await.status, 200);
    scene
        .ana
        .act(&format!("/api/v1/accounts/{}/block", scene.zed_id))
        .await
        .ok();
    scene.server.settle().await;
    assert_eq!(scene.zed.reads(&scene.server, &path).await.status, 404);
    assert_eq!(scene.peer.letters_of("Reject").len(), 1);
}

async fn unsigned(scene: &Scene, path: &str) -> Answer {
    let client = &scene.server.client;
    let request = client.request(reqwest::Method::GET, path);
    client
        .send(request.header("accept", "application/activity+json"))
        .await
}
