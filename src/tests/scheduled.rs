//! Posts that are planned for later: published once at their time, their authors' own until then.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::{schedule, suspend};
use tintype::db::scheduled;
use tintype::jobs::sweep_pictures;

use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::api::small_shapes;
use crate::support::draft::small_photo;
use crate::support::http::{id, ids};
use crate::support::server::PASSWORD;
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1/scheduled_statuses";

fn ahead(server: &TestServer, by: TimeDelta) -> String {
    (server.app.clock.now() + by).to_rfc3339()
}

async fn posts_of(person: &Person) -> Vec<Value> {
    person
        .get(&format!("/api/v1/accounts/{}/statuses", person.id))
        .await
        .list()
}

#[tokio::test]
async fn a_planned_post_is_published_whole_at_its_time_and_once() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    server.settle().await;
    let photo = ana.uploads(small_photo(), "a pier").await;
    let planned = ana
        .post("Good morning @bo #light")
        .with_media(&[&photo])
        .warning("bright")
        .with("scheduled_at", ahead(&server, TimeDelta::hours(30)))
        .await;
    has("a planned post", &planned, Object(small_shapes::scheduled_status));
    assert_eq!(planned["media_attachments"][0]["id"], photo["id"]);
    assert!(posts_of(&ana).await.is_empty());
    // The picture is for no other post, and no sweep takes it, however long it waits. Its words may still change.
    let refusal = ana.post("Now").with_media(&[&photo]).send().await.refused(422);
    assert!(refusal.contains("already attached"), "{refusal}");
    let of_photo = format!("/api/v1/media/{}", id(&photo));
    ana.delete(&of_photo).await.refused(422);
    let words = [("description", "a pier at dawn")];
    ana.form(Method::PUT, &of_photo, &words).await.ok();
    server.wind(TimeDelta::hours(29));
    sweep_pictures::once(&server.app).await.unwrap();
    server.settle().await;
    assert!(posts_of(&ana).await.is_empty());
    server.wind(TimeDelta::hours(1));
    let tries = [
        schedule::publish_due(&server.app),
        schedule::publish_due(&server.app),
    ];
    futures::future::join_all(tries).await;
    server.settle().await;
    server.wind(TimeDelta::hours(1));
    server.settle().await;
    let posts = posts_of(&ana).await;
    assert_eq!(posts.len(), 1);
    assert_eq!(
        (posts[0]["spoiler_text"].as_str(), posts[0]["sensitive"].as_bool()),
        (Some("bright"), Some(true))
    );
    assert_eq!(posts[0]["media_attachments"][0]["description"], "a pier at dawn");
    assert_eq!(
        bo.get("/api/v1/notifications?types[]=mention").await.list().len(),
        1
    );
    assert_eq!(bo.home().await.len(), 1);
    assert!(ana.get(LIST).await.list().is_empty());
    ana.get(&format!("{LIST}/{}", id(&planned))).await.refused(404);
}

#[tokio::test]
async fn what_another_process_has_published_is_not_published_again() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    ana.post("Later")
        .with("scheduled_at", ahead(&server, TimeDelta::minutes(6)))
        .await;
    server.wind(TimeDelta::minutes(6));
    // A process that dies after it has taken the post in hand.
    let mut db = server.app.db.acquire().await.unwrap();
    let now = server.app.clock.now();
    let until = now + TimeDelta::minutes(2);
    let lent = scheduled::lend(&mut db, now, until, 10).await.unwrap();
    assert_eq!(lent.len(), 1);
    drop(db);
    server.settle().await;
    assert!(posts_of(&ana).await.is_empty(), "it is in hand");
    server.wind(TimeDelta::minutes(2));
    server.settle().await;
    assert_eq!(posts_of(&ana).await.len(), 1);
    assert_eq!(schedule::publish_due(&server.app).await.unwrap(), 0);
}

#[tokio::test]
async fn what_its_author_moves_at_the_last_moment_is_not_published() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let planned = ana
        .post("Later")
        .with("scheduled_at", ahead(&server, TimeDelta::minutes(6)))
        .await;
    server.wind(TimeDelta::minutes(6));
    let mut db = server.app.db.acquire().await.unwrap();
    let now = server.app.clock.now();
    let until = now + TimeDelta::minutes(2);
    let lent = scheduled::lend(&mut db, now, until, 10).await.unwrap();
    let path = format!("{LIST}/{}", id(&planned));
    let later = json!({ "scheduled_at": ahead(&server, TimeDelta::hours(1)) });
    ana.json(Method::PUT, &path, &later).await.ok();
    assert!(!scheduled::take_lent(&mut db, &lent[0]).await.unwrap());
    drop(db);
    server.wind(TimeDelta::minutes(3));
    server.settle().await;
    assert!(posts_of(&ana).await.is_empty());
    server.wind(TimeDelta::hours(1));
    server.settle().await;
    assert_eq!(posts_of(&ana).await.len(), 1);
}

#[tokio::test]
async fn nothing_is_published_for_who_is_suspended_or_gone() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let (bo, cy) = (server.person("bo").await, server.person("cy").await);
    for person in [&bo, &cy] {
        let photo = person.uploads(small_photo(), "").await;
        person
            .post("Later")
            .with_media(&[&photo])
            .with("scheduled_at", ahead(&server, TimeDelta::hours(1)))
            .await;
    }
    suspend::local(&server.app, bo.account()).await.unwrap();
    let password = [("password", PASSWORD)];
    cy.form(Method::POST, "/api/v1/accounts/delete", &password)
        .await
        .ok();
    server.wind(TimeDelta::hours(2));
    server.settle().await;
    suspend::undo(&server.app, bo.account()).await.unwrap();
    server.wind(TimeDelta::hours(2));
    server.settle().await;
    let count = |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).fetch_one(server.db());
    assert_eq!(count("select count(*) from posts").await.unwrap(), 0);
    // Bo finds it in his list, to plan it anew.
    assert_eq!(count("select count(*) from scheduled_posts").await.unwrap(), 1);
    let in_vain = "select count(*) from scheduled_posts where next_try_at is null";
    assert_eq!(count(in_vain).await.unwrap(), 1);
}

#[tokio::test]
async fn one_may_look_move_and_give_up_what_one_planned() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let planned = ana
        .post("Later")
        .with("scheduled_at", ahead(&server, TimeDelta::hours(1)))
        .await;
    let path = format!("{LIST}/{}", id(&planned));
    assert_eq!(ana.get(&path).await.ok(), planned);
    let later = json!({ "scheduled_at": ahead(&server, TimeDelta::hours(2)) });
    let moved = ana.json(Method::PUT, &path, &later).await.ok();
    assert_ne!(moved["scheduled_at"], planned["scheduled_at"]);
    let soon = json!({ "scheduled_at": ahead(&server, TimeDelta::minutes(4)) });
    for bad in [soon, json!({ "scheduled_at": "tomorrow" })] {
        ana.json(Method::PUT, &path, &bad).await.refused(422);
    }
    let pushing = server.token_for(&ana, "push").await;
    for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
        bo.json(method.clone(), &path, &json!({})).await.refused(404);
        server
            .client
            .json(method.clone(), &path, &json!({}))
            .await
            .refused(401);
        pushing.json(method, &path, &json!({})).await.refused(403);
    }
    assert!(bo.get(LIST).await.list().is_empty());
    server.wind(TimeDelta::hours(1));
    server.settle().await;
    assert!(posts_of(&ana).await.is_empty());
    ana.delete(&path).await.ok();
    ana.delete(&path).await.refused(404);
    server.wind(TimeDelta::hours(2));
    server.settle().await;
    assert!(posts_of(&ana).await.is_empty());
}

#[tokio::test]
async fn plans_keep_to_their_limits() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for bad in [
        ahead(&server, TimeDelta::minutes(4)),
        ahead(&server, TimeDelta::days(-1)),
        "soon".to_owned(),
    ] {
        ana.post("Later")
            .with("scheduled_at", bad)
            .send()
            .await
            .refused(422);
    }
    for time in ["2099-01-02", "2099-01-02T03:04:05", "2099-01-02T03:04:05+01:00"] {
        let planned = ana.post("Later").with("scheduled_at", time).await;
        ana.delete(&format!("{LIST}/{}", id(&planned))).await.ok();
    }
    let empty = ana
        .post(" ")
        .with("scheduled_at", ahead(&server, TimeDelta::days(1)));
    empty.send().await.refused(422);
    let lost = ana
        .post("Yes")
        .with("in_reply_to_id", "1")
        .with("scheduled_at", ahead(&server, TimeDelta::days(1)));
    lost.send().await.refused(404);
    for number in 0..25 {
        let text = format!("Later {number}");
        ana.post(&text)
            .with("scheduled_at", ahead(&server, TimeDelta::days(1)))
            .await;
    }
    let one_more = ana
        .post("More")
        .with("scheduled_at", ahead(&server, TimeDelta::days(1)));
    let refusal = one_more.send().await.refused(422);
    assert!(refusal.contains("limit of 25"), "{refusal}");
    let next = ana
        .post("The day after")
        .with("scheduled_at", ahead(&server, TimeDelta::days(2)));
    let next = next.await;
    let back = json!({ "scheduled_at": ahead(&server, TimeDelta::days(1)) });
    let path = format!("{LIST}/{}", id(&next));
    ana.json(Method::PUT, &path, &back).await.refused(422);
    sqlx::query(
        "insert into scheduled_posts (id, account_id, due_at, draft, created_at)
         select n, account_id, due_at + n * interval '1 day', draft, created_at
         from scheduled_posts, generate_series(1, 274) n where id::text = $1",
    )
    .bind(id(&next))
    .execute(server.db())
    .await
    .unwrap();
    let one_more = ana
        .post("More")
        .with("scheduled_at", ahead(&server, TimeDelta::days(3)));
    let refusal = one_more.send().await.refused(422);
    assert!(refusal.contains("limit of 300"), "{refusal}");
    ana.json(Method::PUT, &path, &json!({})).await.ok();
}

#[tokio::test]
async fn the_same_key_plans_once() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let at = ahead(&server, TimeDelta::hours(1));
    let draft = ana.post("Later").with("scheduled_at", at).with_key("one tap");
    let (one, other) = tokio::join!(draft.clone().send(), draft.send());
    assert_eq!(one.ok()["id"], other.ok()["id"]);
    assert_eq!(ana.get(LIST).await.list().len(), 1);
    server.wind(TimeDelta::hours(1));
    server.settle().await;
    assert_eq!(posts_of(&ana).await.len(), 1);
}

#[tokio::test]
async fn a_poll_begins_when_its_planned_post_is_published() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let planned = ana
        .post("Tea?")
        .with("poll", json!({ "options": ["Yes", "No"], "expires_in": 300 }))
        .with("scheduled_at", ahead(&server, TimeDelta::hours(1)))
        .await;
    assert_eq!(planned["params"]["poll"]["options"], json!(["Yes", "No"]));
    server.wind(TimeDelta::hours(1));
    server.settle().await;
    let post = &posts_of(&ana).await[0];
    assert_eq!(
        (&post["poll"]["expired"], &post["poll"]["voters_count"]),
        (&json!(false), &json!(0))
    );
}

#[tokio::test]
async fn what_can_no_longer_be_published_stays_with_its_author() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let parent = bo.post("Ask me").await;
    let planned = ana
        .post("I ask")
        .answering(&parent)
        .with("scheduled_at", ahead(&server, TimeDelta::minutes(6)))
        .await;
    bo.deletes(&parent).await;
    for _ in 0..8 {
        server.wind(TimeDelta::minutes(5));
        server.settle().await;
    }
    assert!(posts_of(&ana).await.is_empty());
    assert_eq!(ids(&ana.get(LIST).await.list()), [id(&planned)]);
    ana.delete(&format!("{LIST}/{}", id(&planned))).await.ok();
}
