//! Reports that go to other servers, and those that come from them.

use reqwest::Method;
use serde_json::{Value, json};

use super::scene::Scene;
use super::two_worlds::{Bo, both};
use crate::support::http::id;
use tintype::domain::audience::Audience;

async fn ana_reports(scene: &Scene, of: &str, more: Value) -> Value {
    let mut wish = json!({ "account_id": of, "comment": "Spam & more" });
    for (name, value) in more.as_object().expect("fields") {
        wish[name] = value.clone();
    }
    let report = scene.ana.json(Method::POST, "/api/v1/reports", &wish).await.ok();
    scene.server.settle().await;
    report
}

#[tokio::test]
async fn the_server_of_the_reported_hears_of_it_if_the_reporter_wishes_and_not_from_whom() {
    let scene = Scene::new().await;
    let (note, post) = scene.zed_posts("<p>Buy this</p>").await;
    let kept = ana_reports(&scene, &scene.zed_id, json!({})).await;
    assert_eq!(kept["forwarded"], false);
    assert!(scene.peer.letters_of("Flag").is_empty(), "it stays here");
    let wish = json!({ "forward": true, "status_ids": [post["id"]] });
    let sent = ana_reports(&scene, &scene.zed_id, wish).await;
    assert_eq!(sent["forwarded"], true);
    let flags = scene.peer.letters_of("Flag");
    assert_eq!(flags.len(), 1);
    let flag = &flags[0];
    let server = scene.server.app.urls.instance_actor();
    assert_eq!(flag["actor"], server.as_str());
    assert_eq!(flag["object"], json!([scene.zed.uri, note["id"]]));
    assert_eq!(flag["content"], "Spam & more");
    let of_server = flag["id"].as_str().is_some_and(|id| id.starts_with(&server));
    assert!(of_server, "{flag}");
    for secret in [scene.uri(&scene.ana), scene.ana.id.clone()] {
        assert!(!flag.to_string().contains(&secret), "{secret} is in {flag}");
    }
}

#[tokio::test]
async fn nobody_elsewhere_hears_of_a_report_about_somebody_here() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let report = ana_reports(&scene, &bo.id, json!({ "forward": true })).await;
    assert_eq!(report["forwarded"], false);
    assert!(scene.peer.letters_of("Flag").is_empty());
}

#[tokio::test]
async fn a_report_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let post = world.ana.post("Bad").await;
        match &world.bo {
            Bo::Here(bo) => {
                let wish =
                    json!({ "account_id": world.ana.id, "status_ids": [id(&post)], "comment": "Spam" });
                bo.json(Method::POST, "/api/v1/reports", &wish).await.ok();
            }
            Bo::There(bo) => {
                let mut flag = bo.does("Flag", json!([world.uri(), world.uri_of(&post)]));
                flag["content"] = json!("Spam");
                bo.tells(&world.server, &flag).await;
            }
        }
        world.server.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_of_a_peer_opens_no_post_that_nobody_there_may_see() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let mut named = vec![json!(scene.uri(&bo))];
    let audiences = [Audience::Public, Audience::Followers, Audience::Direct];
    for audience in audiences {
        let post = bo.post("Between us, @ana").to(audience).await;
        named.push(json!(scene.post_uri(&bo, &post)));
    }
    let reported = async || {
        let mut db = scene.server.db().acquire().await.expect("a connection");
        let reports = tintype::db::reports::list(&mut db, i64::MAX, 10).await;
        let reports = reports.expect("they can be read");
        reports.iter().map(|report| report.posts).collect::<Vec<_>>()
    };
    scene
        .zed_tells(&scene.zed.does("Flag", json!(named.clone())))
        .await;
    assert_eq!(reported().await, [1], "the public one alone");
    // What somebody of that server may see, whoever complains of it there may have seen.
    scene.zed_tells(&scene.zed.does("Follow", scene.uri(&bo))).await;
    scene.zed_tells(&scene.zed.does("Flag", json!(named))).await;
    assert_eq!(reported().await, [2, 1], "and those for followers");
}
