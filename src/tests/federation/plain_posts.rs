//! Posts of text alone, which take the short way: no less comes of them than of others.

use serde_json::Value;
use tintype::domain::audience::Audience;

use super::scene::Scene;
use crate::support::http::id;

async fn zed_follows_ana(scene: &Scene) {
    let follow = scene.zed.does("Follow", scene.uri(&scene.ana));
    scene.zed_tells(&follow).await;
}

/// The posts that came to Zed's server, in order.
fn sent(scene: &Scene) -> Vec<Value> {
    let letters = scene.peer.letters_of("Create");
    letters
        .iter()
        .map(|create| create["object"]["id"].clone())
        .collect()
}

#[tokio::test]
async fn a_text_goes_out_once_and_only_when_somebody_elsewhere_follows() {
    let scene = Scene::new().await;
    scene.ana.post("Among us").await;
    scene.server.settle().await;
    assert!(sent(&scene).is_empty(), "{:?}", sent(&scene));
    let kept = "select count(*) from outgoing where body like '%Among us%' and $1 = ''";
    assert_eq!(scene.number(kept, "").await, 0, "a letter to nobody was written");
    zed_follows_ana(&scene).await;
    let public = scene.ana.post("To all").await;
    let ours = scene.ana.post("To followers").to(Audience::Followers).await;
    scene.ana.post("To nobody").to(Audience::Direct).await;
    scene.server.settle().await;
    let expected = [&public, &ours].map(|post| Value::from(scene.post_uri(&scene.ana, post)));
    assert_eq!(sent(&scene), expected);
    assert_eq!(scene.ana.home().await.len(), 3);
}

#[tokio::test]
async fn the_same_key_is_one_letter() {
    let scene = Scene::new().await;
    zed_follows_ana(&scene).await;
    let drafts = (0..4).map(|_| scene.ana.post("Once").with_key("k").send());
    let answers = futures::future::join_all(drafts).await;
    let made: Vec<String> = answers.iter().map(|answer| id(&answer.ok())).collect();
    assert!(made.iter().all(|one| *one == made[0]), "{made:?}");
    let again = scene.ana.post("Once").with_key("k").await;
    assert_eq!(id(&again), made[0]);
    scene.server.settle().await;
    assert_eq!(sent(&scene), [Value::from(scene.post_uri(&scene.ana, &again))]);
}

#[tokio::test]
async fn an_author_of_many_followers_is_pulled_for_texts_too() {
    let scene = Scene::with(&[("TINTYPE_FEED_PUSH_THRESHOLD", "1")]).await;
    let bo = scene.server.person("bo").await;
    bo.follows(&scene.ana).await;
    scene.server.settle().await;
    scene.server.forget();
    let post = scene.ana.post("Pulled").await;
    scene.server.settle().await;
    let written =
        "select count(*) from home_feed h join follows f on f.follower_id = h.owner_id where $1 = $1
                   and h.owner_id <> (select author_id from posts where id = h.post_id)";
    assert_eq!(scene.number(written, "").await, 0);
    assert_eq!(bo.home().await[0]["id"], post["id"]);
}
