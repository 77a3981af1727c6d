//! What strangers would have this server ask, and what they would ask of it.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use crate::federation::scene::Scene;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

/// Attack 42: each of a thousand names would be a server of its own, with a thousand names more.
#[tokio::test]
async fn a_post_that_names_a_thousand_strangers_has_nobody_asked() {
    let scene = Scene::new().await;
    let elsewhere = Peer::start("four.test").await;
    let strangers: Vec<String> = (0..1_000)
        .map(|number| elsewhere.url(&format!("/users/{number}")))
        .collect();
    let tags: Vec<Value> = strangers
        .iter()
        .map(|href| json!({ "type": "Mention", "href": href, "name": "@somebody" }))
        .collect();
    let mut note = scene.zed.note("<p>Hello all</p>");
    note["cc"] = json!(strangers);
    note["tag"] = json!(tags);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("the post itself is fine");
    assert_eq!(here["mentions"], json!([]));
    assert!(elsewhere.asked().is_empty(), "{:?}", elsewhere.asked());
}

/// Attack 57: whoever is shut out sends somebody else of their server, or signs with a key of that server.
#[tokio::test]
async fn nobody_of_a_blocked_server_reads_by_anybodys_key() {
    let scene = Scene::new().await;
    let yan = scene.peer.actor("yan");
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let post = scene.ana.post("For followers").to(Audience::Followers).await;
    let open = scene.ana.post("For all").await;
    scene.server.settle().await;
    let path = |post: &Value| format!("/users/ana/posts/{}", id(post));
    assert_eq!(scene.zed.reads(&scene.server, &path(&post)).await.status, 200);
    sqlx::query(
        "insert into domain_policies (id, domain, severity, created_at) values (1, 'peer.test', 2, now())",
    )
    .execute(scene.server.db())
    .await
    .expect("a policy can be written");
    scene.server.app.peers.policies.invalidate_all();
    for actor in [&scene.zed, &yan] {
        for hidden in [
            path(&post),
            path(&open),
            "/users/ana".to_owned(),
            "/users/ana/outbox?page=true".to_owned(),
        ] {
            let answer = actor.reads(&scene.server, &hidden).await;
            assert!(!answer.text().contains("For followers"), "{} {hidden}", actor.uri);
        }
        let answer = actor.reads(&scene.server, &path(&post)).await;
        assert_eq!(answer.status, 403, "{}", actor.uri);
    }
    scene.server.may_leave_work();
}

/// Attack 63: what is said to be a picture is a page, a drawing with a script, or both at once.
#[tokio::test]
async fn an_attachment_that_is_no_picture_is_never_served() {
    let scene = Scene::new().await;
    let script = "<script>alert(1)</script>";
    let both = [b"\xFF\xD8\xFF\xE0".as_slice(), script.as_bytes()].concat();
    for (name, file) in [
        ("page", script.as_bytes().to_vec()),
        (
            "drawing",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{script}</svg>").into_bytes(),
        ),
        ("both", both),
    ] {
        scene
            .peer
            .says(&format!("/{name}.jpg"), Says::File("image/jpeg", file));
        let mut note = scene.zed.note("<p>Look</p>");
        note["attachment"] = json!([{ "type": "Document", "mediaType": "image/jpeg",
                                      "url": scene.peer.url(&format!("/{name}.jpg")) }]);
        scene.zed_tells(&scene.zed.creates(&note)).await;
        let here = scene.of_note(&note).await.expect("the post itself is fine");
        for url in ["url", "preview_url"].map(|key| here["media_attachments"][0][key].clone()) {
            let Some((_, path)) = url
                .as_str()
                .and_then(|url| url.split_once(scene.server.authority()))
            else {
                continue;
            };
            let answer = scene.ana.get(path).await;
            assert_ne!(answer.status, 200, "{name}: {url}");
            assert!(!answer.text().contains("alert"), "{name}: {url}");
        }
    }
    scene.server.may_leave_work();
}
