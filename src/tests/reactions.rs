//! What people do with posts: flags and numbers under them, threads, comments.

use futures::future::join_all;
use serde_json::Value;

use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

/// Whoever held a connection and asked for another would wait for the others, who wait for theirs.
#[tokio::test]
async fn more_people_act_at_once_than_there_are_connections() {
    let server = TestServer::with(&[("TINTYPE_DATABASE_CONNECTIONS", "2")]).await;
    let ana = server.person("ana").await;
    let post = ana.post("passed on by many").await;
    let mut people = Vec::new();
    for name in ["bo", "cy", "di", "ed", "flo", "gus"] {
        people.push(server.person(name).await);
    }
    for deed in ["favourite", "reblog", "unreblog", "unfavourite"] {
        server.app.caches.people.invalidate_all();
        let deeds = people.iter().map(|person| person.does(deed, &post));
        for answer in join_all(deeds).await {
            assert_eq!(answer.status, 200, "{deed}");
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn every_answer_has_all_flags_of_the_viewer() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    let post = ana.post("flags").await;
    let flags = |status: &Value| {
        ["favourited", "reblogged", "bookmarked", "muted", "pinned"]
            .map(|flag| status[flag].as_bool().unwrap_or(false))
    };
    assert_eq!(flags(&bo.likes(&post).await), [true, false, false, false, false]);
    assert_eq!(
        flags(&bo.reposts(&post).await["reblog"]),
        [true, true, false, false, false]
    );
    assert_eq!(
        flags(&bo.bookmarks(&post).await),
        [true, true, true, false, false]
    );
    assert_eq!(
        flags(&bo.does("mute", &post).await.ok()),
        [true, true, true, true, false]
    );
    // The same wherever it is met, by whichever address.
    server.settle().await;
    assert_eq!(flags(&bo.sees(&post).await), [true, true, true, true, false]);
    for list in [
        "/api/v1/favourites",
        "/api/v1/bookmarks",
        "/api/v1/timelines/public",
    ] {
        assert_eq!(
            flags(&bo.get(list).await.list()[0]),
            [true, true, true, true, false],
            "{list}"
        );
    }
    assert_eq!(flags(&cy.sees(&post).await), [false; 5]);
    assert_eq!(
        flags(&ana.does("pin", &post).await.ok()),
        [false, false, false, false, true]
    );
    // Each is taken back alone, and taking back twice changes nothing.
    for _ in 0..2 {
        assert_eq!(
            flags(&bo.does("unfavourite", &post).await.ok()),
            [false, true, true, true, false]
        );
    }
    assert_eq!(
        flags(&bo.does("unbookmark", &post).await.ok()),
        [false, true, false, true, false]
    );
    assert_eq!(
        flags(&bo.does("unmute", &post).await.ok()),
        [false, true, false, false, false]
    );
    assert_eq!(flags(&bo.does("unreblog", &post).await.ok()), [false; 5]);
    assert_eq!(flags(&ana.does("unpin", &post).await.ok()), [false; 5]);
    server.settle().await;
}

#[tokio::test]
async fn numbers_show_ones_own_action_at_once_and_are_exact_in_the_end() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut people = Vec::new();
    for name in ["bo", "cy", "di"] {
        people.push(server.person(name).await);
    }
    let post = ana.post("counted").await;
    for (before, person) in people.iter().enumerate() {
        let count = before as u64 + 1;
        assert_eq!(person.likes(&post).await["favourites_count"], count);
        assert_eq!(
            person.likes(&post).await["favourites_count"],
            count,
            "liking twice counts once"
        );
        assert_eq!(person.reposts(&post).await["reblog"]["reblogs_count"], count);
        person.post("an answer").answering(&post).await;
        assert_eq!(person.sees(&post).await["replies_count"], count);
    }
    server.settle().await;
    let counts = async |person: &Person| {
        let seen = person.sees(&post).await;
        ["favourites_count", "reblogs_count", "replies_count"].map(|name| seen[name].as_i64().unwrap())
    };
    assert_eq!(counts(&ana).await, [3, 3, 3]);
    let bo = &people[0];
    assert_eq!(bo.does("unfavourite", &post).await.ok()["favourites_count"], 2);
    assert_eq!(bo.does("unreblog", &post).await.ok()["reblogs_count"], 2);
    let answers = ana
        .get(&format!("/api/v1/statuses/{}/context", id(&post)))
        .await
        .ok();
    bo.deletes(&answers["descendants"][0]).await;
    assert_eq!(counts(&ana).await, [2, 2, 2]);
    server.settle().await;
    assert_eq!(counts(&ana).await, [2, 2, 2]);
    let exact: (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from likes), (select count(*) from posts where repost_of is not null),
                (select count(*) from posts where in_reply_to is not null)",
    )
    .fetch_one(server.db())
    .await
    .unwrap();
    assert_eq!(exact, (2, 2, 2));
}

#[tokio::test]
async fn a_thread_is_read_from_any_of_its_posts() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let root = ana.post("root").await;
    let answer = bo.post("answer").answering(&root).await;
    let deeper = ana.post("deeper").answering(&answer).await;
    let other = bo.post("another").answering(&root).await;
    assert_eq!(answer["in_reply_to_account_id"], ana.id.as_str());
    let context = ana
        .get(&format!("/api/v1/statuses/{}/context", id(&answer)))
        .await
        .ok();
    assert_eq!(ids(context["ancestors"].as_array().unwrap()), [id(&root)]);
    assert_eq!(ids(context["descendants"].as_array().unwrap()), [id(&deeper)]);
    let context = ana
        .get(&format!("/api/v1/statuses/{}/context", id(&root)))
        .await
        .ok();
    assert_eq!(
        ids(context["descendants"].as_array().unwrap()),
        [id(&answer), id(&deeper), id(&other)]
    );
    server.settle().await;
}

#[tokio::test]
async fn closed_comments_take_none_but_the_authors() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana
        .post("no comments please")
        .with("comments_disabled", true)
        .await;
    bo.post("but").answering(&post).send().await.refused(422);
    ana.post("one more thing").answering(&post).await;
    server.settle().await;
}

#[tokio::test]
async fn the_same_tap_twice_at_once_is_one_repost() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for _ in 0..8 {
        let post = ana.post("Tap").await;
        let (one, other) = tokio::join!(bo.reposts(&post), bo.reposts(&post));
        assert_eq!(one["id"], other["id"]);
        assert_eq!(bo.sees(&post).await["reblogs_count"], 1);
    }
    server.settle().await;
}

#[tokio::test]
async fn edits_at_once_follow_each_other() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("First").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    let edits = (0..12).map(|number| {
        let new = serde_json::json!({ "status": format!("Edit {number}") });
        let (ana, path) = (&ana, &path);
        async move { ana.json(reqwest::Method::PUT, path, &new).await.ok() }
    });
    futures::future::join_all(edits).await;
    let history = ana.get(&format!("{path}/history")).await.list();
    assert_eq!(history.len(), 13);
    server.settle().await;
}
