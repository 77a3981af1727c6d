//! Who may quote a post: as its author says, when it is made and afterwards, and whether leave that was given stays.

use reqwest::Method;
use serde_json::{Value, json};

use super::{accepted, only, quoting, revokes, standing, stands};
use crate::support::http::id;
use crate::support::{Person, TestServer};

async fn sets(person: &Person, post: &Value, policy: &str) -> crate::support::http::Answer {
    let path = format!("/api/v1/statuses/{}/interaction_policy", id(post));
    let fields = [("quote_approval_policy", policy)];
    person.form(Method::PUT, &path, &fields).await
}

fn leave(status: &Value) -> &str {
    status["quote_approval"]["current_user"].as_str().expect("a word")
}

#[tokio::test]
async fn a_post_is_quoted_by_whom_its_author_lets() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    bo.follows(&ana).await;
    for (policy, of_ana, of_bo, of_cy) in [
        ("public", "automatic", "automatic", "automatic"),
        ("followers", "automatic", "automatic", "denied"),
        ("nobody", "automatic", "denied", "denied"),
    ] {
        let post = ana.post(policy).with("quote_approval_policy", policy).await;
        for (person, may) in [(&ana, of_ana), (&bo, of_bo), (&cy, of_cy)] {
            assert_eq!(leave(&person.sees(&post).await), may, "{policy} {}", person.name);
            let answer = quoting(person, "Quoted", &post).send().await;
            match may {
                "automatic" => assert_eq!(standing(&answer.ok()), accepted(&post)),
                _ => drop(answer.refused(404)),
            }
        }
        let anybody = server
            .client
            .get(&format!("/api/v1/statuses/{}", id(&post)))
            .await
            .ok();
        assert_eq!(leave(&anybody), "denied");
    }
    server.settle().await;
}

#[tokio::test]
async fn the_usual_policy_is_set_with_the_profile() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    assert_eq!(
        ana.post("One").await["quote_approval"]["automatic"],
        json!(["public"])
    );
    const PROFILE: &str = "/api/v1/accounts/update_credentials";
    let fields = [("source[quote_policy]", "followers")];
    let own = ana.form(Method::PATCH, PROFILE, &fields).await.ok();
    assert_eq!(own["source"]["quote_policy"], "followers");
    let preferences = ana.get("/api/v1/preferences").await.ok();
    assert_eq!(preferences["posting:default:quote_policy"], "followers");
    let post = ana
        .post("Two")
        .with("visibility", "public")
        .with("sensitive", false)
        .await;
    assert_eq!(post["quote_approval"]["automatic"], json!(["followers"]));
    let wrong = [("source[quote_policy]", "friends")];
    ana.form(Method::PATCH, PROFILE, &wrong).await.refused(422);
    server.settle().await;
}

#[tokio::test]
async fn a_policy_is_changed_afterwards_and_what_was_quoted_stays() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Light").await;
    let before = quoting(&bo, "Before", &post).await;
    let changed = sets(&ana, &post, "nobody").await.ok();
    assert_eq!(changed["quote_approval"]["automatic"], json!([]));
    assert_eq!(changed["edited_at"], Value::Null);
    quoting(&bo, "After", &post).send().await.refused(404);
    assert_eq!(stands(&bo, &before).await, accepted(&post));
    // An edit may say so as well.
    let path = format!("/api/v1/statuses/{}", id(&post));
    let fields = [("status", "Lights"), ("quote_approval_policy", "followers")];
    let edited = ana.form(Method::PUT, &path, &fields).await.ok();
    assert_eq!(edited["quote_approval"]["automatic"], json!(["followers"]));
    for wrong in ["friends", ""] {
        sets(&ana, &post, wrong).await.refused(422);
    }
    sets(&bo, &post, "public").await.refused(404);
    sets(&ana, &json!({ "id": "7" }), "public").await.refused(404);
    sets(&ana, &json!({ "id": "x" }), "public").await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn leave_is_taken_back_by_whoever_gave_it() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Light").await;
    let quote = quoting(&bo, "Look", &post).await;
    let other = quoting(&bo, "Look here", &post).await;
    server.settle().await;
    let stamp = format!("/users/ana/stamps/{}", id(&quote));
    let document = server.client.get(&stamp).await.ok();
    assert_eq!(document["type"], "QuoteAuthorization");
    revokes(&bo, &post, &quote).await.refused(404);
    revokes(&ana, &quote, &post).await.refused(404);
    let answer = revokes(&ana, &post, &quote).await.ok();
    assert_eq!(standing(&answer), only("revoked"));
    assert_eq!(answer["id"], quote["id"]);
    revokes(&ana, &post, &quote).await.ok();
    server.settle().await;
    assert_eq!(stands(&bo, &quote).await, only("revoked"));
    assert_eq!(stands(&bo, &other).await, accepted(&post));
    assert_eq!(ana.sees(&post).await["quotes_count"], 1);
    let told = ana.get("/api/v1/notifications").await.list();
    assert_eq!(told.len(), 1, "of the other one: {told:?}");
    assert_eq!(server.client.get(&stamp).await.status, 404);
}

#[tokio::test]
async fn the_doors_of_quotes_want_a_token_of_their_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("Light").await;
    let quote = quoting(&ana, "Look", &post).await;
    let of = |rest: &str| format!("/api/v1/statuses/{}/{rest}", id(&post));
    let revoke = of(&format!("quotes/{}/revoke", id(&quote)));
    let policy = [("quote_approval_policy", "nobody")];
    let reads = server.token_for(&ana, "read").await;
    let writes = server.token_for(&ana, "write").await;
    server.client.get(&of("quotes")).await.refused(401);
    server.client.act(&revoke).await.refused(401);
    let none = &server.client;
    none.form(Method::PUT, &of("interaction_policy"), &policy)
        .await
        .refused(401);
    writes.get(&of("quotes")).await.refused(403);
    reads.act(&revoke).await.refused(403);
    reads
        .form(Method::PUT, &of("interaction_policy"), &policy)
        .await
        .refused(403);
    for path in ["x/quotes", "7/quotes"] {
        reads.get(&format!("/api/v1/statuses/{path}")).await.refused(404);
    }
    writes.act(&of("quotes/x/revoke")).await.refused(404);
    writes.act(&of("quotes/7/revoke")).await.refused(404);
    for wrong in ["x", "7", "-1", "99999999999999999999"] {
        quoting(&ana, "Nothing", &json!({ "id": wrong }))
            .send()
            .await
            .refused(404);
    }
    server.settle().await;
}
