//! What Pixelfed's apps ask for beyond Mastodon's API, in its shapes.

use serde_json::Value;
use tintype::actions::trends;

use super::route_table::PATCH;
use super::shape::Kind::{Address, Flag, Id, List, Null, Object, OneOf, Whole, Words};
use super::shape::{Shape, all_have, has};
use super::shapes::{ACCOUNT, STATUS};
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

fn hashtag() -> Shape {
    vec![
        ("id", Id),
        ("name", Words),
        ("hashtag", Words),
        ("url", Address),
        ("count", Whole),
        ("total", Whole),
    ]
}

fn related() -> Shape {
    vec![("name", Words), ("related_count", Whole), ("url", Address)]
}

fn grid() -> Shape {
    vec![("posts", List(&STATUS))]
}

fn compose() -> Shape {
    vec![
        ("default_license", Null),
        ("default_scope", OneOf(&["public", "unlisted", "private"])),
        ("media_descriptions", Flag),
        ("max_altext_length", Whole),
        ("max_media_attachments", Whole),
    ]
}

async fn is_found(server: &TestServer, name: &str) -> Person {
    let person = server.person(name).await;
    let wish = [("discoverable", "true")];
    let path = "/api/v1/accounts/update_credentials";
    person.form(PATCH, path, &wish).await.ok();
    person
}

#[tokio::test]
async fn what_trends_is_found_in_pixelfeds_shapes_photos_alone() {
    let server = TestServer::start().await;
    let (ana, bo) = (is_found(&server, "ana").await, is_found(&server, "bo").await);
    let cy = server.person("cy").await;
    let photo = ana.post("#light #water").with_photo().await;
    let words = bo.post("#light").await;
    for fan in [&ana, &bo, &cy] {
        fan.likes(&photo).await;
        fan.likes(&words).await;
    }
    bo.follows(&ana).await;
    server.settle().await;
    trends::renew(&server.app).await.unwrap();
    for path in [
        "/api/v1.1/discover/posts/trending?range=daily",
        "/api/v1.1/discover/posts/network/trending",
        "/api/v2/discover/posts/trending?range=yearly",
    ] {
        let found = cy.get(path).await.list();
        all_have(path, &found, STATUS);
        assert_eq!(ids(&found), [id(&photo)], "{path}");
    }
    let posts = cy.get("/api/v1/discover/posts").await.ok();
    has("posts", &posts, Object(grid));
    assert_eq!(id(&posts["posts"][0]), id(&photo));
    let tags = cy.get("/api/v1.1/discover/posts/hashtags").await.list();
    all_have("hashtags", &tags, Object(hashtag));
    assert_eq!(
        (tags.len(), &tags[0]["hashtag"], &tags[0]["count"]),
        (1, &"light".into(), &2.into())
    );
    let around = cy.get("/api/v1/tags/Light/related").await.list();
    all_have("related", &around, Object(related));
    assert_eq!(
        (around.len(), &around[0]["name"], &around[0]["related_count"]),
        (1, &"water".into(), &1.into())
    );
    cy.get("/api/v1/tags/no-tag/related").await.refused(404);
    let popular = cy.get("/api/v1.1/discover/accounts/popular").await.list();
    all_have("popular", &popular, ACCOUNT);
    assert_eq!(ids(&popular), [ana.id.as_str()]);
    // Whom one follows, one has found.
    assert_eq!(
        bo.get("/api/v1.1/discover/accounts/popular").await.list(),
        Vec::<Value>::new()
    );
    server.settle().await;
}

#[tokio::test]
async fn people_are_found_by_name_and_by_whom_one_follows() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    cy.follows(&bo).await;
    bo.follows(&ana).await;
    server.settle().await;
    let found = cy.get("/api/v1.1/accounts/username/ana").await.ok();
    has("by name", &found, ACCOUNT);
    assert_eq!(id(&found), ana.id);
    cy.get("/api/v1.1/accounts/username/nobody").await.refused(404);
    let mutual = cy
        .get(&format!("/api/v1.1/accounts/mutuals/{}", ana.id))
        .await
        .list();
    all_have("mutuals", &mutual, ACCOUNT);
    assert_eq!(ids(&mutual), [bo.id.as_str()]);
    cy.get("/api/v1.1/accounts/mutuals/7").await.refused(404);
    let settings = cy.get("/api/v1.1/compose/settings").await.ok();
    has("compose settings", &settings, Object(compose));
}

#[tokio::test]
async fn pixelfeds_routes_want_a_person_and_the_right_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let narrow = server.token_for(&ana, "write:media").await;
    for path in [
        "/api/v1.1/discover/accounts/popular",
        "/api/v1.1/discover/posts/trending",
        "/api/v1.1/discover/posts/network/trending",
        "/api/v2/discover/posts/trending",
        "/api/v1.1/discover/posts/hashtags",
        "/api/v1/discover/posts",
        "/api/v1/tags/light/related",
        "/api/v1.1/compose/settings",
        "/api/v1.1/accounts/mutuals/7",
    ] {
        server.client.get(path).await.refused(401);
        narrow.get(path).await.refused(403);
    }
}
