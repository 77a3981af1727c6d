//! Servers that nobody here knows yet: one that does not say who it is keeps neither the others nor people here waiting.

use std::collections::BTreeSet;

use super::scene::{Scene, find};
use crate::support::actor::{Actor, Letter};
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// More than are fetched at once for one asker.
const MANY: usize = 64;

#[tokio::test]
async fn a_server_that_hides_its_keys_keeps_neither_new_servers_nor_people_here_waiting() {
    let scene = Scene::new().await;
    let (slow, new) = (Peer::start("four.test").await, Peer::start("three.test").await);
    let (wanda, vic) = (slow.actor("wanda"), new.actor("vic"));
    let mut refused = Vec::new();
    for number in 0..MANY {
        let name = format!("nobody{number}");
        slow.says(&format!("/users/{name}"), Says::Hang);
        let nobody = Actor::new(&slow.authority, &name, wanda.key.clone());
        let like = nobody.does("Like", scene.uri(&scene.ana));
        let letter = nobody.letter(&scene.server, &like);
        refused.push(tokio::spawn(async move { letter.arrives().await }));
    }
    eventually("all that find no place are told to come again", async || {
        let told = refused.iter().filter(|letter| letter.is_finished()).count();
        (told == MANY - 4).then_some(())
    })
    .await;
    let hidden = || {
        let asked = slow.asked();
        asked.iter().filter(|asked| asked.path.contains("nobody")).count()
    };
    eventually("a server is asked for so many at once", async || {
        (hidden() == 4).then_some(())
    })
    .await;
    // Another server that is as new.
    let like = vic.does("Like", scene.uri(&scene.ana));
    assert_eq!(vic.sends(&scene.server, &like).await.status, 202);
    // And somebody at the slow one, for whom a person here looks.
    find(&scene.ana, &wanda.handle()).await;
    slow.release();
    let mut answers = Vec::new();
    for letter in refused {
        answers.push(letter.await.expect("no panic").expect("an answer"));
    }
    assert_eq!(answers.iter().filter(|status| **status == 503).count(), MANY - 4);
    assert_eq!(hidden(), 4, "and for no more");
    scene.server.settle().await;
}

/// How many lies of one address about one site are looked into within a minute.
const LIES: usize = 10;

/// A letter of somebody who is not there, from an address as the proxy in front tells it.
fn invented(scene: &Scene, at: &Actor, name: &str, from: &str) -> Letter {
    let nobody = Actor::new(&at.authority, name, at.key.clone());
    let like = nobody.does("Like", scene.uri(&scene.ana));
    nobody.letter(&scene.server, &like).with("x-forwarded-for", from)
}

async fn likes(scene: &Scene, actor: &Actor, from: &str) -> u16 {
    let like = actor.does("Like", scene.uri(&scene.ana));
    let letter = actor.letter(&scene.server, &like).with("x-forwarded-for", from);
    letter.send().await.status.as_u16()
}

#[tokio::test]
async fn who_names_people_that_a_server_does_not_have_keeps_nobody_out_who_is_new_there() {
    let scene = Scene::with(&[("TINTYPE_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let new = Peer::start("three.test").await;
    let (vic, wanda, xena) = (new.actor("vic"), new.actor("wanda"), new.actor("xena"));
    let mut told = Vec::new();
    for number in 0..2 * LIES {
        // The addresses of one network are one.
        let from = format!("2001:db8::{number}");
        let letter = invented(&scene, &vic, &format!("nobody{number}"), &from);
        told.push(letter.send().await.status.as_u16());
    }
    assert_eq!(told[..LIES], [401; LIES]);
    assert_eq!(told[LIES..], [503; LIES]);
    assert_eq!(new.asked().len(), LIES, "and nobody was asked for more");
    let honest = "192.0.2.1";
    assert_eq!(likes(&scene, &vic, honest).await, 202);
    // Not even many addresses keep out a server that is known where it is, or whom it is known to have.
    for address in 1..=12 {
        for number in 0..LIES {
            let name = format!("nobody{address}_{number}");
            let from = format!("198.51.100.{address}");
            invented(&scene, &vic, &name, &from).send().await;
        }
    }
    assert_eq!(likes(&scene, &wanda, "203.0.113.1").await, 503, "all is used up");
    assert_eq!(likes(&scene, &vic, "203.0.113.1").await, 202);
    assert_eq!(likes(&scene, &xena, honest).await, 202);
    scene.server.settle().await;
}

#[tokio::test]
async fn of_a_post_that_names_many_whom_nobody_knows_few_are_looked_for_and_the_rest_is_text() {
    let scene = Scene::new().await;
    let mut text = String::new();
    for number in 0..40 {
        text.push_str(&format!("@nobody{number}@{} ", scene.peer.authority));
    }
    text.push_str(&scene.zed.handle());
    let post = scene.ana.post(&text).await;
    let asked = scene.peer.asked();
    let named: BTreeSet<&str> = asked.iter().filter_map(|asked| sought(&asked.path)).collect();
    assert_eq!(named.len(), 20, "{named:?}");
    let content = post["content"].as_str().expect("words");
    assert!(content.contains("@nobody39@"), "{content}");
    // Who is known is named, wherever they stand.
    let named = post["mentions"].as_array().expect("a list");
    assert_eq!(named.len(), 1, "{named:?}");
    assert_eq!(named[0]["username"], "zed");
    scene.server.settle().await;
}

/// The invented name in a question for a handle.
fn sought(path: &str) -> Option<&str> {
    let name = &path[path.find("nobody")?..];
    name.split(['@', '%']).next()
}
