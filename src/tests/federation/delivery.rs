//! Letters on their way out: in order, at least once, and one host's trouble is nobody else's.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::scene::{Scene, befriend};
use crate::support::actor::Actor;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// Zed follows Ana, so that her posts are sent to his server.
async fn followed() -> Scene {
    let scene = Scene::new().await;
    follow(&scene, &scene.zed).await;
    scene
}

async fn follow(scene: &Scene, actor: &Actor) {
    actor
        .tells(&scene.server, &actor.does("Follow", scene.uri(&scene.ana)))
        .await;
    scene.server.settle().await;
}

/// The texts of the posts that came, in order.
fn texts(peer: &Peer) -> Vec<String> {
    let creates = peer.letters_of("Create");
    creates.iter().map(|create| text(create)).collect()
}

fn text(create: &Value) -> String {
    create["object"]["content"].as_str().expect("a text").to_owned()
}

/// Winds the clock and does what is due then.
async fn later(scene: &Scene, by: TimeDelta) {
    scene.server.wind(by);
    scene.server.settle().await;
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
async fn order_is_kept_through_a_failure_of_the_host() {
    let scene = followed().await;
    scene.peer.says_to_letters([Says::Status(202), Says::Status(503)]);
    for number in 0..4 {
        scene.ana.post(&format!("{number}")).await;
    }
    scene.server.settle().await;
    assert_eq!(
        texts(&scene.peer),
        ["<p>0</p>", "<p>1</p>"],
        "nothing goes past a letter that waits"
    );
    later(&scene, TimeDelta::minutes(2)).await;
    assert_eq!(
        texts(&scene.peer),
        ["<p>0</p>", "<p>1</p>", "<p>1</p>", "<p>2</p>", "<p>3</p>"]
    );
}

#[tokio::test]
async fn a_silent_host_costs_the_others_nothing() {
    let scene = Scene::with(&[]).await;
    let silent = Peer::start("four.test").await;
    let mute = silent.actor("mute");
    follow(&scene, &scene.zed).await;
    follow(&scene, &mute).await;
    silent.says("/inbox", Says::Hang);
    scene.ana.post("Can you hear me?").await;
    let working = tokio_util::sync::CancellationToken::new();
    let jobs = tintype::jobs::start(&scene.server.app, &working);
    let first = scene.peer.letter("Create").await;
    assert_eq!(text(&first), "<p>Can you hear me?</p>");
    scene.ana.post("And now?").await;
    eventually("the second letter", async || {
        (texts(&scene.peer).len() == 2).then_some(())
    })
    .await;
    eventually("the silent one was asked", async || {
        (!texts(&silent).is_empty()).then_some(())
    })
    .await;
    assert_eq!(texts(&silent).len(), 1);
    silent.release();
    eventually("the silent one has both", async || {
        (texts(&silent).len() == 2).then_some(())
    })
    .await;
    working.cancel();
    jobs.close();
    jobs.wait().await;
    scene.server.settle().await;
}

#[tokio::test]
async fn a_host_that_asks_to_wait_is_left_alone_until_then() {
    let scene = followed().await;
    scene.peer.says_to_letters([Says::Wait(429, "3600")]);
    scene.ana.post("Patience").await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).len(), 1);
    later(&scene, TimeDelta::minutes(59)).await;
    assert_eq!(texts(&scene.peer).len(), 1, "sooner than was asked");
    later(&scene, TimeDelta::minutes(2)).await;
    assert_eq!(texts(&scene.peer).len(), 2);
    later(&scene, TimeDelta::hours(8)).await;
    assert_eq!(texts(&scene.peer).len(), 2, "it was taken, and sent again");
}

#[tokio::test]
async fn a_failing_host_is_asked_ever_more_rarely() {
    let scene = followed().await;
    scene
        .peer
        .says_to_letters(std::iter::repeat_n(Says::Status(503), 100));
    scene.ana.post("Anybody there?").await;
    scene.server.settle().await;
    for _ in 0..60 {
        later(&scene, TimeDelta::minutes(1)).await;
    }
    let first_hour = texts(&scene.peer).len();
    assert!((4..=12).contains(&first_hour), "{first_hour} tries in an hour");
    for _ in 0..4 {
        later(&scene, TimeDelta::minutes(15)).await;
    }
    let second_hour = texts(&scene.peer).len() - first_hour;
    assert!(second_hour <= 2, "{second_hour} tries in the second hour");
    scene.server.may_leave_work();
}

#[tokio::test]
async fn a_host_that_speaks_again_gets_its_letters_at_once() {
    let scene = followed().await;
    scene
        .peer
        .says_to_letters(std::iter::repeat_n(Says::Status(503), 6));
    scene.ana.post("Anybody there?").await;
    for _ in 0..6 {
        scene.server.settle().await;
        later(&scene, TimeDelta::minutes(30)).await;
    }
    scene.peer.says_to_letters([Says::Status(503)]);
    scene.ana.post("Hello?").await;
    scene.server.settle().await;
    let before = texts(&scene.peer).len();
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).len(), before, "it was not left alone");
    scene
        .zed_tells(&scene.zed.creates(&scene.zed.note("<p>I am back</p>")))
        .await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer).len(), before + 1);
    assert_eq!(texts(&scene.peer).last().expect("one"), "<p>Hello?</p>");
}

#[tokio::test]
async fn a_dead_hosts_deletions_are_kept_and_its_news_are_not() {
    let scene = followed().await;
    let post = scene.ana.post("Deleted later").await;
    scene.server.settle().await;
    scene
        .peer
        .says_to_letters(std::iter::repeat_n(Says::Status(503), 200));
    scene.ana.post("Never seen").await;
    for _ in 0..32 {
        later(&scene, TimeDelta::hours(6)).await;
    }
    scene.ana.deletes(&post).await;
    scene.ana.post("Not seen either").await;
    for _ in 0..3 {
        later(&scene, TimeDelta::hours(8)).await;
    }
    let deletes = scene.peer.letters_of("Delete").len();
    let came = texts(&scene.peer)
        .iter()
        .filter(|text| *text == "<p>Not seen either</p>")
        .count();
    assert!(deletes >= 1, "{deletes}");
    assert_eq!(came, 0, "news for a dead host");
    scene.server.may_leave_work();
}

#[tokio::test]
async fn a_letter_that_alone_fails_is_set_aside() {
    let scene = followed().await;
    scene.peer.says_to_letters([Says::Status(400)]);
    scene.ana.post("Refused for good").await;
    scene.ana.post("Taken").await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer), ["<p>Refused for good</p>", "<p>Taken</p>"]);
    assert_eq!(
        scene
            .number("select count(*) from letters_aside where $1 = ''", "")
            .await,
        1
    );
    later(&scene, TimeDelta::days(1)).await;
    assert_eq!(texts(&scene.peer).len(), 2);
}

#[tokio::test]
async fn a_letter_that_breaks_its_host_every_time_is_set_aside_when_another_passes() {
    let scene = followed().await;
    let bad = Says::Status(500);
    scene.peer.says_to_letters(std::iter::repeat_n(bad, 5));
    scene.ana.post("Breaks it").await;
    scene.ana.post("Does not").await;
    scene.server.settle().await;
    for _ in 0..8 {
        later(&scene, TimeDelta::hours(1)).await;
    }
    let came = texts(&scene.peer);
    assert_eq!(came.last().expect("letters"), "<p>Does not</p>", "{came:?}");
    assert_eq!(
        came.iter().filter(|text| *text == "<p>Does not</p>").count(),
        1,
        "{came:?}"
    );
    assert_eq!(
        scene
            .number("select count(*) from letters_aside where $1 = ''", "")
            .await,
        1
    );
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
