//! Answers that never came here, looked for when somebody opens what they answer: in the background, bounded, and at the
//! post's own server only.

use serde_json::{Value, json};

use super::scene::Scene;
use crate::api::shape::Kind::{self, Object};
use crate::api::shape::{Shape, has};
use crate::support::http::id;
use crate::support::peer::Peer;
use crate::support::waiting::eventually;

/// A post of Zed's here, whose document at his server names its answers.
struct Thread {
    scene: Scene,
    note: Value,
    here: Value,
}

impl Thread {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let (note, here) = scene.zed_posts("<p>What do you think?</p>").await;
        Self { scene, note, here }
    }

    fn answer(&self, html: &str, to: &Value) -> Value {
        let mut answer = self.scene.zed.note(html);
        answer["inReplyTo"] = to["id"].clone();
        answer
    }

    /// The post has these answers from now on.
    fn with(&self, replies: Value) {
        let mut note = self.note.clone();
        note["replies"] = replies;
        self.scene.peer.serves(&note);
    }

    async fn opened(&self) -> Vec<Value> {
        let path = format!("/api/v1/statuses/{}/context", id(&self.here));
        let context = self.scene.ana.get(&path).await.ok();
        let below = context["descendants"].as_array().expect("a list");
        below.iter().map(|post| post["uri"].clone()).collect()
    }

    /// Until so many answers are here.
    async fn has(&self, count: usize) -> Vec<Value> {
        eventually(&format!("{count} answers are here"), async || {
            let uris = self.opened().await;
            (uris.len() == count).then_some(uris)
        })
        .await
    }

    fn asked(&self, beginning: &str) -> usize {
        let asked = self.scene.peer.asked();
        asked
            .iter()
            .filter(|asked| asked.path.starts_with(beginning))
            .count()
    }
}

#[tokio::test]
async fn answers_that_never_came_are_there_once_somebody_opens_the_post() {
    let thread = Thread::new().await;
    let one = thread.answer("<p>One</p>", &thread.note);
    let two = thread.answer("<p>Two</p>", &thread.note);
    let deeper = thread.answer("<p>Deeper</p>", &two);
    let peer = &thread.scene.peer;
    let mut two_with_more = two.clone();
    two_with_more["replies"] = json!({ "type": "Collection", "items": [deeper["id"]] });
    for answer in [&one, &two_with_more, &deeper] {
        peer.serves(answer);
    }
    let next = peer.url("/replies/2");
    peer.serves(&json!({ "id": next, "type": "CollectionPage", "items": [two["id"]] }));
    thread.with(json!({
        "id": peer.url("/replies"), "type": "Collection",
        "first": { "type": "CollectionPage", "items": [one["id"]], "next": next },
    }));
    thread.opened().await;
    let here = thread.has(3).await;
    for answer in [&one, &two, &deeper] {
        assert!(here.contains(&answer["id"]), "{here:?}");
    }
    thread.scene.server.settle().await;
    let told = thread.scene.ana.get("/api/v1/notifications").await.list();
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test]
async fn who_opens_a_post_is_told_that_answers_are_looked_for_and_when_that_is_over() {
    let thread = Thread::new().await;
    let one = thread.answer("<p>One</p>", &thread.note);
    thread.scene.peer.serves(&one);
    thread.with(json!({ "type": "Collection", "items": [one["id"]] }));
    let (ana, post) = (&thread.scene.ana, id(&thread.here));
    let context = format!("/api/v1/statuses/{post}/context");
    let refresh = format!("/api/v1_alpha/async_refreshes/{post}");
    ana.get(&refresh).await.refused(404);
    let told = ana.get(&context).await;
    let begun = format!("id=\"{post}\", retry=3, result_count=0");
    assert_eq!(told.header("mastodon-async-refresh"), Some(begun.as_str()));
    let over = eventually("they were looked for", async || {
        let told = ana.get(&refresh).await.ok();
        has("a refresh", &told, Object(refreshed));
        (told["async_refresh"]["status"] == "finished").then_some(told)
    })
    .await;
    assert_eq!(over["async_refresh"]["id"], post);
    assert_eq!(over["async_refresh"]["result_count"], 1);
    assert_eq!(ana.get(&context).await.header("mastodon-async-refresh"), None);
    // It is for those who may read the post, and there for posts of other servers only.
    thread.scene.server.client.get(&refresh).await.refused(401);
    let own = ana.post("Mine").await;
    let path = format!("/api/v1/statuses/{}/context", id(&own));
    assert_eq!(ana.get(&path).await.header("mastodon-async-refresh"), None);
    for none in [id(&own), "7".to_owned(), "x".to_owned()] {
        let path = format!("/api/v1_alpha/async_refreshes/{none}");
        ana.get(&path).await.refused(404);
    }
    thread.scene.server.settle().await;
}

fn refreshed() -> Shape {
    vec![("async_refresh", Object(progress))]
}

fn progress() -> Shape {
    vec![
        ("id", Kind::Id),
        ("status", Kind::OneOf(&["running", "finished"])),
        ("result_count", Kind::Whole),
    ]
}

#[tokio::test]
async fn only_the_posts_own_server_is_asked_for_answers() {
    let thread = Thread::new().await;
    let elsewhere = Peer::start("four.test").await;
    let mut foreign = elsewhere.actor("mallory").note("<p>From afar</p>");
    foreign["inReplyTo"] = thread.note["id"].clone();
    elsewhere.serves(&foreign);
    let one = thread.answer("<p>One</p>", &thread.note);
    thread.scene.peer.serves(&one);
    let asked = elsewhere.asked().len();
    thread.with(json!({
        "id": thread.scene.peer.url("/replies"), "type": "Collection", "first": elsewhere.url("/replies"),
        "items": [foreign["id"], format!("http://{}/users/ana/posts/1", thread.scene.server.authority()), one["id"]],
        "next": elsewhere.url("/replies/2"),
    }));
    thread.opened().await;
    thread.has(1).await;
    thread.scene.server.settle().await;
    assert_eq!(elsewhere.asked().len(), asked, "{:?}", elsewhere.asked());
}

/// Attack 42: a circle of pages, a circle of answers, pages without end, more answers than anybody reads.
#[tokio::test]
async fn circles_and_pages_without_end_are_left_alone_soon() {
    let thread = Thread::new().await;
    let peer = &thread.scene.peer;
    for number in 0..30 {
        let mut page = json!({
            "id": peer.url(&format!("/replies/{number}")), "type": "CollectionPage",
            "next": peer.url(&format!("/replies/{}", number + 1)), "items": [thread.note["id"]],
        });
        if number == 2 {
            page["items"] = json!([thread.note["id"], peer.url("/replies/0"), peer.url("/nothing")]);
        }
        peer.serves(&page);
    }
    thread.with(json!(peer.url("/replies/0")));
    thread.opened().await;
    eventually("five pages are read", async || {
        (thread.asked("/replies/") >= 5).then_some(())
    })
    .await;
    thread.scene.server.settle().await;
    thread.opened().await;
    assert_eq!(thread.asked("/replies/"), 5, "{:?}", peer.asked());
}

#[tokio::test]
async fn of_many_answers_a_few_dozen_are_read() {
    let thread = Thread::new().await;
    let peer = &thread.scene.peer;
    let answers: Vec<Value> = (0..60)
        .map(|number| {
            let mut answer = thread.answer(&format!("<p>{number}</p>"), &thread.note);
            answer["id"] = json!(peer.url(&format!("/answers/{number}")));
            // Each says that all the others answer it.
            answer["replies"] = json!(peer.url("/replies"));
            answer
        })
        .collect();
    answers.iter().for_each(|answer| peer.serves(answer));
    let items: Vec<Value> = answers.iter().map(|answer| answer["id"].clone()).collect();
    peer.serves(&json!({ "id": peer.url("/replies"), "type": "OrderedCollection", "orderedItems": items }));
    thread.with(json!(peer.url("/replies")));
    thread.opened().await;
    thread.has(40).await;
    thread.scene.server.settle().await;
    assert_eq!(thread.asked("/answers/"), 40);
    assert_eq!(thread.asked("/replies"), 1);
}

#[tokio::test]
async fn who_only_visits_has_nothing_looked_for() {
    let thread = Thread::new().await;
    thread.with(json!(thread.scene.peer.url("/replies")));
    let path = format!("/api/v1/statuses/{}/context", id(&thread.here));
    thread.scene.server.client.get(&path).await.ok();
    thread.scene.server.settle().await;
    assert_eq!(thread.asked("/replies"), 0);
}
