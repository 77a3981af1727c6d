//! Posts with four pictures, their edits and their end, in both directions.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::media::synthetic;

use super::{SCHEMES, World, with_fay};
use crate::support::draft::small_photo;
use crate::support::waiting::eventually;

const PICTURES: usize = 4;

/// Fay's server has so many pictures from now on, none like another.
async fn hang_up(world: &World) {
    let pictures: Vec<String> = (0..PICTURES as u64)
        .map(|number| STANDARD.encode(synthetic::photograph(number + 20, 64, 48)))
        .collect();
    world
        .fedify
        .does("hangsUp", json!({ "pictures": pictures }))
        .await;
}

/// What Ana's home feed shows of a note of Fay's.
async fn seen(world: &World, note: &Value) -> Option<Value> {
    let mut home = world.ana.home().await;
    home.retain(|post| post["uri"] == *note);
    home.pop()
}

#[tokio::test]
async fn a_post_with_four_pictures_comes_from_there_whichever_scheme_it_is_signed_by() {
    with_fay(async |world| {
        hang_up(world).await;
        for scheme in SCHEMES {
            let how = json!({ "text": "<p>Four of them</p>", "pictures": PICTURES, "scheme": scheme });
            let posted = world.fay("posts", how).await;
            // Only so many are asked of one server at once.
            for _ in 0..PICTURES {
                world.server.wind(TimeDelta::seconds(10));
                world.server.settle().await;
            }
            let post = seen(world, &posted["note"]).await.expect("it is in the feed");
            assert_eq!(post["content"], "<p>Four of them</p>");
            assert_eq!(post["visibility"], "public");
            assert_eq!(post["account"]["acct"], world.fedify.handle("fay")[1..]);
            let pictures = post["media_attachments"].as_array().expect("a list");
            assert_eq!(pictures.len(), PICTURES, "{post}");
            for (number, picture) in pictures.iter().enumerate() {
                assert_eq!(picture["description"], format!("Picture {number}"));
                assert_eq!(picture["type"], "image");
                is_a_picture_here(world, picture).await;
            }
        }
    })
    .await;
}

async fn is_a_picture_here(world: &World, picture: &Value) {
    let url = picture["url"].as_str().expect("an address");
    let path = url.split_once(world.server.authority()).expect("it is ours").1;
    let answer = world.ana.get(path).await;
    assert_eq!(answer.status, 200, "{url}");
    assert!(answer.body.starts_with(&[0xFF, 0xD8]), "{url} is no JPEG");
}

#[tokio::test]
async fn a_post_with_four_pictures_arrives_there_with_all_that_describes_them() {
    with_fay(async |world| {
        let mut media = Vec::new();
        for number in 0..PICTURES {
            media.push(
                world
                    .ana
                    .uploads(small_photo(), &format!("Picture {number}"))
                    .await,
            );
        }
        let all: Vec<&Value> = media.iter().collect();
        let post = world.ana.post("Four of mine #harbour").with_media(&all).await;
        world.server.settle().await;
        let create = world.fedify.heard_last("Create").await;
        let note = &create["inside"];
        assert_eq!(note["type"], "Note", "{create}");
        assert_eq!(note["id"], world.post_uri(&post));
        assert_eq!(note["author"], world.ana_uri());
        assert_eq!(note["to"], create["to"]);
        assert_eq!(note["cc"], create["cc"]);
        let text = note["content"].as_str().expect("a text");
        assert!(text.contains("Four of mine"), "{text}");
        let pictures = note["pictures"].as_array().expect("a list");
        assert_eq!(pictures.len(), PICTURES, "{note}");
        for (number, picture) in pictures.iter().enumerate() {
            assert_eq!(picture["name"], format!("Picture {number}"));
            assert_eq!(picture["mediaType"], "image/jpeg");
            assert_eq!((&picture["width"], &picture["height"]), (&json!(64), &json!(48)));
            is_a_picture_here(world, picture).await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_edit_and_the_end_of_a_post_are_told_in_both_directions() {
    with_fay(async |world| {
        let posted = world.fay("posts", json!({ "text": "<p>Frist</p>" })).await;
        world
            .fay("edits", json!({ "note": posted["note"], "text": "<p>First</p>" }))
            .await;
        let post = seen(world, &posted["note"]).await.expect("it is in the feed");
        assert_eq!(post["content"], "<p>First</p>");
        assert!(post["edited_at"].is_string(), "{post}");
        world.fay("deletes", json!({ "note": posted["note"] })).await;
        assert!(seen(world, &posted["note"]).await.is_none(), "it is still there");

        let post = world.ana.post("Frist").await;
        world.server.settle().await;
        let path = format!("/api/v1/statuses/{}", crate::support::http::id(&post));
        world
            .ana
            .json(reqwest::Method::PUT, &path, &json!({ "status": "First" }))
            .await
            .ok();
        world.server.settle().await;
        let update = world.fedify.heard_last("Update").await;
        assert_eq!(update["inside"]["content"], "<p>First</p>", "{update}");
        assert_eq!(update["inside"]["id"], world.post_uri(&post));
        assert!(update["inside"]["updated"].is_string(), "{update}");
        world.ana.deletes(&post).await;
        world.server.settle().await;
        let delete = world.fedify.heard_last("Delete").await;
        assert_eq!(delete["inside"]["type"], "Tombstone", "{delete}");
        assert_eq!(delete["object"], world.post_uri(&post));
    })
    .await;
}

#[tokio::test]
async fn an_answer_and_a_word_to_one_person_arrive_and_stay_among_those_named() {
    with_fay(async |world| {
        let post = world.ana.post("Who is there?").await;
        world.server.settle().await;
        let how = json!({
            "text": "<p>Me</p>", "answers": world.post_uri(&post), "to": [world.ana_uri()],
        });
        let posted = world.fay("posts", how).await;
        let path = format!("/api/v1/statuses/{}/context", crate::support::http::id(&post));
        let below = world.ana.get(&path).await.ok();
        assert_eq!(below["descendants"][0]["uri"], posted["note"], "{below}");
        assert_eq!(below["descendants"][0]["visibility"], "private");

        let text = format!("{} Only you", world.fedify.handle("fay"));
        world
            .ana
            .post(&text)
            .answering(&below["descendants"][0])
            .to(Audience::Direct)
            .await;
        world.server.settle().await;
        let create = world.fedify.heard_last("Create").await;
        assert_eq!(create["inside"]["to"], json!([world.fedify.uri("fay")]));
        assert_eq!(create["inside"]["cc"], json!([]));
        assert_eq!(create["inside"]["answers"], posted["note"]);
    })
    .await;
}

#[tokio::test]
async fn a_changed_profile_is_told_in_both_directions() {
    with_fay(async |world| {
        world
            .fay("changesName", json!({ "name": "Fay of the harbour" }))
            .await;
        let name = eventually("the name is known here", async || {
            world.server.forget();
            let path = format!("/api/v1/accounts/{}", world.fay_id);
            let shown = world.ana.get(&path).await.ok();
            (shown["display_name"] != "fay").then(|| shown["display_name"].clone())
        })
        .await;
        assert_eq!(name, "Fay of the harbour");
        let fields = [("display_name", "Ana of the hill")];
        world
            .ana
            .form(
                reqwest::Method::PATCH,
                "/api/v1/accounts/update_credentials",
                &fields,
            )
            .await
            .ok();
        world.server.settle().await;
        let update = world.fedify.heard_last("Update").await;
        assert_eq!(update["inside"]["name"], "Ana of the hill", "{update}");
        assert_eq!(update["inside"]["id"], world.ana_uri());
    })
    .await;
}
