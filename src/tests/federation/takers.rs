//! Who elsewhere has a post, and so hears what becomes of it; and who is told nothing any more.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::scene::Scene;
use crate::support::http::id;

impl Scene {
    async fn zed_follows_ana(&self) -> Value {
        let follow = self.zed.does("Follow", self.uri(&self.ana));
        self.zed_tells(&follow).await;
        follow
    }

    async fn ana_edits(&self, post: &Value) {
        let path = format!("/api/v1/statuses/{}", id(post));
        self.ana
            .json(reqwest::Method::PUT, &path, &json!({ "status": "Put right" }))
            .await
            .ok();
        self.server.settle().await;
    }
}

#[tokio::test]
async fn whoever_liked_passed_on_or_answered_a_post_hears_of_its_edit_and_its_end() {
    for deed in ["Like", "Announce", "Create"] {
        let scene = Scene::new().await;
        let post = scene.ana.post("Wrong").await;
        scene.server.settle().await;
        let uri = scene.post_uri(&scene.ana, &post);
        let said = match deed {
            "Create" => {
                let mut answer = scene.zed.note("<p>Nice</p>");
                answer["inReplyTo"] = json!(uri);
                scene.zed.creates(&answer)
            }
            _ => scene.zed.does(deed, uri),
        };
        scene.zed_tells(&said).await;
        scene.ana_edits(&post).await;
        scene.ana.deletes(&post).await;
        scene.server.settle().await;
        for told in ["Update", "Delete"] {
            assert_eq!(scene.peer.letters_of(told).len(), 1, "{told} after {deed}");
        }
    }
}

#[tokio::test]
async fn followers_of_whoever_passed_a_post_on_here_hear_of_its_edit_and_its_end() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let follow = scene.zed.does("Follow", scene.uri(&bo));
    scene.zed_tells(&follow).await;
    let post = scene.ana.post("Wrong").await;
    bo.reposts(&post).await;
    scene.server.settle().await;
    scene.ana_edits(&post).await;
    scene.ana.deletes(&post).await;
    scene.server.settle().await;
    for told in ["Announce", "Update", "Delete"] {
        assert_eq!(scene.peer.letters_of(told).len(), 1, "{told}");
    }
}

#[tokio::test]
async fn whoever_follows_no_longer_hears_the_end_of_what_they_liked_and_nothing_new() {
    let scene = Scene::new().await;
    let follow = scene.zed_follows_ana().await;
    let post = scene.ana.post("For followers").to(Audience::Followers).await;
    scene.server.settle().await;
    let uri = scene.post_uri(&scene.ana, &post);
    scene.zed_tells(&scene.zed.does("Like", uri)).await;
    scene.zed_tells(&scene.zed.does("Undo", follow)).await;
    scene.ana_edits(&post).await;
    assert_eq!(scene.peer.letters_of("Update").len(), 0);
    scene.ana.deletes(&post).await;
    scene.server.settle().await;
    assert_eq!(scene.peer.letters_of("Delete").len(), 1);
}

#[tokio::test]
async fn a_suspended_follower_gets_and_reads_nothing_more() {
    let scene = Scene::new().await;
    scene.zed_follows_ana().await;
    let before = scene.ana.post("Before").to(Audience::Followers).await;
    scene.server.settle().await;
    let path = format!("/users/ana/posts/{}", id(&before));
    assert_eq!(scene.zed.reads(&scene.server, &path).await.status, 200);
    let letters = scene.peer.letters_of("Create").len();
    let action = format!("/api/v1/admin/accounts/{}/action", scene.zed_id);
    let admin = scene.server.token_for(&scene.ana, "admin:write").await;
    admin.post_form(&action, &[("type", "suspend")]).await.ok();
    scene.ana.post("After").to(Audience::Followers).await;
    scene.server.settle().await;
    assert_eq!(scene.peer.letters_of("Create").len(), letters);
    assert_eq!(scene.zed.reads(&scene.server, &path).await.status, 403);
}
