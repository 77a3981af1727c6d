//! Posts that are made to break whoever reads them, or to reach whom they do not name.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use crate::federation::scene::Scene;
use crate::support::http::id;

/// Attack 45: HTML that is deep, unbalanced or without end costs a reader its stack, or its time.
#[tokio::test]
async fn html_of_absurd_depth_holds_up_nobody() {
    let scene = Scene::new().await;
    for hard in [
        "<b>".repeat(40_000),
        "<a href=\"x\"><p>".repeat(8_000),
        "</".repeat(60_000),
        "&#".repeat(60_000),
    ] {
        let letter = scene.zed.creates(&scene.zed.note(&hard));
        let answer = scene.zed.sends(&scene.server, &letter).await;
        assert!([202, 400].contains(&answer.status.as_u16()), "{}", answer.status);
        scene.server.settle().await;
        let (_, next) = scene.zed_posts("<p>The next one</p>").await;
        assert_eq!(next["content"], "<p>The next one</p>");
    }
}

/// Attack 59: who is named in `bto` and `bcc` is nobody's business, and no right to anything.
#[tokio::test]
async fn hidden_recipients_are_neither_heeded_nor_sent() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let mut note = scene.zed.note("<p>For Ana</p>");
    note["to"] = json!([scene.uri(&scene.ana)]);
    note["cc"] = json!([]);
    note["bto"] = json!([scene.uri(&bo)]);
    note["bcc"] = json!([crate::support::actor::PUBLIC]);
    let mut create = scene.zed.creates(&note);
    create["bto"] = note["bto"].clone();
    scene.zed_tells(&create).await;
    let here = scene.of_note(&note).await.expect("it is for Ana");
    assert_eq!(here["visibility"], "direct");
    bo.get(&format!("/api/v1/statuses/{}", id(&here)))
        .await
        .refused(404);
    // Ours have none, in letters and where they are read.
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let posts = [Audience::Public, Audience::Followers].map(|audience| scene.ana.post("Hello").to(audience));
    let mut served: Vec<Value> = Vec::new();
    for post in posts {
        let post = post.await;
        scene.server.settle().await;
        let path = format!("/users/ana/posts/{}", id(&post));
        served.push(scene.zed.reads(&scene.server, &path).await.ok());
    }
    for document in served.iter().chain(&scene.peer.letters()) {
        assert!(!document.to_string().contains("\"bto\""), "{document}");
        assert!(!document.to_string().contains("\"bcc\""), "{document}");
    }
}
