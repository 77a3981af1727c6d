//! How often a post elsewhere is liked and passed on, as its server says: shown, never less than what is known here, and
//! worth nothing where numbers decide.

use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::waiting::eventually;

fn with_totals(note: &Value, likes: Value, shares: Value) -> Value {
    let mut note = note.clone();
    note["likes"] = json!({ "type": "Collection", "totalItems": likes });
    note["shares"] = json!({ "type": "Collection", "totalItems": shares });
    note
}

async fn numbers(scene: &Scene, post: &Value) -> [Value; 2] {
    let seen = scene.ana.sees(post).await;
    ["favourites_count", "reblogs_count"].map(|number| seen[number].clone())
}

#[tokio::test]
async fn what_a_server_says_of_its_posts_is_shown_with_what_is_done_here() {
    let scene = Scene::new().await;
    let note = with_totals(&scene.zed.note("<p>Well liked</p>"), json!(40), json!(7));
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("it came in");
    assert_eq!(numbers(&scene, &here).await, [40, 7]);
    // One's own like shows at once, and is not counted twice when the server knows of it.
    scene.ana.likes(&here).await;
    assert_eq!(numbers(&scene, &here).await, [41, 7]);
    scene.server.settle().await;
    assert_eq!(numbers(&scene, &here).await, [41, 7]);
    let again = with_totals(&note, json!(41), json!(8));
    scene.zed_tells(&scene.zed.does("Update", again)).await;
    assert_eq!(numbers(&scene, &here).await, [41, 8]);
    scene.ana.does("unfavourite", &here).await.ok();
    scene.server.settle().await;
    assert_eq!(numbers(&scene, &here).await, [40, 8]);
}

#[tokio::test]
async fn less_than_what_is_known_and_nonsense_change_nothing() {
    let scene = Scene::new().await;
    let (note, here) = scene.zed_posts("<p>Fine</p>").await;
    scene.ana.likes(&here).await;
    scene.server.settle().await;
    for (likes, shares) in [
        (json!(0), json!(0)),
        (json!(-5), json!("many")),
        (json!(null), json!({})),
        (json!(1.5), json!([])),
    ] {
        let said = with_totals(&note, likes, shares);
        scene.zed_tells(&scene.zed.does("Update", said)).await;
        assert_eq!(numbers(&scene, &here).await, [1, 0]);
    }
    let boast = with_totals(&note, json!(u64::MAX), json!(5_000_000_000_u64));
    scene.zed_tells(&scene.zed.does("Update", boast)).await;
    assert_eq!(numbers(&scene, &here).await, [100_000_000, 100_000_000]);
}

#[tokio::test]
async fn a_boast_makes_no_trend() {
    let scene = Scene::new().await;
    let mut document = scene.zed.document();
    document["discoverable"] = json!(true);
    scene.zed_tells(&scene.zed.does("Update", document)).await;
    let note = with_totals(&scene.zed.note("<p>Look at me</p>"), json!(90_000), json!(90_000));
    scene.zed_tells(&scene.zed.creates(&note)).await;
    tintype::actions::trends::renew(&scene.server.app)
        .await
        .expect("trends can be counted");
    let trending = "select count(*) from trending_posts where $1 = ''";
    assert_eq!(scene.number(trending, "").await, 0);
}

#[tokio::test]
async fn opening_a_post_asks_its_server_for_its_numbers_and_makes_no_edit_of_it() {
    let scene = Scene::new().await;
    let (note, here) = scene.zed_posts("<p>Fine</p>").await;
    let mut now = with_totals(&note, json!(12), json!(3));
    now["content"] = json!("<p>Fine</p> ");
    scene.peer.serves(&now);
    let path = format!("/api/v1/statuses/{}/context", crate::support::http::id(&here));
    scene.ana.get(&path).await.ok();
    eventually("the numbers are here", async || {
        (numbers(&scene, &here).await == [12, 3]).then_some(())
    })
    .await;
    assert_eq!(scene.ana.sees(&here).await["edited_at"], json!(null));
}
