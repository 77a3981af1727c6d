//! Emojis of this server: listed for apps, and beside every text that has one. A text keeps the emojis that it was written
//! with.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::announce::{self, NewAnnouncement};
use tintype::actions::emojis::{self, Existing, NewEmoji};

use super::document::Document;
use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes::{self, STATUS, emoji};
use super::small_shapes::announcement;
use crate::support::emoji::{add, moving_gif, png};
use crate::support::http::{Answer, id};
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1/custom_emojis";

fn names(emojis: &Value) -> Vec<&str> {
    let emojis = emojis.as_array().expect("a list");
    emojis
        .iter()
        .map(|one| one["shortcode"].as_str().expect("a name"))
        .collect()
}

/// The file at an address of this server.
async fn file(server: &TestServer, address: &Value) -> Answer {
    let address = address.as_str().expect("an address");
    let (_, path) = address.split_once(server.authority()).expect("it is here");
    server.client.get(path).await
}

#[tokio::test]
async fn an_emoji_is_listed_with_a_picture_that_moves_and_one_that_does_not() {
    let server = TestServer::start().await;
    add(&server, "spin", moving_gif()).await.unwrap();
    let sorted = NewEmoji {
        shortcode: "ana_cat".into(),
        picture: png(64).into(),
        category: Some(" Cats ".into()),
        listed: true,
        existing: Existing::Stays,
    };
    emojis::add(&server.app, sorted.clone()).await.unwrap();
    let hidden = NewEmoji {
        shortcode: "secret".into(),
        listed: false,
        ..sorted
    };
    emojis::add(&server.app, hidden).await.unwrap();
    let answer = server.client.get(LIST).await;
    Document::new().fits(&Method::GET, LIST, answer.status, &answer.value());
    let list = answer.list();
    all_have("emojis", &list, Object(emoji));
    assert_eq!(
        names(&json!(list)),
        ["spin", "ana_cat"],
        "by category, and only those that are listed"
    );
    assert_eq!(
        (list[0].get("category"), &list[1]["category"]),
        (None, &json!("Cats"))
    );
    let moves = file(&server, &list[0]["url"]).await;
    assert_eq!(moves.header("content-type"), Some("image/gif"));
    assert_eq!(moves.body, moving_gif());
    assert_eq!(moves.header("x-content-type-options"), Some("nosniff"));
    let still = file(&server, &list[0]["static_url"]).await;
    assert_eq!(
        (still.status.as_u16(), still.header("content-type")),
        (200, Some("image/webp"))
    );
    assert_eq!(
        file(&server, &list[1]["url"]).await.header("content-type"),
        Some("image/png")
    );
    // One that is not offered can be written all the same.
    let ana = server.person("ana").await;
    let post = ana.post("psst :secret:").await;
    assert_eq!(names(&post["emojis"]), ["secret"]);
    server.settle().await;
}

#[tokio::test]
async fn every_text_has_the_emojis_that_occur_in_it() {
    let server = TestServer::start().await;
    for shortcode in ["cat", "dog", "yes", "bio", "name", "web"] {
        add(&server, shortcode, png(32)).await.unwrap();
    }
    let ana = server.person("ana").await;
    let fields = [
        ("display_name", "Ana :name:"),
        ("note", "With :bio: and :unknown:"),
        ("fields_attributes[0][name]", "Page :web:"),
        ("fields_attributes[0][value]", "https://ana.example"),
    ];
    let path = "/api/v1/accounts/update_credentials";
    let own = ana.form(Method::PATCH, path, &fields).await.ok();
    assert_eq!(names(&own["emojis"]), ["bio", "name", "web"]);
    // What stays unsaid stays.
    let own = ana.form(Method::PATCH, path, &[("note", "No more")]).await.ok();
    assert_eq!(names(&own["emojis"]), ["name", "web"]);
    server.forget();
    let question = json!({ "options": [":yes:", "No"], "expires_in": 3600 });
    let draft = ana
        .post(":cat::dog: or a :cat:? :nothing:")
        .warning("About :dog:");
    let post = draft.with("poll", question).await;
    has("a post", &post, STATUS);
    assert_eq!(names(&post["emojis"]), ["cat", "dog", "yes"]);
    assert_eq!(names(&post["poll"]["emojis"]), ["yes"]);
    assert_eq!(names(&post["account"]["emojis"]), ["name", "web"]);
    let poll = ana.get(&format!("/api/v1/polls/{}", id(&post))).await.ok();
    assert_eq!(poll["emojis"], post["poll"]["emojis"]);
    server.settle().await;
    assert_eq!(ana.sees(&post).await["emojis"], post["emojis"]);
}

#[tokio::test]
async fn an_edit_has_other_emojis_and_its_history_has_them_too() {
    let server = TestServer::start().await;
    for shortcode in ["cat", "dog"] {
        add(&server, shortcode, png(32)).await.unwrap();
    }
    let ana = server.person("ana").await;
    let post = ana.post("A :cat:").await;
    assert_eq!(names(&post["emojis"]), ["cat"]);
    let path = format!("/api/v1/statuses/{}", id(&post));
    let edited = ana.form(Method::PUT, &path, &[("status", "A :dog:")]).await.ok();
    assert_eq!(names(&edited["emojis"]), ["dog"]);
    let history = ana.get(&format!("{path}/history")).await.list();
    all_have("what it said", &history, Object(shapes::status_edit));
    assert_eq!(names(&history[1]["emojis"]), ["dog"]);
    server.settle().await;
}

#[tokio::test]
async fn a_post_keeps_an_emoji_that_is_retired_or_has_another_picture_since() {
    let server = TestServer::start().await;
    add(&server, "cat", png(32)).await.unwrap();
    let ana = server.person("ana").await;
    let before = ana.post(":cat:").await;
    let other = NewEmoji {
        shortcode: "cat".into(),
        picture: png(48).into(),
        category: None,
        listed: true,
        existing: Existing::IsReplaced,
    };
    emojis::add(&server.app, other).await.unwrap();
    let after = ana.post(":cat:").await;
    assert_ne!(before["emojis"][0]["url"], after["emojis"][0]["url"]);
    assert!(emojis::retire(&server.app, "cat").await.unwrap());
    assert!(!emojis::retire(&server.app, "cat").await.unwrap());
    assert_eq!(server.client.get(LIST).await.list(), Vec::<Value>::new());
    assert_eq!(ana.post(":cat: again").await["emojis"], json!([]));
    for post in [&before, &after] {
        let shown = ana.sees(post).await;
        assert_eq!(shown["emojis"], post["emojis"]);
        assert_eq!(file(&server, &shown["emojis"][0]["url"]).await.status, 200);
    }
    server.settle().await;
}

#[tokio::test]
async fn announcements_have_emojis_and_are_answered_with_them() {
    let server = TestServer::start().await;
    add(&server, "party", moving_gif()).await.unwrap();
    let ana = server.person("ana").await;
    let new = NewAnnouncement {
        text: "Ten years :party:".into(),
        ..NewAnnouncement::default()
    };
    let said = announce::local(&server.app, new).await.unwrap();
    let path = format!("/api/v1/announcements/{said}/reactions");
    ana.form(Method::PUT, &format!("{path}/party"), &[]).await.ok();
    ana.form(Method::PUT, &format!("{path}/unknown"), &[])
        .await
        .refused(422);
    let found = ana.get("/api/v1/announcements").await.list();
    all_have("an announcement", &found, Object(announcement));
    let of_text = &found[0]["emojis"][0];
    assert_eq!(of_text["shortcode"], "party");
    let reaction = &found[0]["reactions"][0];
    assert_eq!(
        (&reaction["name"], &reaction["count"], &reaction["me"]),
        (&json!("party"), &json!(1), &json!(true))
    );
    assert_eq!(
        (&reaction["url"], &reaction["static_url"]),
        (&of_text["url"], &of_text["static_url"])
    );
    server.settle().await;
}

#[tokio::test]
async fn what_is_no_emoji_is_refused_in_a_sentence_and_leaves_nothing_behind() {
    let server = TestServer::start().await;
    add(&server, "cat", png(32)).await.unwrap();
    let mut large = png(32);
    large.resize(256 * 1024 + 1, 0);
    for (shortcode, picture, words) in [
        ("cat", png(32), "there is an emoji of this name"),
        ("c", png(32), "2 to 128 letters"),
        ("../../etc", png(32), "2 to 128 letters"),
        ("ünder", png(32), "2 to 128 letters"),
        (
            "jpeg",
            tintype::media::synthetic::photograph(1, 64, 64),
            "a PNG, GIF or WebP",
        ),
        ("text", b"<svg onload='alert(1)'/>".to_vec(), "not a picture"),
        ("none", Vec::new(), "empty"),
        ("large", large, "the most is 262144"),
        ("wide", png(1_025), "1024"),
        ("cut", png(200)[..100].to_vec(), "ends early"),
    ] {
        let refused = add(&server, shortcode, picture).await.unwrap_err();
        assert!(refused.to_string().contains(words), "{shortcode}: {refused}");
    }
    assert_eq!(server.client.get(LIST).await.list().len(), 1);
    let left: i64 = sqlx::query_scalar("select count(*) from discarded_files")
        .fetch_one(server.db())
        .await
        .unwrap();
    // The files of the name that was taken, which wait to be removed.
    assert_eq!(left, 1);
    server.may_leave_work();
}

#[tokio::test]
async fn emojis_are_for_everybody_but_not_for_a_token_that_is_none() {
    let server = TestServer::start().await;
    let ana: Person = server.person("ana").await;
    assert_eq!(ana.get(LIST).await.list(), Vec::<Value>::new());
    server.client.with_token("nobody").get(LIST).await.refused(401);
}
