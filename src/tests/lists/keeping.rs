//! Making lists, and who is in them.

use reqwest::Method;
use serde_json::{Value, json};

use super::{a_list, changes, puts_in, takes_out, timeline};
use crate::api::shape::Kind::{List, Object};
use crate::api::shape::{all_have, has};
use crate::api::{shapes, small_shapes};
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

fn of(list: &Value) -> String {
    format!("/api/v1/lists/{}", id(list))
}

async fn members(owner: &Person, list: &Value) -> Vec<String> {
    let path = format!("{}/accounts?limit=0", of(list));
    ids(&owner.get(&path).await.list())
}

#[tokio::test]
async fn a_list_is_made_changed_and_removed() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let list = a_list(&ana, &json!({ "title": " Friends " }), &[]).await;
    has("a list", &list, Object(small_shapes::list));
    assert_eq!(
        list,
        json!({ "id": id(&list), "title": "Friends", "replies_policy": "list", "exclusive": false })
    );
    let wishes = json!({ "title": "Others", "replies_policy": "followed", "exclusive": true });
    let changed = changes(&ana, &list, &wishes).await;
    assert_eq!(
        changed,
        json!({ "id": id(&list), "title": "Others", "replies_policy": "followed", "exclusive": true })
    );
    // What is not named stays.
    let renamed = ana
        .form(Method::PATCH, &of(&list), &[("title", "Third")])
        .await
        .ok();
    assert_eq!(
        (&renamed["replies_policy"], &renamed["exclusive"]),
        (&changed["replies_policy"], &changed["exclusive"])
    );
    assert_eq!(ana.get(&of(&list)).await.ok(), renamed);
    let second = a_list(&ana, &json!({ "title": "Second", "replies_policy": "none" }), &[]).await;
    let all = ana.get("/api/v1/lists").await.list();
    assert_eq!(all, [renamed, second.clone()]);
    all_have("lists", &all, Object(small_shapes::list));
    assert_eq!(ana.delete(&of(&list)).await.ok(), json!({}));
    assert_eq!(ana.get("/api/v1/lists").await.list(), [second]);
    for path in [of(&list), format!("{}/accounts", of(&list)), timeline(&list)] {
        ana.get(&path).await.refused(404);
    }
    server.settle().await;
}

#[tokio::test]
async fn what_cannot_be_a_list_is_refused_in_a_sentence() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let list = a_list(&ana, &json!({ "title": "Friends" }), &[]).await;
    for (wishes, sentence) in [
        (json!({}), "Title can't be blank"),
        (json!({ "title": " " }), "Title can't be blank"),
        (json!({ "title": "x".repeat(257) }), "maximum is 256 characters"),
        (
            json!({ "title": "x", "replies_policy": "some" }),
            "Replies policy",
        ),
    ] {
        let answer = ana.json(Method::POST, "/api/v1/lists", &wishes).await;
        assert!(answer.refused(422).contains(sentence), "{wishes}");
        if wishes["title"].is_string() {
            let answer = ana.json(Method::PUT, &of(&list), &wishes).await;
            assert!(answer.refused(422).contains(sentence), "{wishes}");
        }
    }
    for number in 1..50 {
        a_list(&ana, &json!({ "title": format!("{number}") }), &[]).await;
    }
    let answer = ana.post_form("/api/v1/lists", &[("title", "one too many")]).await;
    assert!(answer.refused(422).contains("more than 50 lists"));
    ana.delete(&of(&list)).await.ok();
    a_list(&ana, &json!({ "title": "there is room again" }), &[]).await;
    server.settle().await;
}

#[tokio::test]
async fn only_people_whom_one_follows_are_in_a_list_and_only_as_long() {
    let server = TestServer::start().await;
    let [ana, bo, cy, dee] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
        server.person("dee").await,
    ];
    for followee in [&bo, &cy] {
        ana.follows(followee).await;
    }
    let list = a_list(&ana, &json!({ "title": "Friends" }), &[]).await;
    let path = format!("{}/accounts", of(&list));
    // All of them or none.
    puts_in(&ana, &list, &[&bo, &dee]).await.refused(404);
    puts_in(&ana, &list, &[&ana]).await.refused(404);
    assert!(members(&ana, &list).await.is_empty());
    for wrong in ["x", "0", "9223372036854775808"] {
        ana.post_form(&path, &[("account_ids[]", wrong)])
            .await
            .refused(404);
    }
    for method in [Method::POST, Method::DELETE] {
        ana.form(method, &path, &[]).await.refused(422);
    }
    puts_in(&ana, &list, &[&bo, &cy, &bo]).await.ok();
    // Again is as good as once, and changes no order.
    puts_in(&ana, &list, &[&bo]).await.ok();
    assert_eq!(members(&ana, &list).await, [cy.id.clone(), bo.id.clone()]);
    has(
        "people in a list",
        &ana.get(&path).await.value(),
        List(&Object(shapes::account)),
    );
    ana.unfollows(&bo).await;
    assert_eq!(members(&ana, &list).await, [cy.id.as_str()]);
    cy.blocks(&ana).await;
    assert!(members(&ana, &list).await.is_empty());
    ana.follows(&bo).await;
    assert!(
        members(&ana, &list).await.is_empty(),
        "nobody comes back by themselves"
    );
    puts_in(&ana, &list, &[&bo]).await.ok();
    let query = format!("{path}?account_ids[]={}", bo.id);
    assert_eq!(ana.delete(&query).await.ok(), json!({}));
    takes_out(&ana, &list, &[&bo]).await.ok();
    assert!(members(&ana, &list).await.is_empty());
    server.settle().await;
}

#[tokio::test]
async fn a_request_to_follow_is_no_follow_yet() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.form(
        Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &[("locked", "true")],
    )
    .await
    .ok();
    assert_eq!(ana.follows(&bo).await["requested"], true);
    let list = a_list(&ana, &json!({ "title": "Friends" }), &[]).await;
    puts_in(&ana, &list, &[&bo]).await.refused(404);
    bo.act(&format!("/api/v1/follow_requests/{}/authorize", ana.id))
        .await
        .ok();
    puts_in(&ana, &list, &[&bo]).await.ok();
    server.settle().await;
}

#[tokio::test]
async fn the_people_of_a_list_are_paged_or_given_at_once() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut crowd = Vec::new();
    for number in 0..9 {
        let person = server.person(&format!("p{number}")).await;
        ana.follows(&person).await;
        crowd.push(person);
    }
    let list = a_list(
        &ana,
        &json!({ "title": "Crowd" }),
        &crowd.iter().collect::<Vec<_>>(),
    )
    .await;
    let wanted: Vec<String> = crowd.iter().rev().map(|person| person.id.clone()).collect();
    assert_eq!(members(&ana, &list).await, wanted);
    for limit in [1, 2, 3, 4, 9] {
        let pages = ana.walks(&format!("{}/accounts?limit={limit}", of(&list))).await;
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert!(
            sizes[..sizes.len() - 1].iter().all(|size| *size == limit),
            "{sizes:?}"
        );
        assert_eq!(ids(&pages.concat()), wanted, "by {limit}");
    }
    let first = ana.get(&format!("{}/accounts?limit=3&min_id=0", of(&list))).await;
    assert_eq!(ids(&first.list()), wanted[6..]);
    let above = ana.get(&first.links().prev.unwrap()).await;
    assert_eq!(ids(&above.list()), wanted[3..6]);
    let whole = ana.get(&format!("{}/accounts?limit=0", of(&list))).await;
    assert_eq!(whole.header("link"), None);
    server.settle().await;
}

#[tokio::test]
async fn in_which_lists_somebody_is_can_be_asked_by_the_lists_owner() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    ana.follows(&bo).await;
    let one = a_list(&ana, &json!({ "title": "One" }), &[&bo]).await;
    a_list(&ana, &json!({ "title": "Two" }), &[]).await;
    let path = format!("/api/v1/accounts/{}/lists", bo.id);
    assert_eq!(ana.get(&path).await.list(), [one]);
    assert!(cy.get(&path).await.list().is_empty());
    ana.get("/api/v1/accounts/7/lists").await.refused(404);
    server.client.get(&path).await.refused(401);
    server
        .token_for(&ana, "read:accounts")
        .await
        .get(&path)
        .await
        .refused(403);
    server.settle().await;
}

#[tokio::test]
async fn lists_are_their_owners_alone_and_need_their_scope() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.follows(&bo).await;
    let list = a_list(&ana, &json!({ "title": "Friends" }), &[&bo]).await;
    let own = of(&list);
    let accounts = format!("{own}/accounts");
    let shown = timeline(&list);
    let reads = ["/api/v1/lists", own.as_str(), accounts.as_str(), shown.as_str()];
    let writes = [
        (Method::POST, "/api/v1/lists"),
        (Method::PUT, own.as_str()),
        (Method::POST, accounts.as_str()),
        (Method::DELETE, accounts.as_str()),
        (Method::DELETE, own.as_str()),
    ];
    let fields = [("title", "x"), ("account_ids[]", bo.id.as_str())];
    let (reader, writer) = (
        server.token_for(&ana, "read:lists").await,
        server.token_for(&ana, "write:lists").await,
    );
    for path in reads {
        server.client.get(path).await.refused(401);
        writer.get(path).await.refused(403);
        reader.get(path).await.ok();
    }
    for (method, path) in writes {
        server
            .client
            .form(method.clone(), path, &fields)
            .await
            .refused(401);
        reader.form(method, path, &fields).await.refused(403);
    }
    for path in &reads[1..] {
        bo.get(path).await.refused(404);
        ana.get(&path.replace(&id(&list), "7")).await.refused(404);
        ana.get(&path.replace(&id(&list), "x")).await.refused(404);
    }
    for (method, path) in [
        (Method::PUT, &own),
        (Method::POST, &accounts),
        (Method::DELETE, &accounts),
        (Method::DELETE, &own),
    ] {
        bo.form(method, path, &fields).await.refused(404);
    }
    assert_eq!(members(&ana, &list).await, [bo.id.as_str()]);
    server.settle().await;
}
