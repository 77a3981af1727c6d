//! A kept page of a home feed with a quote on it: what befalls the quoted post shows at once.

use reqwest::Method;
use serde_json::Value;

use super::{accepted, only, quoting, revokes, standing};
use crate::support::http::id;
use crate::support::{Person, TestServer};

const HOME: &str = "/api/v1/timelines/home";
const NEVER_KEPT: &str = "/api/v1/timelines/home?max_id=9223372036854775806";

/// The quote at the top of a page that was kept before, and is the true one.
async fn top(server: &TestServer, reader: &Person) -> Value {
    let page = reader.get(HOME).await.list();
    let truth = reader.get(NEVER_KEPT).await.list();
    let states = |page: &[Value]| page.iter().map(standing).collect::<Vec<_>>();
    assert_eq!(states(&page), states(&truth));
    reader.get(HOME).await.ok();
    assert!(server.app.caches.pages.has(reader.account(), 20), "it is kept");
    page.into_iter().next().expect("a post")
}

#[tokio::test]
async fn what_befalls_a_quoted_post_shows_on_a_kept_page() {
    let server = TestServer::start().await;
    // The owner cannot be suspended.
    server.person("first").await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    cy.follows(&bo).await;
    let post = ana.post("Light").await;
    let quote = quoting(&bo, "Look", &post).await;
    server.settle().await;
    assert_eq!(standing(&top(&server, &cy).await), accepted(&post));
    cy.likes(&post).await;
    let liked = &top(&server, &cy).await["quote"]["quoted_status"];
    assert_eq!(
        (&liked["favourited"], &liked["favourites_count"]),
        (&true.into(), &1.into())
    );
    let path = format!("/api/v1/statuses/{}", id(&post));
    ana.form(Method::PUT, &path, &[("status", "Lights")]).await.ok();
    let edited = &top(&server, &cy).await["quote"]["quoted_status"];
    assert_eq!(edited["content"], "<p>Lights</p>");
    for (verb, undone, state) in [
        ("mute", "unmute", "muted_account"),
        ("block", "unblock", "blocked_account"),
    ] {
        cy.toward(verb, &ana).await;
        assert_eq!(standing(&top(&server, &cy).await), only(state));
        cy.toward(undone, &ana).await;
        assert_eq!(standing(&top(&server, &cy).await), accepted(&post));
    }
    for (sql, state) in [
        (
            "update accounts set suspended_at = now() where username = 'ana'",
            only("unauthorized"),
        ),
        (
            "update accounts set suspended_at = null where username = 'ana'",
            accepted(&post),
        ),
    ] {
        sqlx::query(sql)
            .execute(server.db())
            .await
            .expect("it can be written");
        server.looks_anew();
        assert_eq!(standing(&top(&server, &cy).await), state);
    }
    revokes(&ana, &post, &quote).await.ok();
    assert_eq!(standing(&top(&server, &cy).await), only("revoked"));
    let other = quoting(&bo, "Look again", &post).await;
    server.settle().await;
    assert_eq!(standing(&top(&server, &cy).await), accepted(&post));
    ana.deletes(&post).await;
    assert_eq!(standing(&top(&server, &cy).await), only("deleted"), "{other}");
    server.settle().await;
}

#[tokio::test]
async fn whether_one_may_quote_follows_the_follow() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let post = ana.post("Light").with("quote_approval_policy", "followers").await;
    let cy = server.person("cy").await;
    ana.follows(&cy).await;
    bo.follows(&cy).await;
    cy.reposts(&post).await;
    server.settle().await;
    let leave = async || {
        top(&server, &bo).await["quote_approval"]["current_user"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(leave().await.as_deref(), Some("automatic"));
    bo.unfollows(&ana).await;
    assert_eq!(leave().await.as_deref(), Some("denied"));
    server.settle().await;
}
