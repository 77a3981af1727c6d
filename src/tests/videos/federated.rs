//! Videos as other servers get them.

use serde_json::json;

use super::clips::{clip, silent};
use super::{path_of, uploaded};
use crate::federation::scene::Scene;
use crate::support::draft::small_photo;
use crate::support::peer::Says;

#[tokio::test]
async fn peers_get_an_mp4_with_a_still_its_sizes_and_its_length() {
    let scene = Scene::new().await;
    scene
        .zed
        .tells(
            &scene.server,
            &scene
                .zed
                .does("Follow", format!("http://{}/users/ana", scene.server.authority())),
        )
        .await;
    scene.server.settle().await;
    let video = uploaded(&scene.server, &scene.ana, "video/mp4", &clip(1.0, &[])).await;
    let lively = uploaded(
        &scene.server,
        &scene.ana,
        "image/gif",
        &silent(0.5, &[], "loop.gif"),
    )
    .await;
    scene
        .ana
        .post("Two that move")
        .with_media(&[&video, &lively])
        .await;
    scene.server.settle().await;
    let create = scene.peer.letter("Create").await;
    let [film, gif] = &create["object"]["attachment"].as_array().expect("two files")[..] else {
        panic!("{create}");
    };
    for (sent, media) in [(film, &video), (gif, &lively)] {
        assert_eq!(sent["type"], "Document");
        assert_eq!(sent["mediaType"], "video/mp4");
        assert_eq!(sent["url"], media["url"]);
        assert_eq!((&sent["width"], &sent["height"]), (&json!(320), &json!(180)));
        assert_eq!(sent["blurhash"], media["blurhash"]);
        assert_eq!(sent["icon"]["type"], "Image");
        assert_eq!(sent["icon"]["mediaType"], "image/jpeg");
        let still = scene.server.client.get(&path_of(&sent["icon"]["url"])).await;
        assert_eq!(still.header("content-type"), Some("image/jpeg"));
        let length = sent["duration"].as_str().expect("a length");
        assert!(length.starts_with("PT") && length.ends_with('S'), "{length}");
    }
    scene.server.settle().await;
}

#[tokio::test]
async fn a_video_from_elsewhere_is_a_link_with_the_picture_that_its_server_gives_of_it() {
    let scene = Scene::new().await;
    scene
        .peer
        .says("/still.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    let mut note = scene.zed.note("<p>Waves</p>");
    note["attachment"] = json!([{
        "type": "Document", "mediaType": "video/mp4", "url": scene.peer.url("/waves.mp4"), "name": "The sea",
        "duration": "PT5S", "width": 640, "height": 480,
        "icon": { "type": "Image", "mediaType": "image/jpeg", "url": scene.peer.url("/still.jpg") },
    }]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("it came in");
    let content = here["content"].as_str().expect("HTML");
    assert!(content.contains(&scene.peer.url("/waves.mp4")), "{content}");
    let still = &here["media_attachments"][0];
    assert_eq!(
        (&still["type"], &still["description"]),
        (&json!("image"), &json!("The sea"))
    );
    assert_eq!(still["remote_url"], scene.peer.url("/still.jpg"));
    assert_eq!(scene.peer.asked_for("/waves.mp4"), 0);
}
