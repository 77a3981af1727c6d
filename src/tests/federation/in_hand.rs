//! Work that is lent out: fairly, and given back only by whoever still has it.

use chrono::TimeDelta;
use serde_json::json;
use tintype::db::letters::{self, Most, Turn};
use tintype::db::received::{self, Lending, Tried};
use tintype::domain::clock::Time;
use tintype::domain::federation::Signing;
use tintype::domain::ids::HostId;
use tintype::domain::lane::Lane;
use tintype::jobs;
use tokio_util::sync::CancellationToken;

use super::delivery::followed;
use super::scene::{Scene, befriend};
use crate::support::TestServer;
use crate::support::actor::{Actor, PUBLIC};
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// Says that somebody passes on what is at that address.
async fn announces(scene: &Scene, who: &Actor, address: &str) {
    let mut announce = who.does("Announce", address);
    announce["to"] = json!([PUBLIC]);
    who.tells(&scene.server, &announce).await;
}

#[tokio::test]
async fn a_server_that_does_not_answer_holds_up_nobody_elses_posts() {
    let scene = Scene::new().await;
    let (slow, well) = (Peer::start("four.test").await, Peer::start("three.test").await);
    let (wanda, vic) = (slow.actor("wanda"), well.actor("vic"));
    befriend(&scene.server, &scene.ana, &slow, &wanda).await;
    let working = CancellationToken::new();
    let running = jobs::start(&scene.server.app, &working);
    for number in 0..12 {
        let path = format!("/silent/{number}");
        slow.says(&path, Says::Hang);
        announces(&scene, &wanda, &slow.url(&path)).await;
    }
    let silent = || {
        slow.asked()
            .iter()
            .filter(|asked| asked.path.starts_with("/silent/"))
            .count()
    };
    eventually("the silent server is asked", async || {
        (silent() >= 2).then_some(())
    })
    .await;
    // Zed names two of its posts, and one that can be had.
    for number in 0..2 {
        announces(&scene, &scene.zed, &slow.url(&format!("/silent/{number}"))).await;
    }
    let note = vic.note("<p>From elsewhere</p>");
    let address = note["id"].as_str().expect("an address");
    let path = address.split_once(&well.authority).expect("it is there").1;
    well.says(path, Says::Document(note.clone()));
    announces(&scene, &scene.zed, address).await;
    eventually("the other post is there", async || scene.of_note(&note).await).await;
    assert!(silent() < 8, "it was waited for in every place: {}", silent());
    slow.release();
    working.cancel();
    running.close();
    running.wait().await;
    scene.server.may_leave_work();
}

/// Puts so many activities of each host into the queue of those that fetch.
async fn park(server: &TestServer, waiting: &[(i32, i32)]) {
    for (host, count) in waiting {
        sqlx::query(
            "insert into received (host_id, actor_uri, hash, body, received_at, next_try_at, fetches)
             select $1, 'x', sha256(convert_to($1 || '/' || n, 'UTF8')), '{}', $3, $3, true
             from generate_series(1, $2) n",
        )
        .bind(host)
        .bind(count)
        .bind(server.app.clock.now())
        .execute(server.db())
        .await
        .expect("they are parked");
    }
    server.may_leave_work();
}

fn lending(most: i64, last: i32, in_hand: &[(HostId, i64)], until: Time) -> Lending<'_> {
    Lending {
        most,
        each: 2,
        last: HostId(last),
        in_hand,
        until,
    }
}

#[tokio::test]
async fn hosts_take_turns_and_none_has_more_than_its_share() {
    let server = TestServer::start().await;
    park(&server, &[(1, 10), (2, 3), (3, 1)]).await;
    let now = server.app.clock.now();
    let until = now + TimeDelta::minutes(5);
    let mut db = server.db().acquire().await.expect("a connection");
    let mut lend = async |most: i64, last: i32, in_hand: &[(HostId, i64)]| {
        let lent = received::lend_fetching(&mut db, lending(most, last, in_hand, until), now).await;
        let mut hosts: Vec<i32> = lent
            .expect("they are lent")
            .iter()
            .map(|item| item.host_id.0)
            .collect();
        hosts.sort_unstable();
        hosts
    };
    assert_eq!(
        lend(4, 0, &[]).await,
        [1, 1, 2, 3],
        "one of each before a second of any"
    );
    let busy = [(HostId(1), 2), (HostId(2), 1)];
    assert_eq!(lend(4, 0, &busy).await, [2], "the first has its share in hand");
    assert_eq!(lend(1, 1, &[]).await, [2], "the next one's turn");
    assert_eq!(
        lend(8, 2, &[]).await,
        [1, 1],
        "a bound for one, however many places are free"
    );
}

#[tokio::test]
async fn whoever_has_an_activity_no_longer_neither_ends_nor_moves_it() {
    let server = TestServer::start().await;
    park(&server, &[(1, 1)]).await;
    let mut db = server.db().acquire().await.expect("a connection");
    let first_until = server.app.clock.now() + TimeDelta::minutes(5);
    let now = server.app.clock.now();
    let lent = received::lend_fetching(&mut db, lending(1, 0, &[], first_until), now).await;
    let id = lent.expect("it is lent")[0].id;
    let later = now + TimeDelta::minutes(6);
    let second_until = later + TimeDelta::minutes(5);
    let lent = received::lend_fetching(&mut db, lending(1, 0, &[], second_until), later).await;
    assert_eq!(lent.expect("it is lent again")[0].id, id);
    received::postpone(&mut db, id, first_until, now, Tried::Once)
        .await
        .expect("nothing");
    assert!(!received::remove(&mut db, id, first_until).await.expect("nothing"));
    assert!(
        received::remove(&mut db, id, second_until)
            .await
            .expect("it is gone")
    );
}

#[tokio::test]
async fn a_turn_that_took_longer_than_its_claim_leaves_the_host_to_whoever_has_it_now() {
    let scene = followed().await;
    scene.ana.post("Slowly").await;
    while jobs::dispatch::batch(&scene.server.app).await.expect("letters") > 0 {}
    let mut db = scene.server.db().acquire().await.expect("a connection");
    let most = Most { well: 9, failing: 9 };
    let now = scene.server.app.clock.now();
    let later = now + TimeDelta::minutes(3);
    let first = letters::claim(&mut db, most, now, now + TimeDelta::minutes(2))
        .await
        .expect("a host");
    let second = letters::claim(&mut db, most, later, later + TimeDelta::minutes(2))
        .await
        .expect("a host");
    assert_eq!((first.len(), second.len()), (1, 1));
    let turn = |claim: &letters::Claimed, cursor: i64| Turn {
        host_id: claim.host_id,
        until: claim.until,
        cursor,
        failures: 0,
        failing_since: None,
        head_tries: 0,
        next_try_at: later,
        signing: Signing::Cavage,
        signing_before: Signing::Cavage,
        error: None,
        succeeded_at: None,
    };
    let last = first[0].last;
    let ended = letters::finish(&mut db, &[turn(&first[0], last)], later)
        .await
        .expect("it is written");
    assert_eq!((ended.too_late, ended.due), (1, 0));
    let claimed =
        "select count(*) from host_queues where claimed_until is not null and cursor < last and $1 = ''";
    assert_eq!(scene.number(claimed, "").await, 1, "the second still has it");
    let ended = letters::finish(&mut db, &[turn(&second[0], last)], later)
        .await
        .expect("it is written");
    assert_eq!(ended.too_late, 0);
    assert_eq!(scene.number(claimed, "").await, 0);
    assert!(scene.peer.letters_of("Create").is_empty());
}

#[tokio::test]
async fn a_server_of_whom_too_much_is_to_be_fetched_may_send_it_again_later() {
    let scene = Scene::new().await;
    let host: i32 = sqlx::query_scalar("select id from hosts where authority = $1")
        .bind(&scene.peer.authority)
        .fetch_one(scene.server.db())
        .await
        .expect("it is known");
    scene.server.app.peers.waiting.invalidate_all();
    park(&scene.server, &[(host, 4_999)]).await;
    let like = || scene.zed.does("Like", scene.uri(&scene.ana));
    assert_eq!(scene.zed.sends(&scene.server, &like()).await.status, 202);
    park(&scene.server, &[(host + 1, 1)]).await;
    scene.server.app.peers.waiting.invalidate_all();
    assert_eq!(
        scene.zed.sends(&scene.server, &like()).await.status,
        202,
        "another's is no reason"
    );
    sqlx::query("update received set host_id = $1")
        .bind(host)
        .execute(scene.server.db())
        .await
        .expect("it is full");
    scene.server.app.peers.waiting.invalidate_all();
    let refused = scene.zed.sends(&scene.server, &like()).await;
    assert!(
        [429, 503].contains(&refused.status.as_u16()),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn while_one_process_applies_no_other_does_so_that_what_a_host_sends_is_done_in_its_order() {
    let scene = Scene::new().await;
    let follow = scene.zed.does("Follow", scene.uri(&scene.ana));
    scene.zed.tells(&scene.server, &follow).await;
    scene
        .zed
        .tells(&scene.server, &scene.zed.does("Undo", follow.clone()))
        .await;
    let mut another = scene.server.db().begin().await.expect("a connection");
    for lane in Lane::ALL {
        let locked = received::lock_applying(&mut another, lane).await;
        assert!(locked.expect("an answer"));
    }
    let applied = jobs::receive::batch(&scene.server.app).await;
    assert_eq!(applied.expect("no error"), 0);
    assert_eq!(scene.parked().await, 2);
    another.rollback().await.expect("it ends");
    let applied = jobs::receive::batch(&scene.server.app).await;
    assert_eq!(applied.expect("no error"), 2);
    let follows = "select count(*) from follows f join accounts a on a.id = f.follower_id where a.uri = $1";
    assert_eq!(
        scene.number(follows, &scene.zed.uri).await,
        0,
        "the end of it came last"
    );
    scene.server.settle().await;
}
