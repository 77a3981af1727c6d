//! Posts through the client API: made, read, changed, deleted.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::jobs::sweep_pictures;

use crate::support::TestServer;
use crate::support::http::{id, ids};
use crate::videos::path_of;

#[tokio::test]
async fn the_same_key_twice_makes_one_post() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let first = ana.post("once").with_key("k1").await;
    let second = ana.post("once").with_key("k1").await;
    assert_eq!(first["id"], second["id"]);
    let other = ana.post("once").with_key("k2").await;
    assert_ne!(first["id"], other["id"]);
    // Another person's key is another key.
    let bo = server.person("bo").await;
    assert_ne!(bo.post("once").with_key("k1").await["id"], first["id"]);
    server.settle().await;
    assert_eq!(ana.home().await.len(), 2);
}

#[tokio::test]
async fn the_same_key_many_times_at_once_makes_one_post() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let drafts = (0..6).map(|_| ana.post("at once").with_key("k").send());
    let answers = futures::future::join_all(drafts).await;
    let made: Vec<String> = answers.iter().map(|answer| id(&answer.ok())).collect();
    assert!(made.iter().all(|one| *one == made[0]), "{made:?}");
    server.settle().await;
    assert_eq!(ids(&ana.home().await), [made[0].clone()]);
    assert_eq!(
        ana.get("/api/v1/accounts/verify_credentials").await.ok()["statuses_count"],
        1
    );
}

#[tokio::test]
async fn an_author_sees_their_own_numbers_at_once_wherever_they_are_shown() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut posts = Vec::new();
    for number in 1..=3 {
        let post = ana.post(&format!("number {number}")).await;
        assert_eq!(post["account"]["statuses_count"], number, "in the answer");
        server.settle().await;
        assert_eq!(
            ana.home().await[0]["account"]["statuses_count"],
            number,
            "at home"
        );
        assert_eq!(ana.sees(&post).await["account"]["statuses_count"], number);
        posts.push(post);
    }
    ana.deletes(&posts[0]).await;
    assert_eq!(ana.sees(&posts[1]).await["account"]["statuses_count"], 2);
    server.settle().await;
}

#[tokio::test]
async fn an_edited_post_shows_its_new_text_and_keeps_its_history() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("A gray morning #fog").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    assert_eq!(
        ana.get(&format!("{path}/source")).await.ok()["text"],
        "A gray morning #fog"
    );
    let change = json!({ "status": "A grey morning #mist", "spoiler_text": "weather" });
    let edited = ana.json(reqwest::Method::PUT, &path, &change).await.ok();
    assert_eq!(edited["id"], post["id"]);
    assert_ne!(edited["edited_at"], Value::Null);
    let shown = server.client.get(&path).await.ok();
    assert!(shown["content"].as_str().unwrap().contains("grey"), "{shown}");
    assert_eq!(
        (&shown["spoiler_text"], &shown["sensitive"]),
        (&json!("weather"), &json!(true))
    );
    assert_eq!(shown["tags"][0]["name"], "mist");
    assert_eq!(
        ana.get(&format!("{path}/source")).await.ok()["text"],
        "A grey morning #mist"
    );
    let history = server.client.get(&format!("{path}/history")).await.list();
    let said: Vec<&str> = history
        .iter()
        .map(|edit| edit["content"].as_str().unwrap())
        .collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].contains("gray") && said[1].contains("grey"), "{said:?}");
    server.settle().await;
    assert!(ids(&server.client.get("/api/v1/timelines/tag/fog").await.list()).is_empty());
    assert_eq!(
        server.client.get("/api/v1/timelines/tag/mist").await.list().len(),
        1
    );
}

#[tokio::test]
async fn only_its_author_changes_or_deletes_a_post() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("mine").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    bo.json(reqwest::Method::PUT, &path, &json!({ "status": "yours" }))
        .await
        .refused(404);
    bo.delete(&path).await.refused(404);
    bo.get(&format!("{path}/source")).await.refused(404);
    server.client.delete(&path).await.refused(401);
    assert_eq!(ana.sees(&post).await["content"], "<p>mine</p>");
    server.settle().await;
}

#[tokio::test]
async fn deleting_gives_the_text_for_writing_it_anew() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("Taken from the *old* bridge").with_photo().await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    let gone = ana.delete(&path).await.ok();
    assert_eq!(gone["text"], "Taken from the *old* bridge");
    assert_eq!(
        gone["media_attachments"][0]["id"],
        post["media_attachments"][0]["id"]
    );
    ana.get(&path).await.refused(404);
    ana.delete(&path).await.refused(404);
    // The photo is free again for the next draft.
    let again = ana
        .post("Taken from the new bridge")
        .with_media(&[&gone["media_attachments"][0]])
        .await;
    assert_eq!(
        again["media_attachments"][0]["id"],
        post["media_attachments"][0]["id"]
    );
    server.settle().await;
}

#[tokio::test]
async fn a_post_has_one_to_twenty_photos_in_their_order_with_their_words() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut photos = Vec::new();
    for number in 0..21u64 {
        let photo = tintype::media::synthetic::photograph(number, 32, 24);
        photos.push(ana.uploads(&photo, &format!("photo {number}")).await);
    }
    let all: Vec<&Value> = photos.iter().collect();
    let refused = ana.post("too many").with_media(&all).send().await.refused(422);
    assert!(refused.contains("20"), "{refused}");
    let mut order: Vec<&Value> = all[..20].to_vec();
    order.reverse();
    let post = ana.post("").with_media(&order).await;
    let shown = ana.sees(&post).await;
    let shown = shown["media_attachments"].as_array().unwrap();
    let wanted: Vec<Value> = order.iter().map(|photo| photo["id"].clone()).collect();
    assert_eq!(
        shown.iter().map(|photo| photo["id"].clone()).collect::<Vec<_>>(),
        wanted
    );
    assert_eq!(shown[0]["description"], "photo 19");
    // Attached once, a photo is in no other post.
    let refused = ana
        .post("again")
        .with_media(&[order[0]])
        .send()
        .await
        .refused(422);
    assert!(refused.contains("already attached"), "{refused}");
    let bo = server.person("bo").await;
    bo.post("not mine")
        .with_media(&[all[20]])
        .send()
        .await
        .refused(422);
    assert_eq!(
        ana.post("the last one").with_media(&[all[20]]).await["media_attachments"][0]["description"],
        "photo 20"
    );
    server.settle().await;
}

#[tokio::test]
async fn a_photo_that_is_not_ready_is_asked_for_again() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = tintype::media::synthetic::photograph(1, 64, 64);
    let file = crate::support::http::Part::File("file", "a.jpg", "image/jpeg", &photo);
    let media = ana
        .multipart(reqwest::Method::POST, "/api/v2/media", &[file])
        .await;
    assert_eq!(media.status, 202);
    let media = media.ok();
    let refused = ana.post("early").with_media(&[&media]).send().await.refused(422);
    assert_eq!(
        refused,
        "Cannot attach files that have not finished processing. Try again in a moment!"
    );
    server.settle().await;
    ana.post("in time").with_media(&[&media]).await;
    server.settle().await;
    assert_eq!(ana.home().await.len(), 1);
}

#[tokio::test]
async fn a_post_says_something_of_a_bounded_length() {
    let server = TestServer::with(&[("TINTYPE_POST_CHARACTERS", "500")]).await;
    let ana = server.person("ana").await;
    for empty in ["", "   \n"] {
        let sentence = ana.post(empty).send().await.refused(422);
        assert_eq!(sentence, "Validation failed: Text can't be blank");
    }
    ana.post(&"x".repeat(501)).send().await.refused(422);
    ana.post(&"x".repeat(400))
        .warning(&"y".repeat(101))
        .send()
        .await
        .refused(422);
    ana.post("x")
        .to(Audience::Public)
        .with("visibility", "everybody")
        .send()
        .await
        .refused(422);
    ana.post("x")
        .with("language", "not a language")
        .send()
        .await
        .refused(422);
    ana.post("x")
        .with("in_reply_to_id", "7")
        .send()
        .await
        .refused(404);
    ana.post(&"x".repeat(500)).await;
    server.settle().await;
    assert_eq!(ana.home().await.len(), 1);
}

#[tokio::test]
async fn a_content_warning_covers_text_and_photos() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("spiders").with_photo().warning("spiders").await;
    assert_eq!(
        (&post["spoiler_text"], &post["sensitive"]),
        (&json!("spiders"), &json!(true))
    );
    let marked = ana.post("a wound").with("sensitive", true).await;
    assert_eq!(
        (&marked["spoiler_text"], &marked["sensitive"]),
        (&json!(""), &json!(true))
    );
    server.settle().await;
}

#[tokio::test]
async fn the_photos_of_a_deleted_post_go_in_two_hours_unless_they_are_posted_anew() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (left, again) = (ana.post("").with_photo().await, ana.post("").with_photo().await);
    server.settle().await;
    let photo = |post: &Value| post["media_attachments"][0].clone();
    for post in [&left, &again] {
        ana.delete(&format!("/api/v1/statuses/{}", id(post))).await.ok();
    }
    let after = async |time: TimeDelta| {
        server.wind(time);
        sweep_pictures::once(&server.app).await.expect("it can be swept");
    };
    let shown = async |post: &Value| {
        let path = path_of(&photo(post)["url"]);
        server.client.get(&path).await.status.as_u16()
    };
    after(TimeDelta::minutes(110)).await;
    assert_eq!((shown(&left).await, shown(&again).await), (200, 200));
    ana.post("Anew").with_media(&[&photo(&again)]).await;
    after(TimeDelta::minutes(20)).await;
    assert_eq!((shown(&left).await, shown(&again).await), (404, 200));
    server.settle().await;
}
