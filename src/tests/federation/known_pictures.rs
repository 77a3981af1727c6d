//! Pictures of posts from elsewhere that are on this server's list.

use serde_json::{Value, json};
use tintype::domain::known_bad::Action;
use tintype::media::synthetic::photograph;

use super::scene::Scene;
use crate::pictures::known::{exact, lists, look};
use crate::support::peer::Says;

const LISTED: &str = "/listed.jpg";

/// A post of Zed's with this picture, as Ana has it when the picture was fetched.
async fn zed_shows(scene: &Scene, photo: &[u8]) -> (Value, Value) {
    scene.peer.says(LISTED, Says::File("image/jpeg", photo.to_vec()));
    let mut note = scene.zed.note("<p>Look</p>");
    let picture = json!({ "type": "Document", "mediaType": "image/jpeg", "url": scene.peer.url(LISTED) });
    note["attachment"] = json!([picture]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("the post came in");
    (note, here)
}

#[tokio::test]
async fn a_picture_that_is_refused_is_not_kept_and_its_post_stays() {
    let scene = Scene::new().await;
    let photo = photograph(2, 900, 600);
    lists(&scene.server, look(&photo), Action::Refuse).await;
    let (_, here) = zed_shows(&scene, &photo).await;
    assert_eq!(here["media_attachments"][0]["type"], "unknown");
    let refused = "select count(*) from media where state = 2 and failure like '%does not take%' and $1 = ''";
    assert_eq!(scene.number(refused, "").await, 1);
    let files = scene.server.app.config.data_dir.join("media/media");
    assert!(!files.exists(), "files of it are stored");
}

#[tokio::test]
async fn a_picture_that_is_to_be_hidden_covers_its_post_through_all_edits() {
    let scene = Scene::new().await;
    let photo = photograph(2, 900, 600);
    lists(&scene.server, exact(&photo), Action::Hide).await;
    let (mut note, here) = zed_shows(&scene, &photo).await;
    assert_eq!(here["sensitive"], true);
    note["content"] = json!("<p>Look again</p>");
    note["sensitive"] = json!(false);
    note["updated"] = json!("2099-01-01T00:00:00Z");
    scene.zed_tells(&scene.zed.does("Update", note.clone())).await;
    let here = scene.of_note(&note).await.expect("the post is there");
    assert!(here["content"].as_str().unwrap().contains("again"), "{here}");
    assert_eq!(here["sensitive"], true);
}

#[tokio::test]
async fn a_picture_that_is_to_be_reported_is_named_with_its_post() {
    let scene = Scene::new().await;
    let photo = photograph(2, 900, 600);
    lists(&scene.server, exact(&photo), Action::Report).await;
    let (note, here) = zed_shows(&scene, &photo).await;
    assert_eq!(here["sensitive"], false);
    let reported = "select count(*) from reports r join posts p on r.post_ids = array[p.id] where p.uri = $1";
    assert_eq!(scene.number(reported, note["id"].as_str().unwrap()).await, 1);
}
