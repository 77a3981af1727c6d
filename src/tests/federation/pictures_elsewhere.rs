//! Pictures of posts from elsewhere whose server does not give them: it is left alone as a whole, and nobody waits for it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::draft::small_photo;
use crate::support::peer::{Peer, Says};

/// A post of Zed's with a picture that is on another server.
async fn with_picture(scene: &Scene, from: &Peer, name: &str) -> Value {
    let mut note = scene.zed.note(&format!("<p>{name}</p>"));
    let picture = json!({ "type": "Document", "mediaType": "image/jpeg", "url": from.url(name) });
    note["attachment"] = json!([picture]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    note
}

fn asked_for_pictures(from: &Peer) -> usize {
    from.asked()
        .iter()
        .filter(|asked| asked.path.ends_with(".jpg"))
        .count()
}

#[tokio::test]
async fn a_failing_server_is_left_alone_with_all_its_pictures_and_asked_for_one_after_a_while() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    let names = ["/a.jpg", "/b.jpg", "/c.jpg", "/d.jpg"];
    for name in names {
        from.says(name, Says::Status(503));
    }
    let mut notes = Vec::new();
    for name in names {
        notes.push(with_picture(&scene, &from, name).await);
    }
    assert_eq!(asked_for_pictures(&from), 1, "{:?}", from.asked());
    scene.server.wind(TimeDelta::minutes(2));
    scene.server.settle().await;
    assert_eq!(asked_for_pictures(&from), 2, "one is enough to find out");
    let app = &scene.server.app;
    assert_eq!(app.peers.pictures.how_many(app.clock.now()), 1);
    for name in names {
        from.says(name, Says::File("image/jpeg", small_photo().to_vec()));
    }
    // Whose turn it is not is looked at again some seconds later.
    for _ in 0..names.len() {
        scene.server.wind(TimeDelta::minutes(5));
        scene.server.settle().await;
    }
    let ready = "select count(*) from media where state = 1 and remote_host = $1";
    assert_eq!(scene.number(ready, &from.authority).await, 4);
    assert_eq!(app.peers.pictures.how_many(app.clock.now()), 0);
}

#[tokio::test]
async fn nobody_waits_for_a_picture_of_a_server_that_is_left_alone() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    from.says("/a.jpg", Says::Status(503));
    from.says("/b.jpg", Says::Hang);
    with_picture(&scene, &from, "/a.jpg").await;
    let note = with_picture(&scene, &from, "/b.jpg").await;
    let here = scene.of_note(&note).await.expect("the post itself is there");
    let url = here["media_attachments"][0]["url"].as_str().unwrap_or_default();
    let shown = here["media_attachments"][0]["preview_url"]
        .as_str()
        .unwrap_or(url);
    let key: String = sqlx::query_scalar("select key from media where remote_url like '%/b.jpg'")
        .fetch_one(scene.server.db())
        .await
        .expect("it is known");
    assert!(shown.contains(&key), "{here}");
    let answer = scene.ana.get(&format!("/media/{key}/640.jpg")).await;
    assert_eq!(answer.status, 404);
    assert!(answer.header("retry-after").is_some(), "it may come later");
    assert_eq!(
        from.asked_for("/b.jpg"),
        0,
        "it was asked for while it is left alone"
    );
    scene.server.may_leave_work();
}

#[tokio::test]
async fn one_servers_trouble_is_not_anothers() {
    let scene = Scene::new().await;
    let (bad, good) = (Peer::start("four.test").await, Peer::start("three.test").await);
    bad.says("/a.jpg", Says::Status(503));
    good.says("/b.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    with_picture(&scene, &bad, "/a.jpg").await;
    with_picture(&scene, &good, "/b.jpg").await;
    let ready = "select count(*) from media where state = 1 and remote_host = $1";
    assert_eq!(scene.number(ready, &good.authority).await, 1);
    assert_eq!(scene.number(ready, &bad.authority).await, 0);
    scene.server.may_leave_work();
}

#[tokio::test]
async fn one_broken_picture_stops_no_other_of_its_server() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    from.says("/a.jpg", Says::Status(500));
    from.says("/b.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    with_picture(&scene, &from, "/a.jpg").await;
    with_picture(&scene, &from, "/b.jpg").await;
    let ready = "select count(*) from media where state = 1 and remote_host = $1";
    assert_eq!(scene.number(ready, &from.authority).await, 1);
    let app = &scene.server.app;
    assert_eq!(app.peers.pictures.how_many(app.clock.now()), 0);
    scene.server.may_leave_work();
}
