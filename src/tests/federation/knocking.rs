//! Servers that nobody here knows yet: one that does not say who it is keeps neither the others nor people here waiting.

use super::scene::{Scene, find};
use crate::support::actor::Actor;
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
