//! All that somebody may send instead of a picture.

use reqwest::Method;
use tintype::media::synthetic::photograph;

use super::send;
use crate::support::TestServer;
use crate::support::http::{Part, id};
use crate::support::server::Settings;

async fn running() -> TestServer {
    TestServer::start_with(Settings {
        running: true,
        ..Settings::default()
    })
    .await
}

#[tokio::test]
async fn what_is_no_picture_is_refused_with_a_sentence_and_the_server_goes_on() {
    let server = running().await;
    let ana = server.person("ana").await;
    let photo = photograph(5, 300, 200);
    let half = &photo[..photo.len() / 2];
    let huge = png_header(50_000, 50_000);
    let wide = jpeg_saying(&photo, 65_500, 65_500);
    let arithmetic = jpeg_of_arithmetic_coding(&photo);
    for (what, kind, bytes) in [
        ("nothing", "image/jpeg", &b""[..]),
        ("text", "image/jpeg", b"This is not a picture, whatever it says."),
        ("half a JPEG", "image/jpeg", half),
        ("the head of a JPEG", "image/jpeg", &photo[..20]),
        ("2.5 gigapixels", "image/png", &huge),
        ("4 gigapixels", "image/jpeg", &wide),
        ("arithmetic coding", "image/jpeg", &arithmetic),
        ("a GIF without frames", "image/gif", b"GIF89a\x01\0\x01\0\0\0\0;"),
        (
            "a damaged WebP",
            "image/webp",
            b"RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0aaaaaaaaaaaaaaaaaaaa",
        ),
        ("HTML", "image/png", b"<!doctype html><script>alert(1)</script>"),
        (
            "an SVG that says it is a PNG",
            "image/png",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        ),
    ] {
        for path in ["/api/v1/media", "/api/v2/media"] {
            let answer = send(&ana, path, kind, bytes).await;
            let answer = match answer.status.as_u16() {
                // It waits for a worker to see that it is no good.
                202 => {
                    server.settle().await;
                    ana.get(&format!("/api/v1/media/{}", id(&answer.ok()))).await
                }
                _ => answer,
            };
            let sentence = answer.refused(422);
            assert!(
                sentence.len() > 10 && sentence.ends_with('.'),
                "{what}: {sentence}"
            );
            // After each, a good picture goes through.
        }
        let good = ana.uploads(&photo, "good").await;
        assert_eq!(good["meta"]["original"]["width"], 300, "after {what}");
    }
    // A refused picture cannot be attached either, and a request without a file says so.
    ana.post_form("/api/v2/media", &[]).await.refused(422);
    ana.multipart(Method::POST, "/api/v2/media", &[Part::Text("file", "no file")])
        .await
        .refused(422);
    server.settle().await;
}

/// A PNG that announces a size and ends.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend_from_slice(&header);
    png.extend_from_slice(&crc(&header).to_be_bytes());
    png.extend_from_slice(b"\0\0\0\0IEND\xae\x42\x60\x82");
    png
}

fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

/// The same JPEG with other sides in its frame header.
fn jpeg_saying(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let (mut changed, frame) = (jpeg.to_vec(), frame_of(jpeg));
    changed[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    changed[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    changed
}

fn frame_of(jpeg: &[u8]) -> usize {
    let is_frame = |pair: &[u8]| pair[0] == 0xFF && matches!(pair[1], 0xC0..=0xC2);
    jpeg.windows(2).position(is_frame).expect("a JPEG has a frame")
}

/// The same JPEG with a frame header that says so; nobody reads on to find that it is not true.
fn jpeg_of_arithmetic_coding(jpeg: &[u8]) -> Vec<u8> {
    let (mut changed, frame) = (jpeg.to_vec(), frame_of(jpeg));
    changed[frame + 1] = if jpeg[frame + 1] == 0xC2 { 0xCA } else { 0xC9 };
    changed
}

#[tokio::test]
async fn an_upload_that_is_too_large_is_413_and_one_of_another_kind_415() {
    let server = TestServer::start_with(Settings {
        running: true,
        adjust: |config| config.photo_bytes = 200_000,
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    // Larger than a photo may be, and larger than any body may be.
    for size in [300_000, 3_000_000] {
        let mut large = photograph(6, 64, 64);
        large.resize(size, 0);
        send(&ana, "/api/v2/media", "image/jpeg", &large)
            .await
            .refused(413);
    }
    for (kind, bytes) in [
        ("text/plain", &b"just text"[..]),
        ("application/pdf", b"%PDF-1.4 nothing"),
        ("image/svg+xml", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("image/bmp", b"BM\x46\0\0\0\0\0\0\0"),
        ("audio/mpeg", b"ID3\x03\0\0\0\0\0\0"),
    ] {
        send(&ana, "/api/v2/media", kind, bytes).await.refused(415);
    }
    send(&ana, "/api/v2/media", "image/jpeg", b"no JPEG")
        .await
        .refused(422);
    ana.uploads(&photograph(6, 64, 64), "small enough").await;
    server.settle().await;
}
