//! The two stories that everything else stands on, between servers of our own with names, databases and keys of their own.

use reqwest::Method;
use serde_json::Value;
use tintype::domain::audience::Audience;

use super::scene::{find, picture, settle_all};
use crate::support::draft::small_photo;
use crate::support::http::{Part, id};
use crate::support::{Person, TestServer};

/// Somebody on a server, as the others write to them.
fn handle(server: &TestServer, person: &Person) -> String {
    format!("@{}@{}", person.name, server.authority())
}

/// Follows somebody on another server; their id on the follower's.
async fn follow(servers: &[&TestServer], follower: &Person, followee: &str) -> String {
    let there = find(follower, followee).await;
    let relation = follower
        .act(&format!("/api/v1/accounts/{there}/follow"))
        .await
        .ok();
    assert!(
        relation["requested"] == true || relation["following"] == true,
        "{relation}"
    );
    settle_all(servers).await;
    let relations = follower
        .get(&format!("/api/v1/accounts/relationships?id[]={there}"))
        .await
        .ok();
    assert_eq!(relations[0]["following"], true, "{relations}");
    there
}

/// What somebody's home feed shows first.
async fn newest(person: &Person) -> Value {
    person
        .home()
        .await
        .into_iter()
        .next()
        .expect("something is in the feed")
}

/// A photo with words and a point that matters, attached to a post with a warning and a tag.
async fn photo_post(author: &Person, text: &str) -> Value {
    let parts = [
        Part::Text("description", "Two boats & a <lighthouse>"),
        Part::Text("focus", "0.5,-0.25"),
        Part::File("file", "photo.jpg", "image/jpeg", small_photo()),
    ];
    let media = author.multipart(Method::POST, "/api/v1/media", &parts).await.ok();
    let draft = author
        .post(text)
        .warning("Bright light")
        .with_media(&[&media])
        .with("language", "en");
    draft.await
}

/// Two servers side by side; Bo on the second follows Ana on the first.
struct Two {
    one: TestServer,
    two: TestServer,
    ana: Person,
    bo: Person,
    /// Ana's id on the second server.
    ana_there: String,
}

impl Two {
    async fn new() -> Self {
        let (one, two) = (
            TestServer::named("one.test").await,
            TestServer::named("two.test").await,
        );
        let (ana, bo) = (one.person("ana").await, two.person("bo").await);
        let ana_there = follow(&[&one, &two], &bo, &handle(&one, &ana)).await;
        Self {
            one,
            two,
            ana,
            bo,
            ana_there,
        }
    }

    async fn settle(&self) {
        settle_all(&[&self.one, &self.two]).await;
    }

    /// A post of Ana's as she has it, and as Bo's server has it.
    async fn post(&self, text: &str) -> (Value, Value) {
        let post = self.ana.post(text).await;
        self.settle().await;
        (post, newest(&self.bo).await)
    }
}

#[tokio::test]
async fn a_remote_photo_arrives_and_shows_in_a_home_feed() {
    let two = Two::new().await;
    let sent = photo_post(&two.ana, "Harbour at dawn #Boats").await;
    two.settle().await;
    let here = newest(&two.bo).await;
    assert_eq!(here["uri"], sent["uri"]);
    assert_eq!(here["account"]["acct"], format!("ana@{}", two.one.authority()));
    assert_eq!(here["account"]["id"], two.ana_there);
    assert_eq!(here["spoiler_text"], "Bright light");
    assert_eq!(here["sensitive"], true);
    assert_eq!(here["visibility"], "public");
    assert_eq!(here["language"], "en");
    assert_eq!(here["created_at"], sent["created_at"]);
    assert_eq!(here["tags"][0]["name"], "boats");
    assert!(
        here["content"]
            .as_str()
            .is_some_and(|html| html.contains("Harbour at dawn")),
        "{here}"
    );
    let (photo, original) = (&here["media_attachments"][0], &sent["media_attachments"][0]);
    assert_eq!(photo["type"], "image");
    assert_eq!(photo["description"], "Two boats & a <lighthouse>");
    assert_eq!(photo["meta"]["focus"], original["meta"]["focus"]);
    assert!(
        photo["blurhash"].as_str().is_some_and(|hash| hash.len() >= 6),
        "{photo}"
    );
    assert_eq!(picture(&two.two, &two.bo, &here).await, "image/jpeg");
}

#[tokio::test]
async fn a_local_photo_reaches_three_servers() {
    let one = TestServer::named("one.test").await;
    let ana = one.person("ana").await;
    let others = [
        TestServer::named("two.test").await,
        TestServer::named("three.test").await,
        TestServer::named("four.test").await,
    ];
    let mut readers = Vec::new();
    for (server, name) in others.iter().zip(["bo", "cy", "di"]) {
        let reader = server.person(name).await;
        follow(&[&one, server], &reader, &handle(&one, &ana)).await;
        readers.push(reader);
    }
    let all: Vec<&TestServer> = others.iter().chain([&one]).collect();
    let sent = photo_post(&ana, "For three servers").await;
    settle_all(&all).await;
    for (server, reader) in others.iter().zip(&readers) {
        let here = newest(reader).await;
        assert_eq!(here["uri"], sent["uri"]);
        assert_eq!(picture(server, reader, &here).await, "image/jpeg");
        let profile = reader
            .get(&format!("/api/v1/accounts/{}", id(&here["account"])))
            .await
            .ok();
        assert_eq!(profile["followers_count"], 1, "{profile}");
    }
    let me = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["followers_count"], 3);
    let sql = "select count(*) from letters l join outgoing o on o.id = l.outgoing_id where o.body like '%\"Create\"%'";
    let letters: i64 = sqlx::query_scalar(sql)
        .fetch_one(one.db())
        .await
        .expect("a number");
    assert_eq!(letters, 3, "one letter for each server");
}

#[tokio::test]
async fn likes_comments_and_reposts_cross_and_are_taken_back() {
    let two = Two::new().await;
    let (post, there) = two.post("Be kind").await;
    two.bo.likes(&there).await;
    let repost = two.bo.reposts(&there).await;
    let comment = two.bo.post("How kind").answering(&there).await;
    two.settle().await;
    let seen = two.ana.sees(&post).await;
    assert_eq!(
        (
            &seen["favourites_count"],
            &seen["reblogs_count"],
            &seen["replies_count"]
        ),
        (&1.into(), &1.into(), &1.into()),
        "{seen}"
    );
    let context = two
        .ana
        .get(&format!("/api/v1/statuses/{}/context", id(&post)))
        .await
        .ok();
    assert_eq!(context["descendants"][0]["uri"], comment["uri"]);
    let told = two.ana.get("/api/v1/notifications").await.list();
    let mut kinds: Vec<&str> = told.iter().filter_map(|one| one["type"].as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["favourite", "follow", "mention", "reblog"]);
    two.bo.does("unfavourite", &there).await.ok();
    two.bo.does("unreblog", &there).await.ok();
    two.bo.deletes(&comment).await;
    two.settle().await;
    let seen = two.ana.sees(&post).await;
    assert_eq!(
        (
            &seen["favourites_count"],
            &seen["reblogs_count"],
            &seen["replies_count"]
        ),
        (&0.into(), &0.into(), &0.into()),
        "{repost}"
    );
}

#[tokio::test]
async fn an_edit_and_a_deletion_follow_their_post() {
    let two = Two::new().await;
    let (post, there) = two.post("Frist").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    two.ana
        .form(
            Method::PUT,
            &path,
            &[("status", "First"), ("spoiler_text", "Typo")],
        )
        .await
        .ok();
    two.settle().await;
    let seen = two.bo.sees(&there).await;
    assert_eq!(seen["content"], "<p>First</p>");
    assert_eq!(seen["spoiler_text"], "Typo");
    assert!(seen["edited_at"].is_string(), "{seen}");
    let history = two
        .bo
        .get(&format!("/api/v1/statuses/{}/history", id(&there)))
        .await
        .list();
    assert_eq!(history.len(), 2);
    assert_eq!(history[0]["content"], "<p>Frist</p>");
    two.ana.deletes(&post).await;
    two.settle().await;
    assert_eq!(
        two.bo
            .get(&format!("/api/v1/statuses/{}", id(&there)))
            .await
            .status,
        404
    );
    assert!(two.bo.home().await.is_empty());
    let gone = two
        .one
        .client
        .request(Method::GET, &format!("/users/ana/posts/{}", id(&post)));
    let gone = two
        .one
        .client
        .send(gone.header("accept", "application/activity+json"))
        .await;
    assert_eq!(gone.status, 410);
    assert_eq!(gone.value()["type"], "Tombstone");
}

#[tokio::test]
async fn a_new_profile_and_avatar_reach_followers() {
    let two = Two::new().await;
    let parts = [
        Part::Text("display_name", "Ana of the Harbour"),
        Part::Text("note", "Boats"),
        Part::Text("fields_attributes[0][name]", "Camera"),
        Part::Text("fields_attributes[0][value]", "A tin box"),
        Part::File("avatar", "me.jpg", "image/jpeg", small_photo()),
    ];
    two.ana
        .multipart(Method::PATCH, "/api/v1/accounts/update_credentials", &parts)
        .await
        .ok();
    two.settle().await;
    two.two.forget();
    let seen = two
        .bo
        .get(&format!("/api/v1/accounts/{}", two.ana_there))
        .await
        .ok();
    assert_eq!(seen["display_name"], "Ana of the Harbour");
    assert_eq!(seen["note"], "<p>Boats</p>");
    assert_eq!(seen["fields"][0]["name"], "Camera");
    assert_eq!(seen["fields"][0]["value"], "A tin box");
    let avatar = seen["avatar"].as_str().expect("an address");
    let (_, path) = avatar
        .split_once(two.two.authority())
        .expect("on the reader's own server");
    let picture = two.bo.get(path).await;
    assert_eq!(picture.status, 200, "{avatar}");
    assert!(picture.body.starts_with(&[0xFF, 0xD8]), "{avatar} is no JPEG");
}

#[tokio::test]
async fn posts_reach_only_those_they_are_for() {
    let two = Two::new().await;
    let three = TestServer::named("three.test").await;
    let cy = three.person("cy").await;
    let di = two.two.person("di").await;
    let ana_at_three = find(&cy, &handle(&two.one, &two.ana)).await;
    let followers = two.ana.post("For followers").to(Audience::Followers).await;
    let direct = two
        .ana
        .post(&format!("{} psst", handle(&three, &cy)))
        .to(Audience::Direct)
        .await;
    settle_all(&[&two.one, &two.two, &three]).await;
    let here = newest(&two.bo).await;
    assert_eq!(here["content"], "<p>For followers</p>");
    assert_eq!(here["visibility"], "private");
    assert_eq!(
        di.get(&format!("/api/v1/statuses/{}", id(&here))).await.status,
        404
    );
    let told = cy.get("/api/v1/notifications").await.list();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["status"]["visibility"], "direct");
    assert_eq!(told[0]["status"]["uri"], direct["uri"]);
    assert_eq!(told[0]["account"]["id"], ana_at_three);
    for (server, uri) in [(&two.two, &direct["uri"]), (&three, &followers["uri"])] {
        let sql = "select count(*) from posts where uri = $1";
        let count = sqlx::query_scalar::<_, i64>(sql).bind(uri.as_str());
        assert_eq!(
            count.fetch_one(server.db()).await.expect("a number"),
            0,
            "{uri} is where nobody may see it"
        );
    }
}

#[tokio::test]
async fn a_block_ends_follows_on_both_servers() {
    let two = Two::new().await;
    let bo_here = find(&two.ana, &handle(&two.two, &two.bo)).await;
    two.ana
        .act(&format!("/api/v1/accounts/{bo_here}/follow"))
        .await
        .ok();
    two.settle().await;
    two.ana
        .act(&format!("/api/v1/accounts/{bo_here}/block"))
        .await
        .ok();
    two.settle().await;
    let relations = two
        .bo
        .get(&format!("/api/v1/accounts/relationships?id[]={}", two.ana_there))
        .await
        .ok();
    assert_eq!(relations[0]["following"], false, "{relations}");
    assert_eq!(relations[0]["followed_by"], false, "{relations}");
    two.ana.post("Not for Bo").await;
    two.settle().await;
    assert!(two.bo.home().await.is_empty());
    // Asking again is refused.
    two.bo
        .act(&format!("/api/v1/accounts/{}/follow", two.ana_there))
        .await
        .ok();
    two.settle().await;
    let relations = two
        .bo
        .get(&format!("/api/v1/accounts/relationships?id[]={}", two.ana_there))
        .await
        .ok();
    assert_eq!(
        (&relations[0]["following"], &relations[0]["requested"]),
        (&false.into(), &false.into())
    );
}

#[tokio::test]
async fn an_unfollow_stops_what_comes() {
    let two = Two::new().await;
    two.bo
        .act(&format!("/api/v1/accounts/{}/unfollow", two.ana_there))
        .await
        .ok();
    two.settle().await;
    let me = two.ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["followers_count"], 0);
    two.ana.post("Nobody listens").await;
    two.settle().await;
    assert!(two.bo.home().await.is_empty());
}

#[tokio::test]
async fn somebody_who_chooses_their_followers_is_asked_across_servers() {
    let (one, two) = (
        TestServer::named("one.test").await,
        TestServer::named("two.test").await,
    );
    let (ana, bo, cy) = (
        one.person("ana").await,
        two.person("bo").await,
        two.person("cy").await,
    );
    ana.form(
        Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &[("locked", "true")],
    )
    .await
    .ok();
    one.forget();
    let ana_there = find(&bo, &handle(&one, &ana)).await;
    for person in [&bo, &cy] {
        person
            .act(&format!("/api/v1/accounts/{ana_there}/follow"))
            .await
            .ok();
    }
    settle_all(&[&one, &two]).await;
    let asked = ana.get("/api/v1/follow_requests").await.list();
    assert_eq!(asked.len(), 2);
    for request in &asked {
        let verb = if request["username"] == "bo" {
            "authorize"
        } else {
            "reject"
        };
        ana.act(&format!("/api/v1/follow_requests/{}/{verb}", id(request)))
            .await
            .ok();
    }
    ana.post("For those whom I know").to(Audience::Followers).await;
    settle_all(&[&one, &two]).await;
    assert_eq!(bo.home().await.len(), 1);
    assert!(cy.home().await.is_empty());
    let relation = cy
        .get(&format!("/api/v1/accounts/relationships?id[]={ana_there}"))
        .await
        .ok();
    assert_eq!(relation[0]["requested"], false, "{relation}");
}
