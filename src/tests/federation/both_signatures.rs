//! Servers that read one kind of signature and not the other: found out once, and remembered until it is no longer so.

use chrono::TimeDelta;
use serde_json::Value;

use super::delivery::{followed, texts};
use super::scene::{Scene, find};
use crate::support::actor::Actor;
use crate::support::peer::{Asked, Peer, Says};

/// What is known of a server: 0 for the older signature, 1 for the newer.
async fn known(scene: &Scene, peer: &Peer) -> i64 {
    let sql = "select coalesce((select scheme from hosts where authority = $1), 0)::bigint";
    scene.number(sql, &peer.authority).await
}

/// Which of the requests that this is true of were signed by RFC 9421.
fn newer(peer: &Peer, which: impl Fn(&Asked) -> bool) -> Vec<bool> {
    let asked = peer.asked();
    let those = asked.iter().filter(|asked| which(asked));
    those
        .map(|asked| asked.headers.contains_key("signature-input"))
        .collect()
}

fn is_create(asked: &Asked) -> bool {
    let letter: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
    asked.method == "POST" && letter["type"] == "Create"
}

async fn posts(scene: &Scene, text: &str) {
    scene.ana.post(text).await;
    scene.server.settle().await;
}

#[tokio::test]
async fn a_host_that_refuses_one_signature_is_tried_once_with_the_other_whichever_way_it_says_so() {
    for status in [400, 401] {
        let scene = followed().await;
        scene.peer.says_to_letters([Says::Status(status)]);
        posts(&scene, "First").await;
        posts(&scene, "Second").await;
        assert_eq!(newer(&scene.peer, is_create), [false, true, true], "{status}");
        assert_eq!(known(&scene, &scene.peer).await, 1);
        // It reads the older one again, and no longer the newer.
        scene.peer.says_to_letters([Says::Status(status)]);
        posts(&scene, "Third").await;
        posts(&scene, "Fourth").await;
        let all = [false, true, true, true, false, false];
        assert_eq!(newer(&scene.peer, is_create), all, "{status}");
        assert_eq!(known(&scene, &scene.peer).await, 0);
    }
}

#[tokio::test]
async fn a_letter_that_is_refused_in_both_ways_is_tried_no_third_time() {
    let scene = followed().await;
    scene.peer.says_to_letters([Says::Status(400), Says::Status(400)]);
    posts(&scene, "Unreadable").await;
    posts(&scene, "Fine").await;
    assert_eq!(
        texts(&scene.peer),
        ["<p>Unreadable</p>", "<p>Unreadable</p>", "<p>Fine</p>"]
    );
    let aside = "select count(*) from letters_aside where error = $1";
    assert_eq!(scene.number(aside, "refused with status 400").await, 1);
    assert_eq!(newer(&scene.peer, is_create), [false, true, false]);
}

#[tokio::test]
async fn a_host_that_reads_neither_is_left_alone_and_forgotten_and_its_letter_waits() {
    let scene = followed().await;
    scene.peer.says_to_letters([Says::Status(401)]);
    posts(&scene, "Understood").await;
    assert_eq!(known(&scene, &scene.peer).await, 1);
    scene.peer.says_to_letters([Says::Status(401), Says::Status(401)]);
    posts(&scene, "Waits").await;
    let failures = "select q.failures::bigint from host_queues q join hosts h on h.id = q.host_id where h.authority = $1";
    assert_eq!(
        scene.number(failures, &scene.peer.authority).await,
        1,
        "one attempt is one failure"
    );
    assert_eq!(known(&scene, &scene.peer).await, 0);
    scene.server.wind(TimeDelta::minutes(1));
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).last().expect("letters"), "<p>Waits</p>");
    assert_eq!(
        newer(&scene.peer, is_create),
        [false, true, true, false, false],
        "asked again as nearly all are"
    );
    assert_eq!(scene.number(failures, &scene.peer.authority).await, 0);
}

/// Somebody whose server shows its documents only to those who sign by RFC 9421, and a post of theirs.
async fn modern() -> (Peer, Actor, Value) {
    let peer = Peer::start("four.test").await;
    let wanda = peer.actor("wanda");
    peer.says("/users/wanda", Says::ToModern(wanda.document()));
    let note = wanda.note("<p>For modern readers</p>");
    peer.says(&path(&peer, &note), Says::ToModern(note.clone()));
    (peer, wanda, note)
}

fn path(peer: &Peer, note: &Value) -> String {
    let id = note["id"].as_str().expect("an id");
    id.strip_prefix(&peer.url("")).expect("it is there").to_owned()
}

#[tokio::test]
async fn what_a_server_shows_only_to_the_newer_signature_is_fetched_and_letters_are_signed_so_too() {
    let scene = Scene::new().await;
    let (peer, wanda, note) = modern().await;
    find(&scene.ana, &wanda.handle()).await;
    assert_eq!(newer(&peer, |asked| asked.path == "/users/wanda"), [false, true]);
    assert_eq!(known(&scene, &peer).await, 1);
    let uri = note["id"].as_str().expect("an id");
    let found = scene
        .ana
        .get(&format!("/api/v2/search?q={uri}&resolve=true&type=statuses"))
        .await
        .ok();
    assert_eq!(
        found["statuses"][0]["content"], "<p>For modern readers</p>",
        "{found}"
    );
    assert_eq!(newer(&peer, |asked| asked.path == path(&peer, &note)), [true]);
    let answer = format!("{} I am one", wanda.handle());
    posts(&scene, &answer).await;
    assert_eq!(newer(&peer, is_create), [true]);
}
