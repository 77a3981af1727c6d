//! Searching: people by a part of a name however it is spelled, posts by their words, and nothing that is not one's to find.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::media::synthetic::photograph;

use crate::federation::scene::Scene;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

async fn named(server: &TestServer, name: &str, display: &str) -> Person {
    let person = server.person(name).await;
    person.becomes(&json!({ "display_name": display })).await;
    person
}

impl Person {
    async fn becomes(&self, profile: &Value) {
        self.json(Method::PATCH, "/api/v1/accounts/update_credentials", profile)
            .await
            .ok();
    }

    async fn finds(&self, kind: &str, query: &str) -> Vec<String> {
        let found = self
            .get(&format!("/api/v2/search?type={kind}&q={query}"))
            .await
            .ok();
        ids(found[kind].as_array().expect("a list"))
    }
}

#[tokio::test]
async fn people_are_found_by_a_part_of_a_name_without_accents_and_with_a_letter_wrong() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let ines = named(&server, "coastwalker", "Inês Duarte").await;
    let marta = named(&server, "marta", "Marta of the Hills").await;
    for query in [
        "coast",
        "walker",
        "in%C3%AAs",
        "ines",
        "DUARTE",
        "uart",
        "coastwaker",
        "duarta",
    ] {
        assert_eq!(ana.finds("accounts", query).await, [ines.id.as_str()], "{query}");
    }
    for query in ["zzz", "%25", "___", "co%25er", "%5C"] {
        assert!(ana.finds("accounts", query).await.is_empty(), "{query}");
    }
    // Who is followed comes first, then whose name begins so.
    let hills = named(&server, "hills", "Somebody").await;
    let uphill = named(&server, "uphill", "Somebody else").await;
    assert_eq!(
        ana.finds("accounts", "hill").await,
        [hills.id.clone(), marta.id.clone(), uphill.id.clone()]
    );
    ana.follows(&uphill).await;
    assert_eq!(ana.finds("accounts", "hill").await[0], uphill.id);
    assert_eq!(
        ana.finds("accounts", "hill&following=true").await,
        [uphill.id.as_str()]
    );
    assert_eq!(
        ana.finds("accounts", "hill&limit=1&offset=1").await,
        [hills.id.as_str()]
    );
    hills.blocks(&ana).await;
    assert!(!ana.finds("accounts", "hill").await.contains(&hills.id));
    server.settle().await;
}

#[tokio::test]
async fn posts_are_found_by_words_of_text_warning_and_descriptions() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let text = ana.post("A lighthouse at Ericeira & the sea #waves").await;
    let heron = ana
        .uploads(&photograph(1, 200, 150), "A heron between reeds")
        .await;
    let photo = ana.post("Evening").warning("Spiders").with_media(&[&heron]).await;
    let quiet = ana.post("The lighthouse again").to(Audience::Followers).await;
    for (query, wanted) in [
        ("lighthouse", vec![id(&quiet), id(&text)]),
        ("LIGHTHOUSE+sea", vec![id(&text)]),
        ("%22at+ericeira%22", vec![id(&text)]),
        ("%22ericeira+at%22", vec![]),
        ("lighthouse+-sea", vec![id(&quiet)]),
        ("%23waves", vec![id(&text)]),
        ("heron", vec![id(&photo)]),
        ("spiders", vec![id(&photo)]),
        ("class", vec![]),
        ("href", vec![]),
        ("nothing", vec![]),
        ("%27%22%28%3A%2A", vec![]),
    ] {
        assert_eq!(ana.finds("statuses", query).await, wanted, "{query}");
    }
    let path = format!("lighthouse&max_id={}", id(&quiet));
    assert_eq!(ana.finds("statuses", &path).await, [id(&text)]);
    assert_eq!(ana.finds("statuses", "lighthouse&offset=1").await, [id(&text)]);
    ana.json(
        Method::PUT,
        &format!("/api/v1/statuses/{}", id(&text)),
        &json!({ "status": "A windmill" }),
    )
    .await
    .ok();
    assert_eq!(ana.finds("statuses", "windmill").await, [id(&text)]);
    assert!(ana.finds("statuses", "ericeira").await.is_empty());
    ana.deletes(&text).await;
    assert!(ana.finds("statuses", "windmill").await.is_empty());
    server.settle().await;
}

#[tokio::test]
async fn others_find_only_what_its_author_lets_them_find_or_what_they_had_to_do_with() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let plain = ana.post("A kingfisher").await;
    let unlisted = ana.post("A kingfisher, unlisted").to(Audience::Unlisted).await;
    assert!(bo.finds("statuses", "kingfisher").await.is_empty());
    bo.likes(&unlisted).await;
    assert_eq!(bo.finds("statuses", "kingfisher").await, [id(&unlisted)]);
    ana.becomes(&json!({ "indexable": true })).await;
    assert_eq!(
        bo.finds("statuses", "kingfisher").await,
        [id(&unlisted), id(&plain)]
    );
    let query = format!("kingfisher&account_id={}", bo.id);
    assert!(bo.finds("statuses", &query).await.is_empty());
    // Strangers, and those whom she blocks, find nothing.
    let found = server.client.get("/api/v2/search?q=kingfisher").await.ok();
    assert_eq!(found["statuses"], json!([]));
    ana.blocks(&bo).await;
    assert!(bo.finds("statuses", "kingfisher").await.is_empty());
    server.settle().await;
}

#[tokio::test]
async fn a_post_from_elsewhere_is_found_when_its_author_wishes() {
    for wishes in [true, false] {
        let scene = Scene::new().await;
        let mut actor = scene.zed.document();
        actor["indexable"] = json!(wishes);
        scene.zed_tells(&scene.zed.does("Update", actor)).await;
        let note = scene.zed.note("<p>A cormorant</p>");
        scene.zed_tells(&scene.zed.creates(&note)).await;
        let here = scene.of_note(&note).await.expect("the post came in");
        let wanted = if wishes { vec![id(&here)] } else { vec![] };
        assert_eq!(scene.ana.finds("statuses", "cormorant").await, wanted);
    }
}

#[tokio::test]
async fn a_hashtag_that_stands_only_in_what_is_not_for_everybody_is_found_by_nobody() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for audience in [Audience::Followers, Audience::Direct] {
        ana.post("#secretword").to(audience).await;
    }
    ana.act("/api/v1/tags/secretwish/follow").await.ok();
    let found = async || {
        let found = bo.get("/api/v2/search?type=hashtags&q=secret").await.ok();
        let tags = found["hashtags"].as_array().expect("a list").clone();
        tags.iter().map(|tag| tag["name"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(found().await, [""; 0]);
    ana.post("#secretword").await;
    assert_eq!(found().await, ["secretword"]);
    server.settle().await;
}
