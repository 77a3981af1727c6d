//! Resumable uploads that do not keep to the rules: each is told so in the status that tus has for it, and harms nothing.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use tintype::actions::quota::{self, Word};
use tintype::domain::audit::By;
use tintype::media::OriginalKey;
use tintype::media::synthetic::photograph;

use super::staged;
use crate::support::TestServer;
use crate::support::tus::{PIECE, UPLOADS, announce, ask, begins, head, offset, piece, place, sends};

#[tokio::test]
async fn an_announcement_that_cannot_be_kept_is_refused_at_once() {
    let server = TestServer::with(&[("TINTYPE_PHOTO_BYTES", "100 kB"), ("TINTYPE_VIDEOS", "off")]).await;
    let ana = server.person("ana").await;
    let speechless = ana.request(Method::POST, UPLOADS).header("upload-length", 5);
    let answer = ana.send(speechless).await;
    answer.refused(412);
    assert_eq!(answer.header("tus-version"), Some("1.0.0"));
    let old = ana
        .request(Method::POST, UPLOADS)
        .header("tus-resumable", "0.2.2");
    ana.send(old).await.refused(412);
    for (name, value, status) in [
        ("upload-defer-length", "1", 400),
        ("upload-length", "", 400),
        ("upload-length", "-1", 400),
        ("upload-length", "+1", 400),
        ("upload-length", "1e3", 400),
        ("upload-length", "99999999999999999999999", 400),
        ("upload-length", "0", 422),
        ("upload-length", "100001", 413),
        ("upload-length", "18446744073709551615", 413),
    ] {
        let request = ask(&ana, Method::POST, UPLOADS).header(name, value);
        ana.send(request).await.refused(status);
    }
    for (metadata, status) in [("description %%%", 400), (",,", 400), ("a Zg==,a Zg==", 400)] {
        let request = ask(&ana, Method::POST, UPLOADS)
            .header("upload-length", 5)
            .header("upload-metadata", metadata);
        ana.send(request).await.refused(status);
    }
    let long = "a".repeat(1_501);
    announce(&ana, 5, &[("description", &long)]).await.refused(422);
    let typed = ask(&ana, Method::POST, UPLOADS)
        .header("upload-length", 5)
        .header("content-type", "image/jpeg")
        .body("12345");
    ana.send(typed).await.refused(415);
    let count: i64 = sqlx::query_scalar("select count(*) from resumable_uploads")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_piece_that_does_not_fit_changes_nothing() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(14, 200, 100);
    let path = begins(&ana, photo.len()).await;
    assert_eq!(sends(&ana, &path, 0, &photo[..100]).await.status, 204);
    let at = |method| ask(&ana, method, &path).header("upload-offset", 100);
    let refused = [
        (
            at(Method::PATCH).header("content-type", "image/jpeg").body("x"),
            415,
        ),
        (at(Method::PATCH).body("x"), 415),
        (
            ask(&ana, Method::PATCH, &path)
                .header("content-type", PIECE)
                .body("x"),
            400,
        ),
        (piece(&ana, &path, 0, "x"), 409),
        (piece(&ana, &path, 101, "x"), 409),
        (piece(&ana, &path, 100, photo[..photo.len() - 99].to_vec()), 413),
        (
            piece(&ana, &path, 100, "x").header("upload-checksum", "md5 XrY7u+Ae7tCTyyK7j1rNww=="),
            400,
        ),
        (
            piece(&ana, &path, 100, "x").header("upload-checksum", "sha1"),
            400,
        ),
        (
            piece(&ana, &path, 100, "x").header("upload-checksum", "sha256 Zg=="),
            400,
        ),
        (at(Method::POST).header("x-http-method-override", "GET"), 400),
        (at(Method::POST), 400),
    ];
    for (request, status) in refused {
        ana.send(request).await.refused(status);
        assert_eq!(offset(&ana, &path).await, 100);
    }
    let speechless = ana.request(Method::PATCH, &path).body("x");
    ana.send(speechless).await.refused(412);
    // By another method, for those who cannot send this one.
    let instead = at(Method::POST)
        .header("content-type", PIECE)
        .header("x-http-method-override", "PATCH")
        .body(photo[100..150].to_vec());
    assert_eq!(ana.send(instead).await.status, 204);
    assert_eq!(offset(&ana, &path).await, 150);
}

#[tokio::test]
async fn a_piece_with_a_checksum_is_kept_when_it_fits_and_not_at_all_when_it_does_not() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(15, 200, 100);
    let path = begins(&ana, photo.len()).await;
    for (number, algorithm) in [&SHA1_FOR_LEGACY_USE_ONLY, &SHA256].into_iter().enumerate() {
        let name = ["sha1", "sha256"][number];
        let (from, to) = (number * 100, number * 100 + 100);
        let right = STANDARD.encode(digest(algorithm, &photo[from..to]));
        let sum = format!("{name} {right}");
        let wrong = piece(&ana, &path, from, photo[from + 1..to].to_vec()).header("upload-checksum", &sum);
        let refused = ana.send(wrong).await;
        refused.refused(460);
        assert_eq!(offset(&ana, &path).await, from, "{name}");
        let fits = piece(&ana, &path, from, photo[from..to].to_vec()).header("upload-checksum", &sum);
        assert_eq!(ana.send(fits).await.status, 204, "{name}");
        assert_eq!(offset(&ana, &path).await, to, "{name}");
    }
    let last = sends(&ana, &path, 200, &photo[200..]).await;
    assert!(last.header("tintype-media-id").is_some(), "{}", last.text());
    server.settle().await;
}

#[tokio::test]
async fn nobody_meets_anothers_upload() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let path = begins(&ana, 50).await;
    let unknown = format!("{UPLOADS}/{}", OriginalKey::random().expect("random bytes"));
    for (whose, path) in [
        (&bo, path.as_str()),
        (&ana, &unknown),
        (&ana, "/api/tintype/v1/uploads/1"),
    ] {
        assert_eq!(head(whose, path).await.status, 404);
        sends(whose, path, 0, b"x").await.refused(404);
        whose.send(ask(whose, Method::DELETE, path)).await.refused(404);
    }
    let narrow = server.token_for(&ana, "read write:statuses").await;
    for client in [&server.client, &narrow] {
        let status = if client.token.is_some() { 403 } else { 401 };
        assert_eq!(head(client, &path).await.status, status);
        announce(client, 5, &[]).await.refused(status);
        sends(client, &path, 0, b"x").await.refused(status);
        client
            .send(ask(client, Method::DELETE, &path))
            .await
            .refused(status);
    }
    assert_eq!(offset(&ana, &path).await, 0);
}

#[tokio::test]
async fn what_turns_out_to_be_no_picture_is_refused_and_gone() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(16, 200, 100);
    for bad in [&b"This is not a picture at all."[..], &photo[..photo.len() / 2]] {
        let path = begins(&ana, bad.len()).await;
        let sentence = sends(&ana, &path, 0, bad).await.refused(422);
        assert!(sentence.ends_with('.'), "{sentence}");
        assert_eq!(head(&ana, &path).await.status, 404);
    }
    assert!(staged(&server).is_empty());
    server.settle().await;
}

#[tokio::test]
async fn what_is_of_a_type_that_is_not_taken_is_refused_as_that_and_before_it_is_sent_where_it_says_so() {
    let server = TestServer::with(&[("TINTYPE_VIDEOS", "off")]).await;
    let ana = server.person("ana").await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
    for (word, value) in [
        ("filetype", "image/svg+xml"),
        ("type", "application/pdf"),
        ("filetype", "text/html; charset=utf-8"),
        // Its sentence is another: there is no program for it.
        ("filetype", "video/mp4"),
    ] {
        let sentence = announce(&ana, svg.len(), &[(word, value)]).await.refused(415);
        assert!(sentence.ends_with("send JPEG, PNG, GIF or WebP."), "{sentence}");
    }
    for (said, status) in [
        (&[("filename", "logo.svg")][..], 415),
        (&[("filename", "logo.svg"), ("filetype", "image/png")], 422),
        (
            &[("filename", "logo.png"), ("filetype", "application/octet-stream")],
            422,
        ),
        (&[], 422),
    ] {
        let path = place(&announce(&ana, svg.len(), said).await);
        sends(&ana, &path, 0, svg).await.refused(status);
        assert_eq!(head(&ana, &path).await.status, 404);
    }
    assert!(staged(&server).is_empty());
    // Whatever it says, a picture is one.
    let photo = photograph(17, 200, 100);
    let path = place(&announce(&ana, photo.len(), &[("filename", "logo.svg")]).await);
    let sent = sends(&ana, &path, 0, &photo).await;
    assert!(sent.header("tintype-media-id").is_some(), "{}", sent.text());
    server.settle().await;
}

#[tokio::test]
async fn one_request_writes_an_upload_at_a_time() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let path = begins(&ana, 50).await;
    let key = OriginalKey::parse(path.rsplit('/').next().unwrap()).expect("a key");
    let held = server.app.staging.open(&key, 0).await.expect("nobody writes it");
    sends(&ana, &path, 0, b"abc").await.refused(423);
    ana.send(ask(&ana, Method::DELETE, &path)).await.refused(423);
    assert_eq!(offset(&ana, &path).await, 0);
    drop(held);
    assert_eq!(sends(&ana, &path, 0, b"abc").await.status, 204);
}

#[tokio::test]
async fn a_full_disk_is_507_and_the_upload_waits_for_room() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(17, 100, 80);
    let path = begins(&ana, photo.len()).await;
    let file = server
        .app
        .config
        .data_dir
        .join("uploads")
        .join(path.rsplit('/').next().unwrap());
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    // The device on which nothing fits, in the place of the file.
    std::os::unix::fs::symlink("/dev/full", &file).unwrap();
    let sentence = sends(&ana, &path, 0, &photo).await.refused(507);
    assert!(sentence.contains("disk is full"), "{sentence}");
    assert_eq!(offset(&ana, &path).await, 0);
    std::fs::remove_file(&file).unwrap();
    let sent = sends(&ana, &path, 0, &photo).await;
    assert!(sent.header("tintype-media-id").is_some(), "{}", sent.text());
    server.settle().await;
}

#[tokio::test]
async fn an_announced_upload_takes_its_room_until_it_is_given_up() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    quota::change(&server.app, By::Operator, ana.account(), Word::Bytes(1_000))
        .await
        .expect("she lives here");
    let path = begins(&ana, 700).await;
    let left = async || ana.get("/api/tintype/v1/quota").await.ok()["left"].clone();
    assert_eq!(left().await, 300);
    let full = announce(&ana, 301, &[]).await.refused(413);
    assert!(
        full.contains("of the 1000 bytes") && full.contains("700 are used"),
        "{full}"
    );
    begins(&ana, 300).await;
    let ended = ana.send(ask(&ana, Method::DELETE, &path)).await;
    assert_eq!((ended.status.as_u16(), left().await), (204, 700.into()));
    assert_eq!(head(&ana, &path).await.status, 404);
}
