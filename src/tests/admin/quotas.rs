//! How much somebody may keep, as admins say it.

use reqwest::Method;
use serde_json::json;

use super::desk::{Staff, staff};
use super::logged::log;
use crate::api::document::Document;
use crate::federation::scene::Scene;
use crate::support::{Person, TestServer};

fn path(person: &Person) -> String {
    format!("/api/tintype/v1/admin/accounts/{}/quota", person.id)
}

#[tokio::test]
async fn admins_say_how_much_one_person_may_keep_and_moderators_see_it() {
    let server = TestServer::start().await;
    let Staff {
        admin,
        moderator,
        member,
        ..
    } = staff(&server).await;
    let path = path(&member);
    let before = admin.get(&path).await;
    assert_eq!(
        before.ok(),
        json!({ "limit": null, "used": 0, "left": null, "is_own": false })
    );
    Document::new().fits(&Method::GET, &path, before.status, &before.ok());
    let own = json!({ "limit": 5_000, "used": 0, "left": 5_000, "is_own": true });
    let said = admin
        .json(Method::PUT, &path, &json!({ "limit": 5_000 }))
        .await
        .ok();
    assert_eq!(said, own);
    assert_eq!(moderator.get(&path).await.ok(), own);
    for (method, fields) in [(Method::PUT, &[("limit", "1")][..]), (Method::DELETE, &[])] {
        moderator.form(method, &path, fields).await.refused(403);
    }
    let unbounded = admin.form(Method::PUT, &path, &[("limit", "0")]).await.ok();
    assert_eq!(
        (&unbounded["limit"], &unbounded["is_own"]),
        (&json!(null), &json!(true))
    );
    let as_all = admin.delete(&path).await.ok();
    assert_eq!(as_all["is_own"], false);
    for bad in [
        "",
        "-5",
        "much",
        "1.5",
        "99999999999999999999",
        "18446744073709551615",
    ] {
        admin
            .form(Method::PUT, &path, &[("limit", bad)])
            .await
            .refused(422);
    }
    admin.form(Method::PUT, &path, &[]).await.refused(422);
    let line = |words: &str| ["adam", "change_quota", "@mel", words].map(str::to_owned);
    assert_eq!(
        log(&server, Some(&member)).await,
        [line("5000 bytes"), line("no bound"), line("as everybody")]
    );
}

#[tokio::test]
async fn only_who_lives_here_has_room() {
    let scene = Scene::new().await;
    let adam = super::desk::one_of(&scene.server, "adam", tintype::domain::role::Role::Admin).await;
    for nobody in [scene.zed_id.as_str(), "1", "x"] {
        let path = format!("/api/tintype/v1/admin/accounts/{nobody}/quota");
        adam.get(&path).await.refused(404);
        adam.form(Method::PUT, &path, &[("limit", "1")])
            .await
            .refused(404);
        adam.delete(&path).await.refused(404);
    }
}
