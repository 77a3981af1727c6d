//! What Pixelfed's own app asks before and after somebody signs in with it.

use serde_json::{Value, json};

use super::route_table::{PATCH, POST};
use super::shape::Kind::{Address, Flag, Id, List, Null, Object, OneOf, OrNull, Text, Time, Whole, Words};
use super::shape::{Shape, has};
use super::shapes::{self, ACCOUNT, STATUS};
use crate::support::TestServer;
use crate::support::http::{id, ids};
use crate::support::server::PASSWORD;

const SETTINGS: &str = "/api/pixelfed/v1/app/settings";
const CHANGE: &str = "/api/v1.1/accounts/change-password";

fn config() -> Shape {
    vec![
        ("version", Words),
        ("open_registration", Flag),
        ("show_legal_notice_link", Flag),
        ("uploader", Object(uploader)),
        ("activitypub", Object(activitypub)),
        ("site", Object(site)),
        ("account", Object(account)),
        ("username", Object(username)),
        ("features", Object(features)),
    ]
}

fn uploader() -> Shape {
    vec![
        ("max_photo_size", Whole),
        ("max_caption_length", Whole),
        ("max_altext_length", Whole),
        ("album_limit", Whole),
        ("optimize_image", Flag),
        ("optimize_video", Flag),
        ("media_types", Words),
        ("mime_types", List(&Words)),
        ("enforce_account_limit", Flag),
    ]
}

fn activitypub() -> Shape {
    vec![("enabled", Flag), ("remote_follow", Flag)]
}

fn site() -> Shape {
    vec![
        ("name", Words),
        ("domain", Words),
        ("url", Address),
        ("description", Text),
    ]
}

fn account() -> Shape {
    vec![
        ("max_avatar_size", Whole),
        ("max_bio_length", Whole),
        ("max_name_length", Whole),
        ("min_password_length", Whole),
    ]
}

fn username() -> Shape {
    vec![("remote", Object(remote))]
}

fn remote() -> Shape {
    vec![("formats", List(&Words)), ("format", Words), ("custom", Null)]
}

fn features() -> Shape {
    vec![
        ("timelines", Object(|| vec![("local", Flag), ("network", Flag)])),
        ("mobile_apis", Flag),
        ("mobile_registration", Flag),
        ("stories", Flag),
        ("video", Flag),
        ("import", Object(import)),
        ("hls", Object(|| vec![("enabled", Flag)])),
        ("groups", Flag),
    ]
}

fn import() -> Shape {
    vec![("instagram", Flag), ("mastodon", Flag), ("pixelfed", Flag)]
}

fn settings() -> Shape {
    vec![
        ("id", Id),
        ("username", Words),
        ("updated_at", OrNull(&Time)),
        ("common", Object(common)),
    ]
}

fn common() -> Shape {
    vec![
        ("timelines", Object(timelines)),
        ("media", Object(media)),
        ("appearance", Object(appearance)),
    ]
}

fn timelines() -> Shape {
    ["show_public", "show_network", "hide_likes_shares"]
        .map(|name| (name, Flag))
        .to_vec()
}

fn media() -> Shape {
    ["hide_public_behind_cw", "always_show_cw", "show_alt_text"]
        .map(|name| (name, Flag))
        .to_vec()
}

fn appearance() -> Shape {
    vec![
        ("links_use_in_app_browser", Flag),
        ("theme", OneOf(&["system", "light", "dark"])),
    ]
}

#[tokio::test]
async fn the_app_learns_the_bounds_of_the_server_and_is_let_in_where_the_settings_say_so() {
    let server = TestServer::with(&[("TINTYPE_POST_PHOTOS", "7")]).await;
    let told = server.client.get("/api/v2/config").await.ok();
    has("the configuration", &told, Object(config));
    assert_eq!(told["uploader"]["album_limit"], 7);
    assert_eq!(told["site"]["domain"], server.authority());
    let preflight = "/api/nodeinfo/2.0.json";
    let refused = server.client.get(preflight).await.refused(404);
    assert_eq!(refused, "Record not found");
    let server = TestServer::with(&[("TINTYPE_PIXELFED_APP", "on")]).await;
    let told = server.client.get(preflight).await.ok();
    assert_eq!(
        told["software"],
        json!({ "name": "pixelfed", "version": "0.12.3" })
    );
    has("what is told to it", &told["metadata"]["config"], Object(config));
    assert_eq!(told["version"], "2.0");
    for everywhere_else in ["/nodeinfo/2.0", "/nodeinfo/2.1"] {
        let told = server.client.get(everywhere_else).await.ok();
        assert_eq!(told["software"]["name"], "tintype");
    }
}

#[tokio::test]
async fn the_app_keeps_its_settings_here() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let first = ana.get(SETTINGS).await.ok();
    has("at first", &first, Object(settings));
    assert_eq!(
        (&first["id"], &first["updated_at"]),
        (&json!(ana.id), &Value::Null)
    );
    let mut wish = first["common"].clone();
    wish["appearance"]["theme"] = json!("dark");
    wish["timelines"]["show_network"] = json!(true);
    let kept = ana.json(POST, SETTINGS, &json!({ "common": wish })).await.ok();
    has("kept", &kept, Object(settings));
    assert_eq!(kept["common"], wish);
    assert_eq!(ana.get(SETTINGS).await.ok()["common"], wish);
    assert_eq!(bo.get(SETTINGS).await.ok()["common"], first["common"]);
    for (part, name, value) in [
        ("appearance", "theme", json!("loud")),
        ("media", "show_alt_text", json!([])),
        ("media", "show_alt_text", Value::Null),
    ] {
        let mut bad = wish.clone();
        bad[part][name] = value;
        ana.json(POST, SETTINGS, &json!({ "common": bad }))
            .await
            .refused(422);
    }
    ana.json(POST, SETTINGS, &json!({})).await.refused(422);
    assert_eq!(ana.get(SETTINGS).await.ok()["common"], wish);
}

#[tokio::test]
async fn the_app_changes_a_password_and_stays_signed_in() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let other = server.token_for(&ana, "read").await;
    let typed = async |old: &str, new: &str, again: &str| {
        let fields = [
            ("current_password", old),
            ("new_password", new),
            ("confirm_password", again),
        ];
        ana.form(POST, CHANGE, &fields).await
    };
    let new = "a horse of another colour";
    typed(PASSWORD, new, "something else").await.refused(422);
    typed("not mine", new, new).await.refused(422);
    typed(PASSWORD, "short", "short").await.refused(422);
    other.get("/api/v1/preferences").await.ok();
    let own = typed(PASSWORD, new, new).await.ok();
    has("oneself", &own, ACCOUNT);
    other.get("/api/v1/preferences").await.refused(401);
    typed(PASSWORD, new, new).await.refused(422);
    typed(new, PASSWORD, PASSWORD).await.ok();
    let bare = ana.delete("/api/v1.1/accounts/avatar").await.ok();
    has("without a picture", &bare, Object(shapes::credential_account));
    server.settle().await;
}

#[tokio::test]
async fn posts_and_people_have_more_in_them_when_the_app_asks_for_it() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let note = [("note", "Light & #water")];
    ana.form(PATCH, "/api/v1/profile", &note).await.ok();
    let words = ana.post("words").await;
    let draft = ana.post("photos").with_photo().with_photo();
    let photos = draft.with("comments_disabled", true).await;
    let repost = ana.reposts(&photos).await;
    server.settle().await;
    let path = format!("/api/v1/accounts/{}/statuses?exclude_reblogs=true", ana.id);
    let found = bo.get(&format!("{path}&_pe=1")).await.list();
    assert_eq!(ids(&found), [id(&photos), id(&words)]);
    let (album, text) = (&found[0], &found[1]);
    let repost = format!("/api/v1/statuses/{}?_pe=1", id(&repost));
    let repost = bo.get(&repost).await.ok();
    for (post, kind, closed) in [
        (text, "text", false),
        (album, "photo:album", true),
        (&repost["reblog"], "photo:album", true),
    ] {
        assert_eq!(post["pf_type"], kind);
        assert_eq!(post["comments_disabled"], closed);
        assert_eq!(post["reply_count"], post["replies_count"]);
        assert_eq!((&post["local"], &post["place"]), (&json!(true), &Value::Null));
        assert_eq!(post["liked_by"]["others"], false);
        assert_eq!(post["account"]["local"], true);
        assert_eq!(post["account"]["note_text"], "Light & #water");
    }
    // All that is Mastodon's is as it was.
    let plain = bo.get(&path).await.list();
    has("without", &plain[0], STATUS);
    let mut stripped = album.clone();
    for more in [
        "pf_type",
        "comments_disabled",
        "reply_count",
        "local",
        "place",
        "liked_by",
    ] {
        stripped.as_object_mut().unwrap().remove(more);
    }
    for more in [
        "local",
        "website",
        "note_text",
        "pronouns",
        "header_bg",
        "is_admin",
    ] {
        stripped["account"].as_object_mut().unwrap().remove(more);
    }
    assert_eq!(stripped, plain[0]);
    let there = ana.post("there").with("place", json!({ "name": "Berlin" })).await;
    let there = bo
        .get(&format!("/api/v1/statuses/{}?_pe=1", id(&there)))
        .await
        .ok();
    assert_eq!(there["place"]["name"], "Berlin", "{there}");
    let stands = |about: &str| format!("/api/v1/accounts/relationships?id={about}&_pe=1");
    let following = bo.get(&stands(&ana.id)).await.list();
    assert!(following[0]["following_since"].is_string(), "{following:?}");
    let not = ana.get(&stands(&bo.id)).await.list();
    assert!(not[0].get("following_since").is_none(), "{not:?}");
    let me = bo.get("/api/v1/accounts/verify_credentials?_pe=1").await.ok();
    assert_eq!((&me["local"], &me["note_text"]), (&json!(true), &Value::Null));
    bo.get("/api/v1/statuses/1?_pe=1").await.refused(404);
    // Links lead on with it.
    let first = bo.get("/api/v1/timelines/home?limit=1&_pe=1").await.links();
    assert!(first.next.is_some_and(|next| next.contains("_pe=1")));
    server.settle().await;
}
