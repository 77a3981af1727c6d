//! Killed while somebody sends a large picture in pieces.

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream;
use reqwest::Body;
use tintype::media::synthetic::photograph;

use crate::support::Binary;
use crate::support::tus::{begins, offset, piece, sends};
use crate::support::waiting::eventually;

const MEGABYTE: usize = 1 << 20;

/// A picture with so much to say that its file is large: segments of comment behind the start of a JPEG.
fn large_photo(bytes: usize) -> Vec<u8> {
    let photo = photograph(19, 200, 150);
    let mut large = photo[..2].to_vec();
    while large.len() + photo.len() < bytes {
        large.extend_from_slice(&[0xFF, 0xFE, 0xFF, 0xFF]);
        let number = large.len() as u8;
        large.extend((0..0xFFFD_u32).map(|at| at as u8 ^ number));
    }
    large.extend_from_slice(&photo[2..]);
    large
}

#[tokio::test]
async fn killed_in_the_middle_of_an_upload_it_goes_on_where_it_was() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let photo = large_photo(10 * MEGABYTE);
    let path = begins(&ana, photo.len()).await;
    assert_eq!(sends(&ana, &path, 0, &photo[..1_000]).await.status, 204);
    // Nine megabytes come, and then nothing.
    let came = Bytes::copy_from_slice(&photo[1_000..9 * MEGABYTE]);
    let endless = stream::iter([Ok::<_, std::io::Error>(came)]).chain(stream::pending());
    let sending = tokio::spawn(piece(&ana, &path, 1_000, Body::wrap_stream(endless)).send());
    eventually("some of it is on disk", async || {
        (offset(&ana, &path).await >= 8 * MEGABYTE).then_some(())
    })
    .await;
    binary.kill9().await;
    sending.await.expect("it ends").expect_err("nobody answers");
    binary.start_again().await;
    let at = offset(&ana, &path).await;
    assert!((8 * MEGABYTE..9 * MEGABYTE).contains(&at), "{at}");
    let last = sends(&ana, &path, at, &photo[at..]).await;
    assert_eq!(last.status, 204, "{}", last.text());
    let media = last.header("tintype-media-id").expect("it is a picture");
    let kept = std::fs::read_dir(binary.data_dir().join("uploads")).expect("the folder is there");
    assert_eq!(kept.count(), 0);
    binary.quiet().await;
    let media = ana.get(&format!("/api/v1/media/{media}")).await.ok();
    assert_eq!(media["meta"]["original"]["width"], 200);
    // What is kept is what was sent, to the byte.
    let original = walk(&binary.data_dir().join("media/originals"));
    assert!(original == [photo], "another file is kept");
    assert!(binary.stop().await.success(), "{}", binary.log());
}

/// The contents of all files below.
fn walk(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path().is_dir() {
            true => files.extend(walk(&entry.path())),
            false => files.push(std::fs::read(entry.path()).expect("a file")),
        }
    }
    files
}
