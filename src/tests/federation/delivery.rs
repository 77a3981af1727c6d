//! Letters on their way out: to whom, in which order, signed by whom.

use serde_json::{Value, json};

use super::scene::{Scene, befriend};
use crate::support::actor::Actor;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

/// Zed follows Ana, so that her posts are sent to his server.
pub async fn followed() -> Scene {
    let scene = Scene::new().await;
    follow(&scene, &scene.zed).await;
    scene
}

pub async fn follow(scene: &Scene, actor: &Actor) {
    actor
        .tells(&scene.server, &actor.does("Follow", scene.uri(&scene.ana)))
        .await;
    scene.server.settle().await;
}

/// The texts of the posts that came, in order.
pub fn texts(peer: &Peer) -> Vec<String> {
    let creates = peer.letters_of("Create");
    creates.iter().map(text).collect()
}

pub fn text(create: &Value) -> String {
    create["object"]["content"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn letters_to_one_host_come_in_the_order_of_the_deeds() {
    let scene = followed().await;
    for number in 0..20 {
        scene.ana.post(&format!("{number}")).await;
    }
    scene.server.settle().await;
    let expected: Vec<String> = (0..20).map(|number| format!("<p>{number}</p>")).collect();
    assert_eq!(texts(&scene.peer), expected);
}

#[tokio::test]
async fn a_host_that_wants_the_other_signature_gets_it_and_it_is_remembered() {
    let scene = followed().await;
    scene.peer.says_to_letters([Says::Status(401)]);
    scene.ana.post("First").await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).len(), 2, "no second knock");
    scene.ana.post("Second").await;
    scene.server.settle().await;
    let asked = scene.peer.asked();
    let letters: Vec<_> = asked
        .iter()
        .filter(|asked| asked.method == "POST" && text_of(&asked.body).is_some())
        .collect();
    let scheme: Vec<bool> = letters
        .iter()
        .map(|letter| letter.headers.contains_key("signature-input"))
        .collect();
    assert_eq!(scheme, [false, true, true]);
}

fn text_of(body: &[u8]) -> Option<String> {
    let letter: Value = serde_json::from_slice(body).ok()?;
    (letter["type"] == "Create").then(|| text(&letter))
}

#[tokio::test]
async fn many_followers_on_one_host_get_one_letter_together() {
    let scene = followed().await;
    for name in ["yan", "xi", "wu"] {
        follow(&scene, &scene.peer.actor(name)).await;
    }
    scene.ana.post("To you all").await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).len(), 1);
    assert_eq!(creates_at(&scene.peer, "/inbox"), 1);
}

fn creates_at(peer: &Peer, path: &str) -> usize {
    let asked = peer.asked();
    asked
        .iter()
        .filter(|asked| asked.path == path && text_of(&asked.body).is_some())
        .count()
}

#[tokio::test]
async fn a_direct_post_goes_to_the_inbox_of_whom_it_is_for() {
    let scene = followed().await;
    let elsewhere = Peer::start("four.test").await;
    let other = elsewhere.actor("other");
    befriend(&scene.server, &scene.ana, &elsewhere, &other).await;
    follow(&scene, &other).await;
    let said = format!("{} only you", scene.zed.handle());
    let post = scene
        .ana
        .post(&said)
        .to(tintype::domain::audience::Audience::Direct)
        .await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).len(), 1);
    assert!(texts(&elsewhere).is_empty());
    let create = scene.peer.letters_of("Create").pop().expect("it came");
    assert_eq!(create["to"], json!([scene.zed.uri]));
    assert_eq!(create["cc"].as_array().map_or(0, Vec::len), 0, "{create}");
    assert_eq!(create["object"]["to"], create["to"]);
    scene.ana.deletes(&post).await;
    scene.server.settle().await;
    assert_eq!(scene.peer.letters_of("Delete").len(), 1, "{}", id(&post));
}

#[tokio::test]
async fn what_a_host_gets_is_signed_by_the_author() {
    use tintype_federation::key::PublicKey;
    use tintype_federation::signature::{self, RequestView};
    let scene = followed().await;
    scene.ana.post("Signed").await;
    scene.server.settle().await;
    let pem: String =
        sqlx::query_scalar("select public_key_pem from accounts where username = 'ana' and host_id is null")
            .fetch_one(scene.server.db())
            .await
            .expect("Ana has a key");
    let key = PublicKey::from_pem(&pem).expect("a key");
    let asked = scene.peer.asked();
    let letter = asked
        .iter()
        .rfind(|asked| text_of(&asked.body).is_some())
        .expect("it came");
    let request = RequestView {
        method: "POST",
        path_and_query: &letter.path,
        headers: &letter.headers,
        our_authorities: &[scene.peer.authority.as_str()],
    };
    let claim = signature::read(&request, scene.server.app.clock.now()).expect("it is signed");
    claim.check_body(&letter.body).expect("its digest is right");
    claim.verify(&key).expect("by Ana");
    assert_eq!(
        claim.key_id.as_str(),
        format!("{}#main-key", scene.uri(&scene.ana))
    );
    assert_eq!(letter.headers["content-type"], "application/activity+json");
}
