//! What moderators decide holds where people meet, at once, and ends when it is taken back.

use reqwest::Method;
use serde_json::Value;

use super::desk::{Staff, staff};
use super::{does, measures};
use crate::support::http::{Client, ids};
use crate::support::server::PASSWORD;
use crate::support::{Browser, Person, TestServer};

const ME: &str = "/api/v1/accounts/verify_credentials";

async fn world() -> (TestServer, Staff, Person, Person) {
    let server = TestServer::start().await;
    let staff = staff(&server).await;
    let (bo, cy) = (server.person("bo").await, server.person("cy").await);
    (server, staff, bo, cy)
}

/// Where somebody who does not follow the author meets the post.
async fn meets(reader: &Person, post: &Value) -> Vec<&'static str> {
    let mut places = Vec::new();
    for (place, path) in [
        ("public", "/api/v1/timelines/public?local=true"),
        ("tag", "/api/v1/timelines/tag/light"),
        ("home", "/api/v1/timelines/home"),
    ] {
        let met = ids(&reader.get(path).await.list());
        if met.iter().any(|id| post["id"] == id.as_str()) {
            places.push(place);
        }
    }
    let query = "/api/v2/search?q=bo&type=accounts";
    let found = reader.get(query).await.ok();
    if found["accounts"].as_array().is_some_and(|all| !all.is_empty()) {
        places.push("search");
    }
    places
}

#[tokio::test]
async fn who_is_silenced_is_met_by_followers_alone() {
    let (server, staff, bo, cy) = world().await;
    let dan = server.person("dan").await;
    cy.follows(&bo).await;
    let post = bo.post("#light on the pier").await;
    server.settle().await;
    let everywhere = ["public", "tag", "search"];
    assert_eq!(meets(&dan, &post).await, everywhere);
    measures(&staff.moderator, &bo, "silence").await.ok();
    server.forget();
    assert_eq!(meets(&dan, &post).await, [""; 0]);
    assert_eq!(meets(&cy, &post).await, ["home", "search"]);
    assert_eq!(dan.sees(&post).await["account"]["limited"], true);
    let mine = dan.post("Mine").await;
    bo.likes(&mine).await;
    server.settle().await;
    let heard = dan.get("/api/v1/notifications").await.list();
    assert!(heard.is_empty(), "a stranger's is set aside: {heard:?}");
    does(&staff.moderator, "unsilence", &bo).await.ok();
    server.forget();
    assert_eq!(meets(&dan, &post).await, everywhere);
    server.settle().await;
}

/// Whether the page of a post that anybody may read covers it.
async fn is_covered(client: &Client, post: &Value) -> bool {
    let url = url::Url::parse(post["url"].as_str().expect("an address")).expect("an address");
    let page = client.get(url.path()).await;
    assert_eq!(page.status, 200);
    page.text().contains("<b>Hidden")
}

#[tokio::test]
async fn the_pictures_of_who_is_sensitized_are_covered_for_all_but_their_author() {
    let (server, staff, bo, cy) = world().await;
    let post = bo.post("The pier").with_photo().await;
    server.settle().await;
    let path = format!("/users/bo/posts/{}", post["id"].as_str().expect("an id"));
    let sent = async || {
        let request = server.client.request(Method::GET, &path);
        let request = request.header("accept", "application/activity+json");
        server.client.send(request).await.ok()["sensitive"].clone()
    };
    for (verb, covered) in [("sensitive", true), ("unsensitive", false)] {
        match covered {
            true => measures(&staff.moderator, &bo, verb).await.ok(),
            false => does(&staff.moderator, verb, &bo).await.ok(),
        };
        server.forget();
        assert_eq!(cy.sees(&post).await["sensitive"], covered);
        assert_eq!(
            bo.sees(&post).await["sensitive"],
            false,
            "as they said themselves"
        );
        assert_eq!(is_covered(&server.client, &post).await, covered);
        assert_eq!(sent().await, covered);
        let repost = cy.reposts(&post).await;
        assert_eq!(repost["reblog"]["sensitive"], covered);
    }
    server.settle().await;
}

#[tokio::test]
async fn who_is_disabled_can_do_nothing_until_they_are_enabled() {
    let (server, staff, bo, _) = world().await;
    let browser = Browser::new(&server.client);
    browser.signs_in("bo", PASSWORD).await;
    assert!(browser.is_signed_in().await);
    bo.get(ME).await.ok();
    let post = bo.post("Still there").await;
    measures(&staff.moderator, &bo, "disable").await.ok();
    // The same token is remembered as good a moment ago.
    assert_eq!(bo.get(ME).await.refused(403), "Your login is currently disabled");
    assert!(!browser.is_signed_in().await);
    let told = Browser::new(&server.client).signs_in("bo", PASSWORD).await;
    assert_eq!(told.status, 403);
    assert!(
        told.text().contains("The moderators have closed this account"),
        "{}",
        told.text()
    );
    let wrong = Browser::new(&server.client).signs_in("bo", "not that").await;
    assert_eq!(wrong.status, 401, "only who knows the password is told");
    assert_eq!(staff.member.sees(&post).await["content"], "<p>Still there</p>");
    does(&staff.moderator, "enable", &bo).await.ok();
    bo.get(ME).await.ok();
    let back = Browser::new(&server.client).signs_in("bo", PASSWORD).await;
    assert_eq!(back.status, 302);
    server.settle().await;
}

#[tokio::test]
async fn who_is_suspended_is_not_there_until_it_is_lifted() {
    let (server, staff, bo, cy) = world().await;
    let post = bo.post("The pier").await;
    server.settle().await;
    let path = format!("/api/v1/statuses/{}", post["id"].as_str().expect("an id"));
    measures(&staff.moderator, &bo, "suspend").await.ok();
    cy.get(&path).await.refused(404);
    bo.get(ME).await.refused(401);
    does(&staff.moderator, "unsuspend", &bo).await.ok();
    assert_eq!(cy.get(&path).await.ok()["id"], post["id"]);
    server.settle().await;
}
