//! Polls from server to server: the question, votes in both directions, numbers, the end.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::scene::Scene;
use super::two_servers::Two;
use super::two_worlds::{Bo, both};
use crate::support::Person;
use crate::support::actor::Actor;
use crate::support::http::id;
use crate::support::peer::Says;
use crate::support::waiting::eventually;

fn question(options: &[&str]) -> Value {
    json!({ "options": options, "expires_in": 3600 })
}

/// Somebody at the peer chooses an option by its name.
fn vote(actor: &Actor, poll: &str, option: &str) -> Value {
    let choice = json!({
        "id": actor.address("votes"), "type": "Note", "attributedTo": actor.uri, "name": option, "inReplyTo": poll,
        "to": ["http://one.test/users/ana"],
    });
    actor.creates(&choice)
}

async fn poll(person: &Person, post: &Value) -> Value {
    person.get(&format!("/api/v1/polls/{}", id(post))).await.ok()
}

fn votes(poll: &Value) -> Vec<i64> {
    let options = poll["options"].as_array().expect("options");
    options
        .iter()
        .map(|option| option["votes_count"].as_i64().expect("a number"))
        .collect()
}

#[tokio::test]
async fn a_poll_its_votes_and_its_end_cross_between_two_servers() {
    let two = Two::new().await;
    let post = two.ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    two.settle().await;
    let there = two.bo.home().await[0].clone();
    assert_eq!(there["content"], post["content"]);
    assert_eq!(there["poll"]["options"], post["poll"]["options"]);
    assert_eq!(there["poll"]["expires_at"], post["poll"]["expires_at"]);
    let path = format!("/api/v1/polls/{}/votes", id(&there));
    let after = two
        .bo
        .json(Method::POST, &path, &json!({ "choices": [1] }))
        .await
        .ok();
    assert_eq!((votes(&after), &after["own_votes"]), (vec![0, 1], &json!([1])));
    two.settle().await;
    let here = poll(&two.ana, &post).await;
    assert_eq!((votes(&here), &here["voters_count"]), (vec![0, 1], &json!(1)));
    assert!(
        two.ana
            .get("/api/v1/notifications?types[]=mention")
            .await
            .list()
            .is_empty()
    );
    let answers = two.ana.sees(&post).await;
    assert_eq!(answers["replies_count"], 0, "a vote is no answer");
    // Another vote at Ana's own server reaches Bo's with the numbers that are told of now and then.
    let cy = two.one.person("cy").await;
    let path = format!("/api/v1/polls/{}/votes", id(&post));
    cy.json(Method::POST, &path, &json!({ "choices": [0] }))
        .await
        .ok();
    for server in [&two.one, &two.two] {
        server.wind(TimeDelta::minutes(4));
    }
    two.settle().await;
    let told = poll(&two.bo, &there).await;
    assert_eq!((votes(&told), &told["own_votes"]), (vec![1, 1], &json!([1])));
    assert_eq!(
        two.bo.sees(&there).await["edited_at"],
        Value::Null,
        "numbers are no edit"
    );
    for server in [&two.one, &two.two] {
        server.wind(TimeDelta::hours(1));
    }
    two.settle().await;
    for (person, post) in [(&two.ana, &post), (&two.bo, &there)] {
        let list = person.get("/api/v1/notifications?types[]=poll").await.list();
        assert_eq!(list.len(), 1);
        assert_eq!(id(&list[0]["status"]), id(post));
        assert_eq!(list[0]["status"]["poll"]["expired"], true);
    }
}

#[tokio::test]
async fn a_poll_is_served_as_a_question_and_votes_are_sent_without_words() {
    let scene = Scene::new().await;
    let mut asked = question(&["Yes", "No"]);
    asked["hide_totals"] = json!(true);
    let post = scene.ana.post("Tea?").with("poll", asked).await;
    let path = format!("/users/ana/posts/{}", id(&post));
    let document = scene.zed.reads(&scene.server, &path).await.ok();
    assert_eq!(document["type"], "Question");
    assert_eq!(document["oneOf"][1]["name"], "No");
    assert!(
        document["oneOf"][1]["replies"].get("totalItems").is_none(),
        "a secret yet"
    );
    assert_eq!(document["endTime"], post["poll"]["expires_at"]);
    assert!(document.get("closed").is_none() && document.get("anyOf").is_none());
    let theirs = zeds_poll(&scene, &["Red", "Blue", "Green"], "anyOf").await;
    let here = scene.of_note(&theirs).await.expect("it came in");
    let path = format!("/api/v1/polls/{}/votes", id(&here));
    scene
        .ana
        .json(Method::POST, &path, &json!({ "choices": [2, 0] }))
        .await
        .ok();
    scene.server.settle().await;
    let sent = scene.peer.letters_of("Create");
    let names: Vec<&Value> = sent.iter().map(|letter| &letter["object"]["name"]).collect();
    assert_eq!(names, ["Red", "Green"]);
    for letter in &sent {
        assert_eq!(letter["object"]["inReplyTo"], theirs["id"]);
        assert_eq!(letter["object"]["to"], json!([scene.zed.uri]));
        assert!(letter["object"].get("content").is_none());
    }
    scene.server.wind(TimeDelta::hours(1));
    scene.server.settle().await;
    let document = scene
        .zed
        .reads(&scene.server, &format!("/users/ana/posts/{}", id(&post)))
        .await
        .ok();
    assert_eq!(document["closed"], document["endTime"]);
    assert_eq!(document["oneOf"][1]["replies"]["totalItems"], 0);
}

/// A poll of Zed's that has come in.
async fn zeds_poll(scene: &Scene, options: &[&str], kind: &str) -> Value {
    let mut note = scene.zed.note("<p>Which?</p>");
    note["type"] = json!("Question");
    let options = options.iter().map(
        |name| json!({ "type": "Note", "name": name, "replies": { "type": "Collection", "totalItems": 3 } }),
    );
    note[kind] = options.collect::<Vec<_>>().into();
    note["votersCount"] = json!(3);
    note["endTime"] = json!((scene.server.app.clock.now() + TimeDelta::hours(1)).to_rfc3339());
    scene.zed_tells(&scene.zed.creates(&note)).await;
    note
}

#[tokio::test]
async fn numbers_from_a_polls_own_server_are_taken_over_and_others_make_an_edit() {
    let scene = Scene::new().await;
    let mut note = zeds_poll(&scene, &["Red", "Blue"], "oneOf").await;
    let here = scene.of_note(&note).await.expect("it came in");
    assert_eq!(
        (here["content"].as_str(), votes(&here["poll"])),
        (Some("<p>Which?</p>"), vec![3, 3])
    );
    let path = format!("/api/v1/polls/{}/votes", id(&here));
    let after = scene
        .ana
        .json(Method::POST, &path, &json!({ "choices": [0] }))
        .await
        .ok();
    assert_eq!((votes(&after), &after["voters_count"]), (vec![4, 3], &json!(4)));
    note["oneOf"][0]["replies"]["totalItems"] = json!(9);
    scene.zed_tells(&scene.zed.does("Update", note.clone())).await;
    let counted = scene.ana.sees(&here).await;
    assert_eq!(
        (votes(&counted["poll"]), &counted["poll"]["own_votes"]),
        (vec![9, 3], &json!([0]))
    );
    assert_eq!(counted["edited_at"], Value::Null);
    // Nobody but Zed's server says so.
    let mallory = scene.peer.actor("mallory");
    let mut forged = note.clone();
    forged["oneOf"][0]["replies"]["totalItems"] = json!(1_000);
    let answer = mallory
        .sends(&scene.server, &mallory.does("Update", forged))
        .await;
    assert!(answer.status.is_success() || answer.status.is_client_error());
    scene.server.settle().await;
    assert_eq!(votes(&poll(&scene.ana, &here).await), [9, 3]);
    note["oneOf"][1]["name"] = json!("Green");
    scene.server.wind(TimeDelta::minutes(1));
    note["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    scene.zed_tells(&scene.zed.does("Update", note.clone())).await;
    let edited = scene.ana.sees(&here).await;
    assert_eq!(edited["poll"]["options"][1]["title"], "Green");
    assert_eq!(
        (&edited["poll"]["voted"], &edited["poll"]["own_votes"]),
        (&json!(false), &json!([]))
    );
}

#[tokio::test]
async fn looking_at_a_poll_asks_its_server_for_newer_numbers() {
    let scene = Scene::new().await;
    let mut note = zeds_poll(&scene, &["Red", "Blue"], "oneOf").await;
    let here = scene.of_note(&note).await.expect("it came in");
    let path = url::Url::parse(note["id"].as_str().unwrap())
        .unwrap()
        .path()
        .to_owned();
    note["oneOf"][1]["replies"]["totalItems"] = json!(30);
    scene.peer.says(&path, Says::Document(note));
    poll(&scene.ana, &here).await;
    scene.server.settle().await;
    scene.server.wind(TimeDelta::minutes(2));
    eventually("newer numbers are there", async || {
        (votes(&poll(&scene.ana, &here).await) == [3, 30]).then_some(())
    })
    .await;
    for _ in 0..5 {
        poll(&scene.ana, &here).await;
    }
    assert_eq!(scene.peer.asked_for(&path), 1, "once a minute, however many look");
    scene.server.settle().await;
}

#[tokio::test]
async fn votes_of_peers_count_once_and_only_where_they_may() {
    let scene = Scene::new().await;
    let post = scene
        .ana
        .post("Tea?")
        .with("poll", question(&["Yes", "No"]))
        .await;
    let uri = scene.post_uri(&scene.ana, &post);
    let yan = scene.peer.actor("yan");
    scene
        .ana
        .act(&format!("/api/v1/accounts/{}/block", scene.zed_id))
        .await
        .ok();
    scene.server.settle().await;
    scene.zed_tells(&vote(&scene.zed, &uri, "Yes")).await;
    assert_eq!(
        votes(&poll(&scene.ana, &post).await),
        [0, 0],
        "who is blocked does not vote"
    );
    for option in ["Maybe", "Yes", "No", "Yes"] {
        yan.tells(&scene.server, &vote(&yan, &uri, option)).await;
        scene.server.settle().await;
    }
    let counted = poll(&scene.ana, &post).await;
    assert_eq!(
        (votes(&counted), &counted["voters_count"]),
        (vec![1, 0], &json!(1))
    );
    let xi = scene.peer.actor("xi");
    scene.server.wind(TimeDelta::hours(1));
    xi.tells(&scene.server, &vote(&xi, &uri, "No")).await;
    scene.server.settle().await;
    assert_eq!(votes(&poll(&scene.ana, &post).await), [1, 0], "it is over");
    assert_eq!(scene.posts().await, 1, "no vote became a post");
}

#[tokio::test]
async fn several_choices_of_a_peer_come_one_by_one_and_count_one_voter() {
    let scene = Scene::new().await;
    let mut asked = question(&["Tea", "Milk", "Sugar"]);
    asked["multiple"] = json!(true);
    let post = scene.ana.post("What in it?").with("poll", asked).await;
    let uri = scene.post_uri(&scene.ana, &post);
    for option in ["Sugar", "Tea", "Sugar"] {
        scene.zed_tells(&vote(&scene.zed, &uri, option)).await;
    }
    let counted = poll(&scene.ana, &post).await;
    assert_eq!(
        (votes(&counted), &counted["voters_count"]),
        (vec![1, 0, 1], &json!(1))
    );
}

#[tokio::test]
async fn a_vote_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let post = world
            .ana
            .post("Tea?")
            .with("poll", question(&["Yes", "No"]))
            .await;
        world.server.settle().await;
        match &world.bo {
            Bo::Here(bo) => {
                let path = format!("/api/v1/polls/{}/votes", id(&post));
                let choices = json!({ "choices": [1] });
                bo.json(Method::POST, &path, &choices).await.ok();
            }
            Bo::There(bo) => world.tell(&vote(bo, &world.uri_of(&post), "No")).await,
        }
    })
    .await;
}
