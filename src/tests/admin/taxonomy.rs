//! What trends, as moderators see it, and what they decide of it and of tags.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::trends;

use super::desk::{Staff, staff};
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, all_have, and, has};
use crate::api::shapes::STATUS;
use crate::api::small_shapes::tag;
use crate::paging::goes_through;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

const TAGS: &str = "/api/v1/admin/tags";
const TRENDS: &str = "/api/v1/admin/trends";

fn admin_tag() -> Shape {
    let more = vec![
        ("trendable", Flag),
        ("usable", Flag),
        ("listable", Flag),
        ("requires_review", Flag),
    ];
    let mut shape = and(tag(), more);
    // Moderators have tags by their numbers.
    shape[0] = ("id", Id);
    shape
}

/// Does all work, and chooses what trends.
async fn choose(server: &TestServer) {
    server.settle().await;
    trends::renew(&server.app).await.expect("it can be chosen");
}

async fn is_discoverable(person: &Person) {
    let wish = [("discoverable", "true")];
    person
        .form(Method::PATCH, "/api/v1/accounts/update_credentials", &wish)
        .await
        .ok();
}

fn names(tags: &[Value]) -> Vec<&str> {
    tags.iter()
        .map(|tag| tag["name"].as_str().expect("a name"))
        .collect()
}

async fn number(moderator: &Person, name: &str) -> String {
    let all = moderator.get(TAGS).await.list();
    let found = all.iter().find(|tag| {
        tag["name"]
            .as_str()
            .is_some_and(|known| known.eq_ignore_ascii_case(name))
    });
    id(found.expect("the tag was used"))
}

#[tokio::test]
async fn what_trends_is_shown_to_moderators_whether_or_not_it_is_to_others() {
    let server = TestServer::with(&[("TINTYPE_TRENDS_REVIEW", "on")]).await;
    let Staff {
        admin,
        moderator,
        member,
        owner,
    } = staff(&server).await;
    for person in [&admin, &member, &owner] {
        is_discoverable(person).await;
    }
    owner.post("#light").await;
    let post = admin.post("#light").await;
    let other = member.post("#light #water").await;
    admin.post("#water").await;
    for fan in [&moderator, &owner, &member] {
        fan.likes(&post).await;
    }
    for fan in [&moderator, &owner] {
        fan.likes(&other).await;
    }
    choose(&server).await;
    let tags = moderator.get(&format!("{TRENDS}/tags")).await.list();
    all_have("tags to review", &tags, Object(admin_tag));
    assert_eq!(names(&tags), ["light", "water"]);
    for tag in &tags {
        assert_eq!(
            (&tag["trendable"], &tag["requires_review"]),
            (&json!(false), &json!(true))
        );
    }
    let posts = moderator.get(&format!("{TRENDS}/statuses?limit=1")).await;
    all_have("posts to review", &posts.list(), STATUS);
    assert_eq!(ids(&posts.list()), [id(&post)]);
    let next = posts.links().next.expect("there is more");
    assert_eq!(ids(&moderator.get(&next).await.list()), [id(&other)]);
    for path in ["/api/v1/trends/tags", "/api/v1/trends/statuses"] {
        assert!(member.get(path).await.list().is_empty(), "{path}");
    }
    let approved = moderator
        .act(&format!("{TRENDS}/tags/{}/approve", id(&tags[0])))
        .await
        .ok();
    has("an approved tag", &approved, Object(admin_tag));
    assert_eq!(
        (&approved["trendable"], &approved["requires_review"]),
        (&json!(true), &json!(false))
    );
    let rejected = moderator
        .act(&format!("{TRENDS}/tags/{}/reject", id(&tags[1])))
        .await
        .ok();
    assert_eq!(
        (&rejected["trendable"], &rejected["requires_review"]),
        (&json!(false), &json!(false))
    );
    let approved = moderator
        .act(&format!("{TRENDS}/statuses/{}/approve", id(&post)))
        .await
        .ok();
    has("an approved post", &approved, STATUS);
    moderator
        .act(&format!("{TRENDS}/statuses/{}/reject", id(&other)))
        .await
        .ok();
    choose(&server).await;
    assert_eq!(names(&member.get("/api/v1/trends/tags").await.list()), ["light"]);
    assert_eq!(
        ids(&member.get("/api/v1/trends/statuses").await.list()),
        [id(&post)]
    );
    server.settle().await;
}

#[tokio::test]
async fn nobody_decides_of_what_is_not_there_or_not_theirs_to_see() {
    let server = TestServer::start().await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    let secret = member
        .post("for nobody")
        .to(tintype::domain::audience::Audience::Direct)
        .await;
    for verb in ["approve", "reject"] {
        for path in [
            format!("tags/0/{verb}"),
            format!("tags/x/{verb}"),
            format!("statuses/1/{verb}"),
            format!("statuses/{}/{verb}", id(&secret)),
            format!("links/1/{verb}"),
            format!("links/publishers/1/{verb}"),
        ] {
            moderator.act(&format!("{TRENDS}/{path}")).await.refused(404);
        }
    }
    for path in ["links", "links/publishers"] {
        assert!(moderator.get(&format!("{TRENDS}/{path}")).await.list().is_empty());
    }
    for path in ["/api/v1/admin/tags/0", "/api/v1/admin/tags/x"] {
        moderator.get(path).await.refused(404);
        moderator
            .form(Method::PUT, path, &[("usable", "false")])
            .await
            .refused(404);
    }
    server.settle().await;
}

#[tokio::test]
async fn all_tags_are_listed_in_pages() {
    let server = TestServer::start().await;
    let Staff { moderator, .. } = staff(&server).await;
    for number in 0..8 {
        moderator.post(&format!("#t{number}")).await;
    }
    let all = moderator.get(TAGS).await.list();
    all_have("all tags", &all, Object(admin_tag));
    assert_eq!(names(&all), ["t7", "t6", "t5", "t4", "t3", "t2", "t1", "t0"]);
    let one = moderator.get(&format!("{TAGS}/{}", id(&all[0]))).await.ok();
    assert_eq!(one, all[0]);
    // Everybody knows them by the same numbers.
    assert_eq!(moderator.get("/api/v1/tags/t7").await.ok()["id"], all[0]["id"]);
    goes_through(&moderator, TAGS, "", &ids(&all)).await;
    server.settle().await;
}

#[tokio::test]
async fn a_tag_that_may_not_be_used_is_in_no_new_post_of_here() {
    let server = TestServer::start().await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    let old = member.post("#spam").await;
    let path = format!("{TAGS}/{}", number(&moderator, "spam").await);
    let ruled = moderator
        .form(Method::PUT, &path, &[("usable", "false")])
        .await
        .ok();
    assert_eq!(
        (&ruled["usable"], &ruled["requires_review"]),
        (&json!(false), &json!(false))
    );
    let sentence = member
        .post_form("/api/v1/statuses", &[("status", "more #SPAM and #light")])
        .await
        .refused(422);
    assert!(
        sentence.contains("#spam") && !sentence.contains("#light"),
        "{sentence}"
    );
    let edit = format!("/api/v1/statuses/{}", id(&old));
    member
        .form(Method::PUT, &edit, &[("status", "again #spam")])
        .await
        .refused(422);
    member
        .form(Method::PUT, &edit, &[("status", "without")])
        .await
        .ok();
    moderator
        .form(Method::PUT, &path, &[("usable", "true")])
        .await
        .ok();
    member.post("#spam").await;
    server.settle().await;
}

#[tokio::test]
async fn a_tag_that_is_not_listed_is_found_by_nobody_and_one_may_have_capitals() {
    let server = TestServer::start().await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    member.post("#goldenhour").await;
    let path = format!("{TAGS}/{}", number(&moderator, "goldenhour").await);
    let found = async || {
        let found = member.get("/api/v2/search?q=golden&type=hashtags").await.ok();
        found["hashtags"].as_array().expect("a list").clone()
    };
    assert_eq!(names(&found().await), ["goldenhour"]);
    let named = json!({ "display_name": "#GoldenHour" });
    let ruled = moderator.json(Method::PATCH, &path, &named).await.ok();
    has("a ruled tag", &ruled, Object(admin_tag));
    assert_eq!(ruled["name"], "GoldenHour");
    assert_eq!(names(&found().await), ["GoldenHour"]);
    let tag = member.get("/api/v1/tags/goldenhour").await.ok();
    assert!(
        tag["url"].as_str().expect("a url").ends_with("/goldenhour"),
        "{tag}"
    );
    for wrong in ["Silver", "Golden Hour", "", "GoldenHours"] {
        moderator
            .form(Method::PUT, &path, &[("display_name", wrong)])
            .await
            .refused(422);
    }
    moderator
        .form(Method::PUT, &path, &[("listable", "false")])
        .await
        .ok();
    assert!(found().await.is_empty());
    assert_eq!(
        member.get("/api/v1/tags/goldenhour").await.ok()["name"],
        "GoldenHour"
    );
    server.settle().await;
}

#[tokio::test]
async fn whether_a_tag_may_trend_is_one_of_its_rules() {
    let server = TestServer::start().await;
    let Staff {
        admin,
        moderator,
        member,
        ..
    } = staff(&server).await;
    for person in [&admin, &member] {
        is_discoverable(person).await;
        person.post("#light").await;
    }
    choose(&server).await;
    assert_eq!(names(&member.get("/api/v1/trends/tags").await.list()), ["light"]);
    let path = format!("{TAGS}/{}", number(&moderator, "light").await);
    assert_eq!(moderator.get(&path).await.ok()["trendable"], true);
    moderator
        .form(Method::PUT, &path, &[("trendable", "false")])
        .await
        .ok();
    assert!(member.get("/api/v1/trends/tags").await.list().is_empty());
    let still = moderator.get(&format!("{TRENDS}/tags")).await.list();
    assert_eq!(names(&still), ["light"]);
    server.settle().await;
}
