//! The same for what people say: posts, edits, deletions, profiles.

use serde_json::{Value, json};
use tintype::actions::delete_actor;

use super::two_worlds::{Bo, World, both};

#[tokio::test]
async fn a_post_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        drop(world.bo_posts("One").await);
    })
    .await;
}

#[tokio::test]
async fn an_edit_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        let post = world.bo_posts("Before").await;
        // Whoever passed it on is told.
        world
            .ana
            .act(&format!("/api/v1/statuses/{}/reblog", world.last_of_bo().await))
            .await
            .ok();
        world.server.settle().await;
        world.server.wind(chrono::TimeDelta::minutes(1));
        match &world.bo {
            Bo::Here(bo) => {
                let path = format!("/api/v1/statuses/{}", world.last_of_bo().await);
                let fields = [("status", "After"), ("spoiler_text", "Careful")];
                bo.form(reqwest::Method::PUT, &path, &fields).await.ok();
            }
            Bo::There(bo) => {
                let mut note = post.clone();
                note["content"] = json!("<p>After</p>");
                note["summary"] = json!("Careful");
                note["updated"] = json!(world.server.app.clock.now().to_rfc3339());
                world.tell(&bo.does("Update", note)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_deletion_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        let post = world.bo_posts("Gone soon").await;
        world
            .ana
            .act(&format!(
                "/api/v1/statuses/{}/favourite",
                world.last_of_bo().await
            ))
            .await
            .ok();
        world.server.settle().await;
        match &world.bo {
            Bo::Here(bo) => drop(
                bo.delete(&format!("/api/v1/statuses/{}", world.last_of_bo().await))
                    .await
                    .ok(),
            ),
            Bo::There(bo) => {
                let tombstone = json!({ "type": "Tombstone", "id": post["id"] });
                world.tell(&bo.does("Delete", tombstone)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_profile_of_a_person_here_and_of_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        match &world.bo {
            Bo::Here(bo) => {
                let fields = [
                    ("display_name", "Bo Berg"),
                    ("note", "Light and water"),
                    ("bot", "false"),
                ];
                bo.form(
                    reqwest::Method::PATCH,
                    "/api/v1/accounts/update_credentials",
                    &fields,
                )
                .await
                .ok();
            }
            Bo::There(bo) => {
                let mut document = bo.document();
                document["name"] = json!("Bo Berg");
                document["summary"] = json!("<p>Light and water</p>");
                world.tell(&bo.does("Update", document)).await;
            }
        }
    })
    .await;
}

/// Bo pins a post of his, or takes it from there.
async fn pin(world: &World, post: &Value, local: &str, remote: &str) {
    match &world.bo {
        Bo::Here(bo) => {
            let path = format!("/api/v1/statuses/{}/{local}", world.last_of_bo().await);
            bo.act(&path).await.ok();
        }
        Bo::There(bo) => {
            let mut activity = bo.does(remote, post["id"].clone());
            activity["target"] = json!(bo.featured());
            world.tell(&activity).await;
        }
    }
    world.server.settle().await;
}

/// Bo's document names the collection of his pins.
async fn has_a_top(world: &World) {
    if let Bo::There(bo) = &world.bo {
        let mut document = bo.document();
        document["featured"] = json!(bo.featured());
        world.tell(&bo.does("Update", document)).await;
    }
}

#[tokio::test]
async fn a_pin_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        has_a_top(world).await;
        let post = world.bo_posts("My best").await;
        pin(world, &post, "pin", "Add").await;
    })
    .await;
}

#[tokio::test]
async fn an_unpin_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        has_a_top(world).await;
        let post = world.bo_posts("My best so far").await;
        pin(world, &post, "pin", "Add").await;
        pin(world, &post, "unpin", "Remove").await;
    })
    .await;
}

#[tokio::test]
async fn the_end_of_an_account_here_and_of_one_at_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        world.bo_follows().await;
        let mine = world.ana.post("Hers stays").await;
        world.bo_posts("His goes").await;
        let his = world.last_of_bo().await;
        for deed in ["favourite", "bookmark", "reblog"] {
            world
                .ana
                .act(&format!("/api/v1/statuses/{his}/{deed}"))
                .await
                .ok();
        }
        world.server.settle().await;
        match &world.bo {
            Bo::Here(bo) => {
                bo.likes(&mine).await;
                bo.post("An answer").answering(&mine).await;
                world.server.settle().await;
                let ended = delete_actor::local(&world.server.app, bo.account()).await;
                assert!(ended.expect("Bo is not the owner"));
            }
            Bo::There(bo) => {
                world.tell(&bo.does("Like", world.uri_of(&mine))).await;
                let mut note = bo.note("<p>An answer</p>");
                note["inReplyTo"] = json!(world.uri_of(&mine));
                world.tell(&bo.creates(&note)).await;
                world.tell(&bo.does("Delete", json!(bo.uri))).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_quote_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world.ana_follows().await;
        let post = world.ana.post("Hers").await;
        let closed = world
            .ana
            .post("Not to be quoted")
            .with("quote_approval_policy", "nobody")
            .await;
        world.server.settle().await;
        match &world.bo {
            Bo::Here(bo) => {
                let quote = bo.post("Look").with("quoted_status_id", post["id"].clone());
                quote.await;
                let refused = bo.post("Look").with("quoted_status_id", closed["id"].clone());
                refused.send().await.refused(404);
            }
            Bo::There(bo) => {
                let mut note = bo.note("<p>Look</p>");
                note["quote"] = json!(world.uri_of(&post));
                world.tell(&bo.creates(&note)).await;
                let mut request = bo.does("QuoteRequest", world.uri_of(&closed));
                request["instrument"] = json!(bo.address("notes"));
                world.tell(&request).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn leave_that_ana_takes_back_from_a_person_here_and_from_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let post = world.ana.post("Hers").await;
        world.server.settle().await;
        match &world.bo {
            Bo::Here(bo) => drop(bo.post("Look").with("quoted_status_id", post["id"].clone()).await),
            Bo::There(bo) => {
                let mut note = bo.note("<p>Look</p>");
                note["quote"] = json!(world.uri_of(&post));
                let mut request = bo.does("QuoteRequest", world.uri_of(&post));
                request["instrument"] = note;
                world.tell(&request).await;
            }
        }
        world.server.settle().await;
        let id = post["id"].as_str().expect("an id");
        let path = format!("/api/v1/statuses/{id}/quotes/{}/revoke", world.last_of_bo().await);
        world.ana.act(&path).await.ok();
    })
    .await;
}
