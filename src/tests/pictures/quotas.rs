//! How much one person may keep: told, held however uploads come, and given back.

use bytes::Bytes;
use futures::future::join_all;
use reqwest::{Body, Method};
use serde_json::{Value, json};
use tintype::actions::quota::{self, Word};
use tintype::domain::audit::By;
use tintype::jobs::sweep_pictures;
use tintype::media::synthetic::photograph;

use super::send;
use crate::api::document::Document;
use crate::support::http::id;
use crate::support::{Person, TestServer};

const PATH: &str = "/api/tintype/v1/quota";

async fn may_keep(server: &TestServer, person: &Person, bytes: usize) {
    let word = Word::Bytes(bytes as u64);
    quota::change(&server.app, By::Operator, person.account(), word)
        .await
        .expect("they live here");
}

async fn used(person: &Person) -> u64 {
    person.get(PATH).await.ok()["used"].as_u64().expect("a number")
}

#[tokio::test]
async fn who_keeps_as_much_as_they_may_is_told_and_deleting_gives_the_room_back() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let photo = photograph(7, 300, 200);
    let size = photo.len();
    let unbounded = ana.get(PATH).await.ok();
    assert_eq!(unbounded, json!({ "limit": null, "used": 0, "left": null }));
    may_keep(&server, &ana, 2 * size + 10).await;
    let post = ana
        .post("one")
        .with_media(&[&ana.uploads(&photo, "").await])
        .await;
    let waiting = ana.uploads(&photo, "").await;
    let answer = ana.get(PATH).await;
    assert_eq!(
        answer.ok(),
        json!({ "limit": 2 * size + 10, "used": 2 * size, "left": 10 })
    );
    Document::new().fits(&Method::GET, PATH, answer.status, &answer.ok());
    for path in ["/api/v1/media", "/api/v2/media"] {
        let full = send(&ana, path, "image/jpeg", &photo).await.refused(413);
        assert!(
            full.contains(&format!("of the {} bytes", 2 * size + 10))
                && full.contains(&format!("{} are used", 2 * size)),
            "{full}"
        );
    }
    // Nobody else has less for it, and no picture of a profile goes around it.
    bo.uploads(&photo, "").await;
    let path = "/api/v1/accounts/update_credentials";
    let avatar = [crate::support::http::Part::File(
        "avatar",
        "me.jpg",
        "image/jpeg",
        &photo,
    )];
    ana.multipart(Method::PATCH, path, &avatar).await.refused(413);
    // What waits for a post, and what was posted.
    ana.delete(&format!("/api/v1/media/{}", id(&waiting))).await.ok();
    assert_eq!(used(&ana).await, size as u64);
    ana.uploads(&photo, "").await;
    // For good: else its picture waits for another post.
    let path = format!("/api/v1/statuses/{}?delete_media=true", id(&post));
    ana.delete(&path).await.ok();
    server.settle().await;
    assert_eq!(used(&ana).await, size as u64);
    ana.uploads(&photo, "").await;
    sweep_pictures::once(&server.app).await.expect("it can be swept");
    assert_eq!(used(&ana).await, 2 * size as u64);
    server.settle().await;
}

#[tokio::test]
async fn uploads_that_come_at_once_never_keep_more_than_there_is_room_for() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(8, 200, 150);
    may_keep(&server, &ana, 3 * photo.len() + 1).await;
    let sent = (0..8).map(|_| send(&ana, "/api/v2/media", "image/jpeg", &photo));
    let statuses: Vec<u16> = join_all(sent)
        .await
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    let count = |wanted: &[u16]| statuses.iter().filter(|it| wanted.contains(it)).count();
    assert_eq!((count(&[200, 202]), count(&[413])), (3, 5), "{statuses:?}");
    assert_eq!(used(&ana).await, 3 * photo.len() as u64);
    server.settle().await;
}

#[tokio::test]
async fn a_body_that_does_not_say_its_length_is_read_no_further_than_there_is_room() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    may_keep(&server, &ana, 100_000).await;
    let head = Bytes::from_static(
        b"--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: image/jpeg\r\n\r\n",
    );
    let pieces = std::iter::once(head).chain(std::iter::repeat_n(Bytes::from(vec![0xFF; 100_000]), 40));
    let body = Body::wrap_stream(futures::stream::iter(pieces.map(Ok::<_, std::io::Error>)));
    let request = ana
        .request(Method::POST, "/api/v2/media")
        .header("content-type", "multipart/form-data; boundary=line")
        .body(body);
    let full = ana.send(request).await.refused(413);
    assert!(full.contains("of the 100000 bytes"), "{full}");
    // One that says it is not read at all.
    let large = vec![0xFF; 3_000_000];
    let full = send(&ana, "/api/v2/media", "image/jpeg", &large)
        .await
        .refused(413);
    assert!(full.contains("of the 100000 bytes"), "{full}");
}

#[tokio::test]
async fn the_setting_holds_for_everybody_of_whom_nothing_else_was_said() {
    let photo = photograph(9, 120, 90);
    let limit = photo.len().to_string();
    let server = TestServer::with(&[("TINTYPE_QUOTA_BYTES", &limit)]).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    quota::change(&server.app, By::Operator, bo.account(), Word::NoBound)
        .await
        .expect("he lives here");
    ana.uploads(&photo, "").await;
    send(&ana, "/api/v2/media", "image/jpeg", &photo)
        .await
        .refused(413);
    assert_eq!(ana.get(PATH).await.ok()["left"], 0);
    bo.uploads(&photo, "").await;
    bo.uploads(&photo, "").await;
    assert_eq!(bo.get(PATH).await.ok()["limit"], Value::Null);
    quota::change(&server.app, By::Operator, bo.account(), Word::Default)
        .await
        .expect("he lives here");
    send(&bo, "/api/v2/media", "image/jpeg", &photo)
        .await
        .refused(413);
    server.settle().await;
}
