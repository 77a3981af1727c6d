//! What an admin decided about a domain holds for its people whenever they arrive; and what peers report is kept.

use serde_json::json;
use tintype::actions::domains;
use tintype::db::policies::Severity;

use super::scene::{Scene, find};
use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::api::shapes;
use crate::support::peer::Peer;

#[tokio::test]
async fn who_is_met_after_their_domain_was_limited_is_limited_too() {
    let scene = Scene::new().await;
    let limited = "select count(*) from accounts where limited_at is not null and username = $1";
    domains::decide(
        &scene.server.app,
        "peer.test".into(),
        Severity::Limited,
        String::new(),
    )
    .await
    .expect("it can be decided");
    let yan = scene.peer.actor("yan");
    find(&scene.ana, &yan.handle()).await;
    assert_eq!(scene.number(limited, "zed").await, 1, "who was known");
    assert_eq!(scene.number(limited, "yan").await, 1, "who came later");
    // Somebody limited asks, also where others simply follow.
    yan.tells(&scene.server, &yan.does("Follow", scene.uri(&scene.ana)))
        .await;
    scene.server.settle().await;
    let asked = scene.ana.get("/api/v1/follow_requests").await.list();
    assert_eq!(asked.len(), 1, "{asked:?}");
    domains::undo(&scene.server.app, "peer.test")
        .await
        .expect("it can be undone");
    yan.tells(&scene.server, &yan.does("Update", yan.document()))
        .await;
    scene.server.settle().await;
    assert_eq!(scene.number(limited, "yan").await, 0);
}

#[tokio::test]
async fn a_report_of_a_peer_is_kept_with_its_reason_for_those_who_look_after_the_server() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let (bad, other) = (bo.post("Bad").await, scene.ana.post("Ana's").await);
    let (bad, other) = (scene.post_uri(&bo, &bad), scene.post_uri(&scene.ana, &other));
    let mut flag = scene.zed.does("Flag", json!([scene.uri(&bo), bad, other]));
    flag["content"] = json!("<b>Spam</b>, again");
    scene.zed_tells(&flag).await;
    scene.zed_tells(&flag).await;
    scene
        .zed_tells(
            &scene
                .zed
                .does("Flag", json!(["https://elsewhere.example/users/x"])),
        )
        .await;
    let mut db = scene.server.db().acquire().await.expect("a connection");
    let reports = tintype::db::reports::list(&mut db, i64::MAX, 10)
        .await
        .expect("they can be read");
    assert_eq!(reports.len(), 1, "{reports:?}");
    assert_eq!(reports[0].account, "bo");
    assert_eq!(reports[0].posts, 1, "a post of somebody else's is no part of it");
    assert_eq!(reports[0].reason, "Spam, again");
    assert_eq!(reports[0].reporter.as_deref(), Some(scene.zed.uri.as_str()));
    assert_eq!(
        scene
            .number(
                "select count(*) from notifications where account_id::text = $1",
                &bo.id
            )
            .await,
        0
    );
}

#[tokio::test]
async fn a_server_that_reports_without_end_fills_neither_the_list_nor_that_of_others() {
    let scene = Scene::new().await;
    let (bo, yan) = (scene.server.person("bo").await, scene.peer.actor("yan"));
    let other = Peer::start("four.test").await;
    let wanda = other.actor("wanda");
    for number in 0..120 {
        let who = if number % 2 == 0 { &scene.zed } else { &yan };
        who.tells(&scene.server, &who.does("Flag", json!([scene.uri(&bo)])))
            .await;
    }
    scene.server.settle().await;
    let reports =
        "select count(*) from reports r join accounts f on f.id = r.reporter_id where f.username <> $1";
    assert_eq!(scene.number(reports, "").await, 100);
    wanda
        .tells(&scene.server, &wanda.does("Flag", json!([scene.uri(&bo)])))
        .await;
    scene.server.settle().await;
    assert_eq!(scene.number(reports, "wanda").await, 100);
    assert_eq!(scene.number(reports, "").await, 101, "another server's is kept");
}

#[tokio::test]
async fn moderators_hear_of_each_report_and_the_reported_of_none() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let bad = bo.post("Bad").await;
    for reason in ["Spam", "Spam again"] {
        let objects = json!([scene.uri(&bo), scene.post_uri(&bo, &bad)]);
        let mut flag = scene.zed.does("Flag", objects);
        flag["content"] = json!(reason);
        scene.zed_tells(&flag).await;
    }
    // What a moderator must know comes also from whom they mute.
    scene
        .ana
        .act(&format!("/api/v1/accounts/{}/mute", scene.zed_id))
        .await
        .ok();
    let told = scene.ana.get("/api/v1/notifications").await.list();
    assert_eq!(told.len(), 2);
    for one in &told {
        has("of a report", one, Object(shapes::notification_with_report));
        assert_eq!(one["report"]["target_account"]["id"], bo.id.as_str());
        assert_eq!(one["report"]["status_ids"], json!([bad["id"]]));
    }
    assert_eq!(told[0]["report"]["comment"], "Spam again");
    let groups = scene.ana.get("/api/v2/notifications").await.ok();
    has("in groups", &groups, Object(shapes::grouped_notifications));
    let groups = groups["notification_groups"].as_array().expect("groups").clone();
    assert_eq!(groups.len(), 2, "each report stands alone");
    assert_eq!(groups[0]["report"], told[0]["report"]);
    assert!(bo.get("/api/v1/notifications").await.list().is_empty());
}
