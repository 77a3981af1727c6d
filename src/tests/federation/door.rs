//! Who may put a letter into the inbox. What is refused leaves nothing behind.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tintype_federation::key::SigningKey;

use super::scene::Scene;
use crate::support::actor::Letter;
use crate::support::peer::Says;

/// A Create of Zed's that would be taken in if it were signed as it should.
fn letter(scene: &Scene) -> Letter {
    let note = scene.zed.note("<p>Let me in</p>");
    scene.zed.letter(&scene.server, &scene.zed.creates(&note))
}

/// Sends it; it is refused with this status and nothing is kept.
#[track_caller]
fn refused(scene: &Scene, letter: Letter, status: u16) -> impl Future<Output = ()> {
    let place = std::panic::Location::caller();
    async move {
        let before = scene.posts().await;
        let answer = letter.send().await;
        assert_eq!(answer.status, status, "{place}: {}", answer.text());
        assert_eq!(scene.parked().await, 0, "{place}: it was kept");
        scene.server.settle().await;
        assert_eq!(scene.posts().await, before, "{place}: it was applied");
    }
}

#[tokio::test]
async fn a_letter_signed_as_it_should_be_is_taken_by_either_scheme() {
    let scene = Scene::new().await;
    assert_eq!(letter(&scene).send().await.status, 202);
    assert_eq!(letter(&scene).by_rfc9421().send().await.status, 202);
    scene.server.settle().await;
    assert_eq!(scene.posts().await, 2);
}

#[tokio::test]
async fn an_unsigned_letter_is_refused() {
    let scene = Scene::new().await;
    let unsigned = letter(&scene).without("signature");
    refused(&scene, unsigned, 401).await;
}

#[tokio::test]
async fn a_wrong_signature_is_refused_after_one_look_at_the_senders_key() {
    let scene = Scene::new().await;
    let before = scene.peer.asked_for("/users/zed");
    let other = SigningKey::generate().expect("a key");
    let forged = letter(&scene).signed_with(&other, &scene.zed.key_id);
    refused(&scene, forged.clone(), 401).await;
    assert_eq!(scene.peer.asked_for("/users/zed"), before + 1);
    refused(&scene, forged, 401).await;
    assert_eq!(
        scene.peer.asked_for("/users/zed"),
        before + 1,
        "every forgery costs a fetch"
    );
}

#[tokio::test]
async fn a_changed_key_is_learned_from_its_owners_document() {
    let scene = Scene::new().await;
    let mut zed = scene.zed.clone();
    zed.key = SigningKey::generate().expect("a key");
    scene.peer.says("/users/zed", Says::Document(zed.document()));
    let note = zed.note("<p>New key</p>");
    zed.tells(&scene.server, &zed.creates(&note)).await;
    scene.server.settle().await;
    assert!(scene.of_note(&note).await.is_some());
}

#[tokio::test]
async fn a_body_changed_after_signing_is_refused() {
    let scene = Scene::new().await;
    let note = scene.zed.note("<p>Another</p>");
    let other = scene.zed.creates(&note).to_string();
    refused(&scene, letter(&scene).with_body(other.clone()), 401).await;
    refused(&scene, letter(&scene).by_rfc9421().with_body(other), 401).await;
}

#[tokio::test]
async fn a_letter_without_a_digest_is_refused() {
    let scene = Scene::new().await;
    refused(&scene, letter(&scene).without("digest"), 401).await;
    refused(&scene, letter(&scene).by_rfc9421().without("content-digest"), 401).await;
    let weak = letter(&scene).with("digest", "MD5=1B2M2Y8AsgTpgAmY7PhCfg==");
    refused(&scene, weak, 401).await;
}

#[tokio::test]
async fn a_letter_of_three_days_ago_or_ahead_is_refused() {
    let scene = Scene::new().await;
    refused(&scene, letter(&scene).dated(TimeDelta::days(-3)), 401).await;
    refused(&scene, letter(&scene).dated(TimeDelta::days(3)), 401).await;
    refused(&scene, letter(&scene).without("date"), 401).await;
}

#[tokio::test]
async fn a_letter_signed_for_another_server_or_inbox_is_refused() {
    let scene = Scene::new().await;
    let other = letter(&scene).signed_for("two.test:4711");
    refused(&scene, other.clone(), 401).await;
    let renamed = other.with("host", scene.server.authority());
    refused(&scene, renamed, 401).await;
    let mut moved = letter(&scene);
    moved.path = "/users/ana/inbox".to_owned();
    refused(&scene, moved, 401).await;
}

#[tokio::test]
async fn times_that_overflow_a_clock_are_refused_and_harm_nobody() {
    let scene = Scene::new().await;
    for created in ["18446744073709551615", "9223372036854775806", "-1", "NaN"] {
        let signature = format!(
            r#"keyId="{}",algorithm="hs2019",created="{created}",headers="(request-target) (created) host digest",signature="AAAA""#,
            scene.zed.key_id
        );
        refused(&scene, letter(&scene).with("signature", &signature), 401).await;
    }
    assert_eq!(letter(&scene).send().await.status, 202);
    scene.server.settle().await;
}

#[tokio::test]
async fn a_key_in_a_document_of_another_server_is_not_believed() {
    let scene = Scene::new().await;
    let elsewhere = crate::support::peer::Peer::start("four.test").await;
    let mallory = elsewhere.actor("mallory");
    let mut document = mallory.document();
    document["publicKey"]["owner"] = json!(scene.zed.uri);
    elsewhere.says("/users/mallory", Says::Document(document));
    let forged = letter(&scene).signed_with(&mallory.key, &mallory.key_id);
    refused(&scene, forged, 401).await;
}

/// A key's address that is no web address, or one of our own.
#[tokio::test]
async fn a_key_that_is_nowhere_in_the_web_or_here_is_refused_and_not_fetched() {
    let scene = Scene::new().await;
    let before = scene.peer.asked().len();
    let (ana, instance) = (
        format!("{}#main-key", scene.uri(&scene.ana)),
        format!("http://{}/actor#main-key", scene.server.authority()),
    );
    for key_id in ["data:text/plain,x", "file:///etc/passwd", "gopher://four.test/1"] {
        let letter = letter(&scene).signed_with(&scene.zed.key, key_id);
        refused(&scene, letter, 401).await;
    }
    assert_eq!(scene.peer.asked().len(), before, "somebody was asked");
    for key_id in [&ana, &instance] {
        let letter = letter(&scene).signed_with(&scene.zed.key, key_id);
        refused(&scene, letter, 401).await;
    }
    let mut local = scene.zed.clone();
    (local.uri, local.key_id) = (scene.uri(&scene.ana), ana);
    let posted = local.creates(&local.note("<p>Ana never said so</p>"));
    let answer = local.sends(&scene.server, &posted).await;
    assert_eq!(answer.status, 401, "{}", answer.text());
    assert_eq!(scene.posts().await, 0);
}

#[tokio::test]
async fn a_suspended_domain_and_its_subdomains_are_refused() {
    let scene = Scene::new().await;
    suspend(&scene, "peer.test").await;
    refused(&scene, letter(&scene), 403).await;
    let port = scene.peer.address.port();
    let sub =
        crate::support::actor::Actor::new(&format!("sub.peer.test:{port}"), "zed", scene.zed.key.clone());
    let note = sub.note("<p>Round the back</p>");
    refused(&scene, sub.letter(&scene.server, &sub.creates(&note)), 403).await;
    scene.server.may_leave_work();
}

async fn suspend(scene: &Scene, domain: &str) {
    sqlx::query("insert into domain_policies (id, domain, severity, created_at) values (1, $1, 2, now())")
        .bind(domain)
        .execute(scene.server.db())
        .await
        .expect("a policy can be written");
    scene.server.app.peers.policies.invalidate_all();
}

#[tokio::test]
async fn a_stranger_who_deletes_themselves_is_thanked_and_not_asked_about() {
    let scene = Scene::new().await;
    let stranger = scene.peer.actor("stranger");
    let before = scene.peer.asked().len();
    let delete = stranger.does("Delete", stranger.uri.clone());
    assert_eq!(stranger.sends(&scene.server, &delete).await.status, 202);
    scene.server.settle().await;
    assert_eq!(scene.peer.asked().len(), before);
    assert_eq!(scene.parked().await, 0);
}

#[tokio::test]
async fn what_is_too_large_of_another_type_or_no_activity_is_refused() {
    let scene = Scene::new().await;
    let of = |body: Vec<u8>| scene.zed.letter_of(&scene.server, body);
    let large = of(vec![b' '; 2 << 20]);
    assert_eq!(large.send().await.text(), "an activity may have 1048576 bytes");
    refused(&scene, large, 413).await;
    for kind in ["text/html", "application/json", "multipart/form-data; boundary=x"] {
        refused(&scene, letter(&scene).with("content-type", kind), 415).await;
    }
    refused(&scene, of(b"{\"type\": \"Create\", ".to_vec()), 400).await;
    refused(&scene, of(b"[]".to_vec()), 400).await;
    refused(&scene, of(vec![0xFF, 0xFE, 0x00]), 400).await;
    refused(&scene, of(b"".to_vec()), 400).await;
}

#[tokio::test]
async fn a_document_of_endless_depth_is_refused_before_it_is_read() {
    let scene = Scene::new().await;
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let mut text = scene.zed.does("Create", "x").to_string();
    text = text.replace("\"x\"", &deep);
    refused(&scene, scene.zed.letter_of(&scene.server, text), 400).await;
    assert_eq!(letter(&scene).send().await.status, 202);
    scene.server.settle().await;
}

#[tokio::test]
async fn an_activity_of_an_unknown_kind_is_taken_and_changes_nothing() {
    let scene = Scene::new().await;
    let before = scene.posts().await;
    scene
        .zed_tells(&scene.zed.does(
            "Listen",
            json!({ "type": "Audio", "id": scene.zed.address("songs") }),
        ))
        .await;
    assert_eq!(scene.posts().await, before);
    assert_eq!(scene.parked().await, 0);
}

#[tokio::test]
async fn whoever_has_no_name_here_has_no_inbox() {
    let scene = Scene::new().await;
    refused(&scene, letter(&scene).at("/users/nobody/inbox"), 404).await;
    assert_eq!(letter(&scene).at("/users/ana/inbox").send().await.status, 202);
    scene.server.settle().await;
}

#[tokio::test]
async fn our_own_documents_are_asked_for_with_a_signature_that_verifies() {
    use tintype_federation::key::PublicKey;
    use tintype_federation::signature::{self, RequestView};
    let scene = Scene::new().await;
    let actor = scene.server.client.request(reqwest::Method::GET, "/actor");
    let actor: Value = scene
        .server
        .client
        .send(actor.header("accept", "application/activity+json"))
        .await
        .ok();
    let key =
        PublicKey::from_pem(actor["publicKey"]["publicKeyPem"].as_str().expect("a key")).expect("a key");
    let asked = scene.peer.asked();
    let fetched: Vec<_> = asked.iter().filter(|asked| asked.path == "/users/zed").collect();
    assert!(!fetched.is_empty());
    for request in fetched {
        let claim = signature::read(
            &RequestView {
                method: "GET",
                path_and_query: &request.path,
                headers: &request.headers,
                our_authorities: &[scene.peer.authority.as_str()],
            },
            scene.server.app.clock.now(),
        )
        .expect("it is signed");
        assert_eq!(claim.key_id.as_str(), actor["publicKey"]["id"]);
        claim.verify(&key).expect("by the server's own actor");
    }
}
