//! The same entities for people and posts of another server.

use serde_json::{Value, json};
use tintype::media::synthetic::photograph;

use super::media_shapes;
use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes::{self, ACCOUNT, STATUS};
use crate::federation::scene::{Scene, find};
use crate::support::http::id;
use crate::support::peer::Says;

#[tokio::test]
async fn a_status_of_another_server_has_its_shape() {
    let scene = Scene::new().await;
    let photo = photograph(3, 300, 200);
    scene.peer.says("/photo.jpg", Says::File("image/jpeg", photo));
    let mut note = scene
        .zed
        .note("<p>Dawn <a href='http://peer.test/tags/light'>#light</a></p>");
    note["tag"] = json!([
        { "type": "Hashtag", "name": "#Light", "href": scene.peer.url("/tags/light") },
        { "type": "Mention", "name": "@ana", "href": scene.uri(&scene.ana) },
        { "type": "Emoji", "name": ":wave:", "icon": { "type": "Image", "url": scene.peer.url("/wave.png") } },
    ]);
    note["cc"] = json!([scene.zed.followers(), scene.uri(&scene.ana)]);
    note["attachment"] = json!([
        { "type": "Document", "mediaType": "image/jpeg", "url": scene.peer.url("/photo.jpg"), "name": "A bay",
          "width": 300, "height": 200, "focalPoint": [0.25, -0.5], "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH" },
        { "type": "Document", "mediaType": "image/jpeg", "url": scene.peer.url("/without-size.jpg") },
    ]);
    note["contentMap"] = json!({ "en": note["content"] });
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("the post came in");
    has("a remote status", &here, STATUS);
    assert_eq!(here["account"]["acct"], format!("zed@{}", scene.peer.authority));
    assert_eq!(
        (&here["tags"][0]["name"], &here["mentions"][0]["acct"]),
        (&json!("light"), &json!("ana"))
    );
    let pictures = here["media_attachments"].as_array().unwrap();
    assert_eq!(pictures.len(), 2);
    has(
        "the size that was told",
        &pictures[0]["meta"]["original"],
        Object(media_shapes::dimensions),
    );
    assert_eq!(
        (&pictures[0]["description"], &pictures[0]["meta"]["focus"]["x"]),
        (&json!("A bay"), &json!(0.25))
    );
    for picture in pictures {
        // A reader's own server is asked for pictures, never another one.
        for url in ["url", "preview_url"] {
            assert!(
                picture[url].as_str().unwrap().contains(scene.server.authority()),
                "{picture}"
            );
        }
        assert!(
            picture["remote_url"]
                .as_str()
                .unwrap()
                .contains(&scene.peer.authority)
        );
    }
    has(
        "to nobody",
        &scene
            .server
            .client
            .get(&format!("/api/v1/statuses/{}", id(&here)))
            .await
            .ok(),
        Object(shapes::open_status),
    );
    let wrapper = scene.ana.reposts(&here).await;
    has("a repost of it", &wrapper, STATUS);
    scene.server.settle().await;
    all_have("home", &scene.ana.home().await, STATUS);
    let mentioned = scene
        .ana
        .get("/api/v1/notifications?types[]=mention")
        .await
        .list();
    all_have(
        "the mention",
        &mentioned,
        Object(shapes::notification_with_status),
    );
}

#[tokio::test]
async fn an_account_of_another_server_has_its_shape_bare_and_full() {
    let scene = Scene::new().await;
    let bare = scene
        .ana
        .get(&format!("/api/v1/accounts/{}", scene.zed_id))
        .await
        .ok();
    has("bare", &bare, ACCOUNT);
    assert_eq!(bare["acct"], format!("zed@{}", scene.peer.authority));
    assert_eq!(bare.get("roles"), None, "{bare}");
    let yan = scene.peer.actor("yan");
    let mut document = yan.document();
    document["summary"] = json!("<p>Light <script>alert(1)</script></p>");
    document["published"] = json!("2020-02-03T04:05:06Z");
    document["icon"] = json!({ "type": "Image", "url": scene.peer.url("/yan.jpg") });
    document["image"] = json!({ "type": "Image", "url": scene.peer.url("/header.jpg") });
    document["attachment"] =
        json!([{ "type": "PropertyValue", "name": "Web", "value": "<a href='https://yan.example'>yan</a>" }]);
    document["manuallyApprovesFollowers"] = json!(true);
    document["discoverable"] = json!(true);
    scene.peer.says("/users/yan", Says::Document(document));
    let full_id = find(&scene.ana, &yan.handle()).await;
    let full = scene.ana.get(&format!("/api/v1/accounts/{full_id}")).await.ok();
    has("full", &full, ACCOUNT);
    assert_eq!(full["created_at"], "2020-02-03T00:00:00.000Z");
    assert!(!full["note"].as_str().unwrap().contains("script"), "{full}");
    assert_eq!(
        (&full["locked"], &full["fields"][0]["name"]),
        (&json!(true), &json!("Web"))
    );
    for picture in ["avatar", "header"] {
        assert!(
            full[picture].as_str().unwrap().contains(scene.server.authority()),
            "{full}"
        );
    }
    scene.server.settle().await;
}

#[tokio::test]
async fn who_moved_shows_where_to_if_the_new_account_says_so_too() {
    let scene = Scene::new().await;
    let (zed, new) = (&scene.zed, scene.peer.actor("zed_now"));
    let move_to = |uri: &str| {
        let mut document = zed.document();
        document["movedTo"] = json!(uri);
        document
    };
    let shown = async || {
        scene.server.forget();
        let account = scene
            .ana
            .get(&format!("/api/v1/accounts/{}", scene.zed_id))
            .await
            .ok();
        has("who moved", &account, ACCOUNT);
        account["moved"].clone()
    };
    // Anybody may say that they moved to somebody: alone it means nothing.
    let (_, here) = scene.zed_posts("<p>I moved</p>").await;
    let new_id = find(&scene.ana, &new.handle()).await;
    scene.zed_tells(&zed.does("Update", move_to(&new.uri))).await;
    assert_eq!(shown().await, Value::Null);
    let mut confirmed = new.document();
    confirmed["alsoKnownAs"] = json!([zed.uri]);
    new.tells(&scene.server, &new.does("Update", confirmed)).await;
    scene.server.settle().await;
    let moved = shown().await;
    has("the new account", &moved, ACCOUNT);
    assert_eq!((&moved["id"], moved.get("moved")), (&json!(new_id), None));
    assert_eq!(
        scene.ana.sees(&here).await["account"]["moved"]["id"],
        new_id.as_str()
    );
    let several = scene
        .ana
        .get(&format!("/api/v1/accounts?id[]={}&id[]={new_id}", scene.zed_id))
        .await
        .list();
    assert_eq!(several[0]["moved"]["id"], new_id.as_str());
    // Whoever moved is not followed any more.
    let refused = scene
        .ana
        .act(&format!("/api/v1/accounts/{}/unfollow", scene.zed_id))
        .await;
    assert!(refused.status.is_success());
    scene
        .ana
        .act(&format!("/api/v1/accounts/{}/follow", scene.zed_id))
        .await
        .refused(403);
    scene.server.settle().await;
}
