//! Quotes among people of one server: shown, counted, told of, and gone with what they quote.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::{accepted, only, quoting, standing, stands};
use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::api::shapes;
use crate::support::TestServer;
use crate::support::http::{id, ids};

#[tokio::test]
async fn a_quote_is_shown_with_its_post_counted_and_told_of() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Light on water").await;
    assert_eq!(post["quote"], Value::Null);
    let quote = quoting(&bo, "How fine", &post).await;
    has("a quote", &quote, Object(shapes::status));
    assert_eq!(standing(&quote), accepted(&post));
    let content = quote["content"].as_str().expect("a text");
    assert!(
        content.contains(r#"class="quote-inline""#) && content.contains("<p>How fine</p>"),
        "{content}"
    );
    server.settle().await;
    let anybody = server
        .client
        .get(&format!("/api/v1/statuses/{}", id(&quote)))
        .await
        .ok();
    has("a quote", &anybody, Object(shapes::open_status));
    assert_eq!(standing(&anybody), accepted(&post));
    assert_eq!(ana.sees(&post).await["quotes_count"], 1);
    assert_eq!(stands(&ana, &quote).await, accepted(&post));
    let told = ana.get("/api/v1/notifications").await.list();
    assert_eq!((told.len(), &told[0]["type"]), (1, &json!("quote")));
    has(
        "a notification",
        &told[0],
        Object(shapes::notification_with_status),
    );
    assert_eq!(told[0]["status"]["id"], quote["id"]);
    // A repost of it has it inside.
    let repost = ana.reposts(&quote).await;
    assert_eq!(repost["quote"], Value::Null);
    assert_eq!(standing(&repost["reblog"]), accepted(&post));
    bo.deletes(&quote).await;
    server.settle().await;
    assert_eq!(ana.sees(&post).await["quotes_count"], 0);
    assert!(ana.get("/api/v1/notifications").await.list().is_empty());
}

#[tokio::test]
async fn what_is_quoted_in_a_quote_is_only_named() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let first = ana.post("One").await;
    let second = quoting(&ana, "Two", &first).await;
    let third = quoting(&ana, "Three", &second).await;
    has("a quote", &third, Object(shapes::status));
    assert_eq!(standing(&third), accepted(&second));
    let named = json!({ "state": "accepted", "quoted_status_id": first["id"] });
    assert_eq!(third["quote"]["quoted_status"]["quote"], named);
    assert!(
        ana.get("/api/v1/notifications").await.list().is_empty(),
        "nobody is told of themselves"
    );
    server.settle().await;
    let page = ana.home().await;
    assert_eq!(ids(&page), ids(&[third.clone(), second.clone(), first.clone()]));
    assert_eq!(page[0]["quote"], third["quote"]);
    ana.deletes(&first).await;
    server.settle().await;
    assert_eq!(stands(&ana, &second).await, only("deleted"));
    let named = json!({ "state": "deleted", "quoted_status_id": null });
    assert_eq!(ana.sees(&third).await["quote"]["quoted_status"]["quote"], named);
}

#[tokio::test]
async fn who_may_not_see_or_does_not_want_to_see_what_is_quoted_does_not() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    let post = ana.post("By Ana").await;
    let quote = quoting(&bo, "Look", &post).await;
    let holder = quoting(&bo, "Look again", &quote).await;
    server.settle().await;
    assert_eq!(stands(&cy, &quote).await, accepted(&post));
    for (verb, undone, state) in [
        ("mute", "unmute", "muted_account"),
        ("block", "unblock", "blocked_account"),
    ] {
        cy.toward(verb, &ana).await;
        assert_eq!(stands(&cy, &quote).await, only(state));
        let inside = &cy.sees(&holder).await["quote"]["quoted_status"]["quote"];
        assert_eq!(inside["state"], state);
        cy.toward(undone, &ana).await;
        assert_eq!(stands(&cy, &quote).await, accepted(&post));
    }
    ana.blocks(&cy).await;
    assert_eq!(stands(&cy, &quote).await, only("unauthorized"));
    ana.toward("unblock", &cy).await;
    ana.act(&format!("/api/v1.1/archive/add/{}", id(&post)))
        .await
        .ok();
    server.settle().await;
    assert_eq!(stands(&bo, &quote).await, only("unauthorized"));
}

#[tokio::test]
async fn a_quote_of_what_is_for_followers_goes_no_further() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let narrow = ana.post("For followers").to(Audience::Followers).await;
    assert_eq!(narrow["quote_approval"]["automatic"], json!([]));
    let quote = quoting(&ana, "As I said", &narrow).await;
    assert_eq!(quote["visibility"], "private");
    quoting(&bo, "As Ana said", &narrow).send().await.refused(404);
    let letter = ana.post("@bo between us").to(Audience::Direct).await;
    quoting(&ana, "As I said", &letter).send().await.refused(404);
    // Nor is anybody talked about to others behind their back.
    let open = bo.post("By Bo").await;
    let cy = server.person("cy").await;
    let aside = quoting(&ana, "@cy look at this", &open).to(Audience::Direct);
    aside.send().await.refused(422);
    let to_them = quoting(&ana, "@bo well said", &open).to(Audience::Direct).await;
    assert_eq!(standing(&to_them), accepted(&open));
    server.settle().await;
    cy.get(&format!("/api/v1/statuses/{}", id(&quote)))
        .await
        .refused(404);
}

#[tokio::test]
async fn who_quotes_a_post_hears_of_its_edit() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Frist").await;
    let quote = quoting(&bo, "Indeed", &post).await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    ana.form(Method::PUT, &path, &[("status", "First")]).await.ok();
    server.settle().await;
    let told = bo.get("/api/v1/notifications").await.list();
    assert_eq!((told.len(), &told[0]["type"]), (1, &json!("quoted_update")));
    has(
        "a notification",
        &told[0],
        Object(shapes::notification_with_status),
    );
    assert_eq!(told[0]["status"]["id"], post["id"]);
    assert_eq!(
        bo.sees(&quote).await["quote"]["quoted_status"]["content"],
        "<p>First</p>"
    );
    // An edit of the quote leaves what it quotes.
    let path = format!("/api/v1/statuses/{}", id(&quote));
    let edited = bo.form(Method::PUT, &path, &[("status", "Indeed!")]).await.ok();
    assert_eq!(standing(&edited), accepted(&post));
    server.settle().await;
}

#[tokio::test]
async fn a_planned_quote_quotes_at_its_time() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Light").await;
    let at = server.app.clock.now() + chrono::TimeDelta::hours(1);
    let planned = quoting(&bo, "Later", &post)
        .with("scheduled_at", at.to_rfc3339())
        .with("quote_approval_policy", "followers")
        .await;
    assert_eq!(planned["params"]["quoted_status_id"], post["id"]);
    assert_eq!(planned["params"]["quote_approval_policy"], "followers");
    quoting(&bo, "Never", &json!({ "id": "7" }))
        .with("scheduled_at", at.to_rfc3339())
        .send()
        .await
        .refused(404);
    server.wind(chrono::TimeDelta::hours(1));
    tintype::actions::schedule::publish_due(&server.app)
        .await
        .expect("it can be published");
    server.settle().await;
    let made = bo
        .get(&format!("/api/v1/accounts/{}/statuses", bo.id))
        .await
        .list();
    assert_eq!(standing(&made[0]), accepted(&post));
    assert_eq!(made[0]["quote_approval"]["automatic"], json!(["followers"]));
}
