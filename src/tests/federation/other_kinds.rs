//! Articles, videos, events and the like: none is dropped, each is a title that leads to it, with its picture.

use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::draft::small_photo;
use crate::support::peer::Says;

/// A post of another kind, with a page for people.
fn titled(scene: &Scene, kind: impl Into<Value>, name: &str) -> Value {
    let mut post = scene.zed.note("<p>The whole of it, which is long</p>");
    post["type"] = kind.into();
    post["name"] = json!(name);
    post["url"] = json!(scene.peer.url("/pages/1"));
    post
}

/// A picture that the peer really has.
fn picture(scene: &Scene, name: &str) -> String {
    let path = format!("/files/{name}.jpg");
    scene
        .peer
        .says(&path, Says::File("image/jpeg", small_photo().to_vec()));
    scene.peer.url(&path)
}

async fn arrives(scene: &Scene, post: &Value) -> Value {
    scene.zed_tells(&scene.zed.creates(post)).await;
    scene.of_note(post).await.expect("it is not dropped")
}

fn pictures(here: &Value) -> usize {
    here["media_attachments"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn each_other_kind_is_a_title_that_leads_to_it() {
    let scene = Scene::new().await;
    for kind in [
        json!("Article"),
        json!("Page"),
        json!("Video"),
        json!("Event"),
        json!("Audio"),
        json!("Image"),
        json!(["Article", "https://schema.org/BlogPosting"]),
        json!(["https://schema.org/VideoObject", "Video"]),
    ] {
        let here = arrives(&scene, &titled(&scene, kind.clone(), "A <day> out")).await;
        let content = here["content"].as_str().expect("text");
        assert!(content.contains("A &lt;day&gt; out"), "{kind}: {content}");
        assert!(content.contains(&scene.peer.url("/pages/1")), "{kind}: {content}");
        assert!(!content.contains("which is long"), "{kind}: {content}");
    }
    assert_eq!(scene.ana.home().await.len(), 8);
}

#[tokio::test]
async fn the_picture_that_stands_for_it_is_shown_wherever_it_is_put() {
    let scene = Scene::new().await;
    let cover = picture(&scene, "cover");
    let small = json!({ "type": "Image", "url": picture(&scene, "small"), "width": 280, "height": 157 });
    let large = json!({ "type": "Image", "url": cover, "width": 850, "height": 480 });
    let file = json!({ "type": "Document", "mediaType": "image/jpeg", "url": cover });
    let link = json!({ "type": "Link", "href": scene.peer.url("/about"), "mediaType": "text/html" });
    let picture = json!({ "type": "Link", "href": cover, "mediaType": "image/jpeg" });
    for (kind, place, value) in [
        ("Article", "image", large.clone()),
        ("Page", "image", json!([large])),
        ("Video", "icon", json!([small, large])),
        ("Audio", "icon", large.clone()),
        ("Event", "attachment", json!([link, file])),
        ("Image", "url", json!([link, picture])),
    ] {
        let mut post = titled(&scene, kind, "With a picture");
        post[place] = value;
        let here = arrives(&scene, &post).await;
        assert_eq!(pictures(&here), 1, "{kind}: {here}");
        assert_eq!(here["media_attachments"][0]["type"], "image", "{kind}");
        assert_eq!(here["media_attachments"][0]["remote_url"], cover, "{kind}");
    }
}

#[tokio::test]
async fn a_short_text_stands_under_the_title_and_a_warning_before_it() {
    let scene = Scene::new().await;
    let mut open = titled(&scene, "Article", "On light");
    open["summary"] = json!("<p>What I saw in June</p>");
    let here = arrives(&scene, &open).await;
    assert_eq!(
        (&here["spoiler_text"], &here["sensitive"]),
        (&json!(""), &json!(false))
    );
    assert!(
        here["content"]
            .as_str()
            .is_some_and(|html| html.contains("<p>What I saw in June</p>")),
        "{here}"
    );
    let mut hidden = titled(&scene, "Video", "On blood");
    hidden["summary"] = json!("Blood");
    hidden["sensitive"] = json!(true);
    let here = arrives(&scene, &hidden).await;
    assert_eq!(
        (&here["spoiler_text"], &here["sensitive"]),
        (&json!("Blood"), &json!(true))
    );
    assert!(!here["content"].to_string().contains("<p>Blood"), "{here}");
}

#[tokio::test]
async fn what_a_page_points_to_is_a_link_under_its_title() {
    let scene = Scene::new().await;
    let mut page = titled(&scene, "Page", "A camera");
    page["attachment"] = json!([{ "type": "Link", "href": "https://shop.example/camera" }]);
    let here = arrives(&scene, &page).await;
    assert!(
        here["content"]
            .to_string()
            .contains("https://shop.example/camera"),
        "{here}"
    );
    assert_eq!(pictures(&here), 0);
}

#[tokio::test]
async fn it_can_be_changed_and_deleted_like_any_post() {
    let scene = Scene::new().await;
    let mut video = titled(&scene, "Video", "First cut");
    video["icon"] = json!([{ "type": "Image", "url": picture(&scene, "one") }]);
    arrives(&scene, &video).await;
    let mut again = video.clone();
    again["name"] = json!("Second cut");
    again["icon"] = json!([{ "type": "Image", "url": picture(&scene, "two") }]);
    again["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    scene.zed_tells(&scene.zed.does("Update", again)).await;
    let here = scene.of_note(&video).await.expect("it is there");
    assert!(here["content"].to_string().contains("Second cut"), "{here}");
    assert!(here["edited_at"].is_string());
    assert_eq!(pictures(&here), 1);
    assert_eq!(
        here["media_attachments"][0]["remote_url"],
        scene.peer.url("/files/two.jpg")
    );
    scene
        .zed_tells(&scene.zed.does("Delete", video["id"].clone()))
        .await;
    assert!(scene.of_note(&video).await.is_none());
}
