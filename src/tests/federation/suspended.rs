//! Somebody here who is put out of action, and back: what other servers are told and may see. Nothing is lost by it.

use chrono::TimeDelta;
use serde_json::Value;
use tintype::actions::suspend;

use super::ending::{document, webfinger, with_bo};
use crate::support::http::id;
use crate::support::peer::Says;

#[tokio::test]
async fn a_suspended_account_says_so_and_nothing_else_to_other_servers() {
    let (scene, bo) = with_bo().await;
    let profile = [("display_name", "Bo Berg"), ("note", "Light")];
    bo.form(
        reqwest::Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &profile,
    )
    .await
    .ok();
    scene.server.settle().await;
    scene.peer.says_to_letters([Says::Status(503)]);
    let post = bo.post("On its way").await;
    scene.server.settle().await;
    let tried = scene.peer.letters_of("Create").len();
    suspend::local(&scene.server.app, bo.account())
        .await
        .expect("Bo is not the owner");
    scene.server.wind(TimeDelta::hours(1));
    scene.server.settle().await;
    assert_eq!(
        scene.peer.letters_of("Create").len(),
        tried,
        "what had not left yet left"
    );
    let told = scene
        .peer
        .letters_of("Update")
        .pop()
        .expect("the followers are told");
    assert_eq!(told["object"]["suspended"], true, "{told}");
    assert_eq!(told["object"]["name"], "");
    let (status, actor) = document(&scene, "/users/bo").await;
    assert_eq!((status, &actor["suspended"]), (200, &Value::from(true)));
    assert!(actor["publicKey"].is_object(), "nobody could verify the letter");
    assert_eq!(
        (&actor["name"], &actor["summary"]),
        (&Value::from(""), &Value::from(""))
    );
    let post = id(&post);
    for path in [
        "/users/bo/outbox",
        "/users/bo/followers",
        &format!("/users/bo/posts/{post}"),
    ] {
        assert_eq!(document(&scene, path).await.0, 404, "{path}");
    }
    assert_eq!(webfinger(&scene, "bo").await, 404);
    let letters = scene.peer.letters().len();
    scene.zed_tells(&scene.zed.does("Follow", scene.uri(&bo))).await;
    assert_eq!(scene.peer.letters().len(), letters, "somebody suspended answers");
}

#[tokio::test]
async fn somebody_who_is_suspended_no_longer_is_back_for_other_servers() {
    let (scene, bo) = with_bo().await;
    let profile = [("display_name", "Bo Berg")];
    bo.form(
        reqwest::Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &profile,
    )
    .await
    .ok();
    scene.server.settle().await;
    let app = &scene.server.app;
    assert!(
        suspend::local(app, bo.account())
            .await
            .expect("Bo is not the owner")
    );
    scene.server.settle().await;
    let told = scene.peer.letters_of("Update").len();
    assert!(suspend::undo(app, bo.account()).await.expect("it works"));
    assert!(!suspend::undo(app, bo.account()).await.expect("it is no mistake"));
    scene.server.settle().await;
    let updates = scene.peer.letters_of("Update");
    assert_eq!(updates.len(), told + 1, "{updates:?}");
    let back = &updates[told]["object"];
    assert_eq!(
        (&back["suspended"], &back["name"]),
        (&Value::Null, &Value::from("Bo Berg"))
    );
    let (status, actor) = document(&scene, "/users/bo").await;
    assert_eq!((status, &actor["suspended"]), (200, &Value::Null));
    assert_eq!(webfinger(&scene, "bo").await, 200);
}
