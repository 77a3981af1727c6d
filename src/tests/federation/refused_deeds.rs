//! Deeds that are somebody else's to do, and documents that mean something else than they seem to.

use serde_json::json;
use tintype::actions::suspend;
use tintype::domain::audience::Audience;

use super::authority::{in_vain, mallory, yan};
use super::scene::Scene;
use crate::support::actor::PUBLIC;
use crate::support::peer::Says;

/// Linked-data signatures and re-arranged graphs: what a JSON-LD library would read elsewhere in the letter.
#[tokio::test]
async fn what_linked_data_could_mean_by_a_letter_is_not_believed() {
    let scene = Scene::new().await;
    let (_elsewhere, mallory) = mallory(&scene).await;
    let forged = scene.zed.creates(&scene.zed.note("<p>Zed never said so</p>"));
    let proof = json!({
        "type": "RsaSignature2017", "creator": scene.zed.key_id, "created": "2026-01-01T00:00:00Z",
        "signatureValue": "AAAA",
    });
    for hidden in ["@graph", "@included", "@reverse", "@set", "signed"] {
        let mut cover = mallory.does("Arrive", mallory.uri.clone());
        cover[hidden] = json!([forged]);
        cover["signature"] = proof.clone();
        in_vain(&scene, &mallory, &cover).await;
    }
    let mut graph = json!({ "@context": forged["@context"], "@graph": [forged], "signature": proof });
    let answer = mallory.sends(&scene.server, &graph).await;
    assert!([400, 401].contains(&answer.status.as_u16()), "{}", answer.status);
    // Another context gives the words another meaning; here they have the one that they always have.
    graph = forged.clone();
    graph["@context"] = json!([{ "actor": "https://evil.example/x", "attributedTo": "as:actor" }]);
    graph["signature"] = proof.clone();
    in_vain(&scene, &mallory, &graph).await;
    let unsigned = scene.zed.letter(&scene.server, &graph).without("signature");
    assert_eq!(
        unsigned.send().await.status,
        401,
        "a proof inside stood for the signature"
    );
    assert_eq!(scene.posts().await, 0);
}

/// Move: of another actor, to an account that does not know of it, to one of ours, and in a chain.
#[tokio::test]
async fn a_move_that_its_target_does_not_confirm_moves_nobody() {
    let scene = Scene::new().await;
    let (elsewhere, mallory) = mallory(&scene).await;
    let yan = yan(&scene).await;
    let to = |target: &str| {
        let mut moved = scene.zed.does("Move", scene.zed.uri.clone());
        moved["target"] = json!(target);
        moved
    };
    for target in [
        mallory.uri.as_str(),
        &yan.uri,
        &scene.uri(&scene.ana),
        &scene.zed.uri,
    ] {
        in_vain(&scene, &scene.zed, &to(target)).await;
        // Each is looked at afresh, not waited with since the document was read a moment ago.
        scene.server.app.peers.refreshed.invalidate_all();
    }
    for impostor in [&mallory, &yan] {
        let mut stolen = impostor.does("Move", scene.zed.uri.clone());
        stolen["target"] = json!(impostor.uri);
        in_vain(&scene, impostor, &stolen).await;
    }
    // An alias on the target that names somebody else is no word about Zed.
    let mut document = mallory.document();
    document["alsoKnownAs"] = json!([yan.uri]);
    document["movedTo"] = json!(scene.uri(&scene.ana));
    elsewhere.says("/users/mallory", Says::Document(document));
    in_vain(&scene, &scene.zed, &to(&mallory.uri)).await;
    let follows = "select count(*) from follows f join accounts a on a.id = f.followee_id where a.uri = $1";
    assert_eq!(scene.number(follows, &scene.zed.uri).await, 1);
}

/// Quotes: of a post that the quoting one may not see, and permissions that nobody gave.
#[tokio::test]
async fn a_quote_neither_shows_a_private_post_nor_gets_a_permission() {
    let scene = Scene::new().await;
    let (elsewhere, mallory) = mallory(&scene).await;
    let secret = scene
        .ana
        .post("A secret for my followers")
        .to(Audience::Followers)
        .await;
    scene.server.settle().await;
    let secret_uri = scene.post_uri(&scene.ana, &secret);
    let mut note = mallory.note("<p>Look what Ana wrote</p>");
    for word in ["quote", "quoteUri", "quoteUrl", "_misskey_quote"] {
        note[word] = json!(secret_uri);
    }
    note["quoteAuthorization"] = json!(mallory.address("stamps"));
    mallory.tells(&scene.server, &mallory.creates(&note)).await;
    scene.server.settle().await;
    let here = scene.of_note(&note).await.expect("the post itself is fine");
    assert!(!here.to_string().contains("A secret"), "{here}");
    let bo = scene.server.person("bo").await;
    let id = crate::support::http::id(&here);
    let seen = bo.get(&format!("/api/v1/statuses/{id}")).await.ok();
    assert!(!seen.to_string().contains("A secret"), "{seen}");
    for kind in ["QuoteRequest", "QuoteAuthorization"] {
        let mut asked = mallory.does(kind, secret_uri.clone());
        asked["instrument"] = note["id"].clone();
        asked["interactionTarget"] = json!(secret_uri);
        asked["interactingObject"] = note["id"].clone();
        asked["attributedTo"] = json!(scene.uri(&scene.ana));
        in_vain(&scene, &mallory, &asked).await;
    }
    assert!(scene.peer.letters_of("Accept").is_empty());
    assert!(elsewhere.letters_of("Accept").is_empty());
}

/// Votes where there is no poll, and deeds of people who are blocked or put out of action.
#[tokio::test]
async fn votes_and_deeds_of_the_blocked_and_the_suspended_count_for_nothing() {
    let scene = Scene::new().await;
    let yan = yan(&scene).await;
    let post = scene.ana.post("What do you think?").await;
    scene.server.settle().await;
    let uri = scene.post_uri(&scene.ana, &post);
    let mut vote = scene.zed.note("");
    for gone in ["content", "cc"] {
        vote.as_object_mut().expect("it is one").remove(gone);
    }
    vote["name"] = json!("Yes");
    vote["inReplyTo"] = json!(uri);
    vote["to"] = json!([scene.uri(&scene.ana)]);
    in_vain(&scene, &scene.zed, &scene.zed.creates(&vote)).await;
    let zed = format!("/api/v1/accounts/{}/block", scene.zed_id);
    scene.ana.act(&zed).await.ok();
    scene.server.settle().await;
    in_vain(&scene, &scene.zed, &scene.zed.does("Like", uri.clone())).await;
    let mut announce = scene.zed.does("Announce", uri.clone());
    announce["to"] = json!([PUBLIC]);
    in_vain(&scene, &scene.zed, &announce).await;
    let id = tintype::domain::ids::AccountId(
        scene
            .number("select id from accounts where uri = $1", &yan.uri)
            .await,
    );
    suspend::local(&scene.server.app, id)
        .await
        .expect("a stranger is no owner");
    let answer = yan.sends(&scene.server, &yan.does("Like", uri)).await;
    assert!(
        [202, 401, 403].contains(&answer.status.as_u16()),
        "{}",
        answer.status
    );
    scene.server.settle().await;
    assert_eq!(
        scene.number("select count(*) from likes where $1 = ''", "").await,
        0
    );
    assert_eq!(scene.ana.sees(&post).await["favourites_count"], 0);
}

/// A post of somebody suspended that another passes on, before and after.
#[tokio::test]
async fn a_post_of_somebody_suspended_is_not_shown_by_way_of_another() {
    let scene = Scene::new().await;
    let yan = yan(&scene).await;
    let (note, _) = scene.zed_posts("<p>Zed's words</p>").await;
    let announce = |note: &serde_json::Value| {
        let mut announce = yan.does("Announce", note["id"].clone());
        announce["to"] = json!([PUBLIC]);
        announce
    };
    yan.tells(&scene.server, &announce(&note)).await;
    scene.server.settle().await;
    assert!(!scene.ana.home().await.is_empty());
    let zed = scene.zed_id.parse().expect("an id");
    suspend::local(&scene.server.app, zed)
        .await
        .expect("a stranger is no owner");
    assert!(scene.ana.home().await.is_empty());
    let other = scene.zed.note("<p>More of Zed's words</p>");
    let path = other["id"].as_str().expect("an id");
    let path = path.strip_prefix(&scene.peer.url("")).expect("it is there");
    scene.peer.says(path, Says::Document(other.clone()));
    yan.tells(&scene.server, &announce(&other)).await;
    scene.server.settle().await;
    assert!(scene.ana.home().await.is_empty());
    assert!(scene.of_note(&other).await.is_none());
}

/// Who follows somebody is told to nobody's server but by number where the person hides it, and there is no side door.
#[tokio::test]
async fn which_of_a_servers_people_follow_somebody_is_not_told_to_another() {
    let scene = Scene::new().await;
    let (_elsewhere, mallory) = mallory(&scene).await;
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let hide = [("hide_collections", "true")];
    scene
        .ana
        .form(
            reqwest::Method::PATCH,
            "/api/v1/accounts/update_credentials",
            &hide,
        )
        .await
        .ok();
    scene.ana.post("For followers").to(Audience::Followers).await;
    scene.server.settle().await;
    scene.server.forget();
    for path in [
        "/users/ana/followers",
        "/users/ana/followers?page=true",
        "/users/ana/followers_synchronization",
        "/users/ana/followers_synchronization?domain=peer.test",
    ] {
        let answer = mallory.reads(&scene.server, path).await;
        assert!(
            !answer.text().contains(&scene.zed.uri),
            "{path}: {}",
            answer.text()
        );
    }
    let sync = mallory
        .reads(&scene.server, "/users/ana/followers_synchronization")
        .await;
    assert_eq!(sync.status, 404);
    // What is not served is not promised either.
    let promised = scene
        .peer
        .asked()
        .iter()
        .any(|asked| asked.headers.contains_key("collection-synchronization"));
    assert!(!promised);
}
