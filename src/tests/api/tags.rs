//! Tags: who follows one meets open posts with it at home, once, and nothing else; who features one shows it to everybody.

use chrono::TimeDelta;
use serde_json::Value;
use tintype::domain::audience::Audience;

use super::shape::Kind::{List, Object};
use super::shape::{all_have, has};
use super::small_shapes::{featured_tag, tag};
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

async fn follows_tag(person: &Person, name: &str) -> Value {
    person.act(&format!("/api/v1/tags/{name}/follow")).await.ok()
}

#[tokio::test]
async fn open_posts_with_a_followed_tag_come_home_once_and_no_others_do() {
    let server = TestServer::start().await;
    let [ana, bo, cy] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    ];
    let before = ana.post("#light before").await;
    bo.follows(&cy).await;
    server.settle().await;
    assert_eq!(bo.home().await, Vec::<Value>::new());
    follows_tag(&bo, "Light").await;
    follows_tag(&bo, "water").await;
    let met = ana.post("#light on #water").await;
    let of_both = cy.post("#light of somebody who is followed").await;
    let own = bo.post("my #light").await;
    ana.post("no tag").await;
    ana.post("#shade").await;
    ana.post("#light for some").to(Audience::Unlisted).await;
    ana.post("#light for few").to(Audience::Followers).await;
    ana.post("#light under it").answering(&of_both).await;
    cy.reposts(&before).await;
    bo.unfollows(&cy).await;
    bo.follows(&cy).await;
    server.settle().await;
    let home = ids(&bo.home().await);
    let mut wanted = vec![id(&own), id(&of_both), id(&met)];
    let shown: Vec<&String> = home.iter().filter(|one| wanted.contains(one)).collect();
    assert_eq!(
        shown,
        wanted.iter().collect::<Vec<_>>(),
        "each once, newest first"
    );
    // Beside them only what Cy passed on.
    assert_eq!(home.len(), wanted.len() + 1, "{home:?}");
    bo.act("/api/v1/tags/light/unfollow").await.ok();
    bo.unfollows(&cy).await;
    server.settle().await;
    // By the other tag, and the reader's own.
    wanted = vec![id(&own), id(&met)];
    assert_eq!(ids(&bo.home().await), wanted);
    bo.act("/api/v1/tags/WATER/unfollow").await.ok();
    assert_eq!(ids(&bo.home().await), [id(&own)]);
}

#[tokio::test]
async fn a_followed_tag_brings_nobody_who_is_hidden_from_the_reader() {
    let server = TestServer::start().await;
    let bo = server.person("bo").await;
    follows_tag(&bo, "light").await;
    let [ana, cy, dee] = [
        server.person("ana").await,
        server.person("cy").await,
        server.person("dee").await,
    ];
    bo.blocks(&ana).await;
    bo.mutes(&cy).await;
    dee.blocks(&bo).await;
    for person in [&ana, &cy, &dee] {
        person.post("#light").await;
    }
    server.settle().await;
    assert_eq!(bo.home().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_page_that_was_kept_is_made_anew_for_a_post_that_comes_by_a_tag() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut readers = Vec::new();
    for name in ["bo", "cy", "dee"] {
        let reader = server.person(name).await;
        follows_tag(&reader, "light").await;
        readers.push(reader);
    }
    let mut wanted = Vec::new();
    for _ in 0..3 {
        for reader in &readers {
            // Twice: the second is the kept one.
            assert_eq!(ids(&reader.home().await), wanted);
            assert_eq!(ids(&reader.home().await), wanted);
        }
        wanted.insert(0, id(&ana.post("#light").await));
        server.settle().await;
    }
    for reader in &readers {
        assert_eq!(ids(&reader.home().await), wanted);
    }
}

#[tokio::test]
async fn somebody_who_comes_back_finds_what_came_by_tags_since_they_followed_them() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.post("#light before").await;
    follows_tag(&bo, "light").await;
    let since = ana.post("#light since").await;
    server.settle().await;
    let mut db = server.db().acquire().await.unwrap();
    server.app.feeds.retire(&mut db, bo.account()).await.unwrap();
    server.app.feeds.rebuild(&mut db, bo.account()).await.unwrap();
    drop(db);
    assert_eq!(ids(&bo.home().await), [id(&since)]);
}

#[tokio::test]
async fn a_tag_says_how_much_it_was_used_on_each_day_of_a_week() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.post("#Light").await;
    server.wind(TimeDelta::days(2));
    ana.post("#light").await;
    ana.post("#light again").await;
    bo.post("#light").await;
    bo.post("#light for few").to(Audience::Followers).await;
    server.settle().await;
    // Nobody needs to be signed in.
    let found = server.client.get("/api/v1/tags/LIGHT").await.ok();
    has("a tag", &found, Object(tag));
    assert_eq!(found["name"], "light");
    let days = found["history"].as_array().unwrap();
    assert_eq!(days.len(), 7);
    let of = |day: usize| (days[day]["uses"].as_str(), days[day]["accounts"].as_str());
    assert_eq!(of(0), (Some("3"), Some("2")));
    assert_eq!(of(1), (Some("0"), Some("0")));
    assert_eq!(of(2), (Some("1"), Some("1")));
    let midnight: i64 = days[0]["day"].as_str().unwrap().parse().unwrap();
    assert_eq!(midnight % 86_400, 0);
    let search = ana.get("/api/v2/search?q=lig&type=hashtags").await.ok();
    assert_eq!(search["hashtags"], Value::Array(vec![found]));
    // One that nobody used is a tag all the same; what is none is not there.
    let unused = ana.get("/api/v1/tags/unheard").await.ok();
    has("an unused tag", &unused, Object(tag));
    ana.get("/api/v1/tags/no-tag").await.refused(404);
}

#[tokio::test]
async fn followed_tags_are_a_list_with_exact_links() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for name in ["a", "b", "c", "d", "e"] {
        let followed = follows_tag(&ana, name).await;
        assert_eq!(followed["following"], true);
        follows_tag(&ana, name).await;
    }
    let names = |tags: &[Value]| -> Vec<String> {
        tags.iter()
            .map(|tag| tag["name"].as_str().unwrap().to_owned())
            .collect()
    };
    for limit in [1, 2, 5, 40] {
        let pages = ana.walks(&format!("/api/v1/followed_tags?limit={limit}")).await;
        assert_eq!(pages.len(), 5_usize.div_ceil(limit), "pages of {limit}");
        assert_eq!(names(&pages.concat()), ["e", "d", "c", "b", "a"]);
        all_have("followed tags", &pages[0], Object(tag));
    }
    let oldest = ana.get("/api/v1/followed_tags?limit=2&min_id=0").await;
    assert_eq!(names(&oldest.list()), ["b", "a"]);
    assert_eq!(oldest.links().next, None);
    let above = ana.get(&oldest.links().prev.expect("it leads up")).await;
    assert_eq!(names(&above.list()), ["d", "c"]);
    let unfollowed = ana.act("/api/v1/tags/e/unfollow").await.ok();
    assert_eq!(unfollowed["following"], false);
    assert_eq!(ana.get("/api/v1/followed_tags").await.list().len(), 4);
}

#[tokio::test]
async fn featured_tags_are_shown_counted_and_taken_off_by_their_owner_alone() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.post("#light #water").await;
    ana.post("#light").await;
    ana.post("#light for few").to(Audience::Followers).await;
    bo.post("#light").await;
    server.settle().await;
    let suggested = ana.get("/api/v1/featured_tags/suggestions").await.list();
    all_have("suggestions", &suggested, Object(tag));
    assert_eq!(suggested[0]["name"], "light");
    let featured = ana
        .post_form("/api/v1/featured_tags", &[("name", "#Light")])
        .await
        .ok();
    has("a featured tag", &featured, Object(featured_tag));
    assert_eq!(featured["statuses_count"], "2");
    let again = ana.post_form("/api/v1/featured_tags", &[("name", "light")]).await;
    again.refused(422);
    ana.post_form("/api/v1/featured_tags", &[("name", "no tag")])
        .await
        .refused(422);
    ana.post_form("/api/v1/featured_tags", &[]).await.refused(422);
    assert_eq!(
        ana.act("/api/v1/tags/water/feature").await.ok()["featuring"],
        true
    );
    assert_eq!(
        ana.get("/api/v1/featured_tags/suggestions").await.list(),
        Vec::<Value>::new()
    );
    let shown = server
        .client
        .get(&format!("/api/v1/accounts/{}/featured_tags", ana.id))
        .await
        .ok();
    has("featured tags", &shown, List(&Object(featured_tag)));
    assert_eq!(shown[0], featured);
    assert_eq!(shown[1]["name"], "water");
    let address = format!("/api/v1/featured_tags/{}", id(&featured));
    bo.delete(&address).await.refused(404);
    ana.delete(&address).await.ok();
    ana.delete(&address).await.refused(404);
    ana.act("/api/v1/tags/water/unfeature").await.ok();
    assert_eq!(ana.get("/api/v1/featured_tags").await.list(), Vec::<Value>::new());
    for number in 0..10 {
        ana.act(&format!("/api/v1/tags/t{number}/feature")).await.ok();
    }
    ana.act("/api/v1/tags/one_more/feature").await.refused(422);
}

#[tokio::test]
async fn routes_of_tags_want_a_person_and_the_right_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let narrow = server.token_for(&ana, "write:media").await;
    let verbs = ["follow", "unfollow", "feature", "unfeature"];
    let mut posted: Vec<String> = verbs
        .iter()
        .map(|verb| format!("/api/v1/tags/light/{verb}"))
        .collect();
    posted.push("/api/v1/featured_tags?name=light".into());
    for path in &posted {
        server.client.act(path).await.refused(401);
        narrow.act(path).await.refused(403);
    }
    for path in [
        "/api/v1/followed_tags",
        "/api/v1/featured_tags",
        "/api/v1/featured_tags/suggestions",
    ] {
        server.client.get(path).await.refused(401);
        narrow.get(path).await.refused(403);
    }
    for verb in verbs {
        ana.act(&format!("/api/v1/tags/no%20tag/{verb}"))
            .await
            .refused(404);
    }
    ana.get("/api/v1/accounts/7/featured_tags").await.refused(404);
    ana.delete("/api/v1/featured_tags/seven").await.refused(404);
}
