//! Finding and following across servers. Never looks into a database: both sides say what they know.

use serde_json::json;

use super::{SCHEMES, with_fay};

#[tokio::test]
async fn somebody_of_ours_is_found_by_handle_and_by_address_signed_or_not() {
    with_fay(async |world| {
        let handle = format!("@ana@{}", world.server.authority());
        let uri = world.ana_uri();
        let expected = json!({
            "type": "Person", "id": uri, "username": "ana", "inbox": format!("{uri}/inbox"),
            "sharedInbox": format!("http://{}/inbox", world.server.authority()),
            "key": format!("{uri}#main-key"), "aliases": [], "movedTo": null,
        });
        for what in [&handle, &uri] {
            let unsigned = world.fedify.does("looksUp", json!({ "what": what })).await;
            for (field, value) in expected.as_object().expect("an object") {
                assert_eq!(&unsigned[field], value, "{field} of {what}");
            }
            for scheme in SCHEMES {
                let how = json!({ "what": what, "by": "fay", "scheme": scheme });
                assert_eq!(
                    world.fedify.does("looksUp", how).await,
                    unsigned,
                    "{what} by {scheme}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_follows_the_other_is_accepted_and_takes_it_back() {
    with_fay(async |world| {
        let accepted = world.fedify.heard_last("Accept").await;
        assert_eq!(accepted["actor"], world.ana_uri());
        assert_eq!(accepted["inside"]["type"], "Follow", "{accepted}");
        assert_eq!(accepted["inside"]["actor"], world.fedify.uri("fay"));
        assert_eq!(accepted["inside"]["object"], world.ana_uri());
        let asked = world.fedify.heard_last("Follow").await;
        assert_eq!(asked["actor"], world.ana_uri());
        assert_eq!(asked["object"], world.fedify.uri("fay"));

        world
            .ana
            .act(&format!("/api/v1/accounts/{}/unfollow", world.fay_id))
            .await
            .ok();
        world.server.settle().await;
        let undone = world.fedify.heard_last("Undo").await;
        assert_eq!(undone["inside"]["type"], "Follow", "{undone}");
        assert_eq!(undone["inside"]["id"], asked["id"]);

        // The request that was accepted, asked once more, and then taken back.
        let again = world.fay_does("Follow", &world.ana_uri()).await;
        assert_eq!(world.fedify.heard("Accept").await.len(), 2);
        world.fay_undoes(&again).await;
        let relation = world.relation().await;
        assert_eq!(relation["followed_by"], false, "{relation}");
        assert_eq!(relation["following"], false, "{relation}");
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_refused_is_told_so() {
    with_fay(async |world| {
        world.fedify.does("comes", json!({ "name": "gus" })).await;
        let locked = [("locked", "true")];
        world
            .ana
            .form(
                reqwest::Method::PATCH,
                "/api/v1/accounts/update_credentials",
                &locked,
            )
            .await
            .ok();
        world.server.forget();
        let how =
            json!({ "by": "gus", "kind": "Follow", "object": world.ana_uri(), "to": [world.ana_uri()] });
        let asked = world.fedify.does("does", how).await;
        world.server.settle().await;
        let requests = world.ana.get("/api/v1/follow_requests").await.list();
        assert_eq!(requests.len(), 1, "{requests:?}");
        let path = format!(
            "/api/v1/follow_requests/{}/reject",
            crate::support::http::id(&requests[0])
        );
        world.ana.act(&path).await.ok();
        world.server.settle().await;
        let refused = world.fedify.heard_last("Reject").await;
        assert_eq!(refused["inside"]["id"], asked["id"], "{refused}");
    })
    .await;
}
