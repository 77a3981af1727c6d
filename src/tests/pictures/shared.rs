//! What an author lets others have of a photograph beside the picture: the upload itself, and how it was taken.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::jobs::sweep_pictures;
use tintype::media::synthetic::photograph;

use super::path_of;
use crate::api::media_shapes;
use crate::api::shape::{Kind, has};
use crate::support::draft::Draft;
use crate::support::http::id;
use crate::support::{Person, TestServer};

/// A photograph with a maker, an aperture and a place in it.
fn with_details(jpeg: &[u8]) -> Vec<u8> {
    let mut body = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    body.extend(b"\0\x02\x01\x0F\0\x02\0\0\0\x06\0\0\0\x26\x87\x69\0\x04\0\0\0\x01\0\0\0\x2C\0\0\0\0");
    body.extend(b"Canon\0");
    body.extend(b"\0\x01\x82\x9D\0\x05\0\0\0\x01\0\0\0\x3E\0\0\0\0");
    body.extend(b"\0\0\0\x1C\0\0\0\x0A");
    body.extend(b"GPS 48.2082 N");
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &body, &jpeg[2..]].concat()
}

async fn uploaded(ana: &Person) -> (Value, Vec<u8>) {
    let file = with_details(&photograph(4, 1_400, 900));
    (ana.uploads(&file, "a harbour").await, file)
}

async fn picture(server: &TestServer, post: &Value) -> Value {
    server.settle().await;
    let path = format!("/api/v1/statuses/{}", id(post));
    server.client.get(&path).await.ok()["media_attachments"][0].clone()
}

#[tokio::test]
async fn nothing_is_told_of_a_photograph_unless_its_author_wants_it() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (media, _) = uploaded(&ana).await;
    let post = ana.post("quiet").with_media(&[&media]).await;
    let picture = picture(&server, &post).await;
    assert_eq!(
        (&picture["original_file"], &picture["camera"]),
        (&Value::Null, &Value::Null)
    );
    assert!(!picture.to_string().contains("Canon"));
}

#[tokio::test]
async fn what_an_author_always_shares_goes_with_posts_that_say_nothing_and_with_no_message() {
    const PROFILE: &str = "/api/v1/accounts/update_credentials";
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let before = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(
        (
            &before["source"]["offer_originals"],
            &before["source"]["show_camera"]
        ),
        (&json!(false), &json!(false))
    );
    let fields = [
        ("source[show_camera]", "true"),
        ("source[offer_originals]", "true"),
    ];
    let own = ana.form(Method::PATCH, PROFILE, &fields).await.ok();
    assert_eq!(
        (&own["source"]["offer_originals"], &own["source"]["show_camera"]),
        (&json!(true), &json!(true))
    );
    let shared = async |draft: Draft<'_>| {
        let post = draft.await;
        let picture = picture(&server, &post).await;
        (
            picture["original_file"].is_object(),
            picture["camera"].is_object(),
        )
    };
    let (media, _) = uploaded(&ana).await;
    let silent = ana.post("as always").with_media(&[&media]);
    assert_eq!(
        shared(silent.with("visibility", "public").with("sensitive", false)).await,
        (true, true)
    );
    let (media, _) = uploaded(&ana).await;
    let other = ana.post("not this one").with_media(&[&media]);
    assert_eq!(shared(other.with("offer_originals", false)).await, (false, true));
    let (media, _) = uploaded(&ana).await;
    let message = ana.post("for myself").with_media(&[&media]);
    let message = message.with("visibility", "direct").await;
    server.settle().await;
    let path = format!("/api/v1/statuses/{}", id(&message));
    let picture = ana.get(&path).await.ok()["media_attachments"][0].clone();
    assert_eq!(
        (&picture["original_file"], &picture["camera"]),
        (&Value::Null, &Value::Null)
    );
    let fields = [("source[show_camera]", "false")];
    let own = ana.form(Method::PATCH, PROFILE, &fields).await.ok();
    assert_eq!(
        (&own["source"]["offer_originals"], &own["source"]["show_camera"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn the_upload_is_offered_without_where_it_was_taken_and_no_longer_when_its_author_says_so() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (media, file) = uploaded(&ana).await;
    let draft = ana.post("have it").with_media(&[&media]);
    let post = draft.with("offer_originals", true).await;
    let shown = picture(&server, &post).await;
    let offered = &shown["original_file"];
    has("the upload", offered, Kind::Object(media_shapes::original_file));
    assert_eq!(
        (&offered["type"], &offered["width"], &offered["height"]),
        (&json!("image/jpeg"), &json!(1_400), &json!(900))
    );
    let path = path_of(&offered["url"]);
    let served = server.client.get(&path).await;
    assert_eq!(
        (served.status.as_u16(), served.header("content-type")),
        (200, Some("image/jpeg"))
    );
    assert_eq!(offered["size"], served.body.len());
    let holds = |what: &[u8]| served.body.windows(what.len()).any(|bytes| bytes == what);
    assert!(!holds(b"GPS") && !holds(b"Canon") && !holds(b"Exif"));
    let (before, after) = (
        image::load_from_memory(&file).unwrap(),
        image::load_from_memory(&served.body).unwrap(),
    );
    assert_eq!(before.as_bytes(), after.as_bytes(), "the same pixels");
    // An edit that says nothing of it leaves it.
    let edit = format!("/api/v1/statuses/{}", id(&post));
    let words = json!({ "status": "have it, please", "media_ids": [id(&media)] });
    ana.json(Method::PUT, &edit, &words).await.ok();
    assert_eq!(picture(&server, &post).await["original_file"], *offered);
    let words = json!({ "status": "no more", "media_ids": [id(&media)], "offer_originals": false });
    ana.json(Method::PUT, &edit, &words).await.ok();
    assert_eq!(picture(&server, &post).await["original_file"], Value::Null);
    sweep_pictures::once(&server.app).await.unwrap();
    assert_eq!(server.client.get(&path).await.status, 404);
    // And again, under another address.
    let words = json!({ "status": "after all", "media_ids": [id(&media)], "offer_originals": true });
    ana.json(Method::PUT, &edit, &words).await.ok();
    let again = picture(&server, &post).await["original_file"].clone();
    assert_ne!(again["url"], offered["url"]);
    assert_eq!(server.client.get(&path_of(&again["url"])).await.status, 200);
    // It goes with its post.
    ana.deletes(&post).await;
    server.settle().await;
    server.wind(TimeDelta::hours(49));
    for _ in 0..2 {
        sweep_pictures::once(&server.app).await.unwrap();
    }
    assert_eq!(server.client.get(&path_of(&again["url"])).await.status, 404);
}

#[tokio::test]
async fn how_it_was_taken_is_told_when_its_author_wants_it_and_stays_so_over_an_edit() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (media, _) = uploaded(&ana).await;
    let draft = ana.post("f/2.8 and be there").with_media(&[&media]);
    let post = draft.with("show_camera", true).await;
    let shown = picture(&server, &post).await;
    has("the camera", &shown["camera"], Kind::Object(media_shapes::camera));
    assert_eq!(
        (
            &shown["camera"]["make"],
            &shown["camera"]["aperture"],
            &shown["camera"]["model"]
        ),
        (&json!("Canon"), &json!(2.8), &Value::Null)
    );
    assert!(!shown.to_string().contains("48.2082"));
    assert_eq!(shown["original_file"], Value::Null);
    let edit = format!("/api/v1/statuses/{}", id(&post));
    let focus = json!([{ "id": id(&media), "focus": "0.5,0.5" }]);
    let words = json!({ "status": "there", "media_ids": [id(&media)], "media_attributes": focus });
    ana.json(Method::PUT, &edit, &words).await.ok();
    assert_eq!(picture(&server, &post).await["camera"], shown["camera"]);
    let words = json!({ "status": "there", "media_ids": [id(&media)], "show_camera": false });
    ana.json(Method::PUT, &edit, &words).await.ok();
    assert_eq!(picture(&server, &post).await["camera"], Value::Null);
}

#[tokio::test]
async fn what_is_said_by_hand_of_a_film_is_shown_and_sent_and_outlives_what_is_read_anew() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (media, _) = uploaded(&ana).await;
    let path = format!("/api/v1/media/{}", id(&media));
    let words = [("film[stock]", " Ilford HP5 Plus "), ("film[scanner]", "Plustek")];
    ana.form(Method::PUT, &path, &words).await.ok();
    let quiet = ana.post("says nothing of it").with_media(&[&media]).await;
    assert_eq!(picture(&server, &quiet).await["camera"], Value::Null);
    let edit = format!("/api/v1/statuses/{}", id(&quiet));
    let film = json!([{ "id": id(&media), "film": { "developer": "Rodinal 1+50", "scanner": "" } }]);
    let words = json!({ "status": "there", "media_ids": [id(&media)], "media_attributes": film, "show_camera": true });
    ana.json(Method::PUT, &edit, &words).await.ok();
    let said = json!({ "stock": "Ilford HP5 Plus", "developer": "Rodinal 1+50", "scanner": null });
    let shown = picture(&server, &quiet).await;
    has("the camera", &shown["camera"], Kind::Object(media_shapes::camera));
    assert_eq!(
        (&shown["camera"]["film"], &shown["camera"]["make"]),
        (&said, &json!("Canon"))
    );
    // Its file says the same as before, and nothing of a film.
    let focus = json!([{ "id": id(&media), "focus": "0.5,0.5" }]);
    let words = json!({ "status": "there", "media_ids": [id(&media)], "media_attributes": focus });
    ana.json(Method::PUT, &edit, &words).await.ok();
    assert_eq!(picture(&server, &quiet).await["camera"], shown["camera"]);
    // As other servers get it.
    let note = server.client.request(Method::GET, &path_of(&quiet["uri"]));
    let note = server
        .client
        .send(note.header("accept", "application/activity+json"))
        .await
        .ok();
    let sent = &note["attachment"][0]["exifData"];
    let property =
        |name: &str, value: &str| json!({ "@type": "PropertyValue", "name": name, "value": value });
    let expected = json!([
        property("Make", "Canon"),
        property("FNumber", "f/2.8"),
        property("Film", "Ilford HP5 Plus"),
        property("Chemistry", "Rodinal 1+50"),
    ]);
    assert_eq!(*sent, expected, "{note}");
    assert!(note["@context"].to_string().contains("schema:exifData"));
    // Nothing said any more is nothing, and too much is refused.
    let film = json!([{ "id": id(&media), "film": { "stock": "", "developer": "" } }]);
    let words = json!({ "status": "there", "media_ids": [id(&media)], "media_attributes": film });
    ana.json(Method::PUT, &edit, &words).await.ok();
    assert_eq!(picture(&server, &quiet).await["camera"]["film"], Value::Null);
    let film = json!([{ "id": id(&media), "film": { "stock": "x".repeat(101) } }]);
    let words = json!({ "status": "there", "media_ids": [id(&media)], "media_attributes": film });
    let sentence = ana.json(Method::PUT, &edit, &words).await.refused(422);
    assert!(sentence.contains("film's stock is too long"), "{sentence}");
}

#[tokio::test]
async fn a_planned_post_offers_what_its_author_wanted() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (media, _) = uploaded(&ana).await;
    let at = server.app.clock.now() + TimeDelta::hours(1);
    let draft = ana.post("later").with_media(&[&media]).with("show_camera", true);
    let planned = draft.with("scheduled_at", at.to_rfc3339()).await;
    assert_eq!(planned["media_attachments"][0]["camera"]["make"], "Canon");
    server.wind(TimeDelta::hours(2));
    server.settle().await;
    let path = format!("/api/v1/accounts/{}/statuses", ana.id);
    let posts = server.client.get(&path).await.list();
    assert_eq!(posts[0]["media_attachments"][0]["camera"]["make"], "Canon");
}

#[tokio::test]
async fn a_large_photograph_gets_a_size_for_large_screens_when_nothing_else_waits() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = ana.uploads(&photograph(5, 2_400, 1_600), "wide").await;
    let post = ana.post("wide").with_media(&[&media]).await;
    let shown = picture(&server, &post).await;
    let variants = shown["variants"].as_array().expect("all sizes");
    let widest: Vec<_> = variants
        .iter()
        .filter(|variant| variant["width"] == 2_048)
        .collect();
    assert_eq!(widest.len(), 2, "{shown}");
    for variant in widest {
        let served = server.client.get(&path_of(&variant["url"])).await;
        assert_eq!(served.status, 200);
        assert_eq!(image::load_from_memory(&served.body).unwrap().width(), 2_048);
    }
    assert!(
        path_of(&shown["url"]).ends_with("/1080.jpg"),
        "what others get stays"
    );
}

#[tokio::test]
async fn while_many_uploads_wait_each_is_there_in_one_format_first() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = super::send(&ana, "/api/v2/media", "image/jpeg", &photograph(6, 400, 300))
        .await
        .value();
    // A hundred and one others that wait, with nothing to be made out of.
    let crowd = "insert into media (id, owner_id, key, original_key, created_at, next_try_at)
                 select n, $1, 'crowd' || n, 'crowd' || n, $2, $2 - interval '1 hour' from generate_series(1, 101) n";
    sqlx::query(crowd)
        .bind(ana.account().0)
        .bind(server.app.clock.now())
        .execute(server.db())
        .await
        .unwrap();
    let taken = {
        let mut db = server.app.db.acquire().await.unwrap();
        let now = server.app.clock.now();
        sqlx::query("update media set next_try_at = $2 where id = $1::bigint")
            .bind(id(&media).parse::<i64>().unwrap())
            .bind(now - TimeDelta::hours(2))
            .execute(&mut *db)
            .await
            .unwrap();
        let due = tintype::db::media_queue::Due {
            remote: false,
            priority: tintype::db::media_queue::Priority::Awaited,
            until: now,
        };
        tintype::db::media_queue::take(&mut db, due, now + TimeDelta::minutes(2), 1)
            .await
            .unwrap()
    };
    tintype::actions::develop::one(&server.app, &taken[0])
        .await
        .unwrap();
    let path = format!("/api/v1/media/{}", id(&media));
    let types = |media: &Value| -> Vec<String> {
        let variants = media["variants"].as_array().expect("sizes");
        let mut types: Vec<_> = variants
            .iter()
            .map(|variant| variant["type"].as_str().unwrap_or_default().to_owned())
            .collect();
        types.sort();
        types.dedup();
        types
    };
    assert_eq!(types(&ana.get(&path).await.ok()), ["image/jpeg"]);
    sqlx::query("delete from media where key like 'crowd%'")
        .execute(server.db())
        .await
        .unwrap();
    server.settle().await;
    let whole = ana.get(&path).await.ok();
    assert_eq!(types(&whole), ["image/jpeg", "image/webp"]);
    for variant in whole["variants"].as_array().unwrap() {
        assert_eq!(server.client.get(&path_of(&variant["url"])).await.status, 200);
    }
}
