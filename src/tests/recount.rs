//! Numbers are counted again from the rows at night: what differs is mended, what is right stays.

use chrono::{TimeDelta, Timelike};
use serde_json::Value;
use tintype::jobs::recount::{self, Step};

use crate::support::{Person, TestServer};

/// Winds to three in the night, and counts until there is nothing left.
async fn night(server: &TestServer) -> usize {
    let now = server.app.clock.now();
    let hours = (27 - i64::from(now.hour())) % 24;
    server.wind(TimeDelta::hours(if hours == 0 { 24 } else { hours }));
    let mut steps = 1;
    while recount::step(&server.app).await.expect("it can be counted") == Step::More {
        steps += 1;
    }
    steps
}

async fn spoil(server: &TestServer, sql: &'static str) {
    sqlx::query(sql)
        .execute(server.db())
        .await
        .expect("it can be spoiled");
}

async fn numbers(server: &TestServer, person: &Person) -> [Value; 3] {
    server.forget();
    let account = person.get("/api/v1/accounts/verify_credentials").await.ok();
    ["followers_count", "following_count", "statuses_count"].map(|number| account[number].clone())
}

async fn mended(server: &TestServer, of: &str) -> i64 {
    let progress: Value = sqlx::query_scalar("select value from instance where key = 'recount'")
        .fetch_one(server.db())
        .await
        .expect("it has run");
    progress[of].as_i64().expect("a number")
}

#[tokio::test]
async fn wrong_numbers_are_mended_at_night_and_reported() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let post = ana.post("Light").await;
    bo.likes(&post).await;
    bo.reposts(&post).await;
    server.settle().await;
    spoil(
        &server,
        "update account_counts set followers = 9, local_followers = 9, following = 9, posts = 9",
    )
    .await;
    spoil(
        &server,
        "update post_counts set likes = 9, reposts = 9, replies = 9",
    )
    .await;
    assert_eq!(numbers(&server, &ana).await, [9, 9, 9].map(Value::from));
    night(&server).await;
    assert_eq!(numbers(&server, &ana).await, [1, 0, 1].map(Value::from));
    assert_eq!(numbers(&server, &bo).await, [0, 1, 1].map(Value::from));
    let seen = ana.sees(&post).await;
    let seen = ["favourites_count", "reblogs_count", "replies_count"].map(|number| seen[number].clone());
    assert_eq!(seen, [1, 1, 0].map(Value::from));
    // The server's own actor has numbers, too; the repost is a post.
    assert_eq!(
        (
            mended(&server, "accounts_mended").await,
            mended(&server, "posts_mended").await
        ),
        (3, 2)
    );
    assert_eq!(
        recount::step(&server.app).await.expect("it works"),
        Step::Nothing,
        "twice in a night"
    );
    night(&server).await;
    assert_eq!(
        (
            mended(&server, "accounts_mended").await,
            mended(&server, "posts_mended").await
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn what_is_not_added_up_yet_counts_once() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Light").await;
    server.settle().await;
    bo.likes(&post).await;
    spoil(&server, "update post_counts set likes = 5").await;
    night(&server).await;
    assert_eq!(ana.sees(&post).await["favourites_count"], 1);
    server.settle().await;
    assert_eq!(ana.sees(&post).await["favourites_count"], 1);
    assert_eq!(mended(&server, "posts_mended").await, 1);
}

#[tokio::test]
async fn a_recount_that_was_interrupted_goes_on_where_it_stopped() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for number in 0..3 {
        ana.post(&number.to_string()).await;
    }
    server.settle().await;
    let whole = night(&server).await;
    server.wind(TimeDelta::days(1));
    assert_eq!(recount::step(&server.app).await.expect("it works"), Step::More);
    spoil(&server, "update account_counts set posts = 9").await;
    // Another process goes on; the accounts are counted already.
    let mut steps = 1;
    while recount::step(&server.app).await.expect("it works") == Step::More {
        steps += 1;
    }
    assert_eq!(steps + 1, whole);
    assert_eq!(mended(&server, "accounts_mended").await, 0);
}
