//! Admins decide whom this server speaks with, by their apps as on the machine: one rule for both.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::domains;
use tintype::db::policies::Severity;
use tintype::domain::role::Role;

use super::desk::one_of;
use super::{does, measures};
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, has};
use crate::federation::scene::{Scene, find};
use crate::paging::goes_through;
use crate::support::draft::small_photo;
use crate::support::http::{id, ids};
use crate::support::peer::Says;
use crate::support::{Person, TestServer};

const BLOCKS: &str = "/api/v1/admin/domain_blocks";
const PUBLIC: &str = "/api/v1/instance/domain_blocks";

fn block() -> Shape {
    vec![
        ("id", Id),
        ("domain", Words),
        ("digest", Words),
        ("created_at", Time),
        ("severity", OneOf(&["noop", "silence", "suspend"])),
        ("reject_media", Flag),
        ("reject_reports", Flag),
        ("private_comment", OrNull(&Words)),
        ("public_comment", OrNull(&Words)),
        ("obfuscate", Flag),
    ]
}

async fn decides(by: &Person, body: Value) -> Value {
    by.json(Method::POST, BLOCKS, &body).await.ok()
}

async fn changes(by: &Person, block: &Value, body: Value) -> Value {
    let path = format!("{BLOCKS}/{}", id(block));
    by.json(Method::PUT, &path, &body).await.ok()
}

async fn takes_back(by: &Person, block: &Value) {
    let done = by.delete(&format!("{BLOCKS}/{}", id(block))).await.ok();
    assert_eq!(done, json!({}));
}

async fn admin(server: &TestServer) -> Person {
    one_of(server, "adam", Role::Admin).await
}

#[tokio::test]
async fn a_decision_is_made_read_changed_and_taken_back() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let admin = admin(&server).await;
    let made = decides(&admin, json!({ "domain": " Bad.Example " })).await;
    has("a block", &made, Object(block));
    assert_eq!(
        (&made["domain"], &made["severity"]),
        (&json!("bad.example"), &json!("silence"))
    );
    assert!(made["private_comment"].is_null() && made["reject_media"] == false);
    let whole = json!({
        "severity": "suspend", "reject_media": true, "reject_reports": true,
        "private_comment": "Ask mona", "public_comment": "Spam", "obfuscate": true,
    });
    let changed = changes(&admin, &made, whole).await;
    has("a block", &changed, Object(block));
    assert_eq!(changed["severity"], "suspend");
    // What is not named stays.
    let changed = changes(&admin, &made, json!({ "public_comment": "Spam, a lot" })).await;
    assert_eq!(changed["private_comment"], "Ask mona");
    let path = format!("{BLOCKS}/{}", id(&made));
    assert_eq!(admin.get(&path).await.ok(), changed);
    assert_eq!(admin.get(BLOCKS).await.list(), std::slice::from_ref(&changed));
    let told = server.client.get(PUBLIC).await.list();
    assert_eq!(told[0]["domain"], "bad.*****le");
    assert_eq!(told[0]["comment"], "Spam, a lot");
    assert_eq!(told[0]["digest"], changed["digest"]);
    assert!(!told[0].to_string().contains("mona"), "{told:?}");
    takes_back(&admin, &made).await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        admin.form(method, &path, &[]).await.refused(404);
    }
    assert!(admin.get(BLOCKS).await.list().is_empty());
    assert!(server.client.get(PUBLIC).await.list().is_empty());
}

#[tokio::test]
async fn what_is_decided_already_is_told_with_the_refusal() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let admin = admin(&server).await;
    let known = decides(&admin, json!({ "domain": "bad.example", "severity": "suspend" })).await;
    for body in [
        json!({ "domain": "bad.example" }),
        json!({ "domain": "bad.example", "severity": "suspend", "reject_media": true }),
        json!({ "domain": "a.bad.example", "severity": "silence" }),
    ] {
        let refused = admin.json(Method::POST, BLOCKS, &body).await;
        assert_eq!(refused.status, 422, "{body}");
        let refusal = refused.value();
        assert_eq!(refusal["existing_domain_block"], known, "{body}");
        assert!(
            refusal["error"]
                .as_str()
                .is_some_and(|said| said.contains("bad.example")),
            "{refusal}"
        );
    }
    // Harder than what holds is new.
    let limited = decides(&admin, json!({ "domain": "loud.example", "severity": "silence" })).await;
    let harder = json!({ "domain": "a.loud.example", "severity": "suspend" });
    decides(&admin, harder).await;
    let host = server.authority();
    for (body, status) in [
        (json!({}), 422),
        (json!({ "domain": " " }), 422),
        (json!({ "domain": "not a domain" }), 422),
        (json!({ "domain": "https://bad.example/" }), 422),
        (json!({ "domain": host }), 422),
        (json!({ "domain": "x.example", "severity": "ban" }), 422),
        (
            json!({ "domain": "x.example", "private_comment": "x".repeat(5_001) }),
            422,
        ),
    ] {
        admin.json(Method::POST, BLOCKS, &body).await.refused(status);
    }
    let path = format!("{BLOCKS}/{}", id(&limited));
    let wrong = json!({ "severity": "ban" });
    admin.json(Method::PUT, &path, &wrong).await.refused(422);
    admin.get(&format!("{BLOCKS}/x")).await.refused(404);
    assert_eq!(admin.get(BLOCKS).await.list().len(), 3);
}

#[tokio::test]
async fn the_list_of_decisions_has_exact_links() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let admin = admin(&server).await;
    let mut made = Vec::new();
    for number in 0..7 {
        made.push(decides(&admin, json!({ "domain": format!("bad{number}.example") })).await);
    }
    made.reverse();
    goes_through(&admin, BLOCKS, "", &ids(&made)).await;
}

async fn stands(scene: &Scene, column: &str) -> i64 {
    match column {
        "limited" => {
            scene
                .number(
                    "select count(*) from accounts where limited_at is not null and username = $1",
                    "zed",
                )
                .await
        }
        _ => {
            scene
                .number(
                    "select count(*) from accounts where suspended_at is not null and username = $1",
                    "zed",
                )
                .await
        }
    }
}

#[tokio::test]
async fn what_is_decided_about_one_person_stays_when_the_servers_is_taken_back() {
    let scene = Scene::new().await;
    let admin = admin(&scene.server).await;
    let zed = Person {
        id: scene.zed_id.clone(),
        ..admin.clone()
    };
    let peer = json!({ "domain": "peer.test", "severity": "silence" });
    let block = decides(&admin, peer.clone()).await;
    assert_eq!(stands(&scene, "limited").await, 1);
    takes_back(&admin, &block).await;
    assert_eq!(stands(&scene, "limited").await, 0);
    measures(&admin, &zed, "silence").await.ok();
    scene.server.wind(TimeDelta::minutes(1));
    let block = decides(&admin, peer).await;
    let block = changes(&admin, &block, json!({ "severity": "suspend" })).await;
    assert_eq!(
        (stands(&scene, "limited").await, stands(&scene, "suspended").await),
        (1, 1)
    );
    let block = changes(&admin, &block, json!({ "severity": "noop" })).await;
    assert_eq!(
        (stands(&scene, "limited").await, stands(&scene, "suspended").await),
        (1, 0)
    );
    takes_back(&admin, &block).await;
    assert_eq!(stands(&scene, "limited").await, 1);
    does(&admin, "unsilence", &zed).await.ok();
    assert_eq!(stands(&scene, "limited").await, 0);
    scene.server.settle().await;
}

#[tokio::test]
async fn of_two_decisions_about_a_server_the_other_holds_when_one_is_taken_back() {
    let scene = Scene::new().await;
    let app = &scene.server.app;
    let admin = admin(&scene.server).await;
    let wide = decides(&admin, json!({ "domain": "test", "severity": "silence" })).await;
    scene.server.wind(TimeDelta::minutes(1));
    domains::decide(app, "peer.test".into(), Severity::Limited, String::new())
        .await
        .expect("the machine's door overrides");
    takes_back(&admin, &wide).await;
    assert_eq!(stands(&scene, "limited").await, 1);
    // What was decided on the machine is in the app, and the other way round.
    let shown = admin.get(BLOCKS).await.list();
    assert_eq!(shown[0]["domain"], "peer.test");
    assert!(domains::undo(app, "peer.test").await.expect("it can be undone"));
    assert_eq!(stands(&scene, "limited").await, 0);
    assert!(!domains::undo(app, "peer.test").await.expect("it is no mistake"));
    scene.server.settle().await;
}

#[tokio::test]
async fn pictures_and_reports_of_a_server_are_refused_until_it_is_taken_back() {
    let scene = Scene::new().await;
    let admin = admin(&scene.server).await;
    let bo = scene.server.person("bo").await;
    let reports = async || {
        let flag = scene.zed.does("Flag", json!([scene.uri(&bo)]));
        scene.zed_tells(&flag).await;
        scene
            .number("select count(*) from reports where $1 = ''", "")
            .await
    };
    let refused =
        "select count(*) from media where state = 2 and failure like '%keeps no pictures%' and $1 = ''";
    for name in ["/media/pier.jpg", "/media/boat.jpg"] {
        let photo = small_photo().to_vec();
        scene.peer.says(name, Says::File("image/jpeg", photo));
    }
    let mut note = scene.zed.note("A pier");
    note["attachment"] = json!([{
        "type": "Image", "mediaType": "image/jpeg", "url": scene.peer.url("/media/pier.jpg"),
    }]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let ready = "select count(*) from media where state = 1 and $1 = ''";
    assert_eq!(scene.number(ready, "").await, 1);
    let mute =
        json!({ "domain": "peer.test", "severity": "noop", "reject_media": true, "reject_reports": true });
    let block = decides(&admin, mute).await;
    assert_eq!(scene.number(refused, "").await, 1, "what is here goes");
    assert_eq!(
        scene
            .number("select count(*) from discarded_files where $1 = ''", "")
            .await,
        1
    );
    assert_eq!(reports().await, 0);
    assert!(
        scene.server.client.get(PUBLIC).await.list().is_empty(),
        "nobody here notices"
    );
    let mut later = scene.zed.note("A boat");
    later["attachment"] = note["attachment"].clone();
    later["attachment"][0]["url"] = json!(scene.peer.url("/media/boat.jpg"));
    scene.zed_tells(&scene.zed.creates(&later)).await;
    assert_eq!(
        scene.number(refused, "").await,
        2,
        "and what comes is not fetched"
    );
    assert_eq!(scene.peer.asked_for("/media/boat.jpg"), 0);
    takes_back(&admin, &block).await;
    assert_eq!(scene.number(refused, "").await, 0);
    assert_eq!(reports().await, 1);
    find(&scene.ana, &scene.zed.handle()).await;
    scene.server.settle().await;
}
