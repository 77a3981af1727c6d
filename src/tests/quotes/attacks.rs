//! Quotes that peers only claim: stamps of others, for other posts, of another server, taken back; private posts, loops and
//! endless chains. What a quote shows, its quoted author's own server vouches for.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::{accepted, only, stands};
use crate::federation::authority::{mallory, yan};
use crate::federation::scene::Scene;
use crate::support::actor::Actor;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

fn path<'a>(peer: &Peer, url: &'a str) -> &'a str {
    url.strip_prefix(&peer.url("")).expect("it is there")
}

/// What the peer gives at the document's own address.
fn serves(peer: &Peer, document: &Value) {
    let url = document["id"].as_str().expect("an id");
    peer.says(path(peer, url), Says::Document(document.clone()));
}

fn stamp(by: &Actor, quoting: &Value, quoted: &Value) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams", "id": by.address("stamps"),
        "type": "QuoteAuthorization", "attributedTo": by.uri, "interactingObject": quoting["id"],
        "interactionTarget": quoted["id"],
    })
}

/// A note of Zed's that quotes one of Mallory's, who lives elsewhere.
struct Claim {
    scene: Scene,
    elsewhere: Peer,
    mallory: Actor,
    note: Value,
    quoted: Value,
}

impl Claim {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let (elsewhere, mallory) = mallory(&scene).await;
        let quoted = mallory.note("<p>By Mallory</p>");
        serves(&elsewhere, &quoted);
        let mut note = scene.zed.note("<p>Look</p>");
        note["quote"] = quoted["id"].clone();
        Self {
            scene,
            elsewhere,
            mallory,
            note,
            quoted,
        }
    }

    /// Zed's server sends it with this stamp; how it stands then.
    async fn comes_with(&mut self, stamp: &Value) -> (String, Option<String>) {
        self.note["quoteAuthorization"] = stamp.clone();
        let scene = &self.scene;
        scene.zed_tells(&scene.zed.creates(&self.note)).await;
        let here = scene.of_note(&self.note).await.expect("it came in");
        stands(&scene.ana, &here).await
    }

    async fn quoted_here(&self) -> Value {
        self.scene.of_note(&self.quoted).await.expect("it was fetched")
    }
}

#[tokio::test]
async fn a_stamp_of_the_quoted_authors_own_server_counts_until_it_is_deleted() {
    let mut claim = Claim::new().await;
    let good = stamp(&claim.mallory, &claim.note, &claim.quoted);
    serves(&claim.elsewhere, &good);
    let how = claim.comes_with(&good["id"]).await;
    assert_eq!(how, accepted(&claim.quoted_here().await));
    let here = claim.scene.of_note(&claim.note).await.expect("it is here");
    let deleted = claim.mallory.does("Delete", good["id"].clone());
    let zed = &claim.scene.zed;
    zed.sends(&claim.scene.server, &zed.does("Delete", good["id"].clone()))
        .await;
    claim.scene.server.settle().await;
    assert_eq!(stands(&claim.scene.ana, &here).await.0, "accepted");
    claim.mallory.tells(&claim.scene.server, &deleted).await;
    claim.scene.server.settle().await;
    assert_eq!(stands(&claim.scene.ana, &here).await, only("revoked"));
}

#[tokio::test]
async fn a_stamp_for_anything_else_does_not_count() {
    for wrong in [
        "interactingObject",
        "interactionTarget",
        "attributedTo",
        "type",
        "id",
    ] {
        let mut claim = Claim::new().await;
        let mut stamp = stamp(&claim.mallory, &claim.note, &claim.quoted);
        let at = stamp["id"].clone();
        let other = claim.mallory.address("notes");
        stamp[wrong] = match wrong {
            "type" => json!("Note"),
            _ => json!(other),
        };
        let url = at.as_str().expect("an id");
        claim
            .elsewhere
            .says(path(&claim.elsewhere, url), Says::Document(stamp));
        assert_eq!(claim.comes_with(&at).await, only("rejected"), "{wrong}");
    }
}

#[tokio::test]
async fn a_stamp_that_came_along_or_is_of_another_server_does_not_count() {
    let mut claim = Claim::new().await;
    // Inside of the post: its address counts, where nothing is.
    let embedded = stamp(&claim.mallory, &claim.note, &claim.quoted);
    assert_eq!(claim.comes_with(&embedded).await, only("rejected"));
    let mut claim = Claim::new().await;
    let mut forged = stamp(&claim.mallory, &claim.note, &claim.quoted);
    forged["id"] = json!(claim.scene.zed.address("stamps"));
    serves(&claim.scene.peer, &forged);
    assert_eq!(claim.comes_with(&forged["id"].clone()).await, only("rejected"));
    assert_eq!(
        claim
            .scene
            .peer
            .asked_for(path(&claim.scene.peer, forged["id"].as_str().expect("an id"))),
        0,
        "it is not even asked for"
    );
    // Somebody else on the quoted author's server.
    let mut claim = Claim::new().await;
    let eve = claim.elsewhere.actor("eve");
    let others = stamp(&eve, &claim.note, &claim.quoted);
    serves(&claim.elsewhere, &others);
    assert_eq!(claim.comes_with(&others["id"].clone()).await, only("rejected"));
}

#[tokio::test]
async fn a_quote_without_a_stamp_waits_in_whatever_words_it_is_written() {
    for word in ["quote", "quoteUri", "quoteUrl", "_misskey_quote"] {
        let claim = Claim::new().await;
        let scene = &claim.scene;
        let mut note = scene.zed.note("<p>Look</p>");
        note[word] = json!([claim.quoted["id"], "http://four.test/another"]);
        scene.zed_tells(&scene.zed.creates(&note)).await;
        let here = scene.of_note(&note).await.expect("it came in");
        assert_eq!(stands(&scene.ana, &here).await, only("pending"), "{word}");
        // One's own needs no leave.
        let (own, here) = scene.zed_posts("<p>Mine</p>").await;
        let mut again = scene.zed.note("<p>As I said</p>");
        again[word] = own["id"].clone();
        scene.zed_tells(&scene.zed.creates(&again)).await;
        let quote = scene.of_note(&again).await.expect("it came in");
        assert_eq!(stands(&scene.ana, &quote).await, accepted(&here), "{word}");
    }
}

#[tokio::test]
async fn a_quote_that_gets_its_stamp_later_is_shown_then() {
    let mut claim = Claim::new().await;
    assert_eq!(claim.comes_with(&Value::Null).await, only("pending"));
    let good = stamp(&claim.mallory, &claim.note, &claim.quoted);
    serves(&claim.elsewhere, &good);
    claim.note["quoteAuthorization"] = good["id"].clone();
    let update = claim.scene.zed.does("Update", claim.note.clone());
    claim.scene.zed_tells(&update).await;
    let here = claim.scene.of_note(&claim.note).await.expect("it is here");
    let how = stands(&claim.scene.ana, &here).await;
    assert_eq!(how, accepted(&claim.quoted_here().await));
    assert_eq!(here["edited_at"], Value::Null);
    // And no more, once it quotes nothing.
    for word in ["quote", "quoteAuthorization"] {
        claim.note.as_object_mut().expect("it is one").remove(word);
    }
    let update = claim.scene.zed.does("Update", claim.note.clone());
    claim.scene.zed_tells(&update).await;
    assert_eq!(claim.scene.ana.sees(&here).await["quote"], Value::Null);
}

#[tokio::test]
async fn a_private_post_is_not_shown_by_a_quote_and_not_betrayed_by_an_answer() {
    let scene = Scene::new().await;
    let secret = scene.ana.post("A secret").to(Audience::Followers).await;
    scene.server.settle().await;
    let mut note = scene.zed.note("<p>Look</p>");
    note["quote"] = json!(scene.post_uri(&scene.ana, &secret));
    let mut request = scene.zed.does("QuoteRequest", note["quote"].clone());
    request["instrument"] = note.clone();
    scene.zed_tells(&request).await;
    let mut nothing = request.clone();
    nothing["id"] = json!(scene.zed.address("activities"));
    nothing["object"] = json!(format!("{}/posts/7", scene.uri(&scene.ana)));
    scene.zed_tells(&nothing).await;
    for kind in ["Accept", "Reject"] {
        assert!(scene.peer.letters_of(kind).is_empty(), "{kind}");
    }
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("Ana follows Zed");
    for reader in [&scene.ana, &scene.server.person("bo").await] {
        assert_eq!(reader.sees(&here).await["quote"], Value::Null);
    }
    let stamp = format!("/users/ana/stamps/{}", id(&here));
    assert_eq!(scene.zed.reads(&scene.server, &stamp).await.status, 404);
}

#[tokio::test]
async fn a_request_for_a_post_that_is_somebody_elses_or_quotes_something_else_is_not_granted() {
    let scene = Scene::new().await;
    let yan = yan(&scene).await;
    let (post, other) = (scene.ana.post("One").await, scene.ana.post("Two").await);
    let mut note = scene.zed.note("<p>Look</p>");
    note["quote"] = json!(scene.post_uri(&scene.ana, &post));
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let asked = |by: &Actor, about: &Value, instrument: Value| {
        let mut request = by.does("QuoteRequest", scene.post_uri(&scene.ana, about));
        request["instrument"] = instrument;
        request
    };
    scene
        .zed_tells(&asked(&scene.zed, &other, note["id"].clone()))
        .await;
    yan.sends(&scene.server, &asked(&yan, &post, note["id"].clone()))
        .await;
    yan.sends(&scene.server, &asked(&yan, &post, note.clone())).await;
    scene.server.settle().await;
    assert!(scene.peer.letters_of("Accept").is_empty());
    assert_eq!(scene.ana.sees(&other).await["quotes_count"], 0);
    // That of Zed himself stands as Ana has it.
    let here = scene.of_note(&note).await.expect("it came in");
    assert_eq!(stands(&scene.ana, &here).await, accepted(&post));
}

#[tokio::test]
async fn posts_that_quote_each_other_have_an_end() {
    let scene = Scene::new().await;
    let (mut one, mut two) = (scene.zed.note("<p>One</p>"), scene.zed.note("<p>Two</p>"));
    one["quote"] = two["id"].clone();
    two["quote"] = one["id"].clone();
    let mut own = scene.zed.note("<p>Myself</p>");
    own["quote"] = own["id"].clone();
    for note in [&one, &two, &own] {
        serves(&scene.peer, note);
    }
    scene.zed_tells(&scene.zed.creates(&one)).await;
    scene.zed_tells(&scene.zed.creates(&two)).await;
    scene.zed_tells(&scene.zed.creates(&own)).await;
    for (note, quoted) in [(&one, &two), (&two, &one), (&own, &own)] {
        let here = scene.of_note(note).await.expect("it came in");
        let quoted = scene.of_note(quoted).await.expect("it came in");
        assert_eq!(stands(&scene.ana, &here).await, accepted(&quoted));
        let named = &here["quote"]["quoted_status"]["quote"]["quoted_status_id"];
        assert!(named.is_string(), "{here}");
    }
    assert_eq!(scene.ana.home().await.len(), 3);
}

#[tokio::test]
async fn an_endless_chain_of_quotes_is_followed_one_link_far() {
    let scene = Scene::new().await;
    let notes: Vec<Value> = (0..6)
        .map(|number| scene.zed.note(&format!("<p>{number}</p>")))
        .collect();
    for pair in notes.windows(2) {
        let mut note = pair[0].clone();
        note["quote"] = pair[1]["id"].clone();
        serves(&scene.peer, &note);
    }
    serves(&scene.peer, &notes[5]);
    let mut first = notes[0].clone();
    first["quote"] = notes[1]["id"].clone();
    scene.zed_tells(&scene.zed.creates(&first)).await;
    assert_eq!(scene.posts().await, 2);
    let here = scene.of_note(&notes[0]).await.expect("it came in");
    let inside = scene.of_note(&notes[1]).await.expect("it was fetched");
    assert_eq!(stands(&scene.ana, &here).await, accepted(&inside));
    assert_eq!(stands(&scene.ana, &inside).await, only("pending"));
}

#[tokio::test]
async fn a_stamp_of_a_server_that_does_not_answer_is_asked_for_again_and_then_given_up() {
    let mut claim = Claim::new().await;
    let good = stamp(&claim.mallory, &claim.note, &claim.quoted);
    let at = path(&claim.elsewhere, good["id"].as_str().expect("an id")).to_owned();
    claim.elsewhere.says(&at, Says::Status(503));
    assert_eq!(claim.comes_with(&good["id"]).await, only("pending"));
    claim.scene.server.wind(chrono::TimeDelta::minutes(2));
    claim.scene.server.settle().await;
    assert_eq!(claim.elsewhere.asked_for(&at), 2);
    serves(&claim.elsewhere, &good);
    claim.scene.server.wind(chrono::TimeDelta::minutes(10));
    claim.scene.server.settle().await;
    let here = claim.scene.of_note(&claim.note).await.expect("it is here");
    assert_eq!(stands(&claim.scene.ana, &here).await.0, "accepted");
}
