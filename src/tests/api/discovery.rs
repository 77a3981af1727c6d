//! Finding what and whom one was not looking for: trends, suggestions, the directory. Only those who wish to be
//! found are.

use chrono::TimeDelta;
use serde_json::Value;
use tintype::actions::trends::{self, Verdict};
use tintype::db;
use tintype::domain::audience::Audience;
use tintype::domain::audit::By;
use tintype::domain::ids::PostId;

use super::route_table::PATCH;
use super::shape::Kind::{List, Object, OneOf};
use super::shape::{Shape, all_have};
use super::shapes::{ACCOUNT, STATUS};
use super::small_shapes::tag;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

async fn who_wishes_to_be_found(server: &TestServer, name: &str) -> Person {
    let person = server.person(name).await;
    let wish = [("discoverable", "true")];
    person
        .form(PATCH, "/api/v1/accounts/update_credentials", &wish)
        .await
        .ok();
    person
}

/// Does all work, and chooses what trends.
async fn choose(server: &TestServer) {
    server.settle().await;
    trends::renew(&server.app).await.unwrap();
}

async fn trending(person: &Person) -> Vec<String> {
    ids(&person.get("/api/v1/trends/statuses").await.list())
}

#[tokio::test]
async fn posts_trend_by_what_others_do_with_them_and_fade() {
    let server = TestServer::start().await;
    let ana = who_wishes_to_be_found(&server, "ana").await;
    let (bo, cy, dee) = (
        server.person("bo").await,
        server.person("cy").await,
        server.person("dee").await,
    );
    let shy = dee.post("of somebody who does not wish to be found").await;
    let old = ana.post("long ago").await;
    for fan in [&bo, &cy] {
        fan.likes(&old).await;
    }
    choose(&server).await;
    assert_eq!(trending(&bo).await, [id(&old)]);
    server.wind(TimeDelta::days(4));
    let liked = ana.post("liked").await;
    let passed_on = ana.post("passed on").await;
    let sensitive = ana.post("hidden").with("sensitive", true).await;
    let unlisted = ana.post("unlisted").to(Audience::Unlisted).await;
    let unnoticed = ana.post("unnoticed").await;
    bo.likes(&unnoticed).await;
    for fan in [&bo, &cy] {
        for post in [&liked, &passed_on, &sensitive, &unlisted, &shy] {
            fan.likes(post).await;
        }
    }
    cy.reposts(&passed_on).await;
    choose(&server).await;
    let first = bo.get("/api/v1/trends/statuses?limit=1").await;
    all_have("trending posts", &first.list(), STATUS);
    assert_eq!(ids(&first.list()), [id(&passed_on)]);
    let second = bo.get(&first.links().next.expect("there is more")).await;
    assert_eq!(ids(&second.list()), [id(&liked)]);
    assert_eq!(second.links().next, None);
    let nobody = server.client.get("/api/v1/trends/statuses").await.list();
    assert_eq!(ids(&nobody), [id(&passed_on), id(&liked)]);
    // Whoever hides the author does not meet their posts here either.
    bo.mutes(&ana).await;
    assert_eq!(trending(&bo).await, Vec::<String>::new());
    ana.deletes(&liked).await;
    assert_eq!(trending(&cy).await, [id(&passed_on)]);
    assert_eq!(
        server.client.get("/api/v1/trends/links").await.list(),
        Vec::<Value>::new()
    );
    server.settle().await;
}

#[tokio::test]
async fn tags_trend_by_how_many_people_use_them() {
    let server = TestServer::start().await;
    let ana = who_wishes_to_be_found(&server, "ana").await;
    let bo = who_wishes_to_be_found(&server, "bo").await;
    let cy = who_wishes_to_be_found(&server, "cy").await;
    let dee = server.person("dee").await;
    for person in [&ana, &bo, &cy] {
        person.post("#light").await;
        person.post("#quiet").to(Audience::Unlisted).await;
    }
    for person in [&ana, &bo] {
        person.post("#water").await;
    }
    for _ in 0..5 {
        cy.post("#spam").await;
        dee.post("#shy").await;
    }
    cy.post("#shy").await;
    choose(&server).await;
    for path in ["/api/v1/trends/tags", "/api/v1/trends"] {
        let found = server.client.get(path).await.list();
        all_have("trending tags", &found, Object(tag));
        let names: Vec<&str> = found.iter().map(|tag| tag["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["light", "water"], "{path}");
    }
    assert_eq!(
        server
            .client
            .get("/api/v1/trends/tags?limit=1&offset=1")
            .await
            .list()[0]["name"],
        "water"
    );
}

#[tokio::test]
async fn what_a_moderator_decided_holds_whether_or_not_others_are_reviewed() {
    for (review, before) in [("on", 0), ("off", 2)] {
        let server = TestServer::with(&[("TINTYPE_TRENDS_REVIEW", review)]).await;
        let ana = who_wishes_to_be_found(&server, "ana").await;
        let bo = who_wishes_to_be_found(&server, "bo").await;
        let cy = server.person("cy").await;
        let (good, bad) = (ana.post("#good").await, bo.post("#good #bad").await);
        ana.post("#bad").await;
        for fan in [&bo, &cy, &ana] {
            fan.likes(&good).await;
            fan.likes(&bad).await;
        }
        choose(&server).await;
        assert_eq!(trending(&cy).await.len(), before, "review {review}");
        assert_eq!(cy.get("/api/v1/trends/tags").await.list().len(), before);
        let mut db = server.db().acquire().await.unwrap();
        let post = |post: &Value| id(post).parse::<PostId>().unwrap();
        db::trends::decide_post(&mut db, post(&good), true).await.unwrap();
        db::trends::decide_post(&mut db, post(&bad), false).await.unwrap();
        drop(db);
        let verdicts = [("good", Verdict::Approved), ("bad", Verdict::Rejected)];
        for (name, verdict) in verdicts {
            let mut db = server.db().acquire().await.unwrap();
            let tag = db::tags::find(&mut db, name).await.unwrap().unwrap();
            drop(db);
            trends::decide_tag(&server.app, By::Operator, tag, verdict)
                .await
                .unwrap();
        }
        for _ in 0..2 {
            assert_eq!(trending(&cy).await, [id(&good)], "review {review}");
            let tags = cy.get("/api/v1/trends/tags").await.list();
            assert_eq!((tags.len(), tags[0]["name"].as_str()), (1, Some("good")));
            choose(&server).await;
        }
    }
}

fn suggestion() -> Shape {
    vec![
        ("source", OneOf(&["past_interactions", "global"])),
        ("sources", List(&OneOf(&["friends_of_friends", "most_followed"]))),
        ("account", ACCOUNT),
    ]
}

#[tokio::test]
async fn people_are_suggested_by_whom_friends_and_others_follow() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let friend = server.person("friend").await;
    let near = who_wishes_to_be_found(&server, "near").await;
    let far = who_wishes_to_be_found(&server, "far").await;
    let shy = server.person("shy").await;
    let stranger = server.person("stranger").await;
    ana.follows(&friend).await;
    for person in [&near, &shy] {
        friend.follows(person).await;
    }
    stranger.follows(&far).await;
    choose(&server).await;
    let found = ana.get("/api/v2/suggestions").await.list();
    all_have("suggestions", &found, Object(suggestion));
    let whom: Vec<(String, &Value)> = found
        .iter()
        .map(|one| (id(&one["account"]), &one["sources"][0]))
        .collect();
    let wanted: [(String, &Value); 2] = [
        (near.id.clone(), &"friends_of_friends".into()),
        (far.id.clone(), &"most_followed".into()),
    ];
    assert_eq!(whom, wanted);
    assert_eq!(
        ids(&ana.get("/api/v1/suggestions").await.list()),
        [near.id.clone(), far.id.clone()]
    );
    assert_eq!(
        ids(&ana.get("/api/v1/suggestions?limit=1&offset=1").await.list()),
        [far.id.as_str()]
    );
    // Who was sent away, or is followed by now, is not suggested.
    ana.delete(&format!("/api/v1/suggestions/{}", near.id)).await.ok();
    ana.delete(&format!("/api/v1/suggestions/{}", near.id)).await.ok();
    assert_eq!(
        ids(&ana.get("/api/v1/suggestions").await.list()),
        [far.id.as_str()]
    );
    ana.follows(&far).await;
    assert_eq!(ana.get("/api/v1/suggestions").await.list(), Vec::<Value>::new());
    ana.delete("/api/v1/suggestions/7").await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn the_directory_has_who_wishes_to_be_found() {
    let server = TestServer::start().await;
    let ana = who_wishes_to_be_found(&server, "ana").await;
    let bo = who_wishes_to_be_found(&server, "bo").await;
    let cy = server.person("cy").await;
    ana.post("the last").await;
    server.settle().await;
    let active = server.client.get("/api/v1/directory").await.list();
    all_have("directory", &active, ACCOUNT);
    assert_eq!(ids(&active), [ana.id.clone(), bo.id.clone()]);
    let new = cy.get("/api/v1/directory?order=new&local=true").await.list();
    assert_eq!(ids(&new), [bo.id.clone(), ana.id.clone()]);
    let second = cy
        .get("/api/v1/directory?order=new&limit=1&offset=1")
        .await
        .list();
    assert_eq!(ids(&second), [ana.id.as_str()]);
    ana.blocks(&cy).await;
    assert_eq!(ids(&cy.get("/api/v1/directory").await.list()), [bo.id.as_str()]);
    server.settle().await;
}

#[tokio::test]
async fn routes_of_finding_want_a_person_and_the_right_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let narrow = server.token_for(&ana, "write:media").await;
    for path in [
        "/api/v2/suggestions",
        "/api/v1/suggestions",
        "/api/v1/endorsements",
    ] {
        server.client.get(path).await.refused(401);
        narrow.get(path).await.refused(403);
    }
    for verb in ["endorse", "unendorse", "pin", "unpin"] {
        server
            .client
            .act(&format!("/api/v1/accounts/{}/{verb}", ana.id))
            .await
            .refused(401);
        narrow
            .act(&format!("/api/v1/accounts/{}/{verb}", ana.id))
            .await
            .refused(403);
        ana.act(&format!("/api/v1/accounts/7/{verb}")).await.refused(404);
    }
    server.client.delete("/api/v1/suggestions/7").await.refused(401);
    narrow.delete("/api/v1/suggestions/7").await.refused(403);
    ana.get("/api/v1/accounts/7/endorsements").await.refused(404);
    ana.get("/api/v1/trends/statuses?limit=x&offset=-9").await.ok();
}
