//! Copies of other servers' pictures: which go, which stay, and that they come back when somebody looks.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tintype::actions::prune_pictures::{self, Pruned};
use tintype::jobs::sweep_pictures;

use super::scene::{Scene, find};
use crate::support::draft::small_photo;
use crate::support::http::{Answer, id};
use crate::support::peer::Says;
use crate::support::waiting::eventually;

/// A post of Zed's with a picture, which is here by then; as Ana has it.
async fn with_picture(scene: &Scene, name: &str) -> Value {
    let path = format!("/{name}.jpg");
    scene
        .peer
        .says(&path, Says::File("image/jpeg", small_photo().to_vec()));
    let mut note = scene.zed.note(&format!("<p>{name}</p>"));
    let picture = json!({ "type": "Document", "mediaType": "image/jpeg", "url": scene.peer.url(&path) });
    note["attachment"] = json!([picture]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    scene.of_note(&note).await.expect("the post came in")
}

/// Whether the copy of that picture is here.
async fn is_here(scene: &Scene, name: &str) -> bool {
    let stored = "select count(*) from media where state = 1 and remote_url like '%/' || $1 || '.jpg'";
    scene.number(stored, name).await == 1
}

async fn sweep(scene: &Scene) {
    sweep_pictures::once(&scene.server.app).await.expect("a sweep");
}

/// What is at an address of ours, its work done meanwhile.
async fn looked_at(scene: &Scene, address: &Value) -> Answer {
    let address = url::Url::parse(address.as_str().expect("an address")).expect("an address");
    let work = async {
        eventually("it is wanted", async || {
            (scene
                .number("select count(*) from media where queue > 0 and $1 = ''", "")
                .await
                == 1)
                .then_some(())
        })
        .await;
        scene.server.settle().await;
    };
    let (answer, ()) = tokio::join!(scene.ana.get(address.path()), work);
    answer
}

#[tokio::test]
async fn a_copy_that_nobody_looked_at_goes_and_comes_back_when_somebody_does() {
    let scene = Scene::new().await;
    let post = with_picture(&scene, "harbour").await;
    let before = post["media_attachments"][0]["url"].clone();
    scene.server.wind(TimeDelta::days(29));
    sweep(&scene).await;
    assert!(is_here(&scene, "harbour").await);
    scene.server.wind(TimeDelta::days(2));
    assert_eq!(
        prune_pictures::forecast(&scene.server.app)
            .await
            .unwrap()
            .pictures,
        1
    );
    sweep(&scene).await;
    assert!(!is_here(&scene, "harbour").await);
    // Pages that were made a moment ago still show it, for an hour.
    let path = url::Url::parse(before.as_str().unwrap())
        .unwrap()
        .path()
        .to_owned();
    assert_eq!(scene.ana.get(&path).await.status, 200);
    scene.server.wind(TimeDelta::hours(2));
    sweep(&scene).await;
    assert_eq!(scene.ana.get(&path).await.status, 404);
    let again = scene.ana.sees(&post).await;
    let picture = &again["media_attachments"][0];
    assert_ne!(picture["url"], before);
    assert_eq!(
        (&picture["type"], &picture["blurhash"]),
        (&json!("image"), &post["media_attachments"][0]["blurhash"]),
        "its colours stand for it meanwhile"
    );
    assert_eq!(looked_at(&scene, &picture["url"]).await.status, 200);
    assert_eq!(scene.peer.asked_for("/harbour.jpg"), 2);
    assert!(is_here(&scene, "harbour").await);
}

#[tokio::test]
async fn what_people_here_liked_saved_or_passed_on_stays() {
    let scene = Scene::new().await;
    let names = ["liked", "saved", "passed_on", "left"];
    let mut posts = Vec::new();
    for name in names {
        posts.push(with_picture(&scene, name).await);
    }
    scene.ana.likes(&posts[0]).await;
    scene.ana.bookmarks(&posts[1]).await;
    scene.ana.reposts(&posts[2]).await;
    scene.server.settle().await;
    scene.server.wind(TimeDelta::days(31));
    let forecast = prune_pictures::forecast(&scene.server.app).await.unwrap();
    sweep(&scene).await;
    let mut here = Vec::new();
    for name in names {
        here.push(is_here(&scene, name).await);
    }
    assert_eq!(here, [true, true, true, false]);
    assert_eq!(forecast.pictures, 1);
    // Who no longer likes it keeps it no longer.
    scene.ana.does("unfavourite", &posts[0]).await.ok();
    scene.server.settle().await;
    scene.server.wind(TimeDelta::days(31));
    sweep(&scene).await;
    assert!(!is_here(&scene, "liked").await);
    assert!(is_here(&scene, "saved").await);
}

#[tokio::test]
async fn beyond_the_room_that_copies_may_take_those_go_first_that_were_not_looked_at_for_longest() {
    let scene = Scene::with(&[("TINTYPE_REMOTE_MEDIA_BYTES", "100 MB")]).await;
    for name in ["first", "second", "third"] {
        with_picture(&scene, name).await;
        scene.server.wind(TimeDelta::hours(7));
    }
    // Somebody looks at the first again.
    let key: String = sqlx::query_scalar("select key from media where remote_url like '%/first.jpg'")
        .fetch_one(scene.server.db())
        .await
        .unwrap();
    assert_eq!(scene.ana.get(&format!("/media/{key}/640.jpg")).await.status, 200);
    scene.server.wind(TimeDelta::hours(2));
    sqlx::query("update media set stored_bytes = 45000000 where remote_url is not null")
        .execute(scene.server.db())
        .await
        .unwrap();
    sweep_pictures::note_views(
        &scene.server.app,
        scene.server.app.clock.now() - TimeDelta::hours(2),
    )
    .await
    .unwrap();
    let forecast = prune_pictures::forecast(&scene.server.app).await.unwrap();
    assert_eq!(
        forecast,
        Pruned {
            pictures: 1,
            bytes: 45_000_000,
            kept: 0
        }
    );
    for _ in 0..2 {
        sweep(&scene).await;
        let mut here = Vec::new();
        for name in ["first", "second", "third"] {
            here.push(is_here(&scene, name).await);
        }
        assert_eq!(here, [true, false, true]);
    }
    assert_eq!(
        prune_pictures::forecast(&scene.server.app).await.unwrap(),
        Pruned::default()
    );
}

#[tokio::test]
async fn a_picture_of_a_profile_goes_too_and_the_profile_names_its_next_address() {
    let scene = Scene::new().await;
    scene
        .peer
        .says("/me.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    let yan = scene.peer.actor("yan");
    let mut document = yan.document();
    document["icon"] =
        json!({ "type": "Image", "mediaType": "image/jpeg", "url": scene.peer.url("/me.jpg") });
    scene.peer.says("/users/yan", Says::Document(document));
    let path = format!("/api/v1/accounts/{}", find(&scene.ana, &yan.handle()).await);
    scene.server.settle().await;
    let before = scene.ana.get(&path).await.ok();
    assert!(is_here(&scene, "me").await);
    scene.server.wind(TimeDelta::days(31));
    sweep(&scene).await;
    assert!(!is_here(&scene, "me").await);
    scene.server.forget();
    let after = scene.ana.get(&path).await.ok();
    assert_ne!(after["avatar"], before["avatar"]);
    assert_eq!(looked_at(&scene, &after["avatar"]).await.status, 200);
    assert_eq!(scene.peer.asked_for("/me.jpg"), 2);
}

#[tokio::test]
async fn what_is_somebodys_here_is_never_let_go_of() {
    let scene = Scene::with(&[("TINTYPE_REMOTE_MEDIA_BYTES", "100 MB")]).await;
    let post = scene.ana.post("mine").with_photo().await;
    sqlx::query("update media set stored_bytes = 900000000")
        .execute(scene.server.db())
        .await
        .unwrap();
    scene.server.wind(TimeDelta::days(4_000));
    sweep(&scene).await;
    let here = "select count(*) from media where state = 1 and id = $1::bigint";
    assert_eq!(scene.number(here, &id(&post["media_attachments"][0])).await, 1);
    scene.server.settle().await;
}
