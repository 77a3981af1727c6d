//! Uploads that come in piece by piece: by the letter of tus 1.0.0, and whole in the end, whatever happens on the way.

mod direct;
mod given_up;
mod refused;

use reqwest::Method;
use serde_json::Value;
use tintype::domain::ids::MediaId;
use tintype::media::OriginalKey;
use tintype::media::synthetic::photograph;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::support::random::Random;
use crate::support::tus::{UPLOADS, announce, ask, begins, head, offset, piece, place, sends, told};
use crate::support::waiting::eventually;
use crate::support::{Person, TestServer};

/// The names of files that lie where uploads come in.
fn staged(server: &TestServer) -> Vec<String> {
    let folder = server.app.config.data_dir.join("uploads");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Half of a file, after which the line breaks.
async fn sends_half(client: &Person, path: &str, file: &[u8]) {
    let request = piece(client, path, 0, Vec::new()).build().expect("a request");
    let (url, length) = (request.url(), file.len());
    let address = (url.host_str().expect("a host"), url.port().expect("a port"));
    let mut line = TcpStream::connect(address).await.expect("it listens");
    let mut head = format!(
        "PATCH {} HTTP/1.1\r\nhost: {}:{}\r\ncontent-length: {length}\r\n",
        url.path(),
        address.0,
        address.1
    );
    for (name, value) in request.headers() {
        if name != "content-length" {
            head.push_str(&format!("{name}: {}\r\n", value.to_str().expect("words")));
        }
    }
    head.push_str("\r\n");
    line.write_all(head.as_bytes()).await.expect("it reads");
    line.write_all(&file[..length / 2]).await.expect("it reads");
    line.shutdown().await.expect("it can be ended");
}

async fn picture(server: &TestServer, person: &Person, id: &str) -> Value {
    server.settle().await;
    person.get(&format!("/api/v1/media/{id}")).await.ok()
}

/// The file of an upload as it is kept.
async fn original(server: &TestServer, id: &str) -> Vec<u8> {
    let id: MediaId = id.parse().expect("an id");
    let key: String = sqlx::query_scalar("select original_key from media where id = $1")
        .bind(id.0)
        .fetch_one(server.db())
        .await
        .expect("it is there");
    let key = OriginalKey::parse(&key).expect("a key");
    let stored = server
        .app
        .store
        .get_original(&key)
        .await
        .expect("the store works");
    let stored = stored.expect("it is kept").collect().await;
    stored.expect("it can be read").to_vec()
}

#[tokio::test]
async fn what_is_spoken_is_told_to_anybody_and_to_scripts_of_other_sites() {
    let server = TestServer::with(&[("TINTYPE_PHOTO_BYTES", "3 MB"), ("TINTYPE_VIDEOS", "off")]).await;
    for path in [UPLOADS, "/api/tintype/v1/uploads/of-nobody"] {
        let asked = server.client.request(Method::OPTIONS, path);
        let told = server.client.send(asked).await;
        assert!(told.status.is_success());
        for (name, value) in [
            ("tus-resumable", "1.0.0"),
            ("tus-version", "1.0.0"),
            ("tus-max-size", "3000000"),
            ("tus-checksum-algorithm", "sha1,sha256"),
            (
                "tus-extension",
                "creation,creation-with-upload,expiration,termination,checksum",
            ),
        ] {
            assert_eq!(told.header(name), Some(value), "{path}: {name}");
        }
        let methods = told.header("access-control-allow-methods").unwrap_or_default();
        assert!(
            ["PATCH", "HEAD", "DELETE"]
                .iter()
                .all(|method| methods.contains(method))
        );
    }
    let other = server
        .client
        .send(server.client.request(Method::OPTIONS, "/api/v2/media"))
        .await;
    assert_eq!(other.header("tus-version"), None);
    let refused = head(&server.client, "/api/tintype/v1/uploads/of-nobody").await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header("tus-resumable"), Some("1.0.0"));
    let exposed = refused
        .header("access-control-expose-headers")
        .unwrap_or_default();
    for name in [
        "location",
        "upload-offset",
        "upload-expires",
        "tintype-media-id",
        "link",
    ] {
        assert!(exposed.split(',').any(|one| one == name), "{name} in {exposed}");
    }
}

#[tokio::test]
async fn a_picture_that_comes_in_pieces_is_an_attachment_like_any_other() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(11, 500, 400);
    let (half, most) = (photo.len() / 2, photo.len());
    let words = [
        ("filename", "a harbour.jpg"),
        ("description", "Ein Hafen – früh"),
        ("focus", "0.5,-0.25"),
    ];
    let announced = announce(&ana, most, &words).await;
    assert_eq!(told(&announced, "upload-offset"), 0);
    let path = place(&announced);
    let first = sends(&ana, &path, 0, &photo[..half]).await;
    assert_eq!(
        (first.status.as_u16(), told(&first, "upload-offset")),
        (204, half)
    );
    assert!(first.body.is_empty() && first.header("tintype-media-id").is_none());
    let shown = head(&ana, &path).await;
    assert_eq!(shown.status, 200);
    assert_eq!(
        (told(&shown, "upload-offset"), told(&shown, "upload-length")),
        (half, most)
    );
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    assert_eq!(shown.header("tus-resumable"), Some("1.0.0"));
    let expires = shown.header("upload-expires").expect("it is told");
    assert!(chrono::DateTime::parse_from_rfc2822(expires).is_ok(), "{expires}");
    let metadata = shown.header("upload-metadata").expect("it is given back");
    assert!(
        metadata.starts_with("filename ") && metadata.contains(",focus "),
        "{metadata}"
    );
    // Nothing is to be seen of it.
    let count: i64 = sqlx::query_scalar("select count(*) from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!((count, staged(&server).len()), (0, 1));
    let last = sends(&ana, &path, half, &photo[half..]).await;
    assert_eq!((last.status.as_u16(), told(&last, "upload-offset")), (204, most));
    let id = last
        .header("tintype-media-id")
        .expect("it is a picture")
        .to_owned();
    let media = picture(&server, &ana, &id).await;
    assert_eq!(media["description"], "Ein Hafen – früh");
    assert_eq!(
        (&media["meta"]["focus"]["x"], &media["meta"]["original"]["width"]),
        (&0.5.into(), &500.into())
    );
    let post = ana.post("").with_media(&[&media]).await;
    assert_eq!(post["media_attachments"][0]["id"], media["id"]);
    assert_eq!(original(&server, &id).await, photo);
    // Whoever missed the last answer is told again, and sends nothing twice.
    let shown = head(&ana, &path).await;
    assert_eq!(
        (told(&shown, "upload-offset"), shown.header("tintype-media-id")),
        (most, Some(id.as_str()))
    );
    let again = sends(&ana, &path, most, b"").await;
    assert_eq!(
        (again.status.as_u16(), again.header("tintype-media-id")),
        (204, Some(id.as_str()))
    );
    assert!(staged(&server).is_empty());
    server.settle().await;
}

#[tokio::test]
async fn a_small_picture_goes_with_its_announcement() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(12, 90, 60);
    let request = ask(&ana, Method::POST, UPLOADS)
        .header("upload-length", photo.len())
        .header("content-type", crate::support::tus::PIECE)
        .body(photo.clone());
    let answer = ana.send(request).await;
    let path = place(&answer);
    assert_eq!(told(&answer, "upload-offset"), photo.len());
    let id = answer
        .header("tintype-media-id")
        .expect("it is a picture")
        .to_owned();
    assert_eq!(original(&server, &id).await, photo);
    assert_eq!(offset(&ana, &path).await, photo.len());
    server.settle().await;
}

#[tokio::test]
async fn however_it_is_cut_up_the_same_bytes_arrive() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for seed in 0..12 {
        let mut random = Random::new(seed);
        let photo = photograph(seed, 40 + random.below(200) as u32, 60);
        let path = begins(&ana, photo.len()).await;
        let (mut at, mut id) = (0, None);
        while id.is_none() {
            let most = photo.len() - at;
            let size = [1, 7, 1_000, most][random.below(4)]
                .min(most)
                .min(1 + random.below(most));
            if random.chance(20) {
                // Somebody who lost count is told, and nothing is harmed.
                sends(&ana, &path, at + 1, b"x").await.refused(409);
            }
            let answer = sends(&ana, &path, at, &photo[at..at + size]).await;
            assert_eq!(answer.status, 204, "{}", answer.text());
            at += size;
            assert_eq!(told(&answer, "upload-offset"), at);
            id = answer.header("tintype-media-id").map(str::to_owned);
            assert_eq!(id.is_some(), at == photo.len());
        }
        let id = id.expect("it is a picture");
        assert_eq!(original(&server, &id).await, photo, "seed {seed}");
    }
    server.settle().await;
}

#[tokio::test]
async fn what_came_before_the_line_broke_is_there_to_go_on_from() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(13, 300, 200);
    let half = photo.len() / 2;
    let path = begins(&ana, photo.len()).await;
    sends_half(&ana, &path, &photo).await;
    eventually("what came is noted", async || {
        (offset(&ana, &path).await == half).then_some(())
    })
    .await;
    let answer = sends(&ana, &path, half, &photo[half..]).await;
    let id = answer
        .header("tintype-media-id")
        .expect("it is a picture")
        .to_owned();
    assert_eq!(original(&server, &id).await, photo);
    server.settle().await;
}
