//! Somebody moves from one server to the other.

use chrono::TimeDelta;
use serde_json::json;

use super::with_fay;
use crate::support::server::PASSWORD;

#[tokio::test]
async fn somebody_of_ours_moves_there_and_those_who_follow_are_told_where_to() {
    with_fay(async |world| {
        world.fedify.does("comes", json!({ "name": "annie" })).await;
        let (here, there) = (world.ana_uri(), world.fedify.uri("annie"));
        world
            .fedify
            .does("namesAliases", json!({ "by": "annie", "aliases": [here] }))
            .await;
        let fields = [("password", PASSWORD), ("moved_to_uri", there.as_str())];
        let answer = world.ana.post_form("/api/v1/accounts/move", &fields).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
        world.server.settle().await;
        let moved = world.fedify.heard_last("Move").await;
        assert_eq!(moved["actor"], here);
        assert_eq!(moved["object"], here);
        assert_eq!(moved["target"], there);
        let update = world.fedify.heard_last("Update").await;
        assert_eq!(update["inside"]["movedTo"], there, "{update}");
    })
    .await;
}

#[tokio::test]
async fn who_follows_somebody_who_moves_there_follows_them_on_once_in_a_while() {
    with_fay(async |world| {
        let fay = world.fedify.uri("fay");
        for (name, follows) in [("gus", true), ("hal", false)] {
            world.fedify.does("comes", json!({ "name": name })).await;
            let aliases = json!({ "by": name, "aliases": [fay] });
            world.fedify.does("namesAliases", aliases).await;
            let target = json!({ "target": world.fedify.uri(name) });
            world.fay("moves", target).await;
            // What was read a moment ago is read again a while later.
            world.server.wind(TimeDelta::minutes(10));
            world.server.settle().await;
            let followed = world.fedify.heard("Follow").await;
            let asked = followed
                .iter()
                .any(|follow| follow["object"] == world.fedify.uri(name));
            assert_eq!(asked, follows, "{name}: {followed:?}");
        }
    })
    .await;
}
