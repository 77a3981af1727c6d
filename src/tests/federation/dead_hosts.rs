//! Dead hosts, many of them: what the living wait for. Measures no time: what counts is what came before what.

use std::net::Ipv4Addr;

use chrono::TimeDelta;
use tintype::db;
use tintype::db::letters::Most;
use tintype::jobs;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::delivery::{follow, text};
use super::scene::Scene;

/// As many as were once the most that were waited for at a time, and half as many again.
const SILENT: i64 = 1_536;

/// Ana, with a post for so many hosts that take connections and say nothing, and for Zed's, whose turn comes last.
async fn followed_by_the_silent(hosts: i64) -> Scene {
    let scene = Scene::with(&[]).await;
    follow(&scene, &scene.zed).await;
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))
        .await
        .expect("a free port");
    let port = listener.local_addr().expect("it has an address").port();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    followers(&scene, hosts, port).await;
    scene.ana.post("Can you hear me?").await;
    while jobs::dispatch::batch(&scene.server.app).await.expect("letters") > 0 {}
    sqlx::query("update host_queues set next_try_at = next_try_at - interval '1 hour' where host_id <> $1")
        .bind(zeds_host(&scene).await)
        .execute(scene.server.db())
        .await
        .expect("an order");
    scene.server.may_leave_work();
    scene
}

/// Somebody on each of so many hosts, each an address of its own, follows Ana.
async fn followers(scene: &Scene, hosts: i64, port: u16) {
    sqlx::query(
        "with silent as (
             select n, format('127.1.%s.%s:%s', n / 250, n % 250 + 1, $1::integer) as authority
             from generate_series(0, $2 - 1) n),
         hosts as (
             insert into hosts (authority, first_seen) select authority, now() from silent returning id, authority),
         people as (
             insert into accounts (id, host_id, username, uri, url, inbox, shared_inbox, outbox, followers_url,
                 following_url, featured_url, display_name, note_html, public_key_id, public_key_pem, created_at, fetched_at)
             select n + 1, h.id, 'mute', p.uri, p.uri, p.uri || '/inbox', 'http://' || authority || '/inbox', p.uri, p.uri,
                 p.uri, p.uri, '', '', p.uri || '#main-key', '', now(), now()
             from silent join hosts h using (authority)
             cross join lateral (select 'http://' || authority || '/users/mute' as uri) p
             returning id)
         insert into follows (follower_id, followee_id, id, accepted, created_at) select id, $3, id, true, now() from people",
    )
    .bind(i32::from(port))
    .bind(hosts)
    .bind(scene.ana.account().0)
    .execute(scene.server.db())
    .await
    .expect("they follow");
}

async fn zeds_host(scene: &Scene) -> i32 {
    sqlx::query_scalar("select id from hosts where authority = $1")
        .bind(&scene.peer.authority)
        .fetch_one(scene.server.db())
        .await
        .expect("it is known")
}

#[tokio::test]
async fn the_living_do_not_wait_for_a_thousand_who_are_silent() {
    let scene = followed_by_the_silent(SILENT).await;
    let working = CancellationToken::new();
    let jobs = jobs::start(&scene.server.app, &working);
    let letter = scene.peer.letter("Create").await;
    assert_eq!(text(&letter), "<p>Can you hear me?</p>");
    let waited_for = scene
        .number(
            "select count(*) from host_queues where claimed_until is not null and $1 = ''",
            "",
        )
        .await;
    assert!(
        waited_for > 1_024,
        "it came after others had given up: {waited_for} are waited for"
    );
    working.cancel();
    jobs.close();
    jobs.wait().await;
}

#[tokio::test]
async fn nothing_is_signed_for_who_takes_connections_and_says_nothing() {
    let scene = Scene::with(&[]).await;
    follow(&scene, &scene.zed).await;
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))
        .await
        .expect("a free port");
    let port = listener.local_addr().expect("it has an address").port();
    followers(&scene, 3, port).await;
    scene.ana.post("Anybody?").await;
    let working = CancellationToken::new();
    let jobs = jobs::start(&scene.server.app, &working);
    let mut held = Vec::new();
    for _ in 0..3 {
        let (mut stream, _) = listener.accept().await.expect("each is tried");
        let mut heard = vec![0; 4_096];
        let length = stream.read(&mut heard).await.expect("something is asked");
        let heard = String::from_utf8_lossy(&heard[..length]).to_lowercase();
        assert!(
            heard.starts_with("head /inbox") && !heard.contains("signature"),
            "{heard}"
        );
        held.push(stream);
    }
    assert_eq!(text(&scene.peer.letter("Create").await), "<p>Anybody?</p>");
    working.cancel();
    jobs.close();
    jobs.wait().await;
    scene.server.may_leave_work();
}

#[tokio::test]
async fn hosts_that_failed_have_a_share_of_their_own_and_not_that_of_the_others() {
    let scene = followed_by_the_silent(20).await;
    sqlx::query("update host_queues set failures = 3 where host_id <> $1")
        .bind(zeds_host(&scene).await)
        .execute(scene.server.db())
        .await
        .expect("they failed");
    let mut connection = scene.server.db().acquire().await.expect("a connection");
    let most = Most { well: 5, failing: 3 };
    let now = scene.server.app.clock.now();
    let until = now + TimeDelta::seconds(60);
    let mut claimed = Vec::new();
    for _ in 0..2 {
        let hosts = db::letters::claim(&mut connection, most, now, until).await;
        claimed.push(hosts.expect("hosts that are due"));
    }
    let of_failing =
        |claimed: &[db::letters::Claimed]| claimed.iter().filter(|host| host.failures > 0).count();
    let zeds = |claimed: &[db::letters::Claimed]| {
        claimed
            .iter()
            .filter(|host| host.authority == scene.peer.authority)
            .count()
    };
    assert_eq!((zeds(&claimed[0]), of_failing(&claimed[0])), (1, 3));
    assert_eq!((zeds(&claimed[1]), of_failing(&claimed[1])), (0, 3));
}
