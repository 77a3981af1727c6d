//! What servers of two lanes send at once: neither waits for the other, and what belongs together finds together.

use serde_json::json;
use tintype::actions::publish::{self, Arrived, How};
use tintype::actions::quote::Leads;
use tintype::db;
use tintype::db::received;
use tintype::domain::account::Account;
use tintype::domain::ids::HostId;
use tintype::domain::lane::Lane;
use tintype::domain::post::RemotePost;
use tintype::jobs;
use tintype::translate;
use tintype_federation::inbox::{self, Received};
use url::Url;

use super::scene::{Scene, befriend};
use crate::support::actor::Actor;
use crate::support::peer::Peer;

/// A scene, and somebody whose server is in another lane than Zed's, whom Ana follows too.
struct Two {
    scene: Scene,
    wanda: Actor,
    _peer: Peer,
}

impl Two {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let zeds = lane(&scene, &scene.zed).await;
        for name in ["two.test", "three.test", "four.test"] {
            let peer = Peer::start(name).await;
            let wanda = peer.actor("wanda");
            befriend(&scene.server, &scene.ana, &peer, &wanda).await;
            if lane(&scene, &wanda).await != zeds {
                return Self {
                    scene,
                    wanda,
                    _peer: peer,
                };
            }
        }
        panic!("four servers are in one lane");
    }
}

async fn lane(scene: &Scene, actor: &Actor) -> Lane {
    let host = scene
        .number("select host_id::bigint from accounts where uri = $1", &actor.uri)
        .await;
    Lane::of(HostId(i32::try_from(host).expect("a host's id")))
}

#[tokio::test]
async fn what_one_lane_has_in_hand_holds_up_no_server_of_another() {
    let Two { scene, wanda, .. } = Two::new().await;
    let mut another = scene.server.db().begin().await.expect("a connection");
    let zeds = lane(&scene, &scene.zed).await;
    let locked = received::lock_applying(&mut another, zeds).await;
    assert!(locked.expect("an answer"));
    let (late, early) = (scene.zed.note("<p>Held</p>"), wanda.note("<p>Free</p>"));
    scene.zed.tells(&scene.server, &scene.zed.creates(&late)).await;
    wanda.tells(&scene.server, &wanda.creates(&early)).await;
    let applied = jobs::receive::batch(&scene.server.app).await;
    assert_eq!(applied.expect("no error"), 1);
    assert!(scene.of_note(&early).await.is_some());
    assert!(scene.of_note(&late).await.is_none());
    another.rollback().await.expect("it ends");
    scene.server.settle().await;
    assert!(scene.of_note(&late).await.is_some());
}

/// The author of a note as we know them, and the note as it is read.
async fn read(scene: &Scene, actor: &Actor, create: &serde_json::Value) -> (Account, RemotePost) {
    let mut db = scene.server.db().acquire().await.expect("a connection");
    let known = db::accounts::ids_by_uris(&mut db, std::slice::from_ref(&actor.uri)).await;
    let (id, _) = known.expect("an answer").pop().expect("they are known").1;
    let accounts = db::accounts::by_ids(&mut db, &[id]).await;
    let author = accounts.expect("an answer").pop().expect("they are there");
    let uri = Url::parse(&actor.uri).expect("an address");
    let envelope = inbox::read(create.to_string().as_bytes(), &uri).expect("it is acceptable");
    let Received::Create(note) = envelope.received else {
        panic!("it is no Create");
    };
    let post = translate::note::remote(&note, &author.followers_url, scene.server.app.clock.now());
    (author, post.expect("it is a post"))
}

#[tokio::test]
async fn an_answer_and_its_post_that_are_written_down_at_once_find_each_other() {
    let Two { scene, wanda, .. } = Two::new().await;
    let asked = scene.zed.note("<p>Which lens?</p>");
    let mut answer = wanda.note("<p>The old one</p>");
    answer["inReplyTo"] = asked["id"].clone();
    let (zed, question) = read(&scene, &scene.zed, &scene.zed.creates(&asked)).await;
    let (wandas, reply) = read(&scene, &wanda, &wanda.creates(&answer)).await;
    let app = &scene.server.app;
    let mut first = app.db.begin().await.expect("a connection");
    let mut second = app.db.begin().await.expect("a connection");
    for (tx, author, post) in [(&mut first, &zed, question), (&mut second, &wandas, reply)] {
        let arrived = Arrived {
            author,
            post,
            how: How::Sent,
            leads: Leads::On,
        };
        let new = publish::remote(app, tx, &[arrived]).await.expect("no error");
        assert_eq!(new.len(), 1);
    }
    second.commit().await.expect("it is written");
    // What the answer causes is done while its post cannot be seen yet.
    jobs::dispatch::batch(app).await.expect("no error");
    let lonely = scene.of_note(&answer).await.expect("it is here");
    assert_eq!(lonely["in_reply_to_id"], json!(null));
    first.commit().await.expect("it is written");
    scene.server.settle().await;
    let (asked, answer) = (scene.of_note(&asked).await, scene.of_note(&answer).await);
    let (asked, answer) = (asked.expect("it is here"), answer.expect("it is here"));
    assert_eq!(answer["in_reply_to_id"], asked["id"]);
    assert_eq!(asked["replies_count"], 1);
}
