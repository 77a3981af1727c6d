//! Uploads that apps put into the bucket themselves, and what somebody may do with an address that is signed.

use std::net::Ipv4Addr;

use aws_lc_rs::digest::{SHA256, digest};
use chrono::TimeDelta;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tintype::actions::delete_account;
use tintype::actions::quota::{self, Word};
use tintype::actions::resumable::direct;
use tintype::domain::audit::By;
use tintype::jobs::sweep_pictures;
use tintype::media::synthetic::photograph;

use super::picture;
use crate::support::http::{Answer, id};
use crate::support::s3::Bucket;
use crate::support::server::PASSWORD;
use crate::support::tus::{announce as announce_by_tus, head};
use crate::support::{Person, TestServer};

const DIRECT: &str = "/api/tintype/v1/direct_uploads";

async fn a_server(bucket: &Bucket, more: &[(&'static str, &'static str)]) -> TestServer {
    let settings = bucket.settings("");
    let mut all: Vec<(&str, &str)> = settings.to_vec();
    all.push(("TINTYPE_S3_DIRECT_UPLOADS", "on"));
    all.extend(more);
    TestServer::with(&all).await
}

fn sum(file: &[u8]) -> String {
    let digest = digest(&SHA256, file);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn announces(person: &Person, size: usize, sum: &str, more: Value) -> Answer {
    let mut words = json!({ "size": size, "sha256": sum });
    for (word, value) in more.as_object().expect("words") {
        words[word] = value.clone();
    }
    person.json(Method::POST, DIRECT, &words).await
}

async fn announced(person: &Person, file: &[u8]) -> Value {
    announces(person, file.len(), &sum(file), json!({})).await.ok()
}

/// Puts bytes where an app is told to, as it is told to; what the bucket says, and its tag for them.
async fn puts(place: &Value, headers: &Value, bytes: Vec<u8>) -> (StatusCode, String) {
    let mut request = reqwest::Client::new().put(place["url"].as_str().expect("an address"));
    for (name, value) in headers.as_object().expect("headers") {
        request = request.header(name, value.as_str().expect("a text"));
    }
    let answer = request.body(bytes).send().await.expect("the bucket answers");
    let tag = answer
        .headers()
        .get("etag")
        .map(|tag| tag.to_str().expect("words").to_owned());
    (answer.status(), tag.unwrap_or_default())
}

async fn puts_whole(upload: &Value, file: &[u8]) -> StatusCode {
    puts(&upload["parts"][0], &upload["headers"], file.to_vec())
        .await
        .0
}

async fn confirms(person: &Person, upload: &Value, words: Value) -> Answer {
    let path = format!("{DIRECT}/{}/confirm", id(upload));
    person.json(Method::POST, &path, &words).await
}

fn in_staging(bucket: &Bucket) -> usize {
    let names = bucket.names();
    names.iter().filter(|name| name.starts_with("staging/")).count()
}

#[tokio::test]
async fn a_photo_goes_straight_into_the_bucket_and_is_a_picture_once_it_is_confirmed() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let ana = server.person("ana").await;
    let photo = photograph(21, 700, 500);
    let about = ana.get("/api/v2/instance").await.ok();
    assert_eq!(
        about["configuration"]["media_attachments"]["direct_uploads"],
        true
    );
    let words = json!({ "description": "A harbour", "focus": "0.5,-0.25", "content_type": "image/jpeg" });
    let upload = announces(&ana, photo.len(), &sum(&photo), words).await.ok();
    assert_eq!(upload["parts"][0]["size"], photo.len());
    confirms(&ana, &upload, json!({})).await.refused(409);
    assert_eq!(puts_whole(&upload, &photo).await, 200);
    let confirmed = confirms(&ana, &upload, json!({})).await.ok();
    let media = confirmed["media_id"]
        .as_str()
        .expect("it is a picture")
        .to_owned();
    // Whoever asks twice is told the same, and another's is nobody's.
    assert_eq!(
        confirms(&ana, &upload, json!({})).await.ok()["media_id"],
        media.as_str()
    );
    assert_eq!(
        ana.get(&format!("{DIRECT}/{}", id(&upload))).await.ok()["media_id"],
        media.as_str()
    );
    let shown = picture(&server, &ana, &media).await;
    assert_eq!(shown["description"], "A harbour");
    assert_eq!(shown["meta"]["focus"]["x"], 0.5);
    assert!(super::original(&server, &media).await == photo);
    assert_eq!(in_staging(&bucket), 0);
    let many: i64 = sqlx::query_scalar("select count(*) from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(many, 1);
}

#[tokio::test]
async fn what_is_large_goes_in_parts_that_the_bucket_puts_together() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let ana = server.person("ana").await;
    // A photo with so much said beside the picture that it is large.
    let photo = photograph(22, 300, 200);
    let mut large = photo[..2].to_vec();
    let comment = [&[0xFF, 0xFE, 0xFF, 0xFF][..], &[b'x'; 65_533]].concat();
    for _ in 0..280 {
        large.extend(&comment);
    }
    large.extend(&photo[2..]);
    let upload = announced(&ana, &large).await;
    let parts = upload["parts"].as_array().expect("parts").clone();
    assert_eq!(parts.len(), 2);
    confirms(&ana, &upload, json!({})).await.refused(400);
    let mut tags = Vec::new();
    for part in &parts {
        let from = part["offset"].as_u64().expect("a number") as usize;
        let bytes = large[from..from + part["size"].as_u64().expect("a number") as usize].to_vec();
        let (status, tag) = puts(part, &upload["headers"], bytes).await;
        assert_eq!(status, 200);
        tags.push(tag);
    }
    confirms(&ana, &upload, json!({ "etags": tags[..1] }))
        .await
        .refused(400);
    let confirmed = confirms(&ana, &upload, json!({ "etags": tags })).await.ok();
    let media = confirmed["media_id"]
        .as_str()
        .expect("it is a picture")
        .to_owned();
    picture(&server, &ana, &media).await;
    assert!(super::original(&server, &media).await == large);
    assert_eq!(in_staging(&bucket), 0);
}

#[tokio::test]
async fn a_part_is_as_long_as_it_was_announced_and_nothing_longer_comes_to_lie_there() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let ana = server.person("ana").await;
    let size = (16 << 20) + 10;
    let upload = announces(&ana, size, &sum(b"large"), json!({})).await.ok();
    let last = &upload["parts"][1];
    assert_eq!(last["size"], 10);
    for bytes in [11, 9, 0, 6 << 20] {
        assert_eq!(puts(last, &json!({}), vec![0; bytes]).await.0, 403, "{bytes}");
    }
    // Nor without saying how long it is, nor as another part.
    let url = last["url"].as_str().expect("an address");
    let pieces = futures::stream::iter([Ok::<_, std::io::Error>(vec![0_u8; 10])]);
    let request = reqwest::Client::new()
        .put(url)
        .body(reqwest::Body::wrap_stream(pieces));
    assert_ne!(request.send().await.expect("the bucket answers").status(), 200);
    let other = json!({ "url": url.replace("partNumber=2", "partNumber=3") });
    assert_eq!(puts(&other, &json!({}), vec![0; 10]).await.0, 403);
    assert_eq!(puts(last, &json!({}), vec![0; 10]).await.0, 200);
    assert_eq!(ana.delete(&format!("{DIRECT}/{}", id(&upload))).await.status, 204);
    // Its parts went with it.
    assert_ne!(puts(last, &json!({}), vec![0; 10]).await.0, 200);
}

#[tokio::test]
async fn nothing_but_what_was_announced_can_be_put_or_confirmed() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let (ana, ben) = (server.person("ana").await, server.person("ben").await);
    let photo = photograph(23, 200, 100);
    // Neither longer nor shorter, of no other type, and nowhere else.
    let upload = announced(&ana, &photo).await;
    for bytes in [[&photo[..], b"more"].concat(), photo[1..].to_vec()] {
        assert_eq!(puts_whole(&upload, &bytes).await, 403);
    }
    let page = json!({ "content-type": "text/html", "x-amz-checksum-sha256": upload["headers"]["x-amz-checksum-sha256"] });
    assert_eq!(puts(&upload["parts"][0], &page, photo.clone()).await.0, 403);
    let other = upload["parts"][0]["url"]
        .as_str()
        .unwrap()
        .replace("staging/", "media/");
    assert_eq!(
        puts(&json!({ "url": other }), &upload["headers"], photo.clone())
            .await
            .0,
        403
    );
    assert!(bucket.names().is_empty());
    // As long, but something else: it is gone, with its upload.
    let mut wrong = photo.clone();
    *wrong.last_mut().unwrap() ^= 1;
    assert_ne!(puts_whole(&upload, &wrong).await, 200);
    bucket.write(&format!("staging/{}", id(&upload)), &wrong);
    let sentence = confirms(&ana, &upload, json!({})).await.refused(422);
    assert!(sentence.contains("SHA-256"), "{sentence}");
    confirms(&ana, &upload, json!({})).await.refused(404);
    assert!(bucket.names().is_empty());
    // Larger than was announced, from whoever has the bucket's keys.
    let upload = announced(&ana, &photo).await;
    bucket.write(&format!("staging/{}", id(&upload)), &[0; 5_000_000]);
    let sentence = confirms(&ana, &upload, json!({})).await.refused(422);
    assert!(sentence.contains("5000000 bytes"), "{sentence}");
    assert!(bucket.names().is_empty());
    // Another's.
    let upload = announced(&ana, &photo).await;
    assert_eq!(puts_whole(&upload, &photo).await, 200);
    confirms(&ben, &upload, json!({})).await.refused(404);
    let path = format!("{DIRECT}/{}", id(&upload));
    ben.get(&path).await.refused(404);
    ben.delete(&path).await.refused(404);
    // Nor is it one that comes in piece by piece.
    assert_eq!(
        head(&ana, &format!("/api/tintype/v1/uploads/{}", id(&upload)))
            .await
            .status,
        404
    );
    assert_eq!(ana.delete(&path).await.status, 204);
    assert!(bucket.names().is_empty());
}

#[tokio::test]
async fn what_turns_out_to_be_no_picture_is_refused_and_gone() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let ana = server.person("ana").await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
    let refused = announces(
        &ana,
        svg.len(),
        &sum(svg),
        json!({ "content_type": "image/svg+xml" }),
    )
    .await;
    refused.refused(415);
    for (words, status) in [(json!({ "file_name": "logo.svg" }), 415), (json!({}), 422)] {
        let upload = announces(&ana, svg.len(), &sum(svg), words).await.ok();
        assert_eq!(puts_whole(&upload, svg).await, 200);
        confirms(&ana, &upload, json!({})).await.refused(status);
        confirms(&ana, &upload, json!({})).await.refused(404);
    }
    assert!(bucket.names().is_empty());
    for (size, sum, status) in [
        (0, sum(b""), 422),
        (5, "abc".into(), 422),
        (900_000_000, sum(b""), 413),
    ] {
        announces(&ana, size, &sum, json!({})).await.refused(status);
    }
}

#[tokio::test]
async fn room_is_held_from_the_beginning_and_looked_at_again_in_the_end() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[("TINTYPE_QUOTA_BYTES", "200000")]).await;
    let ana = server.person("ana").await;
    let photo = photograph(24, 200, 100);
    let upload = announced(&ana, &photo).await;
    announces(&ana, 200_000, &sum(b""), json!({})).await.refused(413);
    announce_by_tus(&ana, 200_000, &[]).await.refused(413);
    assert_eq!(puts_whole(&upload, &photo).await, 200);
    let account = ana.account();
    let says = async |word| {
        quota::change(&server.app, By::Operator, account, word)
            .await
            .unwrap()
    };
    says(Word::Bytes(100)).await;
    confirms(&ana, &upload, json!({})).await.refused(413);
    says(Word::Default).await;
    assert!(confirms(&ana, &upload, json!({})).await.ok()["media_id"].is_string());
    server.settle().await;
}

#[tokio::test]
async fn what_nobody_confirms_is_swept_after_a_day_and_what_is_put_afterwards_too() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let ana = server.person("ana").await;
    let photo = photograph(25, 200, 100);
    let (left, whole) = (announced(&ana, &photo).await, announced(&ana, &photo).await);
    let parts = announces(&ana, 20_000_000, &sum(b"large"), json!({})).await.ok();
    for upload in [&left, &whole] {
        assert_eq!(puts_whole(upload, &photo).await, 200);
    }
    confirms(&ana, &whole, json!({})).await.ok();
    // Its address can still be written to.
    assert_eq!(puts_whole(&whole, &photo).await, 200);
    assert_eq!(in_staging(&bucket), 2);
    sweep_pictures::buckets(&server.app).await.unwrap();
    assert_eq!(in_staging(&bucket), 1);
    server.settle().await;
    server.wind(TimeDelta::hours(25));
    for _ in 0..2 {
        sweep_pictures::buckets(&server.app).await.unwrap();
        assert_eq!(in_staging(&bucket), 0);
    }
    for upload in [&left, &parts] {
        confirms(&ana, upload, json!({})).await.refused(410);
    }
    // The bucket has forgotten its parts.
    let part = vec![0; 16 << 20];
    assert_ne!(puts(&parts["parts"][0], &json!({}), part).await.0, 200);
    direct::sweep(&server.app).await.unwrap();
}

#[tokio::test]
async fn parts_are_forgotten_also_when_their_owner_is_or_the_bucket_was_away_for_long() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let (ana, ben) = (server.person("ana").await, server.person("ben").await);
    let size = (16 << 20) + 10;
    let goes = announces(&ben, size, &sum(b"large"), json!({})).await.ok();
    let stays = announces(&ana, size, &sum(b"large"), json!({})).await.ok();
    for upload in [&goes, &stays] {
        assert_eq!(puts(&upload["parts"][1], &json!({}), vec![0; 10]).await.0, 200);
    }
    delete_account::local(&server.app, ben.account(), PASSWORD, Ipv4Addr::LOCALHOST.into())
        .await
        .unwrap();
    server.settle().await;
    sweep_pictures::buckets(&server.app).await.unwrap();
    assert_ne!(puts(&goes["parts"][1], &json!({}), vec![0; 10]).await.0, 200);
    assert_eq!(puts(&stays["parts"][1], &json!({}), vec![0; 10]).await.0, 200);
    // Longer than it is remembered that an upload was given up.
    server.wind(TimeDelta::days(9));
    sweep_pictures::once(&server.app).await.unwrap();
    sweep_pictures::buckets(&server.app).await.unwrap();
    assert_ne!(puts(&stays["parts"][1], &json!({}), vec![0; 10]).await.0, 200);
    sweep_pictures::once(&server.app).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from resumable_uploads")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn two_that_confirm_at_once_make_one_picture() {
    let bucket = Bucket::start().await;
    let server = a_server(&bucket, &[]).await;
    let ana = server.person("ana").await;
    let photo = photograph(26, 200, 100);
    let upload = announced(&ana, &photo).await;
    assert_eq!(puts_whole(&upload, &photo).await, 200);
    let (one, other) = tokio::join!(
        confirms(&ana, &upload, json!({})),
        confirms(&ana, &upload, json!({}))
    );
    // Whoever came second may have found nothing there any more.
    let told: Vec<Value> = [one, other]
        .iter()
        .filter(|it| it.status == 200)
        .map(Answer::ok)
        .collect();
    assert!(!told.is_empty() && told.iter().all(|it| it["media_id"] == told[0]["media_id"]));
    let many: i64 = sqlx::query_scalar("select count(*) from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(many, 1);
    server.settle().await;
}

#[tokio::test]
async fn where_there_is_no_bucket_or_it_is_not_wanted_apps_are_told_so() {
    let bucket = Bucket::start().await;
    let on = [("TINTYPE_S3_DIRECT_UPLOADS", "on")];
    for settings in [&on[..], &bucket.settings("")] {
        let server = TestServer::with(settings).await;
        let ana = server.person("ana").await;
        let sentence = announces(&ana, 5, &sum(b"abcde"), json!({})).await.refused(422);
        assert!(sentence.contains("/api/tintype/v1/uploads"), "{sentence}");
        let about = ana.get("/api/v2/instance").await.ok();
        assert!(about["configuration"]["media_attachments"]["direct_uploads"].is_null());
    }
}
