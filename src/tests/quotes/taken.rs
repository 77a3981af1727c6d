//! People here quote posts of other servers: they ask, and the quote is shown once they are let.

use serde_json::{Value, json};

use super::{accepted, only, quoting, standing, stands};
use crate::federation::authority::mallory;
use crate::federation::scene::Scene;
use crate::support::actor::{Actor, PUBLIC};
use crate::support::http::id;

/// A note that anybody may quote.
fn quotable(actor: &Actor, html: &str) -> Value {
    let mut note = actor.note(html);
    note["interactionPolicy"] = json!({ "canQuote": { "automaticApproval": [PUBLIC] } });
    note
}

struct Quoted {
    scene: Scene,
    /// Zed's, as Ana has it.
    post: Value,
    /// Ana's, which quotes it.
    quote: Value,
    /// What she asked.
    request: Value,
}

impl Quoted {
    async fn new() -> Self {
        let scene = Scene::new().await;
        // He hears of what she does.
        scene
            .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
            .await;
        let note = quotable(&scene.zed, "<p>By Zed</p>");
        scene.zed_tells(&scene.zed.creates(&note)).await;
        let post = scene.of_note(&note).await.expect("it came in");
        assert_eq!(post["quote_approval"]["current_user"], "automatic");
        let quote = quoting(&scene.ana, "Well said", &post).await;
        assert_eq!(standing(&quote), only("pending"));
        scene.server.settle().await;
        let request = scene.peer.letters_of("QuoteRequest").pop().expect("she asked");
        assert_eq!(request["object"], note["id"]);
        assert_eq!(
            request["instrument"]["id"],
            scene.post_uri(&scene.ana, &quote).as_str()
        );
        assert_eq!(request["instrument"]["quote"], note["id"]);
        Self {
            scene,
            post,
            quote,
            request,
        }
    }

    async fn stands(&self) -> (String, Option<String>) {
        stands(&self.scene.ana, &self.quote).await
    }

    fn accept(&self, by: &Actor, stamp: &str) -> Value {
        let mut accept = by.does("Accept", self.request.clone());
        accept["result"] = json!(stamp);
        accept
    }

    /// The stamps that updates of the quote carried to Zed, in order.
    fn stamps(&self) -> Vec<Value> {
        let updates = self.scene.peer.letters_of("Update").into_iter();
        updates
            .map(|update| update["object"]["quoteAuthorization"].clone())
            .collect()
    }
}

#[tokio::test]
async fn a_quote_is_shown_once_its_author_was_let_and_until_leave_is_taken_back() {
    let quoted = Quoted::new().await;
    let scene = &quoted.scene;
    let stamp = scene.zed.address("stamps");
    scene.zed_tells(&quoted.accept(&scene.zed, &stamp)).await;
    assert_eq!(quoted.stands().await, accepted(&quoted.post));
    assert_eq!(quoted.stamps(), [json!(stamp)]);
    assert_eq!(scene.ana.sees(&quoted.post).await["quotes_count"], 1);
    scene.zed_tells(&scene.zed.does("Delete", stamp.clone())).await;
    assert_eq!(quoted.stands().await, only("revoked"));
    assert_eq!(quoted.stamps(), [json!(stamp), Value::Null]);
    assert_eq!(scene.ana.sees(&quoted.post).await["quotes_count"], 0);
}

#[tokio::test]
async fn a_request_may_be_answered_by_its_name_alone() {
    let quoted = Quoted::new().await;
    let scene = &quoted.scene;
    let mut accept = scene.zed.does("Accept", quoted.request["id"].clone());
    accept["result"] = json!(scene.zed.address("stamps"));
    scene.zed_tells(&accept).await;
    assert_eq!(quoted.stands().await, accepted(&quoted.post));
    scene
        .zed_tells(&scene.zed.does("Reject", quoted.request["id"].clone()))
        .await;
    assert_eq!(quoted.stands().await, only("revoked"));
}

#[tokio::test]
async fn a_refusal_is_one() {
    let quoted = Quoted::new().await;
    let scene = &quoted.scene;
    scene
        .zed_tells(&scene.zed.does("Reject", quoted.request.clone()))
        .await;
    assert_eq!(quoted.stands().await, only("rejected"));
    // Whom a post does not let is refused here already.
    let (_, closed) = scene.zed_posts("<p>Not for quoting</p>").await;
    assert_eq!(closed["quote_approval"]["current_user"], "denied");
    quoting(&scene.ana, "Look", &closed).send().await.refused(404);
}

#[tokio::test]
async fn nobody_but_who_is_quoted_answers() {
    let quoted = Quoted::new().await;
    let scene = &quoted.scene;
    let (_elsewhere, mallory) = mallory(scene).await;
    let yan = crate::federation::authority::yan(scene).await;
    for impostor in [&mallory, &yan] {
        let stamp = impostor.address("stamps");
        for answer in [
            quoted.accept(impostor, &stamp),
            impostor.does("Reject", quoted.request.clone()),
            impostor.does("Reject", quoted.request["id"].clone()),
        ] {
            impostor.sends(&scene.server, &answer).await;
            scene.server.settle().await;
            assert_eq!(quoted.stands().await, only("pending"), "{answer}");
        }
    }
    // Nor by a stamp of another server.
    let answer = quoted.accept(&scene.zed, &mallory.address("stamps"));
    scene.zed.sends(&scene.server, &answer).await;
    scene.server.settle().await;
    assert_eq!(quoted.stands().await, only("pending"));
    let stamp = scene.zed.address("stamps");
    scene.zed_tells(&quoted.accept(&scene.zed, &stamp)).await;
    for impostor in [&mallory, &yan] {
        impostor
            .sends(&scene.server, &impostor.does("Delete", stamp.clone()))
            .await;
        scene.server.settle().await;
        assert_eq!(quoted.stands().await, accepted(&quoted.post));
    }
}

#[tokio::test]
async fn leave_for_what_nobody_asked_makes_no_quote() {
    let quoted = Quoted::new().await;
    let scene = &quoted.scene;
    let plain = scene.ana.post("Nothing quoted").await;
    let mut request = quoted.request.clone();
    request["id"] = json!(format!("{}#quote-request", scene.post_uri(&scene.ana, &plain)));
    request["instrument"] = json!(scene.post_uri(&scene.ana, &plain));
    let mut accept = scene.zed.does("Accept", request);
    accept["result"] = json!(scene.zed.address("stamps"));
    scene.zed_tells(&accept).await;
    assert_eq!(
        scene.ana.sees(&plain).await["quote"],
        Value::Null,
        "{}",
        id(&plain)
    );
    assert_eq!(quoted.stands().await, only("pending"));
}
