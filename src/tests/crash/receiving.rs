//! Killed while letters come.

use serde_json::Value;

use super::hold::{Hold, end_leases};
use crate::federation::scene::find;
use crate::support::actor::Letter;
use crate::support::peer::Peer;
use crate::support::waiting::eventually;
use crate::support::{Binary, Person};

/// Zed, whom Ana follows, at a scripted peer.
pub async fn followed(binary: &Binary) -> (Person, Peer, crate::support::actor::Actor) {
    let ana = binary.person("ana").await;
    let peer = Peer::start("peer.test").await;
    let zed = peer.actor("zed");
    let there = find(&ana, &zed.handle()).await;
    ana.act(&format!("/api/v1/accounts/{there}/follow")).await.ok();
    let follow = peer.letter("Follow").await;
    zed.tells(binary, &zed.does("Accept", follow)).await;
    eventually("Ana follows Zed", async || {
        let path = format!("/api/v1/accounts/relationships?id[]={there}");
        (ana.get(&path).await.ok()[0]["following"] == true).then_some(())
    })
    .await;
    binary.quiet().await;
    (ana, peer, zed)
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts
}

fn texts(posts: &[Value]) -> Vec<String> {
    sorted(
        posts
            .iter()
            .map(|post| post["content"].as_str().expect("a text").to_owned())
            .collect(),
    )
}

#[tokio::test]
async fn killed_while_receiving_every_202_is_applied_once() {
    let mut binary = Binary::start("one.test", &[]).await;
    let (ana, _peer, zed) = followed(&binary).await;
    let hold = Hold::before(&binary, "insert on posts").await;
    let (mut letters, mut expected): (Vec<Letter>, Vec<String>) = (Vec::new(), Vec::new());
    for number in 0..36 {
        let html = format!("<p>letter {number}</p>");
        letters.push(zed.letter(&binary, &zed.creates(&zed.note(&html))));
        expected.push(html);
    }
    // The first half is taken, and waits; the second half is on its way when the power goes.
    for letter in &letters[..18] {
        assert_eq!(letter.send().await.status, 202);
    }
    hold.reached().await;
    let under_way: Vec<_> = letters[18..]
        .iter()
        .cloned()
        .map(|letter| tokio::spawn(async move { letter.arrives().await }))
        .collect();
    binary.kill9().await;
    let mut taken = vec![true; 18];
    for letter in under_way {
        taken.push(letter.await.expect("it is sent or not") == Some(202));
    }
    hold.release().await;
    end_leases(&binary).await;
    binary.start_again().await;
    binary.quiet().await;
    let home = texts(&ana.home().await);
    for (html, _) in expected.iter().zip(&taken).filter(|(_, taken)| **taken) {
        assert!(home.contains(html), "{html} was acknowledged, and is lost");
    }
    // Who got no answer sends it again, and so does one who did not trust it.
    for letter in &letters {
        assert_eq!(letter.send().await.status, 202);
    }
    binary.quiet().await;
    assert_eq!(texts(&ana.home().await), sorted(expected));
}
