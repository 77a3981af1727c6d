//! What other servers look for here: names, numbers, people, and what these posted, pinned and follow.

use reqwest::Method;
use serde_json::Value;
use tintype::domain::audience::Audience;

use super::delivery::followed;
use super::scene::Scene;
use crate::support::http::{Answer, id};
use crate::support::person::Person;

const ACTIVITY: &str = "application/activity+json";

/// Asked for as a server without a signature does.
async fn document(scene: &Scene, path: &str) -> Answer {
    let client = &scene.server.client;
    let request = client.request(Method::GET, path).header("accept", ACTIVITY);
    client.send(request).await
}

/// The items of all pages of a collection, from its first on, and what it says of itself.
async fn collection(scene: &Scene, path: &str) -> (Value, Vec<Value>) {
    let whole = document(scene, path).await;
    assert_eq!(whole.header("content-type"), Some(ACTIVITY), "{path}");
    let whole = whole.ok();
    assert_eq!(whole["type"], "OrderedCollection", "{whole}");
    let below = |address: &Value| {
        let base = format!("http://{}", scene.server.authority());
        let address = address.as_str()?;
        Some(address.strip_prefix(&base).expect("it is here").to_owned())
    };
    let (mut items, mut next) = (Vec::new(), below(&whole["first"]));
    while let Some(at) = next {
        let page = document(scene, &at).await.ok();
        assert_eq!(
            (&page["type"], &page["partOf"]),
            (&"OrderedCollectionPage".into(), &whole["id"])
        );
        items.extend(page["orderedItems"].as_array().expect("items").iter().cloned());
        next = below(&page["next"]);
    }
    (whole, items)
}

#[tokio::test]
async fn names_are_looked_up_in_every_spelling_and_by_their_case() {
    let scene = Scene::new().await;
    let authority = scene.server.authority();
    let ask = async |resource: &str| {
        let encoded: String = url::form_urlencoded::byte_serialize(resource.as_bytes()).collect();
        let path = format!("/.well-known/webfinger?resource={encoded}");
        scene.server.client.get(&path).await
    };
    for resource in [
        format!("acct:ana@{authority}"),
        format!("acct:ANA@{authority}"),
        format!("http://{authority}/@ana"),
        format!("http://{authority}/users/ana"),
    ] {
        let found = ask(&resource).await;
        assert_eq!(
            found.header("content-type"),
            Some("application/jrd+json; charset=utf-8")
        );
        let found = found.ok();
        assert_eq!(found["subject"], format!("acct:ana@{authority}"), "{resource}");
        let links = found["links"].as_array().expect("links");
        let own = links
            .iter()
            .find(|link| link["rel"] == "self")
            .expect("a document");
        assert_eq!(
            (&own["type"], &own["href"]),
            (&ACTIVITY.into(), &scene.uri(&scene.ana).into())
        );
    }
    let instance = ask(&format!("acct:{authority}@{authority}")).await.ok();
    assert!(
        instance
            .to_string()
            .contains(&format!("http://{authority}/actor")),
        "{instance}"
    );
    for (resource, status) in [
        (format!("acct:nobody@{authority}"), 404),
        ("acct:ana@elsewhere.example".to_owned(), 404),
        ("ana".to_owned(), 400),
        (String::new(), 400),
    ] {
        assert_eq!(ask(&resource).await.status, status, "{resource}");
    }
}

#[tokio::test]
async fn old_and_new_software_is_told_where_names_are_looked_up_and_what_this_is() {
    let scene = followed().await;
    scene.ana.post("One").await;
    let client = &scene.server.client;
    let template = format!(
        "http://{}/.well-known/webfinger?resource={{uri}}",
        scene.server.authority()
    );
    let xrd = client.get("/.well-known/host-meta").await;
    assert_eq!(xrd.header("content-type"), Some("application/xrd+xml"));
    assert!(xrd.text().contains(&template), "{}", xrd.text());
    let jrd = client.get("/.well-known/host-meta.json").await.ok();
    assert_eq!(jrd["links"][0]["template"], template);
    let index = client.get("/.well-known/nodeinfo").await.ok();
    for version in ["2.0", "2.1"] {
        let path = format!("/nodeinfo/{version}");
        assert!(index.to_string().contains(&path), "{index}");
        let answer = client.get(&path).await;
        let kind = answer.header("content-type").unwrap_or_default();
        assert!(kind.contains(&format!("schema/{version}#")), "{kind}");
        let told = answer.ok();
        assert_eq!(
            (&told["version"], &told["software"]["name"]),
            (&version.into(), &"tintype".into())
        );
        assert_eq!(told["protocols"], serde_json::json!(["activitypub"]));
        assert_eq!(told["usage"]["users"]["total"], 1, "{told}");
        assert_eq!(told["usage"]["localPosts"], 1, "{told}");
    }
    scene.server.settle().await;
}

#[tokio::test]
async fn people_and_the_instance_have_documents_that_anybody_may_read() {
    let scene = Scene::new().await;
    let ana = document(&scene, "/users/ana").await;
    assert_eq!(ana.header("content-type"), Some(ACTIVITY));
    let ana = ana.ok();
    let uri = scene.uri(&scene.ana);
    assert_eq!(
        (&ana["id"], &ana["type"]),
        (&uri.clone().into(), &"Person".into())
    );
    for below in ["inbox", "outbox", "followers", "following"] {
        assert_eq!(ana[below], format!("{uri}/{below}"), "{ana}");
    }
    assert_eq!(ana["publicKey"]["owner"], uri);
    assert_eq!(
        ana["endpoints"]["sharedInbox"],
        format!("http://{}/inbox", scene.server.authority())
    );
    let instance = document(&scene, "/actor").await.ok();
    assert_eq!(instance["type"], "Application");
    assert_eq!(instance["manuallyApprovesFollowers"], true);
    assert!(instance["publicKey"]["publicKeyPem"].is_string());
    assert_eq!(document(&scene, "/actor/outbox").await.ok()["totalItems"], 0);
    assert_eq!(document(&scene, "/users/nobody").await.status, 404);
}

#[tokio::test]
async fn what_somebody_posted_is_listed_newest_first_and_what_is_not_for_all_is_not() {
    let scene = Scene::new().await;
    let mut public = Vec::new();
    for number in 0..23 {
        public.push(scene.ana.post(&number.to_string()).await);
    }
    scene.ana.post("Only for followers").to(Audience::Followers).await;
    scene.ana.does("pin", &public[3]).await.ok();
    let (outbox, deeds) = collection(&scene, "/users/ana/outbox").await;
    assert!(outbox["totalItems"].is_number(), "{outbox}");
    let posted: Vec<&Value> = deeds.iter().map(|deed| &deed["object"]["id"]).collect();
    let expected: Vec<String> = public
        .iter()
        .rev()
        .map(|post| scene.post_uri(&scene.ana, post))
        .collect();
    assert_eq!(posted, expected.iter().map(String::as_str).collect::<Vec<_>>());
    let (_, pinned) = collection(&scene, "/users/ana/collections/featured").await;
    assert_eq!(pinned.len(), 1);
    assert_eq!(pinned[0]["id"], scene.post_uri(&scene.ana, &public[3]));
    scene.server.settle().await;
}

#[tokio::test]
async fn who_follows_whom_is_told_unless_that_is_hidden() {
    let scene = followed().await;
    scene.server.forget();
    let told = async |path: &str| collection(&scene, path).await;
    for path in ["/users/ana/followers", "/users/ana/following"] {
        let (whole, people) = told(path).await;
        assert_eq!(
            (&whole["totalItems"], people),
            (&1.into(), vec![scene.zed.uri.clone().into()])
        );
    }
    hides(&scene.ana).await;
    scene.server.forget();
    for path in ["/users/ana/followers", "/users/ana/following"] {
        let (whole, people) = told(path).await;
        assert_eq!((&whole["totalItems"], &whole["first"]), (&1.into(), &Value::Null));
        assert!(people.is_empty());
        assert_eq!(document(&scene, &format!("{path}?page=true")).await.status, 404);
    }
    scene.server.settle().await;
}

async fn hides(person: &Person) {
    let hide = [("hide_collections", "true")];
    let path = "/api/v1/accounts/update_credentials";
    person.form(Method::PATCH, path, &hide).await.ok();
}

#[tokio::test]
async fn a_posts_address_gives_servers_its_document_and_browsers_its_page() {
    let scene = Scene::new().await;
    let post = scene.ana.post("One address").await;
    let path = format!("/users/ana/posts/{}", id(&post));
    let note = document(&scene, &path).await;
    assert_eq!(note.header("content-type"), Some(ACTIVITY));
    assert!(note.header("vary").unwrap_or_default().contains("Accept"));
    assert_eq!(note.ok()["id"], scene.post_uri(&scene.ana, &post));
    let browser = scene
        .server
        .client
        .request(Method::GET, &path)
        .header("accept", "text/html");
    let sent_on = scene.server.client.send(browser).await;
    assert!(sent_on.status.is_redirection(), "{}", sent_on.status);
    assert!(
        sent_on
            .header("location")
            .unwrap_or_default()
            .ends_with(&format!("/@ana/{}", id(&post)))
    );
    scene.ana.deletes(&post).await;
    scene.server.settle().await;
    let left = document(&scene, &path).await;
    assert_eq!(left.status, 410);
    assert_eq!(left.value()["type"], "Tombstone");
}
