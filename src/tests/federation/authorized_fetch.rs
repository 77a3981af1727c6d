//! A server that shows its documents only to those who say who asks; and what a server reads for those who live there.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::domains;
use tintype::db::policies::Severity;
use tintype::domain::audience::Audience;

use super::scene::{Scene, find, settle_all};
use super::two_servers::{follow, handle, newest};
use crate::support::actor::Actor;
use crate::support::http::{Answer, id};
use crate::support::peer::{Peer, Says};
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

const DEMANDED: &[(&str, &str)] = &[("TINTYPE_AUTHORIZED_FETCH", "on")];
const OPEN: &[(&str, &str)] = &[];
const ACTIVITY: &str = "application/activity+json";

async fn asks(server: &TestServer, path: &str, accept: &str) -> Answer {
    let request = server.client.request(Method::GET, path);
    server.client.send(request.header("accept", accept)).await
}

/// The actor in whose name a server itself asks.
fn program(peer: &Peer, name: &str) -> Actor {
    let actor = peer.actor(name);
    let mut document = actor.document();
    document["type"] = json!("Application");
    peer.says(&format!("/users/{name}"), Says::Document(document));
    actor
}

async fn suspends(scene: &Scene, domain: &str) {
    let app = &scene.server.app;
    let decided = domains::decide(app, domain.to_owned(), Severity::Suspended, String::new()).await;
    decided.expect("it can be decided");
    app.peers.policies.invalidate_all();
}

#[tokio::test]
async fn unsigned_nobody_reads_a_document_or_learns_whether_there_is_one() {
    let scene = Scene::with(DEMANDED).await;
    let post = scene.ana.post("For all who say who they are").await;
    scene.server.settle().await;
    let there = format!("/users/ana/posts/{}", id(&post));
    let below = ["", "/activity", "/replies", "/likes", "/shares"];
    let mut hidden: Vec<String> = below.iter().map(|below| format!("{there}{below}")).collect();
    hidden.push(format!("/@ana/{}", id(&post)));
    for of in ["outbox", "followers", "following", "collections/featured"] {
        hidden.push(format!("/users/ana/{of}"));
        hidden.push(format!("/users/ana/{of}?page=true"));
        hidden.push(format!("/users/nobody/{of}"));
    }
    hidden.push("/users/ana/posts/4711".to_owned());
    hidden.push("/users/nobody/posts/4711".to_owned());
    let mut answers = Vec::new();
    for path in &hidden {
        let answer = asks(&scene.server, path, ACTIVITY).await;
        assert_eq!(answer.status, 401, "{path}");
        assert_eq!(answer.header("vary"), Some("Accept, Signature"), "{path}");
        answers.push(answer.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    // Signed, the same are read, and no cache gives them to another.
    for path in &hidden[..6] {
        let answer = scene.zed.reads(&scene.server, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("cache-control"),
            Some("private, no-store"),
            "{path}"
        );
        assert_eq!(answer.header("vary"), Some("Accept, Signature"), "{path}");
    }
    for of in ["outbox", "followers", "following", "collections/featured"] {
        let path = format!("/users/ana/{of}?page=true");
        let answer = scene.zed.reads(&scene.server, &path).await;
        assert_eq!(
            answer.header("cache-control"),
            Some("private, no-store"),
            "{path}"
        );
    }
    assert_eq!(
        scene
            .zed
            .reads(&scene.server, "/users/ana/posts/4711")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn keys_the_servers_own_actor_and_pages_are_there_for_anybody() {
    let scene = Scene::with(DEMANDED).await;
    let post = scene.ana.post("To be seen").await;
    scene.server.settle().await;
    let instance = asks(&scene.server, "/actor", ACTIVITY).await.ok();
    assert_eq!(instance["type"], "Application");
    for path in ["/users/ana", "/@ana"] {
        let key = asks(&scene.server, path, ACTIVITY).await.ok();
        assert_eq!(key["id"], scene.uri(&scene.ana));
        assert_eq!(key["publicKey"]["owner"], scene.uri(&scene.ana));
        let fields = key.as_object().expect("an object").keys().map(String::as_str);
        let mut fields: Vec<&str> = fields.collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            ["@context", "id", "preferredUsername", "publicKey", "type"],
            "{path}"
        );
        let whole = scene.zed.reads(&scene.server, path).await.ok();
        assert_eq!(
            whole["inbox"],
            format!("{}/inbox", scene.uri(&scene.ana)),
            "{whole}"
        );
    }
    assert_eq!(asks(&scene.server, "/users/nobody", ACTIVITY).await.status, 404);
    for page in ["/@ana".to_owned(), format!("/@ana/{}", id(&post)), "/".to_owned()] {
        assert_eq!(
            asks(&scene.server, &page, "text/html").await.status,
            200,
            "{page}"
        );
    }
    let resource = format!("acct:ana@{}", scene.server.authority());
    let path = format!("/.well-known/webfinger?resource={resource}");
    assert_eq!(scene.server.client.get(&path).await.status, 200);
    assert_eq!(scene.server.client.get("/nodeinfo/2.1").await.status, 200);
}

#[tokio::test]
async fn whoever_signs_is_got_to_know_once_and_a_wrong_signature_is_none() {
    let scene = Scene::with(DEMANDED).await;
    let peer = Peer::start("four.test").await;
    let wanda = peer.actor("wanda");
    for _ in 0..3 {
        assert_eq!(wanda.reads(&scene.server, "/users/ana").await.status, 200);
    }
    assert_eq!(peer.asked_for("/users/wanda"), 1);
    // Another key under her name: hers may have changed, so it is looked up once.
    let mut forged = wanda.clone();
    forged.key = scene.zed.key.clone();
    for _ in 0..3 {
        assert_eq!(forged.reads(&scene.server, "/users/ana").await.status, 401);
    }
    assert_eq!(peer.asked_for("/users/wanda"), 2);
    let mut nobody = wanda.clone();
    nobody.key_id = peer.url("/users/nobody#main-key");
    assert_eq!(nobody.reads(&scene.server, "/users/ana").await.status, 401);
    nobody.key_id = "http://127.0.0.1:1/x#main-key".to_owned();
    assert_eq!(
        nobody.reads(&scene.server, "/users/ana").await.status,
        503,
        "later, perhaps"
    );
    nobody.key_id = format!("{}#main-key", scene.uri(&scene.ana));
    assert_eq!(nobody.reads(&scene.server, "/users/ana").await.status, 401);
}

#[tokio::test]
async fn a_changed_key_is_believed_once_its_owner_shows_it() {
    let scene = Scene::with(DEMANDED).await;
    let mut rolled = scene.zed.clone();
    rolled.key = scene.peer.actor("other").key;
    scene.peer.says("/users/zed", Says::Document(rolled.document()));
    assert_eq!(rolled.reads(&scene.server, "/users/ana").await.status, 200);
    assert_eq!(scene.zed.reads(&scene.server, "/users/ana").await.status, 401);
}

#[tokio::test]
async fn a_suspended_server_reads_nothing_whoever_there_asks_and_however_it_is_called() {
    for mode in [DEMANDED, OPEN] {
        let scene = Scene::with(mode).await;
        let post = scene.ana.post("Not for them").await;
        scene.server.settle().await;
        let path = format!("/users/ana/posts/{}", id(&post));
        assert_eq!(scene.zed.reads(&scene.server, &path).await.status, 200);
        suspends(&scene, "peer.test").await;
        let (yan, program) = (scene.peer.actor("yan"), program(&scene.peer, "program"));
        let asked = scene.peer.asked().len();
        let shouted = Actor {
            key_id: scene.zed.key_id.replace("peer.test", "PEER.test"),
            ..scene.zed.clone()
        };
        let below = Actor {
            key_id: scene.zed.key_id.replace("peer.test", "a.peer.test"),
            ..scene.zed.clone()
        };
        for actor in [&scene.zed, &yan, &program, &shouted, &below] {
            let answer = actor.reads(&scene.server, &path).await;
            assert_eq!(answer.status, 403, "{}", actor.key_id);
            assert!(!answer.text().contains("Not for them"));
        }
        assert_eq!(
            scene.peer.asked().len(),
            asked,
            "nobody there was asked who they are"
        );
        scene.server.settle().await;
    }
}

#[tokio::test]
async fn a_key_of_a_good_server_opens_nothing_for_somebody_of_a_suspended_one() {
    let scene = Scene::with(DEMANDED).await;
    let post = scene.ana.post("Not for them").await;
    scene.server.settle().await;
    let path = format!("/users/ana/posts/{}", id(&post));
    // Zed's server is suspended; a document elsewhere says that its key is Zed's.
    let front = Peer::start("four.test").await;
    let straw = front.actor("straw");
    let mut document = straw.document();
    document["publicKey"]["owner"] = json!(scene.zed.uri);
    front.says("/users/straw", Says::Document(document));
    suspends(&scene, "peer.test").await;
    assert_eq!(straw.reads(&scene.server, &path).await.status, 401);
    // Nor a document there that is moved on to the suspended server.
    let moved = Actor {
        key_id: front.url("/users/moved#main-key"),
        ..scene.zed.clone()
    };
    front.says("/users/moved", Says::Redirect(scene.zed.uri.clone()));
    assert_eq!(moved.reads(&scene.server, &path).await.status, 401);
}

/// Asks for a post that is for followers, and for one that is not there; whether the first was shown.
async fn reads_private(scene: &Scene, actor: &Actor, post: &Value) -> bool {
    let answer = actor
        .reads(&scene.server, &format!("/users/ana/posts/{}", id(post)))
        .await;
    if answer.status == 200 {
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        return true;
    }
    let missing = actor.reads(&scene.server, "/users/ana/posts/4711").await;
    assert_eq!(
        (answer.status, &answer.body, answer.header("vary")),
        (missing.status, &missing.body, missing.header("vary"))
    );
    assert_eq!(answer.status, 404);
    false
}

#[tokio::test]
async fn a_server_reads_what_is_for_its_people_who_follow_and_other_servers_do_not() {
    for mode in [DEMANDED, OPEN] {
        let scene = Scene::with(mode).await;
        let elsewhere = Peer::start("four.test").await;
        let (own, other) = (program(&scene.peer, "program"), program(&elsewhere, "program"));
        for (peer, actor) in [(&scene.peer, &own), (&elsewhere, &other)] {
            find(&scene.ana, &actor.handle()).await;
            assert_eq!(peer.asked_for("/users/program"), 1);
        }
        let yan = scene.peer.actor("yan");
        find(&scene.ana, &yan.handle()).await;
        let follow = scene.zed.does("Follow", scene.uri(&scene.ana));
        let post = scene.ana.post("For followers").to(Audience::Followers).await;
        assert!(
            !reads_private(&scene, &own, &post).await,
            "nobody there follows yet"
        );
        scene.zed_tells(&follow).await;
        assert!(reads_private(&scene, &scene.zed, &post).await);
        assert!(reads_private(&scene, &own, &post).await, "their server");
        assert!(!reads_private(&scene, &yan, &post).await, "a stranger there");
        assert!(!reads_private(&scene, &other, &post).await, "another server");
        let direct = scene.ana.post("For nobody").to(Audience::Direct).await;
        assert!(!reads_private(&scene, &own, &direct).await);
        scene.zed_tells(&scene.zed.does("Undo", follow)).await;
        for actor in [&scene.zed, &own] {
            assert!(
                !reads_private(&scene, actor, &post).await,
                "who follows no longer"
            );
        }
        scene
            .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
            .await;
        assert!(reads_private(&scene, &own, &post).await);
        let block = format!("/api/v1/accounts/{}/block", scene.zed_id);
        scene.ana.act(&block).await.ok();
        scene.server.settle().await;
        for actor in [&scene.zed, &own] {
            assert!(!reads_private(&scene, actor, &post).await, "who is blocked");
        }
    }
}

async fn careful(name: &str) -> (TestServer, Person) {
    let server = TestServer::start_with(Settings {
        name,
        more: DEMANDED,
        running: true,
        ..Settings::default()
    })
    .await;
    let person = server.person(if name == "one.test" { "ana" } else { "bo" }).await;
    (server, person)
}

#[tokio::test]
async fn two_servers_that_both_ask_who_asks_do_not_wait_for_each_other() {
    let ((one, ana), (two, bo)) = (careful("one.test").await, careful("two.test").await);
    let servers = [&one, &two];
    follow(&servers, &bo, &handle(&one, &ana)).await;
    follow(&servers, &ana, &handle(&two, &bo)).await;
    ana.post("For followers").to(Audience::Followers).await;
    settle_all(&servers).await;
    let here = newest(&bo).await;
    assert_eq!(here["content"], "<p>For followers</p>");
    bo.likes(&here).await;
    // And what nobody sent is fetched.
    let cy = two.person("cy").await;
    let old = cy.post("Nobody there has this").await;
    settle_all(&servers).await;
    let uri = old["uri"].as_str().expect("an address");
    let path = format!("/api/v2/search?q={uri}&resolve=true&type=statuses");
    let found = ana.get(&path).await.ok();
    assert_eq!(
        found["statuses"][0]["content"], "<p>Nobody there has this</p>",
        "{found}"
    );
    settle_all(&servers).await;
}
