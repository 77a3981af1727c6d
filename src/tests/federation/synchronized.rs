//! Two servers and who follows whom between them: told with what is for followers, compared, and mended (FEP-8fcf).

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype_federation::synchronization::{FollowersDigest, HEADER};

use super::delivery::{follow, followed};
use super::scene::{Scene, befriend, find};
use super::two_servers::Two;
use crate::support::Person;
use crate::support::actor::Actor;
use crate::support::peer::{Asked, Peer, Says};
use crate::support::waiting::eventually;

fn digest(followers: &[&str]) -> String {
    FollowersDigest::of(followers.iter().copied()).to_hex()
}

/// What the letters of a kind that came said about followers, in order.
fn said(peer: &Peer, kind: &str) -> Vec<Option<String>> {
    let is_of_kind = |asked: &Asked| {
        let letter: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        asked.method == "POST" && letter["type"] == kind
    };
    let asked = peer.asked().into_iter().filter(is_of_kind);
    asked
        .map(|asked| Some(asked.headers.get(HEADER)?.to_str().expect("text").to_owned()))
        .collect()
}

fn expected(scene: &Scene, followers: &[&str]) -> Option<String> {
    let ana = scene.uri(&scene.ana);
    Some(format!(
        "collectionId=\"{ana}/followers\", url=\"{ana}/followers_synchronization\", digest=\"{}\"",
        digest(followers)
    ))
}

#[tokio::test]
async fn what_is_for_followers_says_to_each_server_who_of_its_people_follow() {
    let scene = followed().await;
    let yan = scene.peer.actor("yan");
    follow(&scene, &yan).await;
    let elsewhere = Peer::start("four.test").await;
    let (wanda, vic) = (elsewhere.actor("wanda"), elsewhere.actor("vic"));
    follow(&scene, &wanda).await;
    find(&scene.ana, &vic.handle()).await;
    let private = scene.ana.post("For followers").to(Audience::Followers).await;
    scene.server.settle().await;
    let here = expected(&scene, &[&scene.zed.uri, &yan.uri]);
    assert_eq!(said(&scene.peer, "Create"), std::slice::from_ref(&here));
    assert_eq!(said(&elsewhere, "Create"), [expected(&scene, &[&wanda.uri])]);
    let path = format!("/api/v1/statuses/{}", crate::support::http::id(&private));
    scene
        .ana
        .form(Method::PUT, &path, &[("status", "Edited")])
        .await
        .ok();
    scene.server.settle().await;
    assert_eq!(said(&scene.peer, "Update"), [here]);
    // Nothing is said with what is for others too, or for one alone.
    for audience in [Audience::Public, Audience::Unlisted, Audience::Direct] {
        let text = format!("{} hello", scene.zed.handle());
        scene.ana.post(&text).to(audience).await;
        scene.server.settle().await;
        assert_eq!(said(&scene.peer, "Create").last(), Some(&None), "{audience:?}");
    }
    // Where somebody is named and nobody follows, the list is empty.
    follow_no_more(&scene, &wanda).await;
    let text = format!("{} hello", vic.handle());
    scene.ana.post(&text).to(Audience::Followers).await;
    scene.server.settle().await;
    assert_eq!(said(&elsewhere, "Create").last(), Some(&expected(&scene, &[])));
}

async fn follow_no_more(scene: &Scene, actor: &Actor) {
    let mut follow = actor.does("Follow", scene.uri(&scene.ana));
    follow["id"] = json!(actor.address("follows"));
    actor.tells(&scene.server, &actor.does("Undo", follow)).await;
    scene.server.settle().await;
}

#[tokio::test]
async fn a_server_reads_who_of_its_people_follow_and_nobody_reads_of_anothers() {
    let scene = followed().await;
    let elsewhere = Peer::start("four.test").await;
    let (wanda, stranger) = (elsewhere.actor("wanda"), scene.peer.actor("stranger"));
    follow(&scene, &wanda).await;
    let path = "/users/ana/followers_synchronization";
    // Whoever signs for a server reads what is of that server, also one whom nobody here knows yet.
    for (actor, followers) in [
        (&scene.zed, vec![&scene.zed.uri]),
        (&stranger, vec![&scene.zed.uri]),
        (&wanda, vec![&wanda.uri]),
    ] {
        let answer = actor.reads(&scene.server, path).await;
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        assert_eq!(answer.header("vary"), Some("Accept, Signature"));
        let list = answer.ok();
        assert_eq!(
            list["id"],
            format!("{}/followers_synchronization", scene.uri(&scene.ana))
        );
        assert_eq!(list["type"], "OrderedCollection");
        assert_eq!(
            (&list["orderedItems"], &list["totalItems"]),
            (&json!(followers), &json!(followers.len()))
        );
    }
    let request = scene.server.client.request(Method::GET, path);
    let unsigned = request.header("accept", "application/activity+json");
    assert_eq!(scene.server.client.send(unsigned).await.status, 401);
    let mut forged = scene.zed.clone();
    forged.key = wanda.key.clone();
    assert_eq!(forged.reads(&scene.server, path).await.status, 401);
    let nobody = "/users/nobody/followers_synchronization";
    assert_eq!(scene.zed.reads(&scene.server, nobody).await.status, 404);
    assert_eq!(
        scene
            .zed
            .reads(&scene.server, "/users/ana/followers")
            .await
            .status,
        200
    );
}

/// Zed's list of his followers here, where he says it is.
const LIST: &str = "/users/zed/followers_synchronization";

fn lists(peer: &Peer, at: &str, followers: &[String]) {
    let list = json!({ "id": peer.url(at), "type": "OrderedCollection", "totalItems": followers.len(),
                       "orderedItems": followers });
    peer.says(at, Says::Document(list));
}

/// Zed says something to his followers, and beside it where they are listed and what their digest is.
async fn says(scene: &Scene, url: &str, digest: &str) {
    let mut note = scene.zed.note("<p>For followers</p>");
    note["to"] = json!([scene.zed.followers()]);
    note["cc"] = json!([]);
    let header = format!(
        "collectionId=\"{}\", url=\"{url}\", digest=\"{digest}\"",
        scene.zed.followers()
    );
    let letter = scene
        .zed
        .letter(&scene.server, &scene.zed.creates(&note))
        .with(HEADER, &header);
    assert_eq!(letter.send().await.status, 202);
    scene.server.settle().await;
}

async fn follows_zed(scene: &Scene, person: &Person) -> bool {
    let path = format!("/api/v1/accounts/relationships?id[]={}", scene.zed_id);
    person.get(&path).await.ok()[0]["following"] == true
}

#[tokio::test]
async fn followers_that_are_the_same_on_both_sides_are_not_asked_for() {
    let scene = Scene::new().await;
    let ana = scene.uri(&scene.ana);
    says(&scene, &scene.peer.url(LIST), &digest(&[&ana])).await;
    assert_eq!(scene.peer.asked_for(LIST), 0);
    assert!(follows_zed(&scene, &scene.ana).await);
}

#[tokio::test]
async fn a_follow_that_is_none_there_ends_here_and_one_that_is_none_here_is_taken_back() {
    let scene = Scene::new().await;
    let (bo, cy) = (scene.server.person("bo").await, scene.server.person("cy").await);
    befriend(&scene.server, &bo, &scene.peer, &scene.zed).await;
    // There only Bo and Cy are followers; Ana is, and Cy is not, here.
    let there = [scene.uri(&bo), scene.uri(&cy)];
    lists(&scene.peer, LIST, &there);
    let stated = digest(&[&there[0], &there[1]]);
    says(&scene, &scene.peer.url(LIST), &stated).await;
    assert_eq!(scene.peer.asked_for(LIST), 1);
    assert!(!follows_zed(&scene, &scene.ana).await);
    assert!(follows_zed(&scene, &bo).await && !follows_zed(&scene, &cy).await);
    let undone = scene.peer.letters_of("Undo");
    let mut by: Vec<&str> = undone
        .iter()
        .filter_map(|undo| undo["object"]["actor"].as_str())
        .collect();
    by.sort_unstable();
    assert_eq!(by, [scene.uri(&scene.ana), scene.uri(&cy)]);
    assert!(
        undone
            .iter()
            .all(|undo| undo["object"]["object"] == json!(scene.zed.uri))
    );
    // Said again there is nothing to mend, and nobody is asked more often than every few minutes.
    scene.server.app.peers.stated.invalidate_all();
    says(&scene, &scene.peer.url(LIST), &stated).await;
    assert_eq!(scene.peer.asked_for(LIST), 1);
    scene.server.wind(TimeDelta::minutes(11));
    scene.server.settle().await;
    assert_eq!(scene.peer.asked_for(LIST), 2);
    assert_eq!(
        scene.peer.letters_of("Undo").len(),
        3,
        "Cy is still listed, and says so again"
    );
}

#[tokio::test]
async fn somebody_who_asked_and_is_a_follower_there_is_one_here_too() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let follow = format!("/api/v1/accounts/{}/follow", scene.zed_id);
    let asked = bo.act(&follow).await.ok();
    assert_eq!(asked["requested"], true, "{asked}");
    let there = [scene.uri(&scene.ana), scene.uri(&bo)];
    lists(&scene.peer, LIST, &there);
    says(&scene, &scene.peer.url(LIST), &digest(&[&there[0], &there[1]])).await;
    assert!(follows_zed(&scene, &bo).await, "the answer was lost on its way");
    assert!(follows_zed(&scene, &scene.ana).await);
    assert!(scene.peer.letters_of("Undo").is_empty());
}

#[tokio::test]
async fn nobody_is_taken_away_by_another_server_or_by_a_list_that_is_not_whole() {
    let scene = Scene::new().await;
    let stranger = "http://elsewhere.example/users/x".to_owned();
    let evil = Peer::start("four.test").await;
    lists(&evil, LIST, &[]);
    let other = digest(&["http://peer.test/users/nobody"]);
    let unasked = scene.peer.url("/users/zed/elsewhere");
    // Another server's list, one that is longer than it is, one of other servers' people, one that never ends, none at all.
    says(&scene, &evil.url(LIST), &other).await;
    assert_eq!(evil.asked_for(LIST), 0);
    let short = json!({ "id": scene.peer.url("/short"), "type": "OrderedCollection", "totalItems": 3, "orderedItems": [] });
    let round = json!({ "id": scene.peer.url("/round"), "type": "OrderedCollectionPage", "orderedItems": [],
                        "next": scene.peer.url("/round") });
    scene.peer.says("/short", Says::Document(short));
    scene.peer.says("/round", Says::Document(round));
    lists(&scene.peer, "/strange", &[stranger]);
    scene.peer.says("/away", Says::Redirect(evil.url(LIST)));
    for (number, path) in ["/short", "/round", "/strange", "/away", "/none"]
        .iter()
        .enumerate()
    {
        scene.server.wind(TimeDelta::minutes(11));
        let other = digest(&[&format!("http://peer.test/users/{number}")]);
        says(&scene, &scene.peer.url(path), &other).await;
        assert!(scene.peer.asked_for(path) > 0, "{path}");
        assert!(follows_zed(&scene, &scene.ana).await, "{path}");
    }
    assert_eq!(scene.peer.asked_for("/round"), 10);
    // Nor by what is said about somebody else's collection.
    scene.server.wind(TimeDelta::minutes(11));
    lists(&scene.peer, "/users/zed/elsewhere", &[]);
    let yan = scene.peer.actor("yan");
    let note = scene.zed.note("<p>x</p>");
    let letter = yan
        .letter(&scene.server, &yan.does("Like", note["id"].clone()))
        .with(
            HEADER,
            &format!(
                "collectionId=\"{}\", url=\"{unasked}\", digest=\"{other}\"",
                scene.zed.followers()
            ),
        );
    assert_eq!(letter.send().await.status, 202);
    scene.server.settle().await;
    assert_eq!(scene.peer.asked_for("/users/zed/elsewhere"), 0);
    assert!(follows_zed(&scene, &scene.ana).await);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_asked_again_and_given_up() {
    let scene = Scene::new().await;
    scene.peer.says(LIST, Says::Status(503));
    says(&scene, &scene.peer.url(LIST), &digest(&[])).await;
    for _ in 0..6 {
        scene.server.wind(TimeDelta::hours(2));
        scene.server.settle().await;
    }
    assert_eq!(scene.peer.asked_for(LIST), 4);
    assert!(follows_zed(&scene, &scene.ana).await);
}

#[tokio::test]
async fn two_servers_mend_what_one_of_them_lost() {
    let two = Two::new().await;
    sqlx::query("delete from follows")
        .execute(two.one.db())
        .await
        .expect("it is lost");
    // Somebody else there has to follow for the letter to go at all.
    let cy = two.two.person("cy").await;
    cy.act(&format!("/api/v1/accounts/{}/follow", two.ana_there))
        .await
        .ok();
    two.settle().await;
    two.ana.post("For followers").to(Audience::Followers).await;
    two.settle().await;
    let relation = async |person: &Person| {
        let path = format!("/api/v1/accounts/relationships?id[]={}", two.ana_there);
        person.get(&path).await.ok()[0]["following"] == true
    };
    // The list is in hand while the queues are empty.
    eventually("one that is none there is none here", async || {
        (!relation(&two.bo).await).then_some(())
    })
    .await;
    assert!(relation(&cy).await, "a true follow stays");
    two.settle().await;
}
