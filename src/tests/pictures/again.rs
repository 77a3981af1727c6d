//! Pictures that are done again because an admin says so: behind all others, and shown as they were meanwhile.

use chrono::TimeDelta;
use tintype::actions::redevelop::{self, Whose};
use tintype::db::media_backlog;
use tintype::db::media_queue::{self, Due, Priority};
use tintype::jobs::sweep_pictures;
use tintype::media::synthetic::photograph;
use tintype::media::{MediaKey, Size, StoredFile};

use super::{path_of, send};
use crate::support::TestServer;
use crate::support::http::id;

#[tokio::test]
async fn a_picture_that_is_made_anew_is_shown_as_it_was_until_it_is_there() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("a harbour").with_photo().await;
    server.settle().await;
    let before = post["media_attachments"][0]["url"].clone();
    let many = redevelop::anew(&server.app, Whose::Account(ana.account())).await;
    assert_eq!(many.unwrap(), 1);
    assert_eq!(
        redevelop::anew(&server.app, Whose::Everybody).await.unwrap(),
        0,
        "it waits already"
    );
    let shown = ana.sees(&post).await["media_attachments"][0]["url"].clone();
    assert_eq!(shown, before);
    assert_eq!(server.client.get(&path_of(&shown)).await.status, 200);
    server.settle().await;
    let after = ana.sees(&post).await["media_attachments"][0]["url"].clone();
    assert_ne!(after, before, "what is stored never changes under its key");
    assert_eq!(server.client.get(&path_of(&after)).await.status, 200);
    server.settle().await;
}

#[tokio::test]
async fn what_an_admin_has_done_anew_waits_behind_what_somebody_waits_for() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let old = ana.uploads(&photograph(1, 64, 48), "old").await;
    redevelop::anew(&server.app, Whose::Everybody).await.unwrap();
    server.wind(TimeDelta::minutes(5));
    let new = send(&ana, "/api/v2/media", "image/jpeg", &photograph(2, 64, 48))
        .await
        .value();
    let mut db = server.app.db.acquire().await.unwrap();
    let now = server.app.clock.now();
    let waiting = media_backlog::waiting(&mut db, now).await.unwrap();
    let lanes: Vec<_> = waiting.iter().map(|lane| (lane.priority, lane.due)).collect();
    assert_eq!(lanes, [(Priority::Awaited, 1), (Priority::Anew, 1)]);
    let mut taken = Vec::new();
    for priority in [Priority::Awaited, Priority::Better, Priority::Anew] {
        let due = Due {
            remote: false,
            priority,
            until: now,
        };
        let some = media_queue::take(&mut db, due, now + TimeDelta::minutes(1), 9).await;
        taken.extend(some.unwrap().iter().map(|one| one.id.to_string()));
    }
    drop(db);
    assert_eq!(taken, [id(&new), id(&old)]);
    server.may_leave_work();
}

#[tokio::test]
async fn what_failed_says_why_and_is_tried_again_when_an_admin_says_so() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = send(&ana, "/api/v2/media", "image/jpeg", &photograph(3, 64, 48))
        .await
        .value();
    // Its original is away, as when a folder was not mounted.
    let originals = server.app.config.data_dir.join("media/originals");
    let elsewhere = server.app.config.data_dir.join("not-mounted");
    std::fs::rename(&originals, &elsewhere).unwrap();
    server.settle().await;
    let path = format!("/api/v1/media/{}", id(&media));
    let sentence = ana.get(&path).await.refused(422);
    let mut db = server.app.db.acquire().await.unwrap();
    let reasons = media_backlog::reasons(&mut db, 5).await.unwrap();
    drop(db);
    assert_eq!(reasons.len(), 1);
    assert_eq!((reasons[0].failed, reasons[0].pictures), (true, 1));
    assert!(sentence.contains(&reasons[0].failure), "{sentence}");
    std::fs::rename(&elsewhere, &originals).unwrap();
    assert_eq!(
        redevelop::failed(&server.app, Some("three.test")).await.unwrap(),
        0
    );
    assert_eq!(redevelop::failed(&server.app, None).await.unwrap(), 1);
    server.settle().await;
    let ready = ana.get(&path).await;
    assert_eq!(ready.status, 200);
    assert_eq!(server.client.get(&path_of(&ready.ok()["url"])).await.status, 200);
    server.settle().await;
}

#[tokio::test]
async fn the_files_of_a_picture_that_is_in_hand_go_at_once_and_what_is_still_written_goes_too() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("a harbour").with_photo().await;
    server.settle().await;
    let path = path_of(&post["media_attachments"][0]["url"]);
    assert_eq!(server.client.get(&path).await.status, 200);
    sqlx::query("update media set queue = 2")
        .execute(server.db())
        .await
        .unwrap();
    ana.delete(&format!("/api/v1/statuses/{}?delete_media=true", id(&post)))
        .await
        .ok();
    sweep_pictures::once(&server.app).await.unwrap();
    assert_eq!(server.client.get(&path).await.status, 404);
    // Whoever has it in hand knows nothing of it yet.
    let key = MediaKey::parse(path.split('/').nth(2).expect("a key")).expect("a key");
    let file = StoredFile::Avif(Size::Small320);
    server.app.store.put(&key, file, "late".into()).await.unwrap();
    let late = format!("/media/{key}/{file}");
    assert_eq!(server.client.get(&late).await.status, 200);
    server.wind(TimeDelta::minutes(5));
    sweep_pictures::once(&server.app).await.unwrap();
    assert_eq!(server.client.get(&late).await.status, 404);
    let noted: i64 = sqlx::query_scalar("select count(*) from discarded_files")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(noted, 0);
    server.settle().await;
}
