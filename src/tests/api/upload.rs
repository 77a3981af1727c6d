//! Pictures as cameras, phones and other programs make them: every format, every way up, and nothing of where and with what.

use image::{DynamicImage, ImageFormat, RgbImage};
use reqwest::Method;
use serde_json::Value;
use tintype::media::synthetic::photograph;

use crate::support::http::{Answer, Part, id};
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

async fn running() -> TestServer {
    TestServer::start_with(Settings {
        running: true,
        ..Settings::default()
    })
    .await
}

async fn send(person: &Person, kind: &str, bytes: &[u8]) -> Answer {
    let parts = [Part::File("file", "DSC0001", kind, bytes)];
    person.multipart(Method::POST, "/api/v1/media", &parts).await
}

fn path_of(url: &Value) -> String {
    let url = url::Url::parse(url.as_str().expect("an address")).expect("an address");
    url.path().to_owned()
}

/// Red above, blue below.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| match y < height / 2 {
        true => image::Rgb([220, 30, 30]),
        false => image::Rgb([30, 40, 220]),
    })
}

fn in_format(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone())
        .write_to(&mut bytes, format)
        .expect("it can be encoded");
    bytes.into_inner()
}

/// A segment right behind the start of a JPEG.
fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2)
        .expect("a short segment")
        .to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, body, &jpeg[2..]].concat()
}

fn orientation(number: u8) -> Vec<u8> {
    let head = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    [head, vec![number, 0, 0, 0, 0, 0, 0]].concat()
}

/// The files that are served for a picture.
async fn files(server: &TestServer, media: &Value) -> Vec<(String, Vec<u8>)> {
    let mut paths = vec![path_of(&media["url"]), path_of(&media["preview_url"])];
    let variants = media["variants"].as_array().expect("all sizes");
    paths.extend(variants.iter().map(|variant| path_of(&variant["url"])));
    // The square, which only lists of other programs name.
    paths.extend(["150.jpg", "150.webp"].map(|name| {
        let (folder, _) = paths[0].rsplit_once('/').expect("a folder");
        format!("{folder}/{name}")
    }));
    let mut files = Vec::new();
    for path in paths {
        let served = server.client.get(&path).await;
        assert_eq!(served.status, 200, "{path}");
        files.push((path, served.body.to_vec()));
    }
    files
}

#[tokio::test]
async fn every_format_is_taken_and_shown_the_right_way_up() {
    let server = running().await;
    let ana = server.person("ana").await;
    let upright = halves(300, 200);
    // As a camera that was held upside down has stored it.
    let turned = with_segment(
        &in_format(&image::imageops::rotate180(&upright), ImageFormat::Jpeg),
        0xE1,
        &orientation(3),
    );
    let on_its_side = image::imageops::rotate270(&upright);
    let sideways = with_segment(&in_format(&on_its_side, ImageFormat::Jpeg), 0xE1, &orientation(6));
    for (what, kind, bytes) in [
        ("JPEG", "image/jpeg", in_format(&upright, ImageFormat::Jpeg)),
        ("PNG", "image/png", in_format(&upright, ImageFormat::Png)),
        ("GIF", "image/gif", in_format(&upright, ImageFormat::Gif)),
        ("WebP", "image/webp", in_format(&upright, ImageFormat::WebP)),
        (
            "a PNG that says JPEG",
            "image/jpeg",
            in_format(&upright, ImageFormat::Png),
        ),
        (
            "a JPEG that says nothing",
            "application/octet-stream",
            in_format(&upright, ImageFormat::Jpeg),
        ),
        ("upside down", "image/jpeg", turned),
        ("sideways", "image/jpeg", sideways),
    ] {
        let media = send(&ana, kind, &bytes).await.ok();
        assert_eq!(media["meta"]["original"]["size"], "300x200", "{what}");
        for (path, bytes) in files(&server, &media).await {
            let shown = image::load_from_memory(&bytes).expect("a picture").into_rgb8();
            let above = shown.get_pixel(shown.width() / 2, shown.height() / 5).0;
            let below = shown.get_pixel(shown.width() / 2, shown.height() * 4 / 5).0;
            assert!(
                above[0] > 150 && above[2] < 100,
                "{what}, {path}: {above:?} above"
            );
            assert!(
                below[2] > 150 && below[0] < 100,
                "{what}, {path}: {below:?} below"
            );
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn nothing_of_place_or_camera_is_in_any_file_that_is_served() {
    let server = running().await;
    let ana = server.person("ana").await;
    let photo = photograph(4, 900, 600);
    let camera = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x0F\0\x02\0\0\0\x06\0\0\0\x1A\0\0\0\0Canon\0 GPS 48.2082 N SECRET".to_vec();
    let mut jpeg = with_segment(&photo, 0xE1, &camera);
    jpeg = with_segment(
        &jpeg,
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET</x:xmpmeta>",
    );
    jpeg = with_segment(&jpeg, 0xED, b"Photoshop 3.0\08BIM\x04\x04SECRET");
    jpeg = with_segment(&jpeg, 0xFE, b"SECRET comment");
    jpeg.extend_from_slice(b"SECRET trailer");
    let media = send(&ana, "image/jpeg", &jpeg).await.ok();
    let post = ana.post("").with_media(&[&media]).await;
    let secrets: [&[u8]; 8] = [
        b"Exif",
        b"EXIF",
        b"GPS",
        b"Canon",
        b"SECRET",
        b"xmpmeta",
        b"Photoshop",
        b"48.2082",
    ];
    let all = files(&server, &post["media_attachments"][0]).await;
    assert!(all.len() >= 8, "{}", all.len());
    for (path, bytes) in all {
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{path} has {}", String::from_utf8_lossy(secret));
        }
    }
    // What was sent is kept, and has no address: its key is in nothing that anybody is told.
    let (original, key): (String, String) = sqlx::query_as("select original_key, key from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_ne!(original, key);
    assert!(!post.to_string().contains(&original));
    for path in [
        format!("/media/{original}/original.jpg"),
        format!("/media/{key}/original.jpg"),
        format!("/media/{key}/original"),
        format!("/media/originals/{original}.jpg"),
        format!("/media/{original}"),
    ] {
        assert_eq!(server.client.get(&path).await.status, 404, "{path}");
    }
    server.settle().await;
}

#[tokio::test]
async fn cameras_with_small_faults_are_welcome_and_half_a_picture_is_not() {
    let server = running().await;
    let ana = server.person("ana").await;
    let photo = photograph(9, 240, 160);
    let table = photo
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC4])
        .expect("a JPEG has tables");
    let stray = [&photo[..table], b"\0\x11\x22\x33", &photo[table..]].concat();
    let odd_exif = with_segment(&photo, 0xE1, b"Exif\0\0II\x2A\0\x08\0\0\0\xFF\xFF\x01");
    let trailing = [&photo[..], &[0; 512]].concat();
    for (what, bytes) in [
        ("stray bytes", &stray),
        ("an odd Exif block", &odd_exif),
        ("trailing bytes", &trailing),
    ] {
        assert_eq!(send(&ana, "image/jpeg", bytes).await.status, 200, "{what}");
    }
    let png = in_format(&halves(200, 200), ImageFormat::Png);
    let cut = &photo[..photo.len() / 2];
    let patched = [cut, &[0xFF, 0xD9]].concat();
    for (what, kind, bytes) in [
        ("half a JPEG", "image/jpeg", cut),
        ("half a JPEG with an end", "image/jpeg", &patched),
        ("a JPEG without its end", "image/jpeg", &photo[..photo.len() - 2]),
        ("half a PNG", "image/png", &png[..png.len() / 2]),
        ("a PNG without its end", "image/png", &png[..png.len() - 12]),
    ] {
        let sentence = send(&ana, kind, bytes).await.refused(422);
        assert!(sentence.contains("ends early"), "{what}: {sentence}");
    }
    server.settle().await;
}

#[tokio::test]
async fn a_refused_picture_says_why_wherever_it_is_asked_for() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(9, 240, 160);
    let patched = [&photo[..photo.len() / 2], &[0xFF, 0xD9]].concat();
    let parts = [Part::File("file", "a.jpg", "image/jpeg", &patched)];
    let sent = ana.multipart(Method::POST, "/api/v2/media", &parts).await;
    assert_eq!(sent.status, 202);
    let media = sent.value();
    let path = format!("/api/v1/media/{}", id(&media));
    assert_eq!(ana.get(&path).await.status, 206);
    let early = ana.post("early").with_media(&[&media]).send().await.refused(422);
    assert_eq!(
        early,
        "Cannot attach files that have not finished processing. Try again in a moment!"
    );
    server.settle().await;
    assert!(ana.get(&path).await.refused(422).contains("ends early"));
    assert!(
        ana.form(Method::PUT, &path, &[("description", "x")])
            .await
            .refused(422)
            .contains("ends early")
    );
    let late = ana.post("late").with_media(&[&media]).send().await.refused(422);
    assert!(late.contains("could not be processed"), "{late}");
    ana.delete(&path).await.ok();
    ana.get(&path).await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn the_words_and_the_middle_of_a_picture_are_bounded() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(9, 64, 48);
    let file = Part::File("file", "a.jpg", "image/jpeg", &photo);
    let long = "ä".repeat(1_501);
    for path in ["/api/v1/media", "/api/v2/media"] {
        let parts = [file.clone(), Part::Text("description", &long)];
        let sentence = ana.multipart(Method::POST, path, &parts).await.refused(422);
        assert_eq!(
            sentence,
            "Validation failed: Description is too long (maximum is 1500 characters)"
        );
    }
    let most = "ä".repeat(1_500);
    let parts = [
        file,
        Part::Text("description", &most),
        Part::Text("focus", "-7,NaN"),
    ];
    let media = ana.multipart(Method::POST, "/api/v2/media", &parts).await.ok();
    assert_eq!(
        (&media["description"], &media["meta"]["focus"]["x"]),
        (&Value::from(most), &Value::from(-1.0))
    );
    let path = format!("/api/v1/media/{}", id(&media));
    ana.form(Method::PUT, &path, &[("description", &long)])
        .await
        .refused(422);
    ana.form(Method::PATCH, &path, &[("focus", "left")]).await;
    server.settle().await;
    let now = ana.get(&path).await.ok();
    assert_eq!(
        (&now["meta"]["focus"]["x"], &now["meta"]["focus"]["y"]),
        (&Value::from(0.0), &Value::from(0.0))
    );
    ana.form(Method::PUT, &path, &[("description", "")]).await.ok();
    assert_eq!(ana.get(&path).await.ok()["description"], Value::Null);
    server.settle().await;
}
