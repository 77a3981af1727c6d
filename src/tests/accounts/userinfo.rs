//! Who somebody is, as a site asks where they sign in with their account of here.

use reqwest::Method;

use crate::api::shape::Kind::{Address, Object, Words};
use crate::api::shape::{Shape, has};
use crate::support::TestServer;

const USERINFO: &str = "/oauth/userinfo";

fn claims() -> Shape {
    vec![
        ("iss", Address),
        ("sub", Address),
        ("name", Words),
        ("preferred_username", Words),
        ("profile", Address),
        ("picture", Address),
    ]
}

#[tokio::test]
async fn a_site_learns_who_signs_in_and_nothing_else() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let signing_in = server.token_for(&ana, "profile").await;
    let told = signing_in.get(USERINFO).await.ok();
    has("claims", &told, Object(claims));
    assert_eq!(told["name"], "ana", "who has no other name");
    let again = signing_in.form(Method::POST, USERINFO, &[]).await.ok();
    assert_eq!(again, told);
    let named = [("display_name", "Ana of the hills")];
    ana.form(Method::PATCH, "/api/v1/profile", &named).await.ok();
    server.forget();
    let told = signing_in.get(USERINFO).await.ok();
    assert_eq!(told["name"], "Ana of the hills");
    let own = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(
        (&told["sub"], &told["profile"], &told["picture"]),
        (&own["uri"], &own["url"], &own["avatar"])
    );
    let metadata = "/.well-known/oauth-authorization-server";
    let metadata = server.client.get(metadata).await.ok();
    assert_eq!(told["iss"], metadata["issuer"]);
    assert_eq!(
        metadata["userinfo_endpoint"].as_str(),
        Some(server.app.urls.at(USERINFO).as_str())
    );
    server.settle().await;
}

#[tokio::test]
async fn who_was_not_allowed_to_ask_is_told_nothing() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let stranger = server.client.get(USERINFO).await;
    assert_eq!(stranger.refused(401), "The access token is invalid");
    assert_eq!(stranger.header("access-control-allow-origin"), Some("*"));
    let reading = server.token_for(&ana, "read write").await;
    reading.get(USERINFO).await.refused(403);
    reading.form(Method::POST, USERINFO, &[]).await.refused(403);
}
