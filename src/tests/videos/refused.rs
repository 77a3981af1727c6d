//! All that somebody may send instead of a video, or of too much of one.

use reqwest::Method;
use serde_json::json;
use tintype::media::synthetic::photograph;

use super::clips::{clip, made, silent};
use super::{send, uploaded};
use crate::support::folder::files_below;
use crate::support::http::{Part, id};
use crate::support::{Person, TestServer};

/// The sentence of a refusal, at once or after a worker has looked.
async fn refused(server: &TestServer, person: &Person, kind: &str, bytes: &[u8], status: u16) -> String {
    let answer = send(person, "/api/v2/media", kind, bytes).await;
    if answer.status != 202 {
        return answer.refused(status);
    }
    server.settle().await;
    let path = format!("/api/v1/media/{}", id(&answer.value()));
    person.get(&path).await.refused(status)
}

#[tokio::test]
async fn what_is_no_video_is_refused_with_a_sentence_and_the_next_one_is_taken() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let good = clip(4.0, &["-movflags", "+faststart"]);
    let late = clip(1.0, &[]);
    let fast = "testsrc2=s=320x180:r=1000000:d=0.0001";
    let fast = made(
        &[
            "-f",
            "lavfi",
            "-i",
            fast,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
        ],
        "fast.mp4",
    );
    let tone = made(
        &["-f", "lavfi", "-i", "sine=440:d=1", "-c:a", "aac", "-f", "mp4"],
        "tone.m4a",
    );
    let list = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";
    let concat = b"ffconcat version 1.0\nfile '/etc/passwd'\n";
    let dressed = [&good[..32], &list[..]].concat();
    let head = [
        &b"\0\0\0\x18ftypisom\0\0\0\0isommp41"[..],
        &b"<script>alert(1)</script>"[..],
    ]
    .concat();
    let noise: Vec<u8> = [&good[..40], &vec![0xA5; 20_000][..]].concat();
    for (what, kind, bytes, status, words) in [
        ("a playlist", "video/mp4", &list[..], 415, "not a picture"),
        ("a list of files", "video/mp4", &concat[..], 415, "not a picture"),
        ("a playlist dressed up", "video/mp4", &dressed, 422, "damaged"),
        ("a script dressed up", "video/mp4", &head, 422, "damaged"),
        ("noise", "video/mp4", &noise, 422, "damaged"),
        (
            "an empty Matroska",
            "video/webm",
            b"\x1A\x45\xDF\xA3",
            422,
            "damaged",
        ),
        ("no index", "video/mp4", &late[..late.len() / 2], 422, "damaged"),
        (
            "a third of it",
            "video/mp4",
            &good[..good.len() / 3],
            422,
            "ends early",
        ),
        (
            "a million frames a second",
            "video/mp4",
            &fast,
            422,
            "1000000 frames a second; the most is 120",
        ),
        ("sound alone", "audio/mp4", &tone, 422, "no moving picture"),
    ] {
        let sentence = refused(&server, &ana, kind, bytes, status).await;
        assert!(
            sentence.contains(words) && sentence.ends_with('.'),
            "{what}: {sentence}"
        );
    }
    let media = uploaded(&server, &ana, "video/mp4", &good).await;
    assert_eq!(media["type"], "video");
    let left = files_below(&server.app.config.data_dir.join("filming"));
    assert_eq!(left.len(), 0, "nothing is left behind");
    server.settle().await;
}

#[tokio::test]
async fn what_is_too_much_is_refused_by_value_and_limit() {
    let video = clip(3.0, &[]);
    for (setting, value, status, words) in [
        (
            "TINTYPE_VIDEO_SECONDS",
            "1",
            422,
            "seconds long; the most is 1.".to_owned(),
        ),
        (
            "TINTYPE_VIDEO_PIXELS",
            "100000",
            422,
            "is 640 × 360, which is 230400 pixels; the most is 100000.".to_owned(),
        ),
        (
            "TINTYPE_VIDEO_BYTES",
            "100000",
            413,
            format!("has {} bytes; the most is 100000.", video.len()),
        ),
    ] {
        let server = TestServer::with(&[(setting, value)]).await;
        let ana = server.person("ana").await;
        let limits = server.client.get("/api/v2/instance").await.ok();
        let limits = limits["configuration"]["media_attachments"].to_string();
        assert!(limits.contains(value), "clients are told: {limits}");
        let large;
        let bytes = if setting == "TINTYPE_VIDEO_PIXELS" {
            large = clip(0.5, &["-vf", "scale=640:360"]);
            &large
        } else {
            &video
        };
        let sentence = refused(&server, &ana, "video/mp4", bytes, status).await;
        assert!(sentence.contains(&words), "{sentence}");
    }
}

#[tokio::test]
async fn a_frame_that_is_far_too_large_is_not_opened_to_be_measured_and_is_refused_by_its_numbers() {
    let server = TestServer::with(&[("TINTYPE_VIDEO_PIXELS", "100000")]).await;
    let ana = server.person("ana").await;
    let film = ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=5:d=0.4"];
    let encodings: [(&str, &str, &[&str]); 3] = [
        (
            "video/mp4",
            "large.mp4",
            &["-c:v", "libx264", "-preset", "ultrafast"],
        ),
        (
            "video/webm",
            "large.webm",
            &["-c:v", "libvpx", "-deadline", "realtime"],
        ),
        ("video/quicktime", "large.mov", &["-c:v", "mjpeg"]),
    ];
    for (kind, name, encoding) in encodings {
        let large = made(&[&film[..], encoding].concat(), name);
        let sentence = refused(&server, &ana, kind, &large, 422).await;
        let words = "is 1280 × 720, which is 921600 pixels; the most is 100000.";
        assert!(sentence.contains(words), "{name}: {sentence}");
    }
}

#[tokio::test]
async fn what_is_larger_than_any_picture_goes_by_a_file_and_is_judged_the_same() {
    let limits = [
        ("TINTYPE_PHOTO_BYTES", "100000"),
        ("TINTYPE_VIDEO_BYTES", "6000000"),
    ];
    let server = TestServer::with(&limits).await;
    let ana = server.person("ana").await;
    let rough = ["-vf", "noise=alls=60:allf=t", "-crf", "8"];
    let video = clip(1.0, &rough);
    assert!(
        video.len() > 1_300_000 && video.len() < 6_000_000,
        "{}",
        video.len()
    );
    let parts = [
        Part::Text("description", "Noise"),
        Part::File("file", "noise.mp4", "video/mp4", &video),
        Part::Text("focus", "0.5,0.5"),
    ];
    let sent = ana.multipart(Method::POST, "/api/v2/media", &parts).await;
    assert_eq!(sent.status, 202, "{}", sent.text());
    let sent = sent.value();
    assert_eq!(
        (&sent["description"], &sent["meta"]["focus"]["x"]),
        (&json!("Noise"), &json!(0.5))
    );
    server.settle().await;
    let path = format!("/api/v1/media/{}", id(&sent));
    assert_eq!(ana.get(&path).await.ok()["type"], "video");
    let picture = [&photograph(3, 300, 200)[..], &vec![0; 1_500_000][..]].concat();
    for (kind, bytes, status, words) in [
        ("image/jpeg", &picture, 413, "the most is 100000"),
        ("video/mp4", &vec![7; 1_500_000], 415, "not a picture"),
        ("video/mp4", &vec![7; 8_000_000], 413, "the most is 6000000"),
    ] {
        let sentence = refused(&server, &ana, kind, bytes, status).await;
        assert!(sentence.contains(words), "{sentence}");
    }
    let long = "x".repeat(1_400_000);
    let nothing = [Part::Text("description", &long)];
    ana.multipart(Method::POST, "/api/v2/media", &nothing)
        .await
        .refused(413);
    server.settle().await;
}

#[tokio::test]
async fn videos_are_taken_for_posts_alone_and_where_the_server_has_them() {
    let video = clip(0.5, &[]);
    let gif = silent(0.3, &[], "loop.gif");
    for (switch, is_on) in [("on", true), ("off", false)] {
        let server = TestServer::with(&[("TINTYPE_VIDEOS", switch)]).await;
        let ana = server.person("ana").await;
        let instance = server.client.get("/api/v1/instance").await.ok();
        let types = instance["configuration"]["media_attachments"]["supported_mime_types"].to_string();
        assert_eq!(types.contains("video/mp4"), is_on, "{types}");
        let avatar = [Part::File("avatar", "me", "video/mp4", &video)];
        let path = "/api/v1/accounts/update_credentials";
        ana.multipart(Method::PATCH, path, &avatar).await.refused(422);
        if is_on {
            continue;
        }
        let sentence = refused(&server, &ana, "video/mp4", &video, 415).await;
        assert!(
            sentence.starts_with("Videos cannot be posted on this server"),
            "{sentence}"
        );
        // A moving GIF is the picture that it always was.
        let sent = send(&ana, "/api/v2/media", "image/gif", &gif).await.value();
        server.settle().await;
        let media = ana.get(&format!("/api/v1/media/{}", id(&sent))).await.ok();
        assert_eq!(media["type"], "image");
        let photo = ana.uploads(&photograph(2, 64, 48), "").await;
        assert_eq!(photo["type"], "image");
        server.settle().await;
    }
}
