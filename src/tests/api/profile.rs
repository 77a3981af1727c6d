//! One's profile, as one wrote it: read whole, changed by the rules of `update_credentials`.

use serde_json::{Value, json};

use super::route_table::{PATCH, PUT};
use super::shape::Kind::Object;
use super::shape::has;
use super::small_shapes;
use crate::support::TestServer;
use crate::support::draft::small_photo;
use crate::support::http::Part;
use crate::support::server::Settings;

const PROFILE: &str = "/api/v1/profile";

#[tokio::test]
async fn a_profile_is_read_and_changed_as_it_was_written() {
    let server = TestServer::start_with(Settings {
        running: true,
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    let fresh = ana.get(PROFILE).await.ok();
    has("a fresh profile", &fresh, Object(small_shapes::profile));
    assert_eq!((&fresh["avatar"], &fresh["header"]), (&Value::Null, &Value::Null));
    let tag = [("name", "water")];
    ana.post_form("/api/v1/featured_tags", &tag).await.ok();
    let parts = [
        Part::Text("display_name", "Ana"),
        Part::Text("note", "Light & #water"),
        Part::Text("fields_attributes[0][name]", "home"),
        Part::Text("fields_attributes[0][value]", "https://ana.example/"),
        Part::Text("locked", "true"),
        Part::Text("hide_collections", "true"),
        Part::Text("avatar_description", " A cat "),
        Part::File("avatar", "me.jpg", "image/jpeg", small_photo()),
    ];
    let changed = ana.multipart(PATCH, PROFILE, &parts).await.ok();
    has("a profile", &changed, Object(small_shapes::profile));
    assert_eq!(changed["note"], "Light & #water", "not HTML");
    assert_eq!(changed["fields"][0]["value"], "https://ana.example/");
    assert_eq!(changed["avatar_description"], "A cat");
    assert_eq!(
        (&changed["locked"], &changed["hide_collections"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(changed["featured_tags"][0]["name"], "water");
    assert_eq!(ana.get(PROFILE).await.ok(), changed);
    let own = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(
        (&own["avatar"], &own["source"]["note"], &own["display_name"]),
        (&changed["avatar"], &changed["note"], &changed["display_name"])
    );
    // What nothing is said of stays.
    let unlocked = ana.form(PUT, PROFILE, &[("locked", "false")]).await.ok();
    assert_eq!(
        (
            &unlocked["locked"],
            &unlocked["avatar"],
            &unlocked["avatar_description"]
        ),
        (&json!(false), &changed["avatar"], &json!("A cat"))
    );
    ana.delete("/api/v1/profile/avatar").await.ok();
    let bare = ana.get(PROFILE).await.ok();
    assert_eq!(
        (&bare["avatar"], &bare["avatar_description"]),
        (&Value::Null, &json!(""))
    );
    server.settle().await;
}

#[tokio::test]
async fn a_profile_is_its_owners_and_keeps_the_bounds_of_all_profiles() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let long = "x".repeat(1_501);
    for (name, value) in [
        ("display_name", &long[..31]),
        ("note", &long[..501]),
        ("avatar_description", &long),
        ("header_description", &long),
        ("source[privacy]", "loud"),
    ] {
        ana.form(PATCH, PROFILE, &[(name, value)]).await.refused(422);
    }
    server.client.get(PROFILE).await.refused(401);
    server.client.form(PATCH, PROFILE, &[]).await.refused(401);
    let looking = server.token_for(&ana, "profile").await;
    has(
        "to sign in",
        &looking.get(PROFILE).await.ok(),
        Object(small_shapes::profile),
    );
    looking.form(PATCH, PROFILE, &[]).await.refused(403);
    let other = server.token_for(&ana, "read:statuses write:statuses").await;
    other.get(PROFILE).await.refused(403);
    other.form(PATCH, PROFILE, &[]).await.refused(403);
    let reading = server.token_for(&ana, "read:accounts").await;
    reading.get(PROFILE).await.ok();
    server.settle().await;
}
