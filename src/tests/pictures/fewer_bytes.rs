//! AVIF of what people here post: later, in all sizes, and only where it is smaller; never without the setting.

use serde_json::Value;
use tintype::media::synthetic::photograph;

use super::path_of;
use crate::support::{Person, TestServer};

const ON: (&str, &str) = ("TINTYPE_AVIF", "on");

async fn posted(server: &TestServer, ana: &Person, photo: &[u8]) -> Value {
    let media = ana.uploads(photo, "a harbour").await;
    let post = ana.post("here").with_media(&[&media]).await;
    server.settle().await;
    server.looks_anew();
    ana.sees(&post).await["media_attachments"][0].clone()
}

/// Widths of the variants of a type.
fn widths(picture: &Value, kind: &str) -> Vec<i64> {
    let variants = picture["variants"].as_array().expect("variants").iter();
    let fitting = variants.filter(|variant| variant["type"] == kind);
    fitting
        .map(|variant| variant["width"].as_i64().expect("a number"))
        .collect()
}

async fn writes_avif(server: &TestServer) -> bool {
    match &server.app.converter {
        Some(converter) => converter.writes_avif().await,
        None => false,
    }
}

#[tokio::test]
async fn a_photo_is_there_in_fewer_bytes_once_nothing_else_waits() {
    let server = TestServer::with(&[ON]).await;
    let ana = server.person("ana").await;
    let picture = posted(&server, &ana, &photograph(31, 2_400, 1_600)).await;
    if !writes_avif(&server).await {
        assert!(widths(&picture, "image/avif").is_empty());
        return;
    }
    assert_eq!(widths(&picture, "image/avif"), [2_048, 1_080, 640, 320]);
    assert_eq!(widths(&picture, "image/avif"), widths(&picture, "image/webp"));
    assert_eq!(
        picture["variants"][0]["type"], "image/avif",
        "the smallest files come first"
    );
    for variant in picture["variants"].as_array().unwrap() {
        let avif = path_of(&variant["url"]);
        let Some(begin) = avif.strip_suffix(".avif") else {
            continue;
        };
        let (avif, webp) = (ana.get(&avif).await, ana.get(&format!("{begin}.webp")).await);
        assert_eq!(avif.header("content-type"), Some("image/avif"));
        assert_eq!(&avif.body[4..12], b"ftypavif");
        assert!(avif.body.len() < webp.body.len(), "{begin}");
    }
    // Pages without scripts name them as well, from small to large.
    let page = server.client.get("/@ana").await.text();
    let set = page
        .split("<source type=\"image/avif\" srcset=\"")
        .nth(1)
        .expect(&page);
    let set = set.split('"').next().expect("a list");
    let told: Vec<&str> = set.split(", ").filter_map(|one| one.rsplit(' ').next()).collect();
    assert_eq!(told, ["320w", "640w", "1080w", "2048w"]);
    // What rows say is what is there.
    let tally = tintype::actions::reconcile::run(
        &server.app,
        tintype::actions::reconcile::Options {
            older_than: chrono::TimeDelta::hours(-1),
            deletes: false,
            mends: false,
        },
    );
    let tally = tally.await.unwrap();
    assert_eq!((tally.strays.files, tally.wrong_sizes), (0, 0));
}

#[tokio::test]
async fn what_is_offered_after_that_keeps_it() {
    let server = TestServer::with(&[ON]).await;
    let ana = server.person("ana").await;
    let media = ana.uploads(&photograph(32, 1_300, 900), "").await;
    let post = ana
        .post("here")
        .with_media(&[&media])
        .with("offer_originals", true)
        .await;
    server.settle().await;
    server.looks_anew();
    let picture = ana.sees(&post).await["media_attachments"][0].clone();
    assert!(picture["original_file"]["url"].is_string());
    assert_eq!(
        !widths(&picture, "image/avif").is_empty(),
        writes_avif(&server).await
    );
}

#[tokio::test]
async fn without_the_setting_none_is_made() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let picture = posted(&server, &ana, &photograph(33, 700, 500)).await;
    assert!(widths(&picture, "image/avif").is_empty());
    assert!(!widths(&picture, "image/webp").is_empty());
}
