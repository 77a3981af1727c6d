//! Likes and reposts and their taking back, in both directions.

use serde_json::{Value, json};

use super::{World, with_fay};

/// A post of Fay's as Ana has it.
async fn of_fay(world: &World) -> Value {
    world.fay("posts", json!({ "text": "<p>A pier</p>" })).await;
    world.ana.home().await.remove(0)
}

#[tokio::test]
async fn a_like_and_a_repost_from_there_count_here_until_they_are_taken_back() {
    with_fay(async |world| {
        let post = world.ana.post("A pier").await;
        world.server.settle().await;
        let uri = world.post_uri(&post);
        let (like, announce) = (
            world.fay_does("Like", &uri).await,
            world.fay_does("Announce", &uri).await,
        );
        let counts = async || {
            let post = world.ana.sees(&post).await;
            (post["favourites_count"].clone(), post["reblogs_count"].clone())
        };
        assert_eq!(counts().await, (json!(1), json!(1)));
        let told = world.ana.get("/api/v1/notifications").await.list();
        for kind in ["favourite", "reblog"] {
            let one = told.iter().find(|one| one["type"] == kind);
            let one = one.unwrap_or_else(|| panic!("nobody was told of a {kind}"));
            assert_eq!(one["account"]["id"], world.fay_id);
        }
        world.fay_undoes(&like).await;
        world.fay_undoes(&announce).await;
        assert_eq!(counts().await, (json!(0), json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_like_and_a_repost_from_here_are_heard_there_and_their_taking_back_names_them() {
    with_fay(async |world| {
        let post = of_fay(world).await;
        for (verb, back, kind) in [
            ("favourite", "unfavourite", "Like"),
            ("reblog", "unreblog", "Announce"),
        ] {
            world.ana.does(verb, &post).await.ok();
            world.server.settle().await;
            let heard = world.fedify.heard_last(kind).await;
            assert_eq!(heard["actor"], world.ana_uri());
            assert_eq!(heard["object"], post["uri"], "{heard}");
            world.ana.does(back, &post).await.ok();
            world.server.settle().await;
            let undo = world.fedify.heard_last("Undo").await;
            assert_eq!(undo["inside"]["type"], kind, "{undo}");
            assert_eq!(undo["inside"]["id"], heard["id"]);
            assert_eq!(undo["inside"]["object"], post["uri"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_post_of_ours_that_is_reposted_there_is_read_by_its_address() {
    with_fay(async |world| {
        let post = world.ana.post("A pier").await;
        world.server.settle().await;
        let read = world
            .fedify
            .does("looksUp", json!({ "what": world.post_uri(&post) }))
            .await;
        assert_eq!(read["type"], "Note", "{read}");
        assert_eq!(read["author"], world.ana_uri());
        assert_eq!(read["content"], "<p>A pier</p>");
    })
    .await;
}
