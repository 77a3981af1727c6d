//! Numbers under posts and on profiles: what is read is what was counted and what is not added up yet, so that one's own deed
//! shows at once, wherever it is met, and nothing changes when the work is done.

use serde_json::Value;

use crate::support::http::id;
use crate::support::{Person, TestServer};

/// Likes, reposts, answers, quotes.
const OF_A_POST: [&str; 4] = [
    "favourites_count",
    "reblogs_count",
    "replies_count",
    "quotes_count",
];

fn numbers(post: &Value) -> [i64; 4] {
    OF_A_POST.map(|name| post[name].as_i64().expect("a number"))
}

/// The post as somebody meets it in all places where it is.
async fn met(reader: &Person, author: &Person, post: &Value) -> Vec<(String, [i64; 4])> {
    let lists = [
        "/api/v1/timelines/home".to_owned(),
        "/api/v1/timelines/public".to_owned(),
        "/api/v1/timelines/tag/light".to_owned(),
        "/api/v1/favourites".to_owned(),
        "/api/v1/bookmarks".to_owned(),
        format!("/api/v1/accounts/{}/statuses", author.id),
        format!("/api/v1/statuses?id[]={}", id(post)),
    ];
    let mut met = vec![("by itself".to_owned(), numbers(&reader.sees(post).await))];
    for list in lists {
        let mark = if list.contains('?') { '&' } else { '?' };
        let found = reader.get(&format!("{list}{mark}limit=40")).await.list();
        let found = found.iter().find(|one| one["id"] == post["id"]);
        let found = found.unwrap_or_else(|| panic!("it is not in {list}"));
        met.push((list, numbers(found)));
    }
    let above = format!("/api/v1/statuses/{}/context", id(post));
    let answers = reader.get(&above).await.ok();
    if let Some(answer) = answers["descendants"].as_array().and_then(|below| below.first()) {
        let path = format!("/api/v1/statuses/{}/context", id(answer));
        let context = reader.get(&path).await.ok();
        met.push((path, numbers(&context["ancestors"][0])));
    }
    met
}

#[tokio::test]
async fn ones_own_deed_shows_at_once_wherever_the_post_is_met_and_settling_changes_nothing() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let post = ana.post("#light").await;
    bo.likes(&post).await;
    bo.bookmarks(&post).await;
    server.settle().await;
    let all_are = async |wanted: [i64; 4]| {
        for settled in [false, true] {
            for (place, found) in met(&bo, &ana, &post).await {
                assert_eq!(found, wanted, "{place}, settled: {settled}");
            }
            server.settle().await;
        }
    };
    all_are([1, 0, 0, 0]).await;
    bo.reposts(&post).await;
    all_are([1, 1, 0, 0]).await;
    let answer = bo.post("an answer").answering(&post).await;
    all_are([1, 1, 1, 0]).await;
    let quoting = bo.post("look").with("quoted_status_id", id(&post)).await;
    all_are([1, 1, 1, 1]).await;
    bo.does("unreblog", &post).await.ok();
    bo.deletes(&answer).await;
    bo.deletes(&quoting).await;
    all_are([1, 0, 0, 0]).await;
}

#[tokio::test]
async fn ones_own_deed_shows_at_once_on_both_profiles() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let of = async |path: &str| {
        let account = bo.get(path).await.ok();
        ["followers_count", "following_count", "statuses_count"]
            .map(|name| account[name].as_i64().expect("a number"))
    };
    let both_are = async |hers: [i64; 3], his: [i64; 3]| {
        for settled in [false, true] {
            let path = format!("/api/v1/accounts/{}", ana.id);
            assert_eq!(of(&path).await, hers, "hers, settled: {settled}");
            let own = "/api/v1/accounts/verify_credentials";
            assert_eq!(of(own).await, his, "his, settled: {settled}");
            server.settle().await;
        }
    };
    both_are([0, 0, 0], [0, 0, 0]).await;
    bo.follows(&ana).await;
    both_are([1, 0, 0], [0, 1, 0]).await;
    let post = bo.post("mine").await;
    both_are([1, 0, 0], [0, 1, 1]).await;
    bo.deletes(&post).await;
    both_are([1, 0, 0], [0, 1, 0]).await;
    bo.unfollows(&ana).await;
    both_are([0, 0, 0], [0, 0, 0]).await;
}

#[tokio::test]
async fn whoever_passes_on_and_takes_back_many_times_at_once_ends_as_they_are_shown() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("to and fro").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    for _ in 0..10 {
        let deeds = (0..8).map(|turn| {
            let verb = if turn % 2 == 0 { "reblog" } else { "unreblog" };
            bo.does(verb, &post)
        });
        for answer in futures::future::join_all(deeds).await {
            answer.ok();
        }
        let passed_on = bo.get(&format!("{path}/reblogged_by")).await.list();
        let seen = bo.sees(&post).await;
        assert_eq!(seen["reblogged"], !passed_on.is_empty());
        assert_eq!(seen["reblogs_count"], passed_on.len());
    }
    server.settle().await;
}
