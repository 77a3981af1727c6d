//! Pictures through the front door: taken in, made ready, served, let go of.

mod again;
mod bucket;
mod clouds;
mod converted;
mod fewer_bytes;
pub mod known;
mod moved;
mod quotas;
mod reconciled;
mod refused;
mod shared;
mod withheld;

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::Value;
use tintype::db::media_queue::{self, Due, Priority};
use tintype::media::synthetic::photograph;

use crate::support::http::{Answer, Part, id};
use crate::support::{Person, TestServer};

async fn send(person: &Person, path: &str, kind: &str, bytes: &[u8]) -> Answer {
    let parts = [Part::File("file", "a-file", kind, bytes)];
    person.multipart(Method::POST, path, &parts).await
}

fn path_of(url: &Value) -> String {
    let url = url::Url::parse(url.as_str().expect("an address")).expect("an address");
    url.path().to_owned()
}

#[tokio::test]
async fn a_picture_is_taken_in_made_ready_attached_and_served() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(3, 1_300, 900);
    let waiting = send(&ana, "/api/v2/media", "image/jpeg", &photo).await;
    assert_eq!(waiting.status, 202);
    let media = waiting.ok();
    assert_eq!(media["url"], Value::Null);
    let path = format!("/api/v1/media/{}", id(&media));
    assert_eq!(ana.get(&path).await.status, 206);
    server.settle().await;
    let ready = ana.get(&path).await;
    assert_eq!(ready.status, 200);
    let words = [("description", "A harbour"), ("focus", "0.5,-0.25")];
    ana.form(Method::PUT, &path, &words).await;
    server.settle().await;
    let media = ana.get(&path).await.ok();
    assert_eq!(media["type"], "image");
    assert_eq!(media["description"], "A harbour");
    assert_eq!(media["meta"]["focus"]["x"], 0.5);
    // The largest size that is made.
    assert_eq!(media["meta"]["original"]["width"], 1_080);
    assert!(
        media["blurhash"].as_str().is_some_and(|hash| hash.len() > 10),
        "{media}"
    );
    let post = ana.post("").with_media(&[&media]).await;
    let shown = &server
        .client
        .get(&format!("/api/v1/statuses/{}", id(&post)))
        .await
        .ok()["media_attachments"][0];
    assert_eq!(shown["url"], media["url"]);
    for (url, widths) in [(&shown["url"], 1_080..=1_080), (&shown["preview_url"], 100..=700)] {
        let file = server.client.get(&path_of(url)).await;
        assert_eq!(file.status, 200);
        let picture = image::load_from_memory(&file.body).expect("a picture");
        assert!(
            widths.contains(&picture.width()),
            "{url} is {} wide",
            picture.width()
        );
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert!(
            file.header("cache-control")
                .is_some_and(|value| value.contains("immutable"))
        );
        assert_eq!(
            file.header("content-length"),
            Some(file.body.len().to_string().as_str())
        );
        let tag = file.header("etag").expect("an ETag").to_owned();
        let again = server.client.get(&path_of(url)).await;
        assert_eq!((&again.body, again.header("etag")), (&file.body, Some(&*tag)));
        let again = server
            .client
            .request(Method::GET, &path_of(url))
            .header("if-none-match", tag);
        assert_eq!(server.client.send(again).await.status, 304);
        let part = server
            .client
            .request(Method::GET, &path_of(url))
            .header("range", "bytes=2-5");
        let part = server.client.send(part).await;
        assert_eq!((part.status.as_u16(), &part.body[..]), (206, &file.body[2..6]));
        let place = format!("bytes 2-5/{}", file.body.len());
        assert_eq!(part.header("content-range"), Some(&*place));
    }
    assert_eq!(
        server
            .client
            .get(&path_of(&shown["url"]))
            .await
            .header("content-type"),
        Some("image/jpeg")
    );
    for variant in shown["variants"].as_array().expect("all sizes") {
        assert_eq!(
            server.client.get(&path_of(&variant["url"])).await.status,
            200,
            "{variant}"
        );
    }
    server.settle().await;
}

#[tokio::test]
async fn where_a_photo_was_taken_never_leaves() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = ana
        .uploads(
            &with_exif(&photograph(4, 400, 300), b"GPS 48.2082 N 16.3738 E"),
            "Vienna",
        )
        .await;
    let post = ana.post("").with_media(&[&media]).await;
    let mut files = vec![path_of(&media["url"]), path_of(&media["preview_url"])];
    files.extend(
        media["variants"]
            .as_array()
            .unwrap()
            .iter()
            .map(|variant| path_of(&variant["url"])),
    );
    for file in files {
        let served = server.client.get(&file).await;
        assert_eq!(served.status, 200);
        let holds = |what: &[u8]| served.body.windows(what.len()).any(|window| window == what);
        assert!(!holds(b"GPS") && !holds(b"Exif"), "{file} has metadata");
    }
    assert!(!post.to_string().contains("48.2082"));
    server.settle().await;
}

/// An EXIF segment right behind the start of a JPEG.
fn with_exif(jpeg: &[u8], content: &[u8]) -> Vec<u8> {
    let mut body = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0".to_vec();
    body.extend_from_slice(content);
    let length = u16::try_from(body.len() + 2).expect("a short segment");
    let mut with = jpeg[..2].to_vec();
    with.extend_from_slice(&[0xFF, 0xE1]);
    with.extend_from_slice(&length.to_be_bytes());
    with.extend_from_slice(&body);
    with.extend_from_slice(&jpeg[2..]);
    with
}

#[tokio::test]
async fn whoever_sends_many_pictures_does_not_keep_others_waiting() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let photo = photograph(1, 64, 48);
    let mut sent = Vec::new();
    for _ in 0..6 {
        sent.push(id(&send(&ana, "/api/v2/media", "image/jpeg", &photo)
            .await
            .value()));
    }
    let late = id(&send(&bo, "/api/v2/media", "image/jpeg", &photo).await.value());
    let mut db = server.app.db.acquire().await.expect("a connection");
    let now = server.app.clock.now();
    let due = Due {
        remote: false,
        priority: Priority::Awaited,
        until: now,
    };
    let mut taken = Vec::new();
    for _ in 0..3 {
        let next = media_queue::take(&mut db, due, now + TimeDelta::minutes(1), 1).await;
        taken.extend(next.expect("the queue").iter().map(|one| one.id.to_string()));
    }
    drop(db);
    assert_eq!(taken, [sent[0].clone(), late, sent[1].clone()]);
    server.may_leave_work();
}

#[tokio::test]
async fn a_picture_that_is_not_posted_is_its_owners_alone() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let media = ana.uploads(&photograph(8, 64, 64), "mine").await;
    let path = format!("/api/v1/media/{}", id(&media));
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        bo.form(method, &path, &[("description", "yours")])
            .await
            .refused(404);
    }
    server.client.get(&path).await.refused(401);
    let file = path_of(&media["url"]);
    ana.delete(&path).await.ok();
    ana.get(&path).await.refused(404);
    tintype::jobs::sweep_pictures::once(&server.app).await.unwrap();
    assert_eq!(server.client.get(&file).await.status, 404);
    server.settle().await;
}

#[tokio::test]
async fn the_files_of_a_deleted_post_go_after_a_while() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("for a day").with_photo().await;
    let file = path_of(&post["media_attachments"][0]["url"]);
    assert_eq!(server.client.get(&file).await.status, 200);
    ana.deletes(&post).await;
    server.settle().await;
    server.wind(chrono::TimeDelta::hours(49));
    for _ in 0..2 {
        tintype::jobs::sweep_pictures::once(&server.app).await.unwrap();
    }
    assert_eq!(server.client.get(&file).await.status, 404);
    let left: i64 = sqlx::query_scalar("select count(*) from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(left, 0);
}
