//! The list of pictures that are not wanted, as admins keep it by their apps.

use reqwest::Method;
use serde_json::json;
use tintype::domain::role::Role;

use super::desk::{Staff, one_of, staff};
use super::logged::log;
use crate::api::document::Document;
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, has};
use crate::paging::{goes_through, newest_first};
use crate::support::TestServer;
use crate::support::http::id;

const PATH: &str = "/api/tintype/v1/admin/known_pictures";

fn entry() -> Shape {
    vec![
        ("id", Id),
        ("kind", OneOf(&["sha256", "pdq"])),
        ("hash", Words),
        ("action", OneOf(&["refuse", "hide", "report"])),
        ("comment", Text),
        ("hits", Whole),
        ("last_hit_at", OrNull(&Time)),
        ("created_at", Time),
    ]
}

#[tokio::test]
async fn admins_list_pictures_and_moderators_see_the_list() {
    let server = TestServer::start().await;
    let Staff { admin, moderator, .. } = staff(&server).await;
    let hash = "0F".repeat(32);
    let made = admin
        .post_form(PATH, &[("kind", "sha256"), ("hash", &hash)])
        .await;
    has("an entry", &made.ok(), Object(entry));
    Document::new().fits(&Method::POST, PATH, made.status, &made.ok());
    assert_eq!(
        (&made.ok()["hash"], &made.ok()["action"], &made.ok()["hits"]),
        (&json!("0f".repeat(32)), &json!("refuse"), &json!(0))
    );
    // The same once more says something else of it; the same digits may also be what a picture looks like.
    let fields = [
        ("kind", "sha256"),
        ("hash", &hash),
        ("action", "hide"),
        ("comment", "Softer"),
    ];
    let again = admin.post_form(PATH, &fields).await.ok();
    assert_eq!((id(&again), &again["action"]), (id(&made.ok()), &json!("hide")));
    let look = admin
        .post_form(PATH, &[("kind", "pdq"), ("hash", &hash)])
        .await
        .ok();
    assert_ne!(id(&look), id(&again));
    assert_eq!(moderator.get(PATH).await.list(), [look.clone(), again.clone()]);
    let path = format!("{PATH}/{}", id(&again));
    assert_eq!(moderator.get(&path).await.ok(), again);
    moderator.post_form(PATH, &fields).await.refused(403);
    moderator.delete(&path).await.refused(403);
    admin.delete(&path).await.ok();
    for method in [Method::GET, Method::DELETE] {
        admin.form(method, &path, &[]).await.refused(404);
    }
    let long = "a".repeat(1_001);
    for bad in [
        &[("kind", "sha256")][..],
        &[("hash", &hash)],
        &[("kind", "md5"), ("hash", &hash)],
        &[("kind", "pdq"), ("hash", "0f")],
        &[("kind", "pdq"), ("hash", &hash), ("action", "burn")],
        &[("kind", "pdq"), ("hash", &hash), ("comment", &long)],
    ] {
        admin.post_form(PATH, bad).await.refused(422);
    }
    let deeds: Vec<String> = log(&server, None)
        .await
        .into_iter()
        .map(|[_, act, ..]| act)
        .collect();
    assert_eq!(
        deeds,
        ["list_picture", "list_picture", "list_picture", "unlist_picture"]
    );
}

#[tokio::test]
async fn the_list_goes_page_by_page() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let adam = one_of(&server, "adam", Role::Admin).await;
    let mut made = Vec::new();
    for number in 0..8 {
        let hash = format!("{number:02x}").repeat(32);
        made.push(
            adam.post_form(PATH, &[("kind", "pdq"), ("hash", &hash)])
                .await
                .ok(),
        );
    }
    goes_through(&adam, PATH, "", &newest_first(&made)).await;
}
