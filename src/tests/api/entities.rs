//! Entities of people and posts of this server, field by field, in all the states they have.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::media::synthetic::photograph;

use super::instance_shapes;
use super::media_shapes;
use super::shape::Kind::{self, Object};
use super::shape::{all_have, has};
use super::shapes::{self, ACCOUNT, STATUS};
use super::small_shapes;
use crate::support::TestServer;
use crate::support::http::{Part, id};

#[tokio::test]
async fn a_status_has_its_shape_in_every_state() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let plain = ana.post("Plain").await;
    let full = ana
        .post("With @bo and #Light at https://example.org/")
        .with_photo()
        .warning("bright")
        .with("language", "de")
        .await;
    let answer = bo.post("Yes").answering(&full).to(Audience::Direct).await;
    let wordless = ana.post("").with_photo().to(Audience::Followers).await;
    let path = format!("/api/v1/statuses/{}", id(&full));
    let change =
        json!({ "status": "With @bo and #light", "media_ids": [full["media_attachments"][0]["id"]] });
    let edited = ana.json(Method::PUT, &path, &change).await.ok();
    let wrapper = bo.reposts(&full).await;
    server.settle().await;
    for (what, status) in [
        ("plain", &plain),
        ("full", &full),
        ("an answer", &answer),
        ("wordless", &wordless),
        ("edited", &edited),
        ("a repost", &wrapper),
    ] {
        has(what, status, STATUS);
        has(what, &bo.sees(status).await, STATUS);
    }
    has(
        "to nobody",
        &server.client.get(&path).await.ok(),
        Object(shapes::open_status),
    );
    assert_eq!(answer["in_reply_to_id"], full["id"]);
    assert_eq!(answer["in_reply_to_account_id"], ana.id.as_str());
    let gone = ana.post("gone soon").await;
    let left = bo.post("left").answering(&gone).await;
    assert_eq!(bo.sees(&left).await["in_reply_to_id"], gone["id"]);
    ana.deletes(&gone).await;
    server.settle().await;
    let left = bo.sees(&left).await;
    assert_eq!(
        (&left["in_reply_to_id"], &left["in_reply_to_account_id"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(wordless["content"], "");
    assert_eq!(full["language"], "de");
    assert_eq!(full["tags"][0]["name"], "light");
    assert_eq!(full["mentions"][0]["acct"], "bo");
    assert_eq!(wrapper["reblog"]["id"], full["id"]);
    assert_ne!(wrapper["id"], full["id"]);
    assert_eq!(wrapper.get("pinned"), None, "a repost cannot be pinned");
    // Clients find people and tags in the text by the classes of their links.
    let content = full["content"].as_str().unwrap();
    assert!(
        content.contains("u-url mention") && content.contains("mention hashtag"),
        "{content}"
    );
    all_have(
        "the history",
        &bo.get(&format!("{path}/history")).await.list(),
        Object(shapes::status_edit),
    );
    has(
        "the source",
        &ana.get(&format!("{path}/source")).await.ok(),
        Object(shapes::status_source),
    );
    has(
        "the context",
        &bo.get(&format!("{path}/context")).await.ok(),
        Object(shapes::context),
    );
    all_have("home", &bo.home().await, STATUS);
    let left = ana.deletes(&full).await;
    has("deleted", &left, Object(shapes::deleted_status));
    server.settle().await;
}

#[tokio::test]
async fn a_picture_has_sizes_to_be_laid_out_by() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = photograph(5, 1_600, 1_200);
    let sent = [Part::File("file", "a.jpg", "image/jpeg", &photo)];
    let waiting = ana.multipart(Method::POST, "/api/v2/media", &sent).await;
    assert_eq!(waiting.status, 202);
    has("waiting", &waiting.value(), Object(media_shapes::waiting_picture));
    server.settle().await;
    let path = format!("/api/v1/media/{}", id(&waiting.value()));
    let ready = ana.get(&path).await.ok();
    has("ready", &ready, Object(media_shapes::upload));
    for (size, width, height) in [("original", 1_080, 810), ("small", 640, 480)] {
        let size = &ready["meta"][size];
        has("a size", size, Object(media_shapes::dimensions));
        assert_eq!((&size["width"], &size["height"]), (&json!(width), &json!(height)));
        assert_eq!(size["size"], format!("{width}x{height}"));
        assert!((size["aspect"].as_f64().unwrap() - 4.0 / 3.0).abs() < 0.001);
    }
    assert_eq!(ready["description"], Value::Null);
    assert!(ready["blurhash"].is_string());
    // Three that every picture has, and one for large screens.
    assert!(
        ready["variants"]
            .as_array()
            .is_some_and(|variants| variants.len() == 8),
        "{ready}"
    );
    // Once it is posted, its status is the place to change it.
    ana.post("").with_media(&[&ready]).await;
    ana.get(&path).await.refused(404);
    ana.form(Method::PUT, &path, &[("description", "late")])
        .await
        .refused(404);
    ana.delete(&path).await.refused(422);
    server.settle().await;
}

#[tokio::test]
async fn an_account_has_its_shape_new_filled_in_and_suspended() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let path = format!("/api/v1/accounts/{}", bo.id);
    let new = ana.get(&path).await.ok();
    has("new", &new, ACCOUNT);
    assert_eq!(
        (&new["display_name"], &new["note"], &new["fields"]),
        (&json!(""), &json!(""), &json!([]))
    );
    assert_eq!(new["last_status_at"], Value::Null);
    // Addresses of pictures that are always there are good ones.
    for picture in ["avatar", "avatar_static", "header", "header_static"] {
        let url = url::Url::parse(new[picture].as_str().unwrap()).unwrap();
        assert_eq!(server.client.get(url.path()).await.status, 200, "{picture}");
    }
    let form = [
        ("display_name", "Bo Berg"),
        ("note", "Light and #water"),
        ("locked", "true"),
        ("bot", "true"),
        ("discoverable", "true"),
        ("fields_attributes[0][name]", "Web"),
        ("fields_attributes[0][value]", "https://bo.example/"),
        ("source[language]", "sv"),
        ("source[privacy]", "private"),
        ("source[sensitive]", "true"),
    ];
    let own = bo
        .form(Method::PATCH, "/api/v1/accounts/update_credentials", &form)
        .await
        .ok();
    has("one's own", &own, Object(shapes::credential_account));
    assert_eq!(own["source"]["note"], "Light and #water");
    assert_eq!(own["source"]["fields"][0]["value"], "https://bo.example/");
    assert_eq!(
        (
            &own["source"]["language"],
            &own["source"]["privacy"],
            &own["source"]["sensitive"]
        ),
        (&json!("sv"), &json!("private"), &json!(true))
    );
    let set = bo.get("/api/v1/preferences").await.ok();
    has("preferences", &set, Object(small_shapes::preferences));
    assert_eq!(set["posting:default:visibility"], "private");
    bo.post("once").await;
    server.settle().await;
    server.forget();
    let shown = ana.get(&path).await.ok();
    has("filled in", &shown, ACCOUNT);
    assert_eq!(
        (&shown["locked"], &shown["bot"], &shown["acct"]),
        (&json!(true), &json!(true), &json!("bo"))
    );
    assert_eq!(shown["roles"], json!([]));
    assert!(shown["last_status_at"].is_string());
    tintype::actions::suspend::local(&server.app, bo.account())
        .await
        .unwrap();
    server.settle().await;
    server.forget();
    let gone = ana.get(&path).await.ok();
    has("suspended", &gone, ACCOUNT);
    assert_eq!((&gone["suspended"], &gone["note"]), (&json!(true), &json!("")));
}

#[tokio::test]
async fn posts_are_counted_as_clients_expect_and_private_letters_are_not() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let count = async || bo.get(&format!("/api/v1/accounts/{}", ana.id)).await.ok();
    let letter = ana.post("only for @bo").to(Audience::Direct).await;
    assert_eq!(count().await["statuses_count"], 0);
    assert_eq!(count().await["last_status_at"], Value::Null);
    let post = bo.post("a post").await;
    ana.post("a comment").answering(&post).await;
    ana.post("for followers").to(Audience::Followers).await;
    ana.reposts(&post).await;
    assert_eq!(count().await["statuses_count"], 3);
    ana.deletes(&letter).await;
    assert_eq!(count().await["statuses_count"], 3);
    ana.does("unreblog", &post).await.ok();
    assert_eq!(count().await["statuses_count"], 2);
    server.settle().await;
}

#[tokio::test]
async fn the_instance_has_its_shape_with_and_without_all_that_can_be_told() {
    for (more, has_owner) in [
        (&[][..], false),
        (
            &[
                ("TINTYPE_CONTACT_EMAIL", "admin@mail.example"),
                ("TINTYPE_REGISTRATION", "approval"),
            ][..],
            true,
        ),
    ] {
        let server = TestServer::with(more).await;
        if has_owner {
            server.person("ana").await;
        }
        let v1 = server.client.get("/api/v1/instance").await.ok();
        has("v1", &v1, Object(instance_shapes::v1));
        assert_eq!(v1["uri"], server.authority());
        let v2 = server.client.get("/api/v2/instance").await.ok();
        has("v2", &v2, Object(instance_shapes::v2));
        let key = v2["configuration"]["vapid"]["public_key"].as_str().unwrap();
        assert_eq!(
            key.trim_end_matches('=').len(),
            87,
            "a P-256 point in base64url: {key}"
        );
        assert!(
            v2["configuration"]["urls"]["streaming"]
                .as_str()
                .unwrap()
                .starts_with("ws")
        );
        assert!(
            v2["version"].as_str().unwrap().contains("(compatible; Tintype "),
            "{v2}"
        );
        assert_eq!(v2["configuration"]["statuses"]["max_media_attachments"], 20);
        for asset in [
            &v2["thumbnail"]["url"],
            &v2["icon"][0]["src"],
            &v2["configuration"]["urls"]["about"],
        ] {
            let url = url::Url::parse(asset.as_str().unwrap()).unwrap();
            assert_eq!(server.client.get(url.path()).await.status, 200, "{asset}");
        }
        assert_eq!(v2["registrations"]["approval_required"], has_owner);
    }
}

#[tokio::test]
async fn what_is_searched_and_remembered_has_its_shape() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = bo.post("#light").await;
    server.settle().await;
    for (query, found) in [
        ("bo".to_owned(), "accounts"),
        ("light".to_owned(), "hashtags"),
        (post["url"].as_str().unwrap().to_owned(), "statuses"),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let results = ana.get(&format!("/api/v2/search?q={query}")).await.ok();
        has(found, &results, Object(small_shapes::search));
        assert_eq!(results[found].as_array().map(Vec::len), Some(1), "{results}");
    }
    let moves = json!({ "home": { "last_read_id": id(&post) }, "notifications": { "last_read_id": "12" } });
    let markers = ana.json(Method::POST, "/api/v1/markers", &moves).await.ok();
    has("markers", &markers, Object(small_shapes::markers));
    let read = ana
        .get("/api/v1/markers?timeline[]=home&timeline[]=notifications")
        .await
        .ok();
    assert_eq!(read, markers);
    assert_eq!(read["home"]["last_read_id"], post["id"]);
    let page = ana
        .get(&format!("/api/v1/accounts/familiar_followers?id[]={}", bo.id))
        .await
        .list();
    let familiar: Kind = Object(|| vec![("id", Kind::Id), ("accounts", Kind::List(&ACCOUNT))]);
    all_have("familiar followers", &page, familiar);
}
