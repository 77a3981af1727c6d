//! People of other servers ask to quote somebody here, and are answered as the author of the post has it.

use serde_json::{Value, json};

use super::{accepted, only, revokes, stands};
use crate::federation::scene::Scene;
use crate::support::http::id;

/// Zed's note that quotes a post of Ana's, in the words of FEP-044f.
pub fn note(scene: &Scene, post: &Value) -> Value {
    let mut note = scene.zed.note("<p>Look what Ana wrote</p>");
    note["quote"] = json!(scene.post_uri(&scene.ana, post));
    note
}

/// The request for leave, with the note inside.
pub fn request(scene: &Scene, note: &Value) -> Value {
    let mut request = scene.zed.does("QuoteRequest", note["quote"].clone());
    request["instrument"] = note.clone();
    request
}

async fn stamp_of(scene: &Scene, note: &Value) -> String {
    let uri = note["id"].as_str().expect("an id");
    let id = scene.number("select id from posts where uri = $1", uri).await;
    format!("{}/stamps/{id}", scene.uri(&scene.ana))
}

#[tokio::test]
async fn leave_is_given_with_a_stamp_and_taken_back() {
    let scene = Scene::new().await;
    let post = scene.ana.post("Light").await;
    scene.server.settle().await;
    let note = note(&scene, &post);
    scene.zed_tells(&request(&scene, &note)).await;
    let stamp = stamp_of(&scene, &note).await;
    let accept = scene.peer.letters_of("Accept").pop().expect("an answer");
    assert_eq!(accept["result"], stamp.as_str());
    assert_eq!(accept["actor"], scene.uri(&scene.ana).as_str());
    assert_eq!(accept["object"]["type"], "QuoteRequest");
    assert_eq!(accept["object"]["instrument"], note["id"]);
    let path = stamp.split_once(scene.server.authority()).expect("it is here").1;
    let document = scene.server.client.get(path).await.ok();
    for (word, value) in [
        ("type", json!("QuoteAuthorization")),
        ("id", json!(stamp)),
        ("attributedTo", json!(scene.uri(&scene.ana))),
        ("interactingObject", note["id"].clone()),
        ("interactionTarget", note["quote"].clone()),
    ] {
        assert_eq!(document[word], value, "{word}");
    }
    let here = scene.of_note(&note).await.expect("the post came in");
    assert_eq!(stands(&scene.ana, &here).await, accepted(&post));
    assert_eq!(scene.ana.sees(&post).await["quotes_count"], 1);
    let told = scene.ana.get("/api/v1/notifications?types[]=quote").await.list();
    assert_eq!((told.len(), &told[0]["status"]["id"]), (1, &here["id"]));
    // Asked once more, the answer is the same, and nobody is told again.
    scene.zed_tells(&request(&scene, &note)).await;
    let again = scene.peer.letters_of("Accept").pop().expect("an answer");
    assert_eq!(again["result"], accept["result"]);
    assert_ne!(again["id"], accept["id"]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    assert_eq!(
        scene
            .ana
            .get("/api/v1/notifications?types[]=quote")
            .await
            .list()
            .len(),
        1
    );
    revokes(&scene.ana, &post, &here).await.ok();
    scene.server.settle().await;
    let deleted = scene
        .peer
        .letters_of("Delete")
        .pop()
        .expect("the stamp is deleted");
    assert_eq!(deleted["object"]["id"], stamp.as_str());
    assert_eq!(scene.server.client.get(path).await.status, 404);
    assert_eq!(stands(&scene.ana, &here).await, only("revoked"));
    // What was taken back is not given by asking once more.
    let answers = scene.peer.letters_of("Accept").len();
    scene.zed_tells(&request(&scene, &note)).await;
    assert_eq!(scene.peer.letters_of("Accept").len(), answers);
    assert_eq!(scene.peer.letters_of("Reject").len(), 1);
}

#[tokio::test]
async fn leave_is_refused_where_the_author_gives_none() {
    let scene = Scene::new().await;
    for policy in ["nobody", "followers"] {
        let post = scene.ana.post(policy).with("quote_approval_policy", policy).await;
        let note = note(&scene, &post);
        scene.zed_tells(&request(&scene, &note)).await;
        let refusal = scene.peer.letters_of("Reject").pop().expect("an answer");
        assert_eq!(refusal["object"]["object"], note["quote"]);
        // Sent to Ana's follower all the same, it quotes nothing.
        scene.zed_tells(&scene.zed.creates(&note)).await;
        let here = scene.of_note(&note).await.expect("Ana follows Zed");
        assert_eq!(stands(&scene.ana, &here).await, only("rejected"));
        assert_eq!(scene.ana.sees(&post).await["quotes_count"], 0);
    }
    assert!(scene.peer.letters_of("Accept").is_empty());
    assert!(
        scene
            .ana
            .get("/api/v1/notifications?types[]=quote")
            .await
            .list()
            .is_empty()
    );
    // Whoever follows her may.
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let post = scene
        .ana
        .post("For followers")
        .with("quote_approval_policy", "followers")
        .await;
    scene.zed_tells(&request(&scene, &note(&scene, &post))).await;
    let accept = scene.peer.letters_of("Accept");
    assert_eq!(
        accept
            .iter()
            .filter(|accept| accept["result"].is_string())
            .count(),
        1
    );
}

#[tokio::test]
async fn a_post_that_is_only_named_in_a_request_is_fetched() {
    let scene = Scene::new().await;
    let post = scene.ana.post("Light").await;
    let note = note(&scene, &post);
    let path = note["id"]
        .as_str()
        .expect("an id")
        .strip_prefix(&scene.peer.url(""))
        .expect("there");
    let document = crate::support::peer::Says::Document(note.clone());
    scene.peer.says(path, document);
    let mut request = request(&scene, &note);
    request["instrument"] = note["id"].clone();
    scene.zed_tells(&request).await;
    assert_eq!(scene.peer.letters_of("Accept").len(), 1);
    let here = scene.of_note(&note).await.expect("it was fetched");
    assert_eq!(stands(&scene.ana, &here).await, accepted(&post));
    // One that is not there comes to nothing.
    let mut lost = request.clone();
    lost["id"] = json!(scene.zed.address("activities"));
    lost["instrument"] = json!(scene.zed.address("notes"));
    scene.zed_tells(&lost).await;
    assert_eq!(scene.peer.letters_of("Accept").len(), 1);
}

#[tokio::test]
async fn a_post_says_who_may_quote_it_and_what_it_quotes_in_the_words_of_peers() {
    let scene = Scene::new().await;
    let document = async |post: &Value| {
        let path = format!("/users/ana/posts/{}", id(post));
        scene.zed.reads(&scene.server, &path).await.ok()
    };
    let ana = scene.uri(&scene.ana);
    for (policy, approved) in [
        ("public", json!([crate::support::actor::PUBLIC])),
        ("followers", json!([format!("{ana}/followers")])),
        ("nobody", json!([ana])),
    ] {
        let post = scene.ana.post(policy).with("quote_approval_policy", policy).await;
        let said = document(&post).await;
        assert_eq!(
            said["interactionPolicy"]["canQuote"]["automaticApproval"],
            approved
        );
        let quote = super::quoting(&scene.ana, "As I said", &post).await;
        let said = document(&quote).await;
        for word in ["quote", "quoteUri", "quoteUrl", "_misskey_quote"] {
            assert_eq!(said[word], scene.post_uri(&scene.ana, &post).as_str(), "{word}");
        }
        let content = said["content"].as_str().expect("a text");
        assert!(
            content.starts_with(r#"<p class="quote-inline">RE: <a href="#),
            "{content}"
        );
    }
    scene.server.settle().await;
}
