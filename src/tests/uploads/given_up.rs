//! Resumable uploads that nobody goes on with: said to be gone, their files and their room given back.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use tintype::jobs::sweep_pictures;
use tintype::media::synthetic::photograph;

use super::staged;
use crate::support::TestServer;
use crate::support::server::PASSWORD;
use crate::support::tus::{announce, ask, begins, head, offset, sends};

#[tokio::test]
async fn an_upload_expires_a_day_after_its_last_piece() {
    let server = TestServer::with(&[("TINTYPE_QUOTA_BYTES", "1000")]).await;
    let ana = server.person("ana").await;
    let path = begins(&ana, 900).await;
    server.wind(TimeDelta::hours(23));
    assert_eq!(sends(&ana, &path, 0, &[1; 40]).await.status, 204);
    server.wind(TimeDelta::hours(23));
    sweep_pictures::once(&server.app).await.expect("it can be swept");
    assert_eq!((offset(&ana, &path).await, staged(&server).len()), (40, 1));
    announce(&ana, 900, &[]).await.refused(413);
    server.wind(TimeDelta::hours(2));
    for _ in 0..2 {
        assert_eq!(head(&ana, &path).await.status, 410);
        sends(&ana, &path, 40, &[1; 40]).await.refused(410);
        ana.send(ask(&ana, Method::DELETE, &path)).await.refused(410);
        sweep_pictures::once(&server.app).await.expect("it can be swept");
        assert!(staged(&server).is_empty());
    }
    begins(&ana, 900).await;
    server.wind(TimeDelta::days(8));
    sweep_pictures::once(&server.app).await.expect("it can be swept");
    assert_eq!(head(&ana, &path).await.status, 404);
}

#[tokio::test]
async fn an_upload_that_is_given_up_leaves_nothing_and_its_picture_stays() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(18, 100, 80);
    let (half, whole) = (begins(&ana, 500).await, begins(&ana, photo.len()).await);
    assert_eq!(sends(&ana, &half, 0, &[1; 40]).await.status, 204);
    let last = sends(&ana, &whole, 0, &photo).await;
    let media = last
        .header("tintype-media-id")
        .expect("it is a picture")
        .to_owned();
    for path in [&half, &whole] {
        assert_eq!(ana.send(ask(&ana, Method::DELETE, path)).await.status, 204);
        assert_eq!(head(&ana, path).await.status, 404);
    }
    assert!(staged(&server).is_empty());
    server.settle().await;
    ana.get(&format!("/api/v1/media/{media}")).await.ok();
}

#[tokio::test]
async fn nobody_has_more_than_a_hundred_under_way() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut last = String::new();
    for _ in 0..100 {
        last = begins(&ana, 10).await;
    }
    let refused = announce(&ana, 10, &[]).await.refused(422);
    assert!(refused.contains("100"), "{refused}");
    ana.send(ask(&ana, Method::DELETE, &last)).await;
    begins(&ana, 10).await;
}

#[tokio::test]
async fn what_somebody_who_left_was_sending_goes_with_them() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let ana = server.person("ana").await;
    let path = begins(&ana, 500).await;
    assert_eq!(sends(&ana, &path, 0, &[1; 40]).await.status, 204);
    let password = json!({ "password": PASSWORD });
    ana.json(Method::POST, "/api/tintype/v1/account/delete", &password)
        .await
        .ok();
    server.settle().await;
    sweep_pictures::once(&server.app).await.expect("it can be swept");
    assert!(staged(&server).is_empty());
}
