//! Two processes on one database: what has to be read elsewhere is read by one of them.

use serde_json::{Value, json};
use tintype::app::App;
use tintype::jobs;
use tintype_federation::synchronization::{FollowersDigest, HEADER};

use super::scene::{Scene, find};
use crate::support::actor::Actor;
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// While the first process waits for the peer's answer at `path`, the second finds nothing to do; and afterwards nor does
/// either.
async fn once<W: Future<Output = sqlx::Result<usize>> + Send + 'static>(
    (scene, peer, path): (&Scene, &Peer, &str),
    answer: Says,
    round: impl Fn(App) -> W,
) {
    let (one, two) = (scene.server.app.clone(), scene.server.another_process().await);
    peer.says(path, Says::Hang);
    let waiting = tokio::spawn(round(one.clone()));
    eventually("the peer is asked", async || {
        (peer.asked_for(path) == 1).then_some(())
    })
    .await;
    assert_eq!(round(two.clone()).await.expect("no error"), 0);
    peer.says(path, answer);
    peer.release();
    assert_eq!(waiting.await.expect("no panic").expect("no error"), 1);
    for app in [one, two] {
        assert_eq!(round(app).await.expect("no error"), 0);
    }
    assert_eq!(peer.asked_for(path), 1);
}

/// Ana asked to follow Wanda, whose server says yes; all is applied, and nothing of hers is read yet.
async fn followed(scene: &Scene, peer: &Peer, wanda: &Actor) -> String {
    let id = find(&scene.ana, &wanda.handle()).await;
    scene.ana.act(&format!("/api/v1/accounts/{id}/follow")).await.ok();
    scene.server.settle().await;
    let follow = peer.letters_of("Follow").pop().expect("it was sent");
    wanda.tells(&scene.server, &wanda.does("Accept", follow)).await;
    jobs::receive::batch(&scene.server.app)
        .await
        .expect("it is applied");
    id
}

#[tokio::test]
async fn what_somebody_posted_before_is_read_by_one_process() {
    let scene = Scene::new().await;
    let peer = Peer::start("four.test").await;
    let wanda = peer.actor("wanda");
    let note = wanda.note("<p>Before</p>");
    let outbox = json!({ "id": format!("{}/outbox", wanda.uri), "type": "OrderedCollection",
                         "orderedItems": [wanda.creates(&note)] });
    followed(&scene, &peer, &wanda).await;
    let place = (&scene, &peer, "/users/wanda/outbox");
    let round = |app: App| async move { jobs::featured::round(&app).await };
    once(place, Says::Document(outbox), round).await;
    scene.server.settle().await;
    let posts = "select count(*) from posts p join accounts a on a.id = p.author_id where a.uri = $1";
    assert_eq!(scene.number(posts, &wanda.uri).await, 1);
    let counted = "select c.posts::bigint from account_counts c join accounts a on a.id = c.account_id where a.uri = $1";
    assert_eq!(scene.number(counted, &wanda.uri).await, 1);
}

#[tokio::test]
async fn the_top_of_a_profile_is_read_by_one_process() {
    let scene = Scene::new().await;
    let peer = Peer::start("four.test").await;
    let wanda = peer.actor("wanda");
    let mut document = wanda.document();
    document["featured"] = json!(wanda.featured());
    peer.says("/users/wanda", Says::Document(document));
    let note = wanda.note("<p>Look at this</p>");
    peer.serves(&note);
    let top =
        json!({ "id": wanda.featured(), "type": "OrderedCollection", "orderedItems": [note["id"].clone()] });
    let id = followed(&scene, &peer, &wanda).await;
    let place = (&scene, &peer, "/users/wanda/collections/featured");
    let round = |app: App| async move { jobs::featured::round(&app).await };
    once(place, Says::Document(top), round).await;
    scene.server.settle().await;
    let path = format!("/api/v1/accounts/{id}/statuses?pinned=true");
    let shown: Vec<Value> = scene.ana.get(&path).await.list();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0]["uri"], note["id"]);
}

#[tokio::test]
async fn who_follows_somebody_is_compared_by_one_process() {
    let scene = Scene::new().await;
    let path = "/users/zed/followers_synchronization";
    let url = scene.peer.url(path);
    let none = FollowersDigest::of(std::iter::empty::<&str>()).to_hex();
    let header = format!(
        "collectionId=\"{}\", url=\"{url}\", digest=\"{none}\"",
        scene.zed.followers()
    );
    let like = scene.zed.does("Like", scene.uri(&scene.ana));
    let letter = scene.zed.letter(&scene.server, &like).with(HEADER, &header);
    assert_eq!(letter.send().await.status, 202);
    let list = json!({ "id": url, "type": "OrderedCollection", "totalItems": 0, "orderedItems": [] });
    let round = |app: App| async move { jobs::followers::round(&app).await };
    once((&scene, &scene.peer, path), Says::Document(list), round).await;
    scene.server.settle().await;
    assert_eq!(
        scene.peer.letters_of("Undo").len(),
        1,
        "told once that she follows no longer"
    );
}
