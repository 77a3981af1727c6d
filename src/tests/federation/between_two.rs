//! What people do to each other from server to server.

use reqwest::Method;
use tintype::domain::audience::Audience;

use super::scene::{find, settle_all};
use super::two_servers::{Two, handle, newest};
use crate::support::TestServer;
use crate::support::draft::small_photo;
use crate::support::http::{Part, id};

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
async fn two_edits_within_a_second_both_arrive() {
    let two = Two::new().await;
    let (post, there) = two.post("One").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    for text in ["Two", "Three"] {
        two.ana.form(Method::PUT, &path, &[("status", text)]).await.ok();
    }
    two.settle().await;
    assert_eq!(two.bo.sees(&there).await["content"], "<p>Three</p>");
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
    // Cy does not know Ana: what she writes to him alone is set aside.
    let told = cy.get("/api/v1/notifications?include_filtered=true").await.list();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["filtered"], true);
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
