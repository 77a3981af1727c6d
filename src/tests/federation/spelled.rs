//! Names of servers in strange spellings, and names that lead elsewhere than they seem to.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::net::TcpListener;

use super::scene::Scene;
use crate::support::TestServer;
use crate::support::server::Settings;

async fn accounts(scene: &Scene) -> i64 {
    scene
        .number("select count(*) from accounts where $1 = ''", "")
        .await
}

/// Unicode, trailing dots, upper case, user information, backslashes and line ends in addresses.
#[tokio::test]
async fn a_strange_spelling_of_a_server_makes_no_second_person_of_anybody() {
    let scene = Scene::new().await;
    let (before, port) = (accounts(&scene).await, scene.peer.address.port());
    let one = scene.server.authority().to_owned();
    for host in [
        "peer.test.".to_owned(),
        "PEER.test".to_owned(),
        "\u{FF30}eer.test".to_owned(),
        "pe\u{200D}er.test".to_owned(),
        "p\u{0435}er.test".to_owned(),
        format!("{one}@peer.test"),
        format!("{one}%40peer.test"),
        format!("{one}\\@peer.test"),
        "peer.test\r\nhost: evil.example".to_owned(),
        "peer.test%00.evil.example".to_owned(),
    ] {
        let actor = format!("http://{host}:{port}/users/zed");
        let mut note = scene.zed.note("<p>Strange</p>");
        note["attributedTo"] = json!(actor);
        note["id"] = json!(format!("http://{host}:{port}/notes/strange"));
        let mut create = scene.zed.creates(&note);
        create["actor"] = json!(actor);
        create["id"] = json!(format!("http://{host}:{port}/activities/strange"));
        let answer = scene.zed.sends(&scene.server, &create).await;
        scene.server.settle().await;
        assert!(
            answer.status.as_u16() < 500 || answer.status == 503,
            "{host:?}: {}",
            answer.status
        );
        assert_eq!(accounts(&scene).await, before, "{host:?} is somebody new");
        let handle: String =
            url::form_urlencoded::byte_serialize(format!("@zed@{host}:{port}").as_bytes()).collect();
        let path = format!("/api/v2/search?q={handle}&type=accounts&resolve=true");
        let found = scene.ana.get(&path).await.ok();
        let ids: Vec<_> = found["accounts"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|account| account["id"].clone())
            .collect();
        assert!(
            ids.iter().all(|id| *id == json!(scene.zed_id)),
            "{host:?}: {found}"
        );
        assert_eq!(accounts(&scene).await, before, "{host:?} is somebody new");
    }
    // At the most the one post, under the one name that all good spellings mean.
    let strangers = "select count(*) from posts p join accounts a on a.id = p.author_id where a.uri <> $1";
    assert_eq!(scene.number(strangers, &scene.zed.uri).await, 0);
}

/// Counts who connects.
async fn listening() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a free port");
    let port = listener.local_addr().expect("it has an address").port();
    let count = Arc::new(AtomicUsize::new(0));
    let connected = count.clone();
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            connected.fetch_add(1, Ordering::Relaxed);
        }
    });
    (port, count)
}

async fn connections(private: &str) -> usize {
    let (port, count) = listening().await;
    let server = TestServer::start_with(Settings {
        name: "one.test",
        more: &[("TINTYPE_ALLOW_PRIVATE_ADDRESSES", private)],
        ..Settings::default()
    })
    .await;
    let ana = server.person("ana").await;
    for host in ["peer.test", "localhost"] {
        for what in [
            format!("https://{host}:{port}/users/x"),
            format!("@x@{host}:{port}"),
        ] {
            let what: String = url::form_urlencoded::byte_serialize(what.as_bytes()).collect();
            ana.get(&format!("/api/v2/search?q={what}&resolve=true"))
                .await
                .ok();
        }
    }
    count.load(Ordering::Relaxed)
}

/// DNS rebinding: whatever a name meant before, the address that is connected to is the one that is judged.
#[tokio::test]
async fn a_name_that_leads_inside_at_the_moment_of_connecting_is_not_connected_to() {
    assert!(connections("true").await > 0, "the counting does not work");
    assert_eq!(connections("false").await, 0);
}
