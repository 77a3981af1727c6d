//! Home feeds: written for authors with few followers, pulled for those with many, one list to the reader.

mod fan_out;
pub mod truth;
pub mod world;

use serde_json::Value;
use tintype::domain::audience::Audience;

use crate::support::http::{id, ids};
use crate::support::random::Random;
use crate::support::{Person, TestServer};
use world::World;

#[tokio::test]
async fn a_reader_meets_every_post_once_whichever_way_they_page() {
    for seed in [1, 2, 3] {
        let mut world = World::new(seed).await;
        let mut random = Random::new(seed ^ 0xFEED);
        for _ in 0..3 {
            world.lives_through(90).await;
            for reader in &world.people {
                let truth = truth::home(world.server.db(), reader.account().0).await;
                let context = format!("seed {seed}, {}", reader.name);
                assert_eq!(
                    downwards(reader, &mut random).await,
                    truth,
                    "by max_id: {context}"
                );
                let mut upwards = upwards(reader, &mut random).await;
                upwards.reverse();
                assert_eq!(upwards, truth, "by min_id: {context}");
                assert_eq!(by_links(reader, &mut random).await, truth, "by Link: {context}");
                since(reader, &truth, &mut random, &context).await;
            }
        }
        world.server.settle().await;
    }
}

#[tokio::test]
async fn somebody_finds_at_once_what_they_posted_and_reposted() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let seen = bo.post("seen").await;
    assert!(ana.home().await.is_empty(), "and the page is remembered");
    let own = ana.post("mine").await;
    assert_eq!(ids(&ana.home().await), [id(&own)]);
    let repost = ana.reposts(&seen).await;
    let home = [id(&repost), id(&own)];
    assert_eq!(ids(&ana.home().await), home);
    // Once, also when it was done to everybody's feed.
    server.settle().await;
    assert_eq!(ids(&ana.home().await), home);
}

#[tokio::test]
async fn written_and_pulled_feeds_give_the_same_pages() {
    let mut world = World::new(77).await;
    world.lives_through(200).await;
    let app = world.server.app.clone();
    for reader in &world.people {
        let truth = truth::home(world.server.db(), reader.account().0).await;
        assert!(
            truth.len() > 15,
            "{} has something to read: {}",
            reader.name,
            truth.len()
        );
        for pulled in [false, true, false] {
            let mut db = app.db.acquire().await.unwrap();
            if pulled {
                app.feeds.retire(&mut db, reader.account()).await.unwrap();
            } else {
                app.feeds.rebuild(&mut db, reader.account()).await.unwrap();
            }
            drop(db);
            let mut random = Random::new(5);
            assert_eq!(downwards(reader, &mut random).await, truth, "{}", reader.name);
            let mut upwards = upwards(reader, &mut random).await;
            upwards.reverse();
            assert_eq!(upwards, truth, "{}", reader.name);
        }
    }
    world.server.settle().await;
}

#[tokio::test]
async fn the_newest_page_is_never_an_old_one() {
    let mut world = World::new(23).await;
    for step in 0..250 {
        world.event().await;
        for reader in &world.people {
            let newest = page(reader, "limit=6").await;
            let truth = page(reader, &format!("limit=6&max_id={}", i64::MAX)).await;
            assert_eq!(newest, truth, "step {step}, {}", reader.name);
        }
    }
    world.server.settle().await;
}

/// As clients page down: by the id of the last post.
async fn downwards(reader: &Person, random: &mut Random) -> Vec<i64> {
    let mut met = Vec::new();
    let mut below = String::new();
    loop {
        let limit = 1 + random.below(12);
        let page = page(reader, &format!("limit={limit}{below}")).await;
        assert!(page.len() <= limit);
        let Some(last) = page.last() else { return met };
        below = format!("&max_id={last}");
        met.extend(page);
    }
}

/// As clients catch up: from the oldest, by the id of the first post.
async fn upwards(reader: &Person, random: &mut Random) -> Vec<i64> {
    let mut met = Vec::new();
    let mut above = 0;
    loop {
        let limit = 1 + random.below(12);
        let mut page = page(reader, &format!("limit={limit}&min_id={above}")).await;
        let Some(newest) = page.first() else { return met };
        above = *newest;
        page.reverse();
        met.extend(page);
    }
}

async fn by_links(reader: &Person, random: &mut Random) -> Vec<i64> {
    let limit = 1 + random.below(12);
    let pages = reader
        .walks(&format!("/api/v1/timelines/home?limit={limit}"))
        .await;
    let most = pages.len().saturating_sub(1);
    for page in &pages[..most] {
        assert!(!page.is_empty(), "an empty page in the middle");
    }
    numbers(&pages.concat())
}

/// The newest of what is newer, within bounds from both sides.
async fn since(reader: &Person, truth: &[i64], random: &mut Random, context: &str) {
    for _ in 0..4 {
        if truth.is_empty() {
            return;
        }
        let limit = 1 + random.below(12);
        let (above, below) = (*random.one_of(truth), *random.one_of(truth));
        let wanted: Vec<i64> = truth
            .iter()
            .copied()
            .filter(|id| *id > above)
            .take(limit)
            .collect();
        let given = page(reader, &format!("limit={limit}&since_id={above}")).await;
        assert_eq!(given, wanted, "by since_id: {context}");
        let wanted: Vec<i64> = truth
            .iter()
            .copied()
            .filter(|id| *id > above && *id < below)
            .take(limit)
            .collect();
        let given = page(reader, &format!("limit={limit}&since_id={above}&max_id={below}")).await;
        assert_eq!(given, wanted, "between two: {context}");
    }
}

async fn page(reader: &Person, query: &str) -> Vec<i64> {
    numbers(
        &reader
            .get(&format!("/api/v1/timelines/home?{query}"))
            .await
            .list(),
    )
}

fn numbers(posts: &[Value]) -> Vec<i64> {
    ids(posts).iter().map(|id| id.parse().unwrap()).collect()
}

#[tokio::test]
async fn an_author_who_crosses_the_threshold_neither_doubles_nor_loses_posts() {
    let server = TestServer::with(&[("TINTYPE_FEED_PUSH_THRESHOLD", "2")]).await;
    let ana = server.person("ana").await;
    let mut readers = Vec::new();
    let mut posts = Vec::new();
    for name in ["bo", "cy", "di"] {
        let reader = server.person(name).await;
        posts.push(id(&ana.post("before").await));
        reader.follows(&ana).await;
        server.forget();
        posts.push(id(&ana.post("after").await));
        readers.push(reader);
    }
    let pushed: Vec<bool> = sqlx::query_scalar("select pushed from posts order by id")
        .fetch_all(server.db())
        .await
        .unwrap();
    assert_eq!(pushed, [true, true, true, false, false, false]);
    server.settle().await;
    posts.reverse();
    for reader in &readers {
        assert_eq!(ids(&reader.home().await), posts);
        reader.unfollows(&ana).await;
        assert!(reader.home().await.is_empty());
        reader.follows(&ana).await;
    }
    server.settle().await;
    for reader in &readers {
        assert_eq!(ids(&reader.home().await), posts);
    }
}

#[tokio::test]
async fn a_deleted_post_leaves_all_feeds() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let kept = ana.post("#kept").await;
    let gone = ana.post("#gone").await;
    bo.reposts(&gone).await;
    bo.likes(&gone).await;
    bo.bookmarks(&gone).await;
    server.settle().await;
    assert_eq!(bo.home().await.len(), 3);
    ana.deletes(&gone).await;
    for reader in [&ana, &bo] {
        assert_eq!(ids(&reader.home().await), [id(&kept)], "{}", reader.name);
    }
    assert_eq!(ids(&bo.get("/api/v1/timelines/public").await.list()), [id(&kept)]);
    for list in [
        "/api/v1/timelines/tag/gone",
        "/api/v1/favourites",
        "/api/v1/bookmarks",
    ] {
        assert!(bo.get(list).await.list().is_empty(), "{list}");
    }
    server.settle().await;
}

#[tokio::test]
async fn a_blocked_author_never_reaches_a_home_feed() {
    let server = TestServer::start().await;
    let [ana, bo, cy] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    ];
    bo.follows(&ana).await;
    bo.follows(&cy).await;
    let post = ana.post("before").await;
    cy.reposts(&post).await;
    server.settle().await;
    assert_eq!(bo.home().await.len(), 2);
    bo.blocks(&ana).await;
    assert!(bo.home().await.is_empty(), "neither themselves nor passed on");
    ana.post("after").await;
    server.settle().await;
    assert!(bo.home().await.is_empty());
    // Nor does the one who blocks reach the other.
    ana.act(&format!("/api/v1/accounts/{}/follow", bo.id))
        .await
        .refused(403);
    let theirs = bo.post("mine").await;
    cy.follows(&bo).await;
    ana.follows(&cy).await;
    cy.reposts(&theirs).await;
    server.settle().await;
    assert!(ids(&ana.home().await).iter().all(|one| *one != id(&theirs)));
    let passed_on = ana.home().await;
    assert!(passed_on.iter().all(|post| post["reblog"]["id"] != theirs["id"]));
    ana.get(&format!("/api/v1/statuses/{}", id(&theirs)))
        .await
        .refused(404);
}

#[tokio::test]
async fn a_muted_author_stays_out_of_feeds_until_unmuted() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let post = ana.post("#loud").await;
    server.settle().await;
    bo.mutes(&ana).await;
    for list in ["home", "public", "tag/loud"] {
        let path = format!("/api/v1/timelines/{list}");
        assert!(bo.get(&path).await.list().is_empty(), "{list}");
    }
    // Looked at on purpose, it is there.
    assert_eq!(bo.sees(&post).await["id"], post["id"]);
    bo.toward("unmute", &ana).await;
    assert_eq!(ids(&bo.home().await), [id(&post)]);
}

#[tokio::test]
async fn reposts_of_a_followee_can_be_left_out() {
    let server = TestServer::start().await;
    let [ana, bo, cy] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    ];
    let follow = format!("/api/v1/accounts/{}/follow", bo.id);
    cy.post_form(&follow, &[("reblogs", "false")]).await.ok();
    let post = ana.post("by ana").await;
    bo.reposts(&post).await;
    let own = bo.post("by bo").await;
    server.settle().await;
    assert_eq!(ids(&cy.home().await), [id(&own)]);
}

#[tokio::test]
async fn a_follow_fills_the_feed_and_its_end_empties_it() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.post("one").await;
    ana.post("two").to(Audience::Followers).await;
    ana.post("three").to(Audience::Direct).await;
    server.settle().await;
    assert!(bo.home().await.is_empty());
    bo.follows(&ana).await;
    server.settle().await;
    assert_eq!(bo.home().await.len(), 2);
    bo.unfollows(&ana).await;
    assert!(bo.home().await.is_empty());
    server.settle().await;
}

#[tokio::test]
async fn posts_in_languages_that_a_follower_does_not_want_stay_out_of_their_feed() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let follow = format!("/api/v1/accounts/{}/follow", bo.id);
    ana.post_form(&follow, &[("languages[]", "de"), ("languages[]", "pt")])
        .await
        .ok();
    for language in ["de", "en", "pt-BR", "de"] {
        let fields = [("status", language), ("language", language)];
        bo.post_form("/api/v1/statuses", &fields).await.ok();
    }
    server.settle().await;
    let languages = async || -> Vec<Value> {
        let home = ana.home().await;
        home.iter().map(|post| post["language"].clone()).collect()
    };
    assert_eq!(languages().await, ["de", "pt-BR", "de"]);
    // All of them again, from now on.
    ana.post_form(&follow, &[("languages[]", "")]).await.ok();
    let fields = [("status", "again"), ("language", "en")];
    bo.post_form("/api/v1/statuses", &fields).await.ok();
    server.settle().await;
    assert_eq!(languages().await, ["en", "de", "pt-BR", "de"]);
}
