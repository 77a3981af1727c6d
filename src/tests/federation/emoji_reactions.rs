//! Emojis that people elsewhere give in place of a like: folded into one, shown with it, and taken back in each form.

use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::draft::small_photo;
use crate::support::peer::Says;

struct Liked {
    scene: Scene,
    post: Value,
    uri: String,
}

impl Liked {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let post = scene.ana.post("Like me").await;
        scene.server.settle().await;
        let uri = scene.post_uri(&scene.ana, &post);
        Self { scene, post, uri }
    }

    fn with(&self, kind: &str, emoji: &str) -> Value {
        let mut like = self.scene.zed.does(kind, self.uri.clone());
        like["content"] = json!(emoji);
        like
    }

    async fn likes(&self) -> Value {
        self.scene.ana.sees(&self.post).await["favourites_count"].clone()
    }

    /// What Ana is told.
    async fn told(&self) -> Value {
        let told = self
            .scene
            .ana
            .get("/api/v1/notifications?types[]=favourite")
            .await
            .list();
        assert!(told.len() < 2, "{told:?}");
        told.into_iter().next().unwrap_or_default()
    }
}

#[tokio::test]
async fn an_emoji_in_any_form_is_a_like_and_the_author_is_told_which() {
    for (kind, key) in [
        ("Like", "content"),
        ("Like", "_misskey_reaction"),
        ("EmojiReact", "content"),
    ] {
        let liked = Liked::new().await;
        let mut like = liked.scene.zed.does(kind, liked.uri.clone());
        like[key] = json!("🐬");
        liked.scene.zed_tells(&like).await;
        assert_eq!(liked.likes().await, 1, "{kind} {key}");
        let told = liked.told().await;
        assert_eq!(
            (&told["type"], &told["emoji"]),
            (&json!("favourite"), &json!("🐬")),
            "{told}"
        );
        assert!(told.get("emoji_url").is_none());
        liked.scene.zed_tells(&liked.scene.zed.does("Undo", like)).await;
        assert_eq!(liked.likes().await, 0, "{kind} {key}");
    }
}

#[tokio::test]
async fn a_servers_own_emoji_comes_with_its_picture_from_here() {
    let liked = Liked::new().await;
    let scene = &liked.scene;
    scene
        .peer
        .says("/star.png", Says::File("image/jpeg", small_photo().to_vec()));
    let mut like = liked.with("Like", ":star:");
    like["tag"] = json!([{ "type": "Emoji", "name": ":star:",
                           "icon": { "type": "Image", "url": scene.peer.url("/star.png") } }]);
    scene.zed_tells(&like).await;
    let told = liked.told().await;
    assert_eq!(told["emoji"], ":star:", "{told}");
    let url = told["emoji_url"].as_str().expect("a picture");
    assert!(url.contains(scene.server.authority()), "{url}");
    // Taken back by its address alone.
    scene.zed_tells(&scene.zed.does("Undo", like["id"].clone())).await;
    assert_eq!(liked.likes().await, 0);
    assert_eq!(liked.told().await, Value::Null);
}

#[tokio::test]
async fn words_are_no_emoji_and_a_plain_like_has_none() {
    for words in ["what a picture", ":nowhere:", "a", ""] {
        let liked = Liked::new().await;
        liked.scene.zed_tells(&liked.with("Like", words)).await;
        assert_eq!(liked.likes().await, 1, "{words}");
        assert!(liked.told().await.get("emoji").is_none(), "{words}");
    }
}

#[tokio::test]
async fn the_last_emoji_of_somebody_counts_and_one_before_it_takes_nothing_back() {
    let liked = Liked::new().await;
    let (first, second) = (liked.with("EmojiReact", "🐬"), liked.with("EmojiReact", "🔥"));
    for reaction in [&first, &second] {
        liked.scene.zed_tells(reaction).await;
    }
    assert_eq!(liked.likes().await, 1);
    assert_eq!(liked.told().await["emoji"], "🔥");
    liked.scene.zed_tells(&liked.scene.zed.does("Undo", first)).await;
    assert_eq!(liked.likes().await, 1);
    liked.scene.zed_tells(&liked.scene.zed.does("Undo", second)).await;
    assert_eq!(liked.likes().await, 0);
}
