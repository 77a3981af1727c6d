//! Posting as apps do it: every spelling of the parameters, every audience's addresses, retries, limits.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::shape::has;
use super::shapes::STATUS;
use crate::federation::scene::Scene;
use crate::support::TestServer;
use crate::support::actor::PUBLIC;
use crate::support::http::{Part, id, ids};

#[tokio::test]
async fn each_audience_is_addressed_as_other_servers_read_it() {
    let scene = Scene::new().await;
    let (ana, server) = (&scene.ana, &scene.server);
    // Zed follows back, so that all of it goes there.
    let follow = scene.zed.does("Follow", scene.uri(ana));
    scene.zed_tells(&follow).await;
    let followers = format!("{}/followers", scene.uri(ana));
    let zed = scene.zed.uri.clone();
    for (audience, to, cc) in [
        (
            Audience::Public,
            vec![PUBLIC.to_owned()],
            vec![followers.clone(), zed.clone()],
        ),
        (
            Audience::Unlisted,
            vec![followers.clone()],
            vec![PUBLIC.to_owned(), zed.clone()],
        ),
        (Audience::Followers, vec![followers.clone()], vec![zed.clone()]),
        (Audience::Direct, vec![zed.clone()], vec![]),
    ] {
        let before = scene.peer.letters_of("Create").len();
        let post = ana
            .post(&format!("For {}", scene.zed.handle()))
            .to(audience)
            .await;
        server.settle().await;
        let letters = scene.peer.letters_of("Create");
        assert_eq!(letters.len(), before + 1, "{audience:?}: one letter");
        let create = letters.last().unwrap();
        let note = &create["object"];
        assert_eq!(note["id"], scene.post_uri(ana, &post).as_str());
        let addressed = |field: &str| -> Vec<String> {
            let of = |value: &Value| match value {
                Value::String(one) => vec![one.clone()],
                Value::Array(all) => all
                    .iter()
                    .filter_map(|one| one.as_str().map(str::to_owned))
                    .collect(),
                _ => Vec::new(),
            };
            assert_eq!(
                of(&create[field]),
                of(&note[field]),
                "the letter is addressed as its post"
            );
            let mut all = of(&note[field]);
            all.sort_unstable();
            all
        };
        let sorted = |mut all: Vec<String>| {
            all.sort_unstable();
            all
        };
        assert_eq!(
            (addressed("to"), addressed("cc")),
            (sorted(to), sorted(cc)),
            "{audience:?}"
        );
    }
}

#[tokio::test]
async fn a_post_is_taken_as_form_json_multipart_and_query() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = ana.uploads(crate::support::draft::small_photo(), "A gate").await;
    let (path, one) = ("/api/v1/statuses", id(&media));
    let form = [
        ("status", "by form"),
        ("visibility", "unlisted"),
        ("sensitive", "1"),
        ("media_ids[]", &one),
    ];
    let by_form = ana.post_form(path, &form).await.ok();
    assert_eq!(
        (&by_form["visibility"], &by_form["sensitive"]),
        (&json!("unlisted"), &json!(true))
    );
    assert_eq!(by_form["media_attachments"][0]["id"], media["id"]);
    let body = json!({ "status": "by JSON", "sensitive": false, "visibility": "private", "media_ids": [], "poll": null,
                       "in_reply_to_id": null, "scheduled_at": null, "spoiler_text": "", "language": null });
    let by_json = ana.json(Method::POST, path, &body).await.ok();
    assert_eq!(
        (&by_json["visibility"], &by_json["language"]),
        (&json!("private"), &Value::Null)
    );
    let parts = [
        Part::Text("status", "by multipart"),
        Part::Text("spoiler_text", "careful"),
        Part::Text("media_ids[]", ""),
    ];
    let by_multipart = ana.multipart(Method::POST, path, &parts).await.ok();
    assert_eq!(
        (&by_multipart["spoiler_text"], &by_multipart["sensitive"]),
        (&json!("careful"), &json!(true))
    );
    let by_query = ana
        .act(&format!("{path}?status=by%20query&visibility=direct"))
        .await
        .ok();
    assert_eq!(by_query["visibility"], "direct");
    for post in [&by_form, &by_json, &by_multipart, &by_query] {
        has("a new post", post, STATUS);
    }
    server.settle().await;
}

#[tokio::test]
async fn defaults_are_what_the_person_set() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let first = ana.post("before").await;
    assert_eq!(
        (&first["visibility"], &first["sensitive"]),
        (&json!("public"), &json!(false))
    );
    let source = json!({ "source": { "privacy": "unlisted", "sensitive": true, "language": "fi" } });
    ana.json(Method::PATCH, "/api/v1/accounts/update_credentials", &source)
        .await
        .ok();
    let post = ana.post("after").await;
    let set = (&post["visibility"], &post["sensitive"], &post["language"]);
    assert_eq!(set, (&json!("unlisted"), &json!(true), &json!("fi")));
    server.settle().await;
}

#[tokio::test]
async fn a_key_is_one_posts_whatever_comes_with_it_and_outlives_a_refusal() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    ana.post("").with_key("k").send().await.refused(422);
    let first = ana.post("said").with_key("k").await;
    let again = ana.post("said otherwise").with_key("k").await;
    assert_eq!(
        (&again["id"], &again["content"]),
        (&first["id"], &json!("<p>said</p>"))
    );
    // A retry comes later too, as from a phone that was off.
    server.wind(chrono::TimeDelta::minutes(55));
    assert_eq!(ana.post("said").with_key("k").await["id"], first["id"]);
    let long = "k".repeat(4_000);
    assert_eq!(
        ana.post("long").with_key(&long).await["id"],
        ana.post("long").with_key(&long).await["id"]
    );
    server.settle().await;
    assert_eq!(ana.home().await.len(), 2);
}

#[tokio::test]
async fn what_is_not_served_is_refused_in_a_sentence_not_dropped() {
    let server = TestServer::with(&[("TINTYPE_POST_CHARACTERS", "500")]).await;
    let ana = server.person("ana").await;
    for (more, says) in [
        (
            json!({ "poll": { "options": ["a", "b"], "expires_in": 6 } }),
            "poll",
        ),
        (json!({ "scheduled_at": "2001-01-01T00:00:00.000Z" }), "Scheduled"),
        (
            json!({ "quote_approval_policy": "friends" }),
            "Quote approval policy",
        ),
        (json!({ "visibility": "everybody" }), "Visibility"),
        (json!({ "language": "klingon!" }), "Language"),
        (json!({ "status": "x".repeat(501) }), "character limit of 500"),
        (json!({ "media_ids": ["7"] }), "attach"),
        (json!({ "media_ids": ["not-an-id"] }), "attach"),
    ] {
        let mut body = json!({ "status": "x" });
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let sentence = ana
            .json(Method::POST, "/api/v1/statuses", &body)
            .await
            .refused(422);
        assert!(sentence.contains(says), "{more}: {sentence}");
    }
    // A link counts as 23 characters, however long it is.
    let link = format!("https://example.org/{}", "x".repeat(900));
    ana.post(&format!("{} {link}", "y".repeat(476))).await;
    ana.post(&format!("{} {link}", "y".repeat(477)))
        .send()
        .await
        .refused(422);
    server.settle().await;
    assert_eq!(ana.home().await.len(), 1);
}

#[tokio::test]
async fn an_edit_changes_words_order_and_pictures_together() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut photos = Vec::new();
    for number in 0..4u64 {
        let photo = tintype::media::synthetic::photograph(number, 48, 36);
        photos.push(ana.uploads(&photo, &format!("photo {number}")).await);
    }
    let post = ana
        .post("three")
        .with_media(&[&photos[0], &photos[1], &photos[2]])
        .await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    let shown = async || {
        ana.sees(&post).await["media_attachments"]
            .as_array()
            .unwrap()
            .clone()
    };
    let edit = async |media: &[usize], attributes: Value| {
        let ids: Vec<String> = media.iter().map(|place| id(&photos[*place])).collect();
        let body = json!({ "status": "changed", "media_ids": ids, "media_attributes": attributes });
        let edited = ana.json(Method::PUT, &path, &body).await.ok();
        has("an edited post", &edited, STATUS);
        assert_eq!(
            ids,
            crate::support::http::ids(edited["media_attachments"].as_array().unwrap())
        );
        server.settle().await;
    };
    // Another order, and other words for one of them.
    edit(
        &[2, 0, 1],
        json!([{ "id": id(&photos[0]), "description": "the first", "focus": "0.5,-0.5" }]),
    )
    .await;
    let now = shown().await;
    assert_eq!(
        (&now[1]["description"], &now[1]["meta"]["focus"]["x"]),
        (&json!("the first"), &json!(0.5))
    );
    assert_eq!(now[0]["description"], "photo 2");
    // One goes, one comes.
    edit(&[3, 1], json!([])).await;
    assert_eq!(ids(&shown().await), [id(&photos[3]), id(&photos[1])]);
    let too_long = json!({ "status": "x", "media_ids": [id(&photos[1])],
                           "media_attributes": [{ "id": id(&photos[1]), "description": "y".repeat(1_501) }] });
    let sentence = ana.json(Method::PUT, &path, &too_long).await.refused(422);
    assert!(sentence.contains("1500"), "{sentence}");
    assert_eq!(shown().await.len(), 2, "a refused edit changes nothing");
    // Words alone: clients that send no pictures at all take them away, as Mastodon has it; without either it is no post.
    ana.json(Method::PUT, &path, &json!({ "status": "" }))
        .await
        .refused(422);
    let bare = ana
        .json(Method::PUT, &path, &json!({ "status": "words" }))
        .await
        .ok();
    assert_eq!(bare["media_attachments"], json!([]));
    let history = ana.get(&format!("{path}/history")).await.list();
    assert_eq!(history.len(), 4);
    server.settle().await;
}

#[tokio::test]
async fn a_deleted_post_gives_all_back_for_another_draft_unless_it_is_final() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana
        .post("One *star* @ana #night")
        .with_photo()
        .warning("dark")
        .to(Audience::Unlisted)
        .await;
    let left = ana.deletes(&post).await;
    assert_eq!(left["text"], "One *star* @ana #night");
    assert_eq!(
        (&left["spoiler_text"], &left["visibility"]),
        (&json!("dark"), &json!("unlisted"))
    );
    let picture = &left["media_attachments"][0];
    let words = [("description", "another")];
    // It is an upload again: its words can be changed before it is posted anew.
    ana.form(Method::PUT, &format!("/api/v1/media/{}", id(picture)), &words)
        .await
        .ok();
    let again = ana.post("Two stars").with_media(&[picture]).await;
    assert_eq!(again["media_attachments"][0]["description"], "another");
    let path = format!("/api/v1/statuses/{}?delete_media=true", id(&again));
    ana.delete(&path).await.ok();
    ana.post("Three").with_media(&[picture]).send().await.refused(422);
    server.settle().await;
}
