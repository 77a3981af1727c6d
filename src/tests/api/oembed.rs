//! Posts for the pages of others: what is for everybody, as a picture that fits or as words.

use reqwest::Method;
use serde_json::Value;
use tintype::domain::audience::Audience;
use tintype::media::synthetic::photograph;

use super::document::Document;
use super::shape::Kind::{Address, Object, OneOf, Whole, Words};
use super::shape::{Shape, and, has};
use crate::federation::scene::Scene;
use crate::support::http::Answer;
use crate::support::{Person, TestServer};

fn base() -> Shape {
    vec![
        ("version", OneOf(&["1.0"])),
        ("title", Words),
        ("author_name", Words),
        ("author_url", Address),
        ("provider_name", Words),
        ("provider_url", Address),
        ("cache_age", Whole),
        ("width", Whole),
    ]
}

fn photo() -> Shape {
    let own = vec![("type", OneOf(&["photo"])), ("url", Address), ("height", Whole)];
    and(base(), own)
}

fn words() -> Shape {
    let own = vec![
        ("type", OneOf(&["rich"])),
        ("html", Words),
        ("height", super::shape::Kind::Null),
    ];
    and(base(), own)
}

async fn asks(server: &TestServer, address: &str, more: &str) -> Answer {
    let address: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
    server
        .client
        .get(&format!("/api/oembed?url={address}{more}"))
        .await
}

async fn gives(server: &TestServer, post: &Value, more: &str) -> Value {
    let answer = asks(server, post["url"].as_str().unwrap(), more).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let value = answer.ok();
    Document::new().fits(&Method::GET, "/api/oembed", answer.status, &value);
    value
}

async fn with_photo(ana: &Person, width: u32, height: u32) -> Value {
    let media = ana.uploads(&photograph(1, width, height), "A pier").await;
    ana.post("The pier\nat noon").with_media(&[&media]).await
}

#[tokio::test]
async fn a_photo_is_given_in_the_largest_size_for_which_there_is_room() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = with_photo(&ana, 1_200, 800).await;
    for (more, width, height) in [
        ("", 1_080, 720),
        ("&maxwidth=700&format=json", 640, 427),
        ("&maxwidth=5000&maxheight=430", 640, 427),
        ("&maxwidth=10", 320, 213),
        ("&maxwidth=-1&maxheight=x", 1_080, 720),
    ] {
        let given = gives(&server, &post, more).await;
        has("a photo", &given, Object(photo));
        assert_eq!(
            (&given["width"], &given["height"]),
            (&width.into(), &height.into()),
            "{more}"
        );
        assert_eq!(given["title"], "The pier");
        let (_, path) = given["url"]
            .as_str()
            .unwrap()
            .split_once(server.authority())
            .unwrap();
        assert_eq!(
            server.client.get(path).await.header("content-type"),
            Some("image/jpeg")
        );
    }
    server.settle().await;
}

#[tokio::test]
async fn words_are_given_as_a_quotation_and_what_is_covered_stays_covered() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("<b>Hello</b> all").await;
    let given = gives(&server, &post, "&maxwidth=300").await;
    has("words", &given, Object(words));
    let html = given["html"].as_str().unwrap();
    assert!(
        html.starts_with("<blockquote cite=\"") && html.contains("<p>&lt;b&gt;Hello"),
        "{html}"
    );
    assert_eq!(
        (&given["width"], &given["author_name"]),
        (&300.into(), &"ana".into())
    );
    let covered = ana.post("The end").warning("Spoiler <i>").with_photo().await;
    let given = gives(&server, &covered, "").await;
    has("words", &given, Object(words));
    let html = given["html"].as_str().unwrap();
    assert!(
        html.contains("Spoiler &lt;i&gt;") && !html.contains("The end"),
        "{html}"
    );
    server.settle().await;
}

#[tokio::test]
async fn a_page_says_where_it_is_given_and_what_is_not_for_all_is_not_there() {
    let scene = Scene::new().await;
    let (server, ana) = (&scene.server, &scene.ana);
    let post = ana.post("Hello").await;
    let page = post["url"].as_str().unwrap();
    let shown = server
        .client
        .get(url::Url::parse(page).unwrap().path())
        .await
        .text();
    let link = shown
        .split("type=\"application/json+oembed\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the page names it");
    let path = link.split_once(server.authority()).expect("it is here").1;
    assert_eq!(server.client.get(path).await.ok()["type"], "rich");
    let closed = ana.post("Some").to(Audience::Followers).await;
    let (_, remote) = scene.zed_posts("<p>From afar</p>").await;
    let repost = ana.reposts(&remote).await;
    for address in [
        closed["url"].as_str().unwrap(),
        remote["url"].as_str().unwrap(),
        repost["uri"].as_str().unwrap(),
        &page.replace("@ana", "@bo"),
        &format!("{page}0"),
        "https://elsewhere.example/@ana/1",
        "no address",
    ] {
        assert_eq!(asks(server, address, "").await.refused(404), "Record not found");
    }
    // Nor for who may see it: the answer is kept for everybody.
    let own: String =
        url::form_urlencoded::byte_serialize(closed["url"].as_str().unwrap().as_bytes()).collect();
    ana.get(&format!("/api/oembed?url={own}")).await.refused(404);
    asks(server, page, "&format=xml").await.refused(422);
    server.client.get("/api/oembed").await.refused(422);
    server.settle().await;
}
