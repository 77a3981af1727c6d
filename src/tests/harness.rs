//! What the other tests stand on stands.

use chrono::TimeDelta;
use tintype::domain::audience::Audience;

use crate::support::{Binary, TestServer};

#[tokio::test]
async fn a_post_reaches_its_authors_followers() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let post = ana
        .post("Harbour at dawn")
        .with_photo()
        .to(Audience::Followers)
        .await;
    server.settle().await;
    let home = bo.home().await;
    assert_eq!(home.len(), 1, "{home:?}");
    assert_eq!(home[0]["id"], post["id"]);
    assert_eq!(home[0]["media_attachments"][0]["description"], "a photo");
}

#[tokio::test]
#[should_panic(expected = "the test leaves work behind: 1 in the outbox")]
async fn a_test_that_leaves_work_behind_fails() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    ana.post("nobody writes this to a feed").await;
}

#[tokio::test]
async fn the_clock_is_wound_by_hand() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let early = ana.post("early").await;
    server.wind(TimeDelta::days(3));
    let late = ana.post("late").await;
    let day = |post: &serde_json::Value| {
        let time = post["created_at"].as_str().expect("a time");
        chrono::DateTime::parse_from_rfc3339(time).expect("a time")
    };
    assert_eq!((day(&late) - day(&early)).num_days(), 3);
    server.settle().await;
}

#[tokio::test]
async fn the_program_starts_stops_and_starts_again_on_what_it_had() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    let post = ana.post("still here").with_photo().await;
    assert!(binary.stop().await.success(), "{}", binary.log());
    binary.start_again().await;
    assert_eq!(ana.sees(&post).await["content"], "<p>still here</p>");
    binary.quiet().await;
    binary.kill9().await;
    binary.start_again().await;
    assert_eq!(ana.home().await[0]["id"], post["id"]);
}
