//! Polls: held, voted in once, counted, ended. What each reader sees of one is never older than what was done.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::api::shapes::{self, STATUS};
use crate::support::http::{Answer, id};
use crate::support::{Person, TestServer};

fn question(options: &[&str]) -> Value {
    json!({ "options": options, "expires_in": 3600 })
}

async fn vote(person: &Person, post: &Value, choices: Value) -> Answer {
    let path = format!("/api/v1/polls/{}/votes", id(&post["poll"]));
    person
        .json(Method::POST, &path, &json!({ "choices": choices }))
        .await
}

async fn poll(person: &Person, post: &Value) -> Value {
    person.get(&format!("/api/v1/polls/{}", id(post))).await.ok()
}

fn votes(poll: &Value) -> Vec<Option<i64>> {
    let options = poll["options"].as_array().expect("options");
    options
        .iter()
        .map(|option| option["votes_count"].as_i64())
        .collect()
}

#[tokio::test]
async fn a_vote_shows_at_once_wherever_the_post_is_met() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    bo.follows(&ana).await;
    let post = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    server.settle().await;
    assert_eq!(
        (&post["poll"]["voted"], &post["poll"]["own_votes"]),
        (&json!(true), &json!([]))
    );
    let before = &bo.home().await[0];
    assert_eq!(
        (&before["poll"]["voted"], votes(&before["poll"])),
        (&json!(false), vec![Some(0), Some(0)])
    );
    let after = vote(&bo, &post, json!(["1"])).await.ok();
    assert_eq!(
        (&after["voted"], &after["own_votes"]),
        (&json!(true), &json!([1]))
    );
    assert_eq!(
        (votes(&after), &after["voters_count"]),
        (vec![Some(0), Some(1)], &json!(1))
    );
    assert_eq!(bo.home().await[0]["poll"], after);
    assert_eq!(bo.sees(&post).await["poll"], after);
    assert_eq!(poll(&bo, &post).await, after);
    let wrapper = cy.reposts(&post).await;
    assert_eq!(bo.sees(&wrapper).await["reblog"]["poll"], after);
    let others = cy.sees(&post).await;
    assert_eq!(
        (votes(&others["poll"]), &others["poll"]["voted"]),
        (vec![Some(0), Some(1)], &json!(false))
    );
    let anybody = server
        .client
        .get(&format!("/api/v1/polls/{}", id(&post)))
        .await
        .ok();
    assert!(anybody.get("voted").is_none() && anybody.get("own_votes").is_none());
    server.settle().await;
}

#[tokio::test]
async fn votes_that_do_not_count_are_refused_in_sentences() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    let refused = async |person: &Person, choices: Value| {
        let said = vote(person, &post, choices).await;
        assert_eq!(said.status, 422, "{}", said.text());
        said.value()["error"].as_str().expect("a sentence").to_owned()
    };
    for choices in [
        json!([]),
        json!([2]),
        json!([-1]),
        json!(["x"]),
        json!([40_000]),
        json!({ "a": 1 }),
    ] {
        assert_eq!(
            refused(&bo, choices).await,
            "The chosen vote option does not exist"
        );
    }
    assert_eq!(
        refused(&bo, json!([0, 1])).await,
        "Only one option of this poll can be chosen"
    );
    assert_eq!(
        refused(&ana, json!([0])).await,
        "You cannot vote in your own polls"
    );
    vote(&bo, &post, json!([0])).await.ok();
    assert_eq!(
        refused(&bo, json!([1])).await,
        "You have already voted on this poll"
    );
    let cy = server.person("cy").await;
    server.wind(TimeDelta::hours(1));
    assert_eq!(refused(&cy, json!([0])).await, "The poll has already ended");
    assert_eq!(votes(&poll(&ana, &post).await), [Some(1), Some(0)]);
    server.settle().await;
}

#[tokio::test]
async fn a_poll_is_of_those_who_may_see_its_post() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    let narrow = ana
        .post("Tea?")
        .with("poll", question(&["Yes", "No"]))
        .to(Audience::Followers)
        .await;
    vote(&bo, &narrow, json!([0])).await.refused(404);
    bo.get(&format!("/api/v1/polls/{}", id(&narrow)))
        .await
        .refused(404);
    let open = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    ana.blocks(&cy).await;
    vote(&cy, &open, json!([0])).await.refused(404);
    let plain = ana.post("No poll").await;
    let path = format!("/api/v1/polls/{}/votes", id(&plain));
    bo.json(Method::POST, &path, &json!({ "choices": [0] }))
        .await
        .refused(404);
    for missing in [id(&plain), "1".into(), "x".into()] {
        bo.get(&format!("/api/v1/polls/{missing}")).await.refused(404);
    }
    let path = format!("/api/v1/polls/{}/votes", id(&open));
    server
        .client
        .post_form(&path, &[("choices[]", "0")])
        .await
        .refused(401);
    server.settle().await;
}

#[tokio::test]
async fn several_things_are_chosen_at_once_or_never() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut asked = question(&["Tea", "Milk", "Sugar"]);
    asked["multiple"] = json!(true);
    let post = ana.post("What in it?").with("poll", asked).await;
    let path = format!("/api/v1/polls/{}/votes", id(&post));
    let after = bo
        .post_form(
            &path,
            &[("choices[]", "2"), ("choices[]", "0"), ("choices[]", "2")],
        )
        .await
        .ok();
    assert_eq!(after["own_votes"], json!([0, 2]));
    assert_eq!(votes(&after), [Some(1), Some(0), Some(1)]);
    assert_eq!(
        (&after["votes_count"], &after["voters_count"]),
        (&json!(2), &json!(1))
    );
    vote(&bo, &post, json!([1])).await.refused(422);
    server.settle().await;
}

#[tokio::test]
async fn of_votes_at_once_by_one_person_one_counts() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    let tries = (0..8).map(|place| vote(&bo, &post, json!([place % 2])));
    let answers = futures::future::join_all(tries).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, 1);
    assert!(
        answers
            .iter()
            .all(|answer| [200, 422].contains(&answer.status.as_u16()))
    );
    let after = poll(&ana, &post).await;
    assert_eq!(
        (&after["votes_count"], &after["voters_count"]),
        (&json!(1), &json!(1))
    );
    server.settle().await;
}

#[tokio::test]
async fn hidden_numbers_are_shown_at_the_end() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut asked = question(&["Yes", "No"]);
    asked["hide_totals"] = json!(true);
    let post = ana.post("Tea?").with("poll", asked).await;
    let after = vote(&bo, &post, json!([0])).await.ok();
    assert_eq!(
        (votes(&after), &after["votes_count"]),
        (vec![None, None], &json!(1))
    );
    assert_eq!(votes(&ana.sees(&post).await["poll"]), [None, None]);
    server.wind(TimeDelta::hours(1));
    assert_eq!(votes(&ana.sees(&post).await["poll"]), [Some(1), Some(0)]);
    server.settle().await;
}

#[tokio::test]
async fn its_end_is_told_once_to_its_author_and_voters() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    for reader in [&bo, &cy] {
        reader.follows(&ana).await;
    }
    server.settle().await;
    let post = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    vote(&bo, &post, json!([0])).await.ok();
    server.settle().await;
    assert_eq!(bo.home().await[0]["poll"]["expired"], false);
    server.wind(TimeDelta::minutes(59));
    server.settle().await;
    let told = async |person: &Person| {
        let path = "/api/v1/notifications?types[]=poll";
        person.get(path).await.list()
    };
    assert!(told(&ana).await.is_empty());
    server.wind(TimeDelta::minutes(1));
    for _ in 0..2 {
        server.settle().await;
        for person in [&ana, &bo] {
            let list = told(person).await;
            assert_eq!(list.len(), 1, "{}", person.name);
            assert_eq!(id(&list[0]["status"]), id(&post));
            assert_eq!(list[0]["status"]["poll"]["expired"], true);
            assert_eq!(list[0]["account"]["id"], ana.id.as_str());
        }
        assert!(told(&cy).await.is_empty());
        // The end shows on pages that are kept as well.
        assert_eq!(bo.home().await[0]["poll"]["expired"], true);
        tintype::actions::polls::end(&server.app).await.unwrap();
    }
}

#[tokio::test]
async fn a_kept_home_page_is_no_older_than_a_polls_end() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    server.settle().await;
    for _ in 0..3 {
        assert_eq!(bo.home().await[0]["poll"]["expired"], false);
    }
    server.wind(TimeDelta::hours(1));
    assert_eq!(bo.home().await[0]["poll"]["expired"], true);
    server.settle().await;
}

#[tokio::test]
async fn an_edit_keeps_votes_while_the_options_stay() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    vote(&bo, &post, json!([0])).await.ok();
    let path = format!("/api/v1/statuses/{}", id(&post));
    let edit = async |body: Value| ana.json(Method::PUT, &path, &body).await.ok();
    let same = edit(json!({ "status": "Tea today?", "poll": question(&["Yes", "No"]) })).await;
    assert_eq!(votes(&same["poll"]), [Some(1), Some(0)]);
    assert_eq!(poll(&bo, &post).await["own_votes"], json!([0]));
    let silent = edit(json!({ "sensitive": true })).await;
    assert_eq!(
        votes(&silent["poll"]),
        [Some(1), Some(0)],
        "what is not named stays"
    );
    let other = edit(json!({ "status": "Tea today?", "poll": question(&["Yes", "Never"]) })).await;
    assert_eq!(
        (votes(&other["poll"]), &other["poll"]["voters_count"]),
        (vec![Some(0), Some(0)], &json!(0))
    );
    let anew = poll(&bo, &post).await;
    assert_eq!((&anew["voted"], &anew["own_votes"]), (&json!(false), &json!([])));
    vote(&bo, &post, json!([1])).await.ok();
    assert_eq!(bo.sees(&post).await["poll"]["own_votes"], json!([1]));
    let history = ana.get(&format!("{path}/history")).await.list();
    assert_eq!(
        history[0]["poll"],
        json!({ "options": [{ "title": "Yes" }, { "title": "No" }] })
    );
    assert_eq!(history.last().unwrap()["poll"]["options"][1]["title"], "Never");
    let gone = edit(json!({ "status": "No tea" })).await;
    assert_eq!(gone["poll"], Value::Null);
    bo.get(&format!("/api/v1/polls/{}", id(&post))).await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn polls_that_keep_no_limit_are_refused() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for bad in [
        json!({ "options": ["a"], "expires_in": 300 }),
        json!({ "options": ["a", "b", "c", "d", "e"], "expires_in": 300 }),
        json!({ "options": ["a", " "], "expires_in": 300 }),
        json!({ "options": ["a", null], "expires_in": 300 }),
        json!({ "options": ["a", "a"], "expires_in": 300 }),
        json!({ "options": ["a", "b".repeat(51)], "expires_in": 300 }),
        json!({ "options": ["a", "b"], "expires_in": 299 }),
        json!({ "options": ["a", "b"], "expires_in": -1 }),
        json!({ "options": ["a", "b"], "expires_in": i64::MAX }),
        json!({ "options": ["a", "b"], "expires_in": 2_629_747 }),
        json!({ "options": ["a", "b"] }),
    ] {
        ana.post("Tea?").with("poll", bad).send().await.refused(422);
    }
    let photo = ana.post("Tea?").with_photo().with("poll", question(&["a", "b"]));
    photo.send().await.refused(422);
    ana.post("")
        .with("poll", question(&["a", "b"]))
        .send()
        .await
        .refused(422);
    for none in [json!(null), json!({}), json!({ "options": [] }), json!("x")] {
        assert_eq!(ana.post("Tea").with("poll", none).await["poll"], Value::Null);
    }
    let limits = ana.get("/api/v2/instance").await.ok()["configuration"]["polls"].clone();
    assert_eq!(
        (&limits["max_options"], &limits["min_expiration"]),
        (&json!(4), &json!(300))
    );
    let path = "/api/v1/statuses";
    let form = [
        ("status", "By form"),
        ("poll[options][]", "a"),
        ("poll[options][]", "b"),
        ("poll[expires_in]", "300"),
        ("poll[multiple]", "true"),
    ];
    assert_eq!(ana.post_form(path, &form).await.ok()["poll"]["multiple"], true);
    server.settle().await;
}

#[tokio::test]
async fn a_poll_has_its_shape_for_those_who_are_signed_in_and_for_others() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut asked = question(&["Yes", "No"]);
    asked["hide_totals"] = json!(true);
    let hidden = ana.post("Tea?").with("poll", asked).await;
    let open = ana.post("Milk?").with("poll", question(&["Yes", "No"])).await;
    for post in [&hidden, &open] {
        let voted = vote(&bo, post, json!([0])).await.ok();
        has("a vote's answer", &voted, Object(shapes::poll));
        has("the poll", &poll(&ana, post).await, Object(shapes::poll));
        has("the post", &bo.sees(post).await, STATUS);
        let path = format!("/api/v1/polls/{}", id(post));
        has(
            "to anybody",
            &server.client.get(&path).await.ok(),
            Object(shapes::open_poll),
        );
    }
    server.settle().await;
}

#[tokio::test]
async fn polls_are_read_and_voted_in_by_whom_their_person_let() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("Tea?").with("poll", question(&["Yes", "No"])).await;
    let path = format!("/api/v1/polls/{}", id(&post));
    let votes = format!("{path}/votes");
    let choice = json!({ "choices": [0] });
    let narrow = server.token_for(&bo, "write:media push").await;
    narrow.get(&path).await.refused(403);
    narrow.json(Method::POST, &votes, &choice).await.refused(403);
    let reading = server.token_for(&bo, "read:statuses").await;
    reading.get(&path).await.ok();
    reading.json(Method::POST, &votes, &choice).await.refused(403);
    server
        .client
        .json(Method::POST, &votes, &choice)
        .await
        .refused(401);
    assert_eq!(poll(&ana, &post).await["votes_count"], 0);
    let voting = server.token_for(&bo, "write:statuses").await;
    voting.json(Method::POST, &votes, &choice).await.ok();
    assert_eq!(poll(&ana, &post).await["votes_count"], 1);
    server.settle().await;
}
