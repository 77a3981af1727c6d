//! What comes twice, late, or in the wrong order.

use serde_json::json;

use super::scene::{Scene, befriend};
use crate::support::peer::Peer;

#[tokio::test]
async fn the_same_activity_again_changes_nothing() {
    let scene = Scene::new().await;
    let note = scene.zed.note("<p>Once</p>");
    let create = scene.zed.creates(&note);
    scene.zed_tells(&create).await;
    let here = scene.of_note(&note).await.expect("it came in");
    scene.zed_tells(&create).await;
    assert_eq!(scene.posts().await, 1);
    // Deleted here by its author and sent again by an attacker who kept it.
    scene
        .zed_tells(&scene.zed.does("Delete", note["id"].clone()))
        .await;
    scene.zed_tells(&create).await;
    assert_eq!(scene.posts().await, 0, "{here}");
}

#[tokio::test]
async fn an_undone_like_stays_undone_when_the_like_is_played_back() {
    let scene = Scene::new().await;
    let post = scene.ana.post("Like me").await;
    scene.server.settle().await;
    let like = scene.zed.does("Like", scene.post_uri(&scene.ana, &post));
    scene.zed_tells(&like).await;
    scene.zed_tells(&scene.zed.does("Undo", like.clone())).await;
    scene.zed_tells(&like).await;
    assert_eq!(
        scene.number("select count(*) from likes where $1 = ''", "").await,
        0
    );
    assert_eq!(scene.ana.sees(&post).await["favourites_count"], 0);
}

/// As Misskey and Pixelfed name them: after who follows whom.
#[tokio::test]
async fn a_follow_of_the_same_name_is_answered_again_and_may_begin_again_after_its_end() {
    let scene = Scene::new().await;
    let mut follow = scene.zed.does("Follow", scene.uri(&scene.ana));
    follow["id"] = json!(scene.peer.url("/follows/zed/ana"));
    let mut undo = scene.zed.does("Undo", follow.clone());
    undo["id"] = json!(scene.peer.url("/follows/zed/ana/undo"));
    let followers =
        async || scene.ana.get("/api/v1/accounts/verify_credentials").await.ok()["followers_count"].clone();
    let before = scene.peer.letters_of("Accept").len();
    scene.zed_tells(&follow).await;
    scene.zed_tells(&follow).await;
    assert_eq!(
        scene.peer.letters_of("Accept").len(),
        before + 2,
        "the first may be lost"
    );
    for _ in 0..2 {
        scene.zed_tells(&undo).await;
        assert_eq!(followers().await, 0);
        scene.zed_tells(&follow).await;
        assert_eq!(followers().await, 1);
    }
}

#[tokio::test]
async fn a_follow_that_was_taken_back_before_it_came_is_kept_out_once() {
    let scene = Scene::new().await;
    let follow = scene.zed.does("Follow", scene.uri(&scene.ana));
    scene.zed_tells(&scene.zed.does("Undo", follow.clone())).await;
    scene.zed_tells(&follow).await;
    let seen = async || scene.ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(seen().await["followers_count"], 0);
    scene.zed_tells(&follow).await;
    assert_eq!(seen().await["followers_count"], 1);
}

#[tokio::test]
async fn posts_that_answer_each_other_in_a_ring_are_each_there_once() {
    let scene = Scene::new().await;
    let mut first = scene.zed.note("<p>Hen</p>");
    let mut second = scene.zed.note("<p>Egg</p>");
    first["inReplyTo"] = second["id"].clone();
    second["inReplyTo"] = first["id"].clone();
    for note in [&first, &second] {
        scene.zed_tells(&scene.zed.creates(note)).await;
    }
    let hen = scene.of_note(&first).await.expect("it came in");
    let around = scene
        .ana
        .get(&format!(
            "/api/v1/statuses/{}/context",
            hen["id"].as_str().expect("an id")
        ))
        .await
        .ok();
    for side in ["ancestors", "descendants"] {
        let posts = around[side].as_array().expect("a list");
        let itself = posts.iter().any(|post| post["id"] == hen["id"]);
        assert!(posts.len() <= 1 && !itself, "{side}: {posts:?}");
    }
}

#[tokio::test]
async fn what_was_taken_back_before_it_came_is_not_done() {
    let scene = Scene::new().await;
    let post = scene.ana.post("Like me").await;
    scene.server.settle().await;
    let uri = scene.post_uri(&scene.ana, &post);
    for kind in ["Like", "Announce"] {
        let deed = scene.zed.does(kind, uri.clone());
        scene.zed_tells(&scene.zed.does("Undo", deed.clone())).await;
        scene.zed_tells(&deed).await;
    }
    let seen = scene.ana.sees(&post).await;
    assert_eq!(seen["favourites_count"], 0);
    assert_eq!(seen["reblogs_count"], 0);
    // Another deed of that kind is not taken for the one that was taken back.
    scene.zed_tells(&scene.zed.does("Like", uri)).await;
    assert_eq!(scene.ana.sees(&post).await["favourites_count"], 1);
}

#[tokio::test]
async fn the_same_id_from_another_actor_does_not_keep_an_activity_out() {
    let scene = Scene::new().await;
    let yan = scene.peer.actor("yan");
    befriend(&scene.server, &scene.ana, &scene.peer, &yan).await;
    let note = scene.zed.note("<p>The real one</p>");
    let create = scene.zed.creates(&note);
    let mut squatted = yan.does("Like", note["id"].clone());
    squatted["id"] = create["id"].clone();
    yan.tells(&scene.server, &squatted).await;
    scene.server.settle().await;
    scene.zed_tells(&create).await;
    assert!(scene.of_note(&note).await.is_some());
}

#[tokio::test]
async fn a_post_that_comes_after_its_own_deletion_stays_out() {
    let scene = Scene::new().await;
    let note = scene.zed.note("<p>Regretted</p>");
    let tombstone = json!({ "type": "Tombstone", "id": note["id"] });
    scene.zed_tells(&scene.zed.does("Delete", tombstone)).await;
    scene.zed_tells(&scene.zed.creates(&note)).await;
    assert!(scene.of_note(&note).await.is_none());
    let mut update = note.clone();
    update["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    scene.zed_tells(&scene.zed.does("Update", update)).await;
    assert!(scene.of_note(&note).await.is_none());
}

#[tokio::test]
async fn an_update_before_its_create_makes_no_second_post_and_an_old_one_no_change() {
    let scene = Scene::new().await;
    let now = scene.server.app.clock.now();
    let mut note = scene.zed.note("<p>First</p>");
    note["published"] = json!((now - chrono::TimeDelta::hours(3)).to_rfc3339());
    let mut second = note.clone();
    second["content"] = json!("<p>Second</p>");
    second["updated"] = json!((now - chrono::TimeDelta::hours(1)).to_rfc3339());
    scene.zed_tells(&scene.zed.does("Update", second.clone())).await;
    scene.zed_tells(&scene.zed.creates(&note)).await;
    assert_eq!(scene.posts().await, 1);
    scene.zed_tells(&scene.zed.does("Update", second)).await;
    let mut old = note.clone();
    old["content"] = json!("<p>Between</p>");
    old["updated"] = json!((now - chrono::TimeDelta::hours(2)).to_rfc3339());
    scene.zed_tells(&scene.zed.does("Update", old)).await;
    let here = scene.of_note(&note).await.expect("it came in");
    assert_eq!(here["content"], "<p>Second</p>");
}

#[tokio::test]
async fn nothing_of_a_deleted_actor_is_left_and_nothing_comes_after() {
    let scene = Scene::new().await;
    let (_, here) = scene.zed_posts("<p>Soon gone</p>").await;
    scene.ana.likes(&here).await;
    scene.server.settle().await;
    scene
        .zed_tells(&scene.zed.does("Delete", scene.zed.uri.clone()))
        .await;
    scene.server.forget();
    assert_eq!(scene.posts().await, 0);
    assert!(scene.ana.home().await.is_empty());
    let follows = "select count(*) from follows where $1 = ''";
    assert_eq!(scene.number(follows, "").await, 0);
    let answer = scene
        .zed
        .sends(&scene.server, &scene.zed.creates(&scene.zed.note("<p>Ghost</p>")))
        .await;
    assert!(
        [202, 401, 403].contains(&answer.status.as_u16()),
        "{}",
        answer.status
    );
    scene.server.settle().await;
    assert_eq!(scene.posts().await, 0);
}

#[tokio::test]
async fn an_endless_thread_is_not_followed() {
    let scene = Scene::new().await;
    let elsewhere = Peer::start("four.test").await;
    let mut note = scene.zed.note("<p>An answer</p>");
    note["inReplyTo"] = json!(elsewhere.url("/notes/before"));
    let mut before = scene.zed.note("<p>x</p>");
    before["id"] = json!(elsewhere.url("/notes/before"));
    before["inReplyTo"] = note["id"].clone();
    elsewhere.says("/notes/before", crate::support::peer::Says::Document(before));
    scene.zed_tells(&scene.zed.creates(&note)).await;
    assert!(elsewhere.asked().len() < 5, "{:?}", elsewhere.asked());
}
