//! Pixelfed's collections: one's own open photos in an order, seen by those for whom a collection is.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::document::Document;
use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes::STATUS;
use super::small_shapes::album;
use crate::support::http::{Answer, Client, id, ids};
use crate::support::{Person, TestServer};

const BASE: &str = "/api/v1.1/collections";

async fn makes(person: &Person, fields: &[(&str, &str)]) -> Value {
    let made = person.post_form("/api/tintype/v1/collections", fields).await.ok();
    has("a collection", &made, Object(album));
    made
}

async fn asks(client: &Client, verb: &str, album: &Value, post: &Value) -> Answer {
    let fields = [("collection_id", id(album)), ("post_id", id(post))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    client.post_form(&format!("{BASE}/{verb}"), &fields).await
}

async fn items(person: &Person, album: &Value) -> Vec<String> {
    ids(&person.get(&format!("{BASE}/items/{}", id(album))).await.list())
}

async fn of(person: &Person, owner: &Person) -> Vec<String> {
    ids(&person.get(&format!("{BASE}/accounts/{}", owner.id)).await.list())
}

async fn arranges(client: &Client, album: &Value, posts: &[String]) -> Answer {
    let path = format!("/api/tintype/v1/collections/{}/items", id(album));
    client
        .json(Method::PUT, &path, &json!({ "post_ids": posts }))
        .await
}

#[tokio::test]
async fn a_collection_has_its_posts_in_the_order_that_its_owner_gives() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let made = makes(&ana, &[("title", " Piers "), ("visibility", "public")]).await;
    assert_eq!(
        (&made["title"], &made["pid"], &made["post_count"]),
        (&json!("Piers"), &json!(ana.id), &json!(0))
    );
    assert!(made["published_at"].is_string(), "{made}");
    let mut posts = Vec::new();
    for number in 0..3 {
        let post = ana.post(&number.to_string()).with_photo().await;
        let now = asks(&ana, "add", &made, &post).await.ok();
        has("a collection", &now, Object(album));
        assert_eq!(now["post_count"], number + 1);
        posts.push(id(&post));
    }
    assert_eq!(items(&bo, &made).await, posts);
    let shown = bo.get(&format!("{BASE}/items/{}", id(&made))).await.list();
    all_have("its posts", &shown, STATUS);
    let picture = shown[0]["media_attachments"][0]["preview_url"].clone();
    let seen = bo.get(&format!("{BASE}/view/{}", id(&made))).await.ok();
    assert_eq!(seen["thumb"], picture, "its first picture");
    let turned: Vec<String> = posts.iter().rev().cloned().collect();
    arranges(&ana, &made, &turned).await.ok();
    assert_eq!(items(&bo, &made).await, turned);
    let twice = [turned[1].clone(), turned[0].clone(), turned[1].clone()];
    arranges(&ana, &made, &twice).await.ok();
    assert_eq!(items(&bo, &made).await, twice[..2]);
    let first = json!({ "id": twice[0] });
    asks(&ana, "remove", &made, &first).await.ok();
    asks(&ana, "remove", &made, &first).await.ok();
    assert_eq!(items(&bo, &made).await, twice[1..2]);
    ana.deletes(&json!({ "id": twice[1] })).await;
    assert_eq!(items(&bo, &made).await, Vec::<String>::new());
    server.settle().await;
}

#[tokio::test]
async fn who_may_see_a_collection_is_its_owners_choice() {
    let server = TestServer::start().await;
    let [ana, bo, cy, dee] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
        server.person("dee").await,
    ];
    bo.follows(&ana).await;
    ana.blocks(&dee).await;
    let draft = makes(&ana, &[("title", "Draft")]).await;
    assert_eq!(
        (&draft["visibility"], &draft["published_at"]),
        (&json!("draft"), &Value::Null)
    );
    let private = makes(&ana, &[("title", "Friends"), ("visibility", "private")]).await;
    let open = makes(&ana, &[("title", "All"), ("visibility", "public")]).await;
    let all = [id(&open), id(&private), id(&draft)];
    for (person, wanted) in [
        (&ana, &all[..]),
        (&bo, &all[..2]),
        (&cy, &all[..1]),
        (&dee, &all[..0]),
    ] {
        assert_eq!(of(person, &ana).await, wanted, "{}", person.name);
        for one in &all {
            for part in ["view", "items"] {
                let answer = person.get(&format!("{BASE}/{part}/{one}")).await;
                match wanted.contains(one) {
                    true => drop(answer.ok()),
                    false => drop(answer.refused(404)),
                }
            }
        }
    }
    assert_eq!(ids(&ana.get(&format!("{BASE}/self")).await.list()), all);
    let path = format!("{BASE}/update/{}", id(&open));
    let changed = ana
        .post_form(&path, &[("visibility", "draft"), ("description", "For later")])
        .await
        .ok();
    assert_eq!(
        (&changed["visibility"], &changed["title"], &changed["description"]),
        (&json!("draft"), &json!("All"), &json!("For later"))
    );
    assert_eq!(changed["published_at"], open["published_at"]);
    assert_eq!(of(&cy, &ana).await, Vec::<String>::new());
    ana.delete(&format!("{BASE}/delete/{}", id(&open))).await.ok();
    ana.delete(&format!("{BASE}/delete/{}", id(&open)))
        .await
        .refused(404);
    assert_eq!(of(&ana, &ana).await, all[1..]);
    server.settle().await;
}

#[tokio::test]
async fn only_ones_own_open_photos_are_taken_and_not_more_than_eighteen() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let made = makes(&ana, &[("visibility", "public")]).await;
    let words = ana.post("no picture").await;
    let closed = ana.post("few").to(Audience::Followers).with_photo().await;
    let foreign = bo.post("not Ana's").with_photo().await;
    let repost = ana.reposts(&foreign).await;
    for post in [&words, &closed, &foreign, &repost, &json!({ "id": "7" })] {
        let told = asks(&ana, "add", &made, post).await.refused(422);
        assert!(told.contains("Only your own public"), "{told}");
        arranges(&ana, &made, &[id(post)]).await.refused(422);
    }
    for number in 0..18 {
        let post = ana.post(&number.to_string()).with_photo().await;
        asks(&ana, "add", &made, &post).await.ok();
        asks(&ana, "add", &made, &post).await.ok();
    }
    let more = ana.post("one more").to(Audience::Unlisted).with_photo().await;
    let told = asks(&ana, "add", &made, &more).await.refused(422);
    assert!(told.contains("only add 18 posts"), "{told}");
    let path = format!("{BASE}/items/{}", id(&made));
    let mut paged = Vec::new();
    for page in 1..4 {
        paged.extend(ids(&ana.get(&format!("{path}?page={page}")).await.list()));
        assert_eq!(paged.len(), 9 * page.min(2));
    }
    assert_eq!(paged, items(&ana, &made).await);
    for number in 0..10 {
        makes(&ana, &[("title", &number.to_string()), ("visibility", "public")]).await;
    }
    let list = format!("{BASE}/accounts/{}", ana.id);
    let lengths = [1, 2, 3].map(|page| format!("{list}?page={page}"));
    let mut found = Vec::new();
    for page in &lengths {
        found.push(bo.get(page).await.list().len());
    }
    assert_eq!(found, [9, 2, 0]);
    server.settle().await;
}

#[tokio::test]
async fn what_a_collection_may_not_be_is_refused() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let made = makes(&ana, &[("visibility", "public")]).await;
    let post = bo.post("mine").with_photo().await;
    let update = format!("{BASE}/update/{}", id(&made));
    let (title, description) = ("t".repeat(51), "d".repeat(501));
    for (field, words) in [
        (("title", title.as_str()), "Title is too long"),
        (("description", description.as_str()), "Description is too long"),
        (("visibility", "secret"), "Visibility"),
    ] {
        let told = ana.post_form(&update, &[field]).await.refused(422);
        assert!(told.contains(words), "{told}");
    }
    bo.post_form(&update, &[("title", "Bo's")]).await.refused(404);
    bo.delete(&format!("{BASE}/delete/{}", id(&made)))
        .await
        .refused(404);
    asks(&bo, "add", &made, &post).await.refused(404);
    asks(&bo, "remove", &made, &post).await.refused(404);
    arranges(&bo, &made, &[id(&post)]).await.refused(404);
    arranges(&ana, &made, &["seven".into()]).await.refused(422);
    ana.post_form(&format!("{BASE}/add"), &[("collection_id", &id(&made))])
        .await
        .refused(422);
    for unknown in ["7", "seven"] {
        for part in ["view", "items", "accounts"] {
            ana.get(&format!("{BASE}/{part}/{unknown}")).await.refused(404);
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn routes_of_collections_answer_as_the_document_says() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let made = makes(&ana, &[("visibility", "public")]).await;
    let post = ana.post("1").with_photo().await;
    asks(&ana, "add", &made, &post).await.ok();
    let document = Document::new();
    for path in [
        format!("{BASE}/self"),
        format!("{BASE}/accounts/{}", ana.id),
        format!("{BASE}/view/{}", id(&made)),
        format!("{BASE}/items/{}", id(&made)),
    ] {
        let answer = ana.get(&path).await;
        document.fits(&Method::GET, &path, answer.status, &answer.ok());
    }
    server.settle().await;
}

#[tokio::test]
async fn a_post_is_published_into_collections_or_not_at_all() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut own = Vec::new();
    for _ in 0..4 {
        own.push(id(&makes(&ana, &[]).await));
    }
    let foreign = id(&makes(&bo, &[]).await);
    let draft = || ana.post("New").with_photo();
    let post = draft().with("collection_ids", own[..2].to_vec()).await;
    for (album, wanted) in own.iter().zip([true, true, false, false]) {
        let found = items(&ana, &json!({ "id": album })).await;
        assert_eq!(found.contains(&id(&post)), wanted);
    }
    let said = |ids: &[String]| draft().with("collection_ids", ids.to_vec()).send();
    let told = said(&own).await.refused(422);
    assert!(told.contains("only publish into 3 collections"), "{told}");
    said(&[foreign, own[0].clone()]).await.refused(404);
    said(&["seven".into()]).await.refused(404);
    let words = ana.post("No photo").with("collection_ids", own[..1].to_vec());
    words.send().await.refused(422);
    let path = format!("/api/v1/accounts/{}/statuses", ana.id);
    assert_eq!(ids(&ana.get(&path).await.list()), [id(&post)]);
    server.settle().await;
}
