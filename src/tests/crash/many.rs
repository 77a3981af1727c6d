//! Killed in the middle of much: thousands of activities that come, thousands of letters that go. None is lost, and none
//! counts twice.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::{Value, json};
use sqlx::postgres::PgPool;

use super::hold::end_leases;
use super::receiving::followed;
use crate::federation::scene::find;
use crate::support::Binary;
use crate::support::actor::{Actor, Letter, PUBLIC};
use crate::support::http::id;
use crate::support::long;
use crate::support::peer::Peer;
use crate::support::waiting::eventually;

/// Servers that send, or take, at once.
const AT_ONCE: usize = 8;

fn how_many() -> usize {
    if long::are_given_time() { 10_000 } else { 600 }
}

/// Waits until all is done that can be, for as long as there is ever less of it.
async fn quiet(binary: &Binary, db: &PgPool) {
    const WAITS: &str = "select (select count(*) from received)
                              + (select count(*) from outbox)
                              + (select coalesce(sum(last - cursor), 0)::bigint from host_queues)";
    let mut before = i64::MAX;
    while before > 0 {
        before = eventually("there is less to do", async || {
            let now = number(db, WAITS).await;
            (now == 0 || now < before).then_some(now)
        })
        .await;
    }
    binary.quiet().await;
}

async fn number(db: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db).await.expect("a number")
}

/// Answers of Zed's to a post of Ana's, which name her: each is counted, told of and kept.
fn answers(binary: &Binary, zed: &Actor, post: &str) -> Vec<Letter> {
    let ana = format!("http://{}/users/ana", binary.authority);
    let answer = |number: usize| {
        let mut note = zed.note(&format!("<p>{number}</p>"));
        note["inReplyTo"] = json!(post);
        note["to"] = json!([PUBLIC, ana]);
        note["tag"] = json!([{ "type": "Mention", "href": ana, "name": "@ana" }]);
        zed.letter(binary, &zed.creates(&note))
    };
    (0..how_many()).map(answer).collect()
}

/// Sends them from several connections, in no order, until `stop`; which were taken.
async fn send(letters: &Arc<Vec<Letter>>, stop: &Arc<AtomicBool>) -> HashSet<usize> {
    let next = Arc::new(AtomicUsize::new(0));
    let senders: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (letters, next, stop) = (letters.clone(), next.clone(), stop.clone());
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(letter) = letters.get(number).filter(|_| !stop.load(Ordering::Relaxed)) else {
                        return taken;
                    };
                    if letter.arrives().await == Some(202) {
                        taken.push(number);
                    }
                }
            })
        })
        .collect();
    let mut taken = HashSet::new();
    for sender in senders {
        taken.extend(sender.await.expect("a sender does not panic"));
    }
    taken
}

/// How much of the answers there is, in each place where one that is done twice would show.
async fn effects(db: &PgPool) -> [i64; 4] {
    let posts = number(db, "select count(*) from posts where in_reply_to is not null").await;
    let told = number(db, "select count(*) from notifications where kind = 2").await;
    let answers = "select (c.replies + coalesce((select sum(d.replies) from count_deltas d where d.post_id = p.id), 0))::bigint
                   from posts p join post_counts c on c.post_id = p.id where p.uri is null";
    let authors = "select c.posts::bigint from account_counts c join accounts a on a.id = c.account_id where a.username = 'zed'";
    [posts, told, number(db, answers).await, number(db, authors).await]
}

#[tokio::test]
async fn killed_while_thousands_of_activities_come_every_202_is_there_and_counts_once() {
    let mut binary = Binary::start("one.test", &[]).await;
    let (ana, _peer, zed) = followed(&binary).await;
    let post = ana.post("What do you say?").await;
    let uri = format!("http://{}/users/ana/posts/{}", binary.authority, id(&post));
    let letters = Arc::new(answers(&binary, &zed, &uri));
    let stop = Arc::new(AtomicBool::new(false));
    let sending = tokio::spawn({
        let (letters, stop) = (letters.clone(), stop.clone());
        async move { send(&letters, &stop).await }
    });
    let db = binary.db().await;
    let some = i64::try_from(how_many() / 5).expect("a number");
    eventually("some are applied", async || {
        let there = number(&db, "select count(*) from posts where in_reply_to is not null").await;
        (there >= some).then_some(())
    })
    .await;
    binary.kill9().await;
    stop.store(true, Ordering::Relaxed);
    let taken = sending.await.expect("it is sent or not");
    let applied = number(&db, "select count(*) from posts where in_reply_to is not null").await;
    let all = i64::try_from(letters.len()).expect("a number");
    assert!(applied < all, "nothing was under way: nothing is tested");
    end_leases(&binary).await;
    binary.start_again().await;
    quiet(&binary, &db).await;
    let there: HashSet<String> = sqlx::query_scalar("select html from posts where in_reply_to is not null")
        .fetch_all(&db)
        .await
        .expect("texts")
        .into_iter()
        .collect();
    let lost: Vec<_> = taken
        .iter()
        .filter(|number| !there.contains(&format!("<p>{number}</p>")))
        .collect();
    assert!(lost.is_empty(), "acknowledged, and lost: {lost:?}");
    // Whoever got no answer sends it again, and so does one who did not trust it.
    stop.store(false, Ordering::Relaxed);
    assert_eq!(send(&letters, &stop).await.len(), letters.len());
    quiet(&binary, &db).await;
    let all = i64::try_from(letters.len()).expect("a number");
    assert_eq!(
        effects(&db).await,
        [all; 4],
        "posts, told, answers, of the author"
    );
    db.close().await;
}

/// So many people of Zed's kind on his server, each with an inbox of their own, follow Ana.
async fn crowd(db: &PgPool, zed: &Actor, first: i64, how_many: i64) {
    sqlx::query(
        "with crowd as (
             insert into accounts (id, host_id, username, uri, url, inbox, public_key_id, created_at, fetched_at)
             select $2 + n, z.host_id, 'crowd' || n, z.uri || n, z.uri || n, z.uri || '/' || n || '/inbox', z.uri || n || '#key',
                 now(), now()
             from accounts z, generate_series(1, $3) n where z.uri = $1
             returning id)
         insert into follows (follower_id, followee_id, id, accepted, created_at)
         select c.id, a.id, c.id, true, now() from crowd c, accounts a where a.username = 'ana' and a.host_id is null",
    )
    .bind(&zed.uri)
    .bind(first)
    .bind(how_many)
    .execute(db)
    .await
    .expect("they follow");
}

/// What came to each inbox, in the order in which it came first; and how much came once more.
fn first(peers: &[Peer]) -> (HashMap<String, Vec<Value>>, usize) {
    let (mut inboxes, mut again) = (HashMap::<String, Vec<Value>>::new(), 0);
    for peer in peers {
        for asked in peer.asked().iter().filter(|asked| asked.method == "POST") {
            let letter: Value = serde_json::from_slice(&asked.body).expect("a letter is JSON");
            if letter["type"] != "Create" {
                continue;
            }
            let inbox = inboxes.entry(peer.url(&asked.path)).or_default();
            if inbox.iter().any(|known| known["id"] == letter["id"]) {
                assert!(
                    inbox.contains(&letter),
                    "the same address, and another letter: {letter}"
                );
                again += 1;
            } else {
                inbox.push(letter);
            }
        }
    }
    (inboxes, again)
}

const POSTS: usize = 10;
const PEERS: [&str; 4] = ["peer.test", "four.test", "three.test", "two.test"];
/// A turn that was under way at a host is done again; two inboxes of it may have got what was not written down.
const OF_ONE_TURN: usize = 50;

fn came(peers: &[Peer]) -> usize {
    peers.iter().map(Peer::how_many_letters).sum()
}

#[tokio::test]
async fn killed_while_thousands_of_letters_go_every_inbox_gets_each_in_order() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let db = binary.db().await;
    let each = how_many() / POSTS / PEERS.len();
    let mut peers = Vec::new();
    for name in PEERS {
        let peer = Peer::start(name).await;
        let zed = peer.actor("zed");
        find(&ana, &zed.handle()).await;
        let follow = zed.does("Follow", format!("http://{}/users/ana", binary.authority));
        zed.tells(&binary, &follow).await;
        peer.letter("Accept").await;
        let first = i64::try_from(peers.len() * each).expect("a number");
        crowd(&db, &zed, first, i64::try_from(each).expect("a number")).await;
        peers.push(peer);
    }
    binary.quiet().await;
    let mut posted = Vec::new();
    for number in 0..POSTS {
        posted.push(ana.post(&format!("number {number}")).await["content"].clone());
    }
    eventually("some have arrived", async || {
        (came(&peers) >= how_many() / 4).then_some(())
    })
    .await;
    binary.kill9().await;
    assert!(
        came(&peers) < how_many(),
        "nothing was under way: nothing is tested"
    );
    end_leases(&binary).await;
    binary.start_again().await;
    quiet(&binary, &db).await;
    let (inboxes, again) = first(&peers);
    assert_eq!(
        inboxes.len(),
        (each + 1) * PEERS.len(),
        "Zed himself, and the crowd"
    );
    for (inbox, letters) in inboxes {
        let texts: Vec<_> = letters
            .iter()
            .map(|letter| letter["object"]["content"].clone())
            .collect();
        assert_eq!(texts, posted, "{inbox}");
    }
    assert!(again <= OF_ONE_TURN * PEERS.len(), "{again} came twice");
    db.close().await;
}
