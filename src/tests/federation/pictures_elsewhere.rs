//! Pictures of posts from elsewhere whose server does not give them: it is left alone as a whole, and nobody waits for it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tintype::jobs;
use tokio_util::sync::CancellationToken;

use super::scene::Scene;
use crate::support::draft::small_photo;
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// A post of Zed's with a picture that is on another server.
async fn with_picture(scene: &Scene, from: &Peer, name: &str) -> Value {
    let note = note_with_picture(scene, from, name);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    note
}

fn note_with_picture(scene: &Scene, from: &Peer, name: &str) -> Value {
    let mut note = scene.zed.note(&format!("<p>{name}</p>"));
    let picture = json!({ "type": "Document", "mediaType": "image/jpeg", "url": from.url(name) });
    note["attachment"] = json!([picture]);
    note
}

fn asked_for_pictures(from: &Peer) -> usize {
    from.asked()
        .iter()
        .filter(|asked| asked.path.ends_with(".jpg"))
        .count()
}

/// How many servers are left alone now.
fn left_alone(scene: &Scene) -> usize {
    let app = &scene.server.app;
    app.peers.pictures.how_many(app.clock.now())
}

const READY: &str = "select count(*) from media where state = 1 and remote_host = $1";

#[tokio::test]
async fn a_failing_server_is_left_alone_with_all_its_pictures_and_asked_for_one_after_a_while() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    let names = ["/a.jpg", "/b.jpg", "/c.jpg", "/d.jpg"];
    for name in names {
        from.says(name, Says::Status(503));
    }
    for name in names {
        with_picture(&scene, &from, name).await;
    }
    assert_eq!(asked_for_pictures(&from), 2, "two in a row: {:?}", from.asked());
    assert_eq!(left_alone(&scene), 1);
    scene.server.wind(TimeDelta::seconds(70));
    scene.server.settle().await;
    assert_eq!(asked_for_pictures(&from), 3, "one is enough to find out");
    assert_eq!(left_alone(&scene), 1);
    for name in names {
        from.says(name, Says::File("image/jpeg", small_photo().to_vec()));
    }
    // Whose turn it is not is looked at again some seconds later.
    for _ in 0..names.len() {
        scene.server.wind(TimeDelta::minutes(5));
        scene.server.settle().await;
    }
    assert_eq!(scene.number(READY, &from.authority).await, 4);
    assert_eq!(left_alone(&scene), 0);
}

#[tokio::test]
async fn nobody_waits_for_a_picture_of_a_server_that_is_left_alone() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    for name in ["/a.jpg", "/b.jpg"] {
        from.says(name, Says::Status(503));
        with_picture(&scene, &from, name).await;
    }
    from.says("/c.jpg", Says::Hang);
    let note = with_picture(&scene, &from, "/c.jpg").await;
    let here = scene.of_note(&note).await.expect("the post itself is there");
    let url = here["media_attachments"][0]["url"].as_str().unwrap_or_default();
    let shown = here["media_attachments"][0]["preview_url"]
        .as_str()
        .unwrap_or(url);
    let key = key_of(&scene, "/c.jpg").await;
    assert!(shown.contains(&key), "{here}");
    let answer = scene.ana.get(&format!("/media/{key}/640.jpg")).await;
    assert_eq!(answer.status, 404);
    assert!(answer.header("retry-after").is_some(), "it may come later");
    assert_eq!(
        from.asked_for("/c.jpg"),
        0,
        "it was asked for while it is left alone"
    );
    scene.server.may_leave_work();
}

/// The key of the picture that was fetched from there.
async fn key_of(scene: &Scene, name: &str) -> String {
    sqlx::query_scalar("select key from media where remote_url like '%' || $1")
        .bind(name)
        .fetch_one(scene.server.db())
        .await
        .expect("it is known")
}

#[tokio::test]
async fn one_servers_trouble_is_not_anothers() {
    let scene = Scene::new().await;
    let (bad, good) = (Peer::start("four.test").await, Peer::start("three.test").await);
    bad.says("/a.jpg", Says::Status(503));
    good.says("/b.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    with_picture(&scene, &bad, "/a.jpg").await;
    with_picture(&scene, &good, "/b.jpg").await;
    assert_eq!(scene.number(READY, &good.authority).await, 1);
    assert_eq!(scene.number(READY, &bad.authority).await, 0);
    scene.server.may_leave_work();
}

#[tokio::test]
async fn however_many_servers_are_silent_pictures_of_one_that_is_known_to_give_them_go_on() {
    let scene = Scene::new().await;
    let good = Peer::start("three.test").await;
    for name in ["/a.jpg", "/b.jpg"] {
        good.says(name, Says::File("image/jpeg", small_photo().to_vec()));
    }
    with_picture(&scene, &good, "/a.jpg").await;
    assert_eq!(scene.number(READY, &good.authority).await, 1);
    let mut silent = Vec::new();
    for _ in 0..12 {
        let from = Peer::start("four.test").await;
        from.says("/c.jpg", Says::Hang);
        let note = note_with_picture(&scene, &from, "/c.jpg");
        scene.zed.tells(&scene.server, &scene.zed.creates(&note)).await;
        silent.push(from);
    }
    let working = CancellationToken::new();
    let running = jobs::start(&scene.server.app, &working);
    let asked = || silent.iter().map(asked_for_pictures).sum::<usize>();
    eventually("silent servers are asked", async || (asked() >= 4).then_some(())).await;
    let note = note_with_picture(&scene, &good, "/b.jpg");
    scene.zed.tells(&scene.server, &scene.zed.creates(&note)).await;
    eventually("the other picture is there", async || {
        (scene.number(READY, &good.authority).await == 2).then_some(())
    })
    .await;
    assert_eq!(
        asked(),
        4,
        "half of the workers wait for servers that nobody knows"
    );
    working.cancel();
    running.close();
    running.wait().await;
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
    assert_eq!(scene.number(READY, &from.authority).await, 1);
    assert_eq!(left_alone(&scene), 0);
    scene.server.may_leave_work();
}

#[tokio::test]
async fn one_address_that_does_not_answer_stops_no_other_picture_of_its_server_however_often_it_is_named() {
    for silent in [Says::Status(503), Says::Status(429), Says::Cut] {
        let scene = Scene::new().await;
        let from = Peer::start("four.test").await;
        from.says("/a.jpg", silent.clone());
        from.says("/b.jpg", Says::File("image/jpeg", small_photo().to_vec()));
        for _ in 0..3 {
            with_picture(&scene, &from, "/a.jpg").await;
        }
        assert!(from.asked_for("/a.jpg") >= 3, "{silent:?}: {:?}", from.asked());
        assert_eq!(left_alone(&scene), 0, "{silent:?}");
        with_picture(&scene, &from, "/b.jpg").await;
        assert_eq!(scene.number(READY, &from.authority).await, 1, "{silent:?}");
        scene.server.may_leave_work();
    }
}

#[tokio::test]
async fn a_picture_that_fails_alone_is_asked_for_ever_more_rarely_and_when_somebody_looks_at_it() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    from.says("/a.jpg", Says::Status(503));
    with_picture(&scene, &from, "/a.jpg").await;
    for tries in 1..=6 {
        assert_eq!(from.asked_for("/a.jpg"), tries);
        scene.server.wind(TimeDelta::seconds(30));
        scene.server.settle().await;
        assert_eq!(from.asked_for("/a.jpg"), tries, "it waits");
        scene.server.wind(TimeDelta::days(1));
        scene.server.settle().await;
    }
    assert_eq!(from.asked_for("/a.jpg"), 6, "it is no longer asked for by itself");
    from.says("/a.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    let key = key_of(&scene, "/a.jpg").await;
    let path = format!("/media/{key}/640.jpg");
    let queued = "select count(*) from media where queue > 0 and remote_host = $1";
    let work = async {
        eventually("it is wanted", async || {
            (scene.number(queued, &from.authority).await == 1).then_some(())
        })
        .await;
        scene.server.settle().await;
    };
    let (looked, ()) = tokio::join!(scene.ana.get(&path), work);
    assert_eq!(looked.status, 200);
    assert_eq!(scene.number(READY, &from.authority).await, 1);
}

#[tokio::test]
async fn a_server_that_says_how_long_to_wait_is_believed_at_once_and_not_for_ever() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    from.says("/a.jpg", Says::Wait(429, "600"));
    from.says("/b.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    with_picture(&scene, &from, "/a.jpg").await;
    assert_eq!(left_alone(&scene), 1);
    with_picture(&scene, &from, "/b.jpg").await;
    scene.server.wind(TimeDelta::minutes(9));
    scene.server.settle().await;
    assert_eq!(asked_for_pictures(&from), 1, "it asked for ten minutes");
    scene.server.wind(TimeDelta::minutes(2));
    scene.server.settle().await;
    assert_eq!(
        scene.number(READY, &from.authority).await,
        1,
        "the other one's turn is first"
    );
    from.says("/a.jpg", Says::Wait(429, "99999999"));
    scene.server.wind(TimeDelta::minutes(2));
    scene.server.settle().await;
    scene.server.wind(TimeDelta::hours(6));
    assert_eq!(left_alone(&scene), 0);
    scene.server.may_leave_work();
}
