//! Places on their way between servers: by their names alone.

use serde_json::{Value, json};

use super::delivery::followed;
use super::scene::Scene;

#[tokio::test]
async fn a_place_of_a_post_goes_out_and_comes_in_by_its_name() {
    let scene = followed().await;
    let named = json!({ "name": "Lisboa", "country": "Portugal" });
    scene.ana.post("By the river").with("place", named).await;
    scene.server.settle().await;
    let create = scene.peer.letter("Create").await;
    assert_eq!(
        create["object"]["location"],
        json!({ "type": "Place", "name": "Lisboa", "country": "Portugal" })
    );
    let location = json!({ "type": "Place", "name": "lisboa", "country": "Portugal",
                           "latitude": 38.7, "longitude": -9.1 });
    let here = arrives(&scene, location).await;
    assert_eq!(here["place"]["name"], "Lisboa", "the place that is known: {here}");
}

async fn arrives(scene: &Scene, location: Value) -> Value {
    let mut note = scene.zed.note("<p>From there</p>");
    note["location"] = location;
    scene.zed_tells(&scene.zed.creates(&note)).await;
    scene.of_note(&note).await.expect("the post came in")
}

#[tokio::test]
async fn what_is_no_place_is_left_out_and_the_post_comes_in() {
    let scene = Scene::new().await;
    for location in [
        json!("https://peer.test/place"),
        json!({ "type": "Note", "name": "x" }),
        json!({ "type": "Place" }),
        json!({ "type": "Place", "name": 7 }),
        json!({ "type": "Place", "name": "a".repeat(300) }),
        json!([]),
        json!(null),
    ] {
        let here = arrives(&scene, location.clone()).await;
        assert_eq!(here.get("place"), None, "{location}");
    }
    let hostile = json!({ "type": "Place", "name": "<script>\u{202e}a</script>", "country": "x\ny" });
    let here = arrives(&scene, hostile).await;
    assert_eq!(
        (&here["place"]["name"], &here["place"]["country"]),
        (&json!("<script>a</script>"), &json!("x y")),
        "a name is text, and is shown as such"
    );
}
