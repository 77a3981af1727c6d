//! Pictures that are on the server's list, and the same picture twice: found however they were changed a little.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use serde_json::{Value, json};
use tintype::actions::known_bad::{self, Item};
use tintype::actions::redevelop::{self, Whose};
use tintype::domain::audit::By;
use tintype::domain::known_bad::{Action, Mark};
use tintype::domain::random;
use tintype::media::synthetic::photograph;
use tintype::media::{self, Focus, Limits};

use super::send;
use crate::admin::desk::one_of;
use crate::support::TestServer;
use crate::support::http::id;

pub fn exact(picture: &[u8]) -> Mark {
    Mark::Exact(random::sha256(picture).try_into().expect("32 bytes"))
}

pub fn look(picture: &[u8]) -> Mark {
    let photo = media::process(picture, &Limits::default(), Focus::new(0.0, 0.0)).expect("a picture");
    Mark::Alike(photo.look.expect("there is enough in it"))
}

/// The same picture smaller, and with more of the artefacts of a JPEG.
fn passed_on(picture: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory(picture).expect("a picture");
    let smaller = picture.resize(420, 420, FilterType::Triangle);
    let mut file = Cursor::new(Vec::new());
    smaller
        .write_with_encoder(JpegEncoder::new_with_quality(&mut file, 55))
        .expect("it can be written");
    file.into_inner()
}

pub async fn lists(server: &TestServer, mark: Mark, action: Action) {
    let comment = "as the neighbours say".to_owned();
    let item = Item {
        mark,
        action,
        comment,
    };
    known_bad::list(&server.app, By::Operator, &[item])
        .await
        .expect("it can be listed");
}

async fn hits(server: &TestServer) -> i64 {
    let hits = sqlx::query_scalar("select sum(hits)::bigint from known_bad");
    hits.fetch_one(server.db()).await.expect("the list is there")
}

#[tokio::test]
async fn a_very_file_on_the_list_is_refused_before_anything_is_kept() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(1, 600, 400);
    lists(&server, exact(&photo), Action::Refuse).await;
    for path in ["/api/v1/media", "/api/v2/media"] {
        let sentence = send(&ana, path, "image/jpeg", &photo).await.refused(422);
        assert!(sentence.contains("does not take"), "{sentence}");
    }
    assert_eq!(hits(&server).await, 2);
    let kept: i64 = sqlx::query_scalar("select count(*) from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(kept, 0);
    // Other pictures are taken, and this one when it is off the list.
    ana.uploads(&passed_on(&photo), "").await;
    assert!(
        known_bad::unlist(&server.app, By::Operator, &exact(&photo))
            .await
            .unwrap()
    );
    ana.uploads(&photo, "").await;
    server.settle().await;
}

#[tokio::test]
async fn what_looks_like_one_on_the_list_is_refused_once_it_is_opened() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(2, 900, 600);
    lists(&server, look(&photo), Action::Refuse).await;
    let sent = send(&ana, "/api/v2/media", "image/jpeg", &passed_on(&photo)).await;
    server.settle().await;
    let sentence = ana
        .get(&format!("/api/v1/media/{}", id(&sent.ok())))
        .await
        .refused(422);
    assert!(sentence.contains("does not take"), "{sentence}");
    assert_eq!(hits(&server).await, 1);
    ana.uploads(&photograph(4, 900, 600), "another").await;
    server.settle().await;
}

#[tokio::test]
async fn a_picture_that_is_to_be_hidden_makes_its_post_sensitive_whatever_its_author_says() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(2, 900, 600);
    lists(&server, look(&photo), Action::Hide).await;
    let media = ana.uploads(&passed_on(&photo), "").await;
    let post = ana.post("light").with_media(&[&media]).await;
    assert_eq!(post["sensitive"], true);
    let edited = ana
        .json(
            reqwest::Method::PUT,
            &format!("/api/v1/statuses/{}", id(&post)),
            &json!({ "status": "light", "sensitive": false, "media_ids": [media["id"]] }),
        )
        .await
        .ok();
    assert_eq!(edited["sensitive"], true);
    let other = ana.post("other").with_photo().await;
    assert_eq!(other["sensitive"], false);
    server.settle().await;
}

#[tokio::test]
async fn moderators_are_told_once_of_a_picture_that_is_to_be_reported() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let mona = one_of(&server, "mona", tintype::domain::role::Role::Moderator).await;
    let ana = server.person("ana").await;
    let photo = photograph(2, 900, 600);
    lists(&server, exact(&photo), Action::Report).await;
    let media = ana.uploads(&photo, "").await;
    let post = ana.post("light").with_media(&[&media]).await;
    assert_eq!(post["sensitive"], false);
    redevelop::anew(&server.app, Whose::Everybody).await.unwrap();
    server.settle().await;
    let reports = mona.get("/api/v1/admin/reports").await.list();
    assert_eq!(reports.len(), 1, "{reports:?}");
    assert_eq!(reports[0]["target_account"]["username"], "ana");
    assert_eq!(reports[0]["category"], "legal");
    let words = reports[0]["comment"].as_str().unwrap_or_default();
    assert!(
        words.contains(&id(&media)) && words.ends_with("as the neighbours say"),
        "{words}"
    );
    assert_eq!(hits(&server).await, 1);
}

#[tokio::test]
async fn the_same_picture_once_more_is_said_to_be_so_and_stays_apart() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let photo = photograph(2, 900, 600);
    let first = ana.uploads(&photo, "").await;
    assert_eq!(first["similar"], json!([]));
    let post = ana.post("light").with_media(&[&first]).await;
    let second = ana.uploads(&passed_on(&photo), "").await;
    assert_ne!(second["id"], first["id"]);
    assert_eq!(
        second["similar"],
        json!([{ "id": first["id"], "status_id": post["id"] }])
    );
    let third = ana.uploads(&photo, "").await;
    assert_eq!(
        third["similar"],
        json!([{ "id": second["id"], "status_id": null }, { "id": first["id"], "status_id": post["id"] }])
    );
    // Nobody learns what others have, and what is gone is like nothing.
    assert_eq!(bo.uploads(&photo, "").await["similar"], json!([]));
    assert_eq!(
        ana.uploads(&photograph(4, 900, 600), "").await["similar"],
        json!([])
    );
    // For good: else its picture waits for another post.
    let path = format!("/api/v1/statuses/{}?delete_media=true", id(&post));
    ana.delete(&path).await.ok();
    server.settle().await;
    let path = format!("/api/v1/media/{}", id(&third));
    assert_eq!(
        ana.get(&path).await.ok()["similar"],
        json!([{ "id": second["id"], "status_id": null }])
    );
    // It is between its owner and the server: posts do not tell.
    let shown: Value = ana.post("").with_media(&[&third]).await;
    assert_eq!(shown["media_attachments"][0]["similar"], Value::Null);
    server.settle().await;
}
