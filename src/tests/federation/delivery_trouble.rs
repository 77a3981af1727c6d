//! Hosts that fail: left alone, asked again, revived; and nobody else's trouble.

use chrono::TimeDelta;

use super::delivery::{follow, followed, text, texts};
use super::scene::Scene;
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// Winds the clock and does what is due then.
async fn later(scene: &Scene, by: TimeDelta) {
    scene.server.wind(by);
    scene.server.settle().await;
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
    scene.peer.says_to_letters([Says::Status(422)]);
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

/// Letters cannot be set aside from now on.
async fn full(scene: &Scene) {
    for sql in [
        "create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$",
        "create trigger no_room before insert on letters_aside for each row execute function refuse()",
    ] {
        sqlx::query(sql)
            .execute(scene.server.db())
            .await
            .expect("a trigger");
    }
}

async fn set_aside(scene: &Scene) -> i64 {
    scene
        .number("select count(*) from letters_aside where $1 = ''", "")
        .await
}

#[tokio::test]
async fn a_letter_that_cannot_be_set_aside_is_not_passed_over() {
    let scene = followed().await;
    full(&scene).await;
    scene.peer.says_to_letters([Says::Status(403), Says::Status(403)]);
    scene.ana.post("Refused").await;
    scene.ana.post("Taken").await;
    scene.server.settle().await;
    assert_eq!(texts(&scene.peer), ["<p>Refused</p>"], "nothing goes past it");
    sqlx::query("drop trigger no_room on letters_aside")
        .execute(scene.server.db())
        .await
        .expect("there is room again");
    later(&scene, TimeDelta::minutes(1)).await;
    assert_eq!(set_aside(&scene).await, 1);
    let came = texts(&scene.peer);
    assert_eq!(came, ["<p>Refused</p>", "<p>Refused</p>", "<p>Taken</p>"]);
}

#[tokio::test]
async fn a_letter_that_never_can_be_set_aside_does_not_stop_its_host_for_ever() {
    let scene = followed().await;
    full(&scene).await;
    scene
        .peer
        .says_to_letters(std::iter::repeat_n(Says::Status(403), 5));
    scene.ana.post("Refused").await;
    scene.ana.post("Taken").await;
    scene.server.settle().await;
    for _ in 0..4 {
        later(&scene, TimeDelta::minutes(10)).await;
    }
    assert_eq!(texts(&scene.peer).last().expect("letters"), "<p>Taken</p>");
    assert_eq!(set_aside(&scene).await, 0);
}
