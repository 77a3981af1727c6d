//! Places: named by people in their posts, found again by others, with the public posts of each.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::document::Document;
use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes::STATUS;
use super::small_shapes::place;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

async fn posts_at(person: &Person, text: &str, name: &str, country: &str) -> Value {
    let named = json!({ "name": name, "country": country });
    let post = person.post(text).with("place", named).await;
    has("a post at a place", &post, STATUS);
    post
}

async fn finds(person: &Person, start: &str) -> Vec<Value> {
    let start: String = url::form_urlencoded::byte_serialize(start.as_bytes()).collect();
    person
        .get(&format!("/api/v1.1/compose/search/location?q={start}"))
        .await
        .list()
}

fn names(places: &[Value]) -> Vec<&str> {
    places.iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_place_that_somebody_named_is_found_and_used_by_others() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    assert_eq!(finds(&bo, "l").await, Vec::<Value>::new());
    let first = posts_at(&ana, "By the river", " Lisboa ", "Portugal").await;
    assert_eq!(
        (&first["place"]["name"], &first["place"]["slug"]),
        (&json!("Lisboa"), &json!("lisboa"))
    );
    posts_at(&ana, "Up the hill", "Líbano", "").await;
    let again = posts_at(&bo, "Again", "LISBOA", "portugal").await;
    assert_eq!(again["place"], first["place"], "one place, in any case");
    assert_eq!(names(&finds(&bo, "LI").await), ["Lisboa", "Líbano"]);
    let found = finds(&bo, "lib").await;
    all_have("places", &found, Object(place));
    assert_eq!(names(&found), ["Líbano"]);
    for nothing in ["", "  ", "%", "isboa"] {
        assert_eq!(finds(&bo, nothing).await, Vec::<Value>::new(), "{nothing:?}");
    }
    let by_id = bo
        .post("With a photo")
        .with("place_id", id(&found[0]))
        .with_photo()
        .await;
    assert_eq!(by_id["place"], found[0]);
    assert_eq!(ana.sees(&by_id).await["place"], found[0]);
    let answer = ana.get("/api/v1.1/compose/search/location?q=lis").await;
    Document::new().fits(
        &Method::GET,
        "/api/v1.1/compose/search/location",
        answer.status,
        &answer.value(),
    );
    // An edit leaves it.
    let path = format!("/api/v1/statuses/{}", id(&first));
    let edited = ana
        .form(Method::PUT, &path, &[("status", "By the sea")])
        .await
        .ok();
    assert_eq!(edited["place"], first["place"]);
    server.settle().await;
}

#[tokio::test]
async fn the_public_posts_of_a_place_are_a_list_with_exact_links() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut wanted = Vec::new();
    for number in 0..5 {
        let post = posts_at(&ana, &number.to_string(), "Pier", "").await;
        wanted.insert(0, id(&post));
    }
    let at = wanted_place(&ana, "Pier").await;
    let closed = json!({ "name": "Pier" });
    ana.post("few")
        .with("place", closed)
        .to(Audience::Followers)
        .await;
    posts_at(&ana, "elsewhere", "Quay", "").await;
    let path = at["url"]
        .as_str()
        .unwrap()
        .split_once(server.authority())
        .unwrap()
        .1
        .to_owned();
    for limit in [1, 2, 5] {
        let pages = bo.walks(&format!("{path}?limit={limit}")).await;
        assert_eq!(ids(&pages.concat()), wanted, "pages of {limit}");
        all_have("posts of a place", &pages[0], STATUS);
    }
    let oldest = bo.get(&format!("{path}?limit=2&min_id=0")).await;
    assert_eq!(ids(&oldest.list()), wanted[3..]);
    bo.mutes(&ana).await;
    assert_eq!(bo.get(&path).await.list(), Vec::<Value>::new());
    server.settle().await;
}

async fn wanted_place(person: &Person, name: &str) -> Value {
    finds(person, name).await.remove(0)
}

#[tokio::test]
async fn what_is_no_place_is_refused_and_routes_want_a_person_and_the_right_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for wrong in ["7", "seven"] {
        let told = ana.post("x").with("place_id", wrong).send().await.refused(422);
        assert!(told.contains("The place is not known here"), "{told}");
    }
    let long = json!({ "name": "a".repeat(101) });
    ana.post("x").with("place", long).send().await.refused(422);
    let nowhere = ana.post("x").with("place", json!({ "name": " " })).await;
    assert_eq!(nowhere.get("place"), None, "{nowhere}");
    let narrow = server.token_for(&ana, "write").await;
    for path in [
        "/api/v1.1/compose/search/location?q=x",
        "/api/v1.1/places/posts/1/x",
    ] {
        server.client.get(path).await.refused(401);
        narrow.get(path).await.refused(403);
    }
    for unknown in ["7", "seven"] {
        ana.get(&format!("/api/v1.1/places/posts/{unknown}/x"))
            .await
            .refused(404);
    }
    server.settle().await;
}

#[tokio::test]
async fn a_place_that_stands_only_in_what_is_not_for_everybody_is_offered_to_its_author_alone() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for audience in [Audience::Followers, Audience::Direct] {
        let named = json!({ "name": "Birch street 7", "country": "" });
        ana.post("At home").to(audience).with("place", named).await;
    }
    assert_eq!(names(&finds(&ana, "birch").await), ["Birch street 7"]);
    assert_eq!(finds(&bo, "birch").await, Vec::<Value>::new());
    posts_at(&ana, "My street", "Birch street 7", "").await;
    assert_eq!(names(&finds(&bo, "birch").await), ["Birch street 7"]);
    server.settle().await;
}
