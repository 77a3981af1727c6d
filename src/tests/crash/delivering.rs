//! Killed while letters leave.

use std::collections::HashSet;

use serde_json::Value;

use super::hold::{Hold, end_leases};
use crate::federation::scene::find;
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;
use crate::support::{Binary, Person, TestServer};

/// Ana's posts, from the first to the last, as texts.
async fn ana_posts(ana: &Person, how_many: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for number in 0..how_many {
        let post = ana.post(&format!("number {number}")).await;
        texts.push(post["content"].as_str().expect("a text").to_owned());
    }
    texts
}

fn texts(posts: &[Value]) -> Vec<String> {
    posts
        .iter()
        .map(|post| post["content"].as_str().expect("a text").to_owned())
        .collect()
}

#[tokio::test]
async fn killed_mid_delivery_every_letter_arrives_and_counts_once() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let two = TestServer::named("two.test").await;
    let bo = two.person("bo").await;
    let there = find(&bo, &format!("@ana@{}", binary.authority)).await;
    bo.act(&format!("/api/v1/accounts/{there}/follow")).await.ok();
    eventually("Bo follows Ana", async || {
        let path = format!("/api/v1/accounts/relationships?id[]={there}");
        (bo.get(&path).await.ok()[0]["following"] == true).then_some(())
    })
    .await;
    binary.quiet().await;
    // All letters are taken, and that they were is never written down.
    let hold = Hold::before(&binary, "update on host_queues when (new.cursor > old.cursor)").await;
    let mut posted = ana_posts(&ana, 10).await;
    eventually("a letter has arrived", async || {
        (!bo.home().await.is_empty()).then_some(())
    })
    .await;
    hold.reached().await;
    binary.kill9().await;
    hold.release().await;
    end_leases(&binary).await;
    binary.start_again().await;
    binary.quiet().await;
    two.settle().await;
    posted.reverse();
    assert_eq!(texts(&bo.home().await), posted);
    let twice: i64 = sqlx::query_scalar("select count(*) from posts")
        .fetch_one(two.db())
        .await
        .expect("a number");
    assert_eq!(twice, 10);
}

#[tokio::test]
async fn killed_while_a_host_is_silent_its_letters_come_in_order_after_the_start() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let peer = Peer::start("peer.test").await;
    let zed = peer.actor("zed");
    zed.tells(
        &binary,
        &zed.does("Follow", format!("http://{}/users/ana", binary.authority)),
    )
    .await;
    peer.letter("Accept").await;
    binary.quiet().await;
    peer.says_to_letters([Says::Status(202), Says::Status(202), Says::Hang]);
    let posted = ana_posts(&ana, 6).await;
    eventually("the third hangs", async || {
        (peer.letters_of("Create").len() == 3).then_some(())
    })
    .await;
    binary.kill9().await;
    end_leases(&binary).await;
    binary.start_again().await;
    binary.quiet().await;
    let mut seen = HashSet::new();
    let mut first = peer.letters_of("Create");
    first.retain(|letter| seen.insert(letter["id"].to_string()));
    let objects: Vec<Value> = first.into_iter().map(|letter| letter["object"].clone()).collect();
    assert_eq!(texts(&objects), posted);
    peer.release();
}
