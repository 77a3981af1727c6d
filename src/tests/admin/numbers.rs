//! What those who look after the server are told of its use, day by day.

use chrono::{Days, NaiveDate, TimeDelta};
use reqwest::Method;
use serde_json::{Value, json};

use super::desk::EVERYTHING;
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, all_have, has};
use crate::federation::scene::Scene;
use crate::support::{Person, TestServer};

const MEASURES: &str = "/api/v1/admin/measures";
pub const DIMENSIONS: &str = "/api/v1/admin/dimensions";
pub const RETENTION: &str = "/api/v1/admin/retention";

fn measure() -> Shape {
    vec![
        ("key", Words),
        ("unit", OrNull(&Words)),
        ("total", Id),
        ("human_value", OrAbsent(&Words)),
        ("previous_total", OrAbsent(&Id)),
        ("data", List(&Object(|| vec![("date", Midnight), ("value", Id)]))),
    ]
}

pub fn dimension() -> Shape {
    vec![("key", Words), ("data", List(&Object(line)))]
}

fn line() -> Shape {
    vec![
        ("key", Words),
        ("human_key", Words),
        ("value", Words),
        ("unit", OrAbsent(&Words)),
        ("human_value", OrAbsent(&Words)),
    ]
}

pub async fn with_owner() -> (TestServer, Person) {
    let server = TestServer::start().await;
    let olga = server.person("olga").await;
    let client = server.token_for(&olga, EVERYTHING).await;
    (server, Person { client, ..olga })
}

/// Somebody who was here yesterday is new to this day.
pub fn a_day_later(server: &TestServer) {
    server.wind(TimeDelta::days(1));
    server.app.caches.grants.invalidate_all();
}

pub fn today(server: &TestServer) -> NaiveDate {
    server.app.clock.now().date_naive()
}

/// One measure of the last `days` days, `more` beside its key.
async fn measures(server: &TestServer, admin: &Person, key: &str, days: u64, more: Value) -> Value {
    let today = today(server);
    let mut asked = json!({ "keys": [key], "start_at": today - Days::new(days - 1), "end_at": today });
    if more != Value::Null {
        asked[key] = more;
    }
    let mut found = admin.json(Method::POST, MEASURES, &asked).await.list();
    assert_eq!(found.len(), 1, "{key}");
    all_have(key, &found, Object(measure));
    let found = found.remove(0);
    assert_eq!(
        (&found["key"], found["data"].as_array().map(Vec::len)),
        (&json!(key), Some(days as usize))
    );
    found
}

/// Total, total before, and the numbers of the days.
fn told(measure: &Value) -> (&str, &str, Vec<&str>) {
    let text = |value: &'static str| measure[value].as_str().unwrap_or("none");
    let days = measure["data"].as_array().expect("days");
    (
        text("total"),
        text("previous_total"),
        days.iter()
            .map(|day| day["value"].as_str().expect("text"))
            .collect(),
    )
}

#[tokio::test]
async fn people_and_what_they_do_are_counted_by_their_days() {
    let (server, olga) = with_owner().await;
    let ana = server.person("ana").await;
    let post = ana.post("light").await;
    for person in [&olga, &ana] {
        person.get("/api/v1/accounts/verify_credentials").await.ok();
    }
    olga.likes(&post).await;
    olga.does("unfavourite", &post).await.ok();
    server.settle().await;
    a_day_later(&server);
    let bo = server.person("bo").await;
    bo.likes(&post).await;
    bo.reposts(&post).await;
    olga.post("an answer").answering(&post).await;
    server.settle().await;
    for (key, total, before, days) in [
        // Olga is here both days, and counts once.
        ("active_users", "3", "0", ["2", "2"]),
        ("new_users", "3", "0", ["2", "1"]),
        ("interactions", "4", "0", ["1", "3"]),
        ("opened_reports", "0", "0", ["0", "0"]),
        ("resolved_reports", "0", "0", ["0", "0"]),
    ] {
        let found = measures(&server, &olga, key, 2, Value::Null).await;
        assert_eq!(told(&found), (total, before, days.to_vec()), "{key}");
        assert!(found.get("human_value").is_none());
        let found = measures(&server, &olga, key, 1, Value::Null).await;
        assert_eq!(
            told(&found),
            (days[1], days[0], vec![days[1]]),
            "{key} of one day"
        );
    }
    server.settle().await;
}

#[tokio::test]
async fn a_tags_use_is_counted_by_posts_people_and_servers() {
    let scene = Scene::new().await;
    let client = scene.server.token_for(&scene.ana, EVERYTHING).await;
    let ana = Person {
        client,
        ..scene.ana.clone()
    };
    ana.post("#light").await;
    ana.post("#light #water").await;
    let mut note = scene.zed.note("<p>#light</p>");
    note["tag"] = json!([{ "type": "Hashtag", "name": "#light" }]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let tag = scene.number("select id from tags where name = $1", "light").await;
    let about = json!({ "id": tag.to_string() });
    for (key, total) in [("tag_uses", "3"), ("tag_accounts", "2"), ("tag_servers", "1")] {
        let found = measures(&scene.server, &ana, key, 3, about.clone()).await;
        assert_eq!(told(&found), (total, "0", vec!["0", "0", total]), "{key}");
        let unknown = measures(&scene.server, &ana, key, 1, json!({ "id": "0" })).await;
        assert_eq!(told(&unknown).0, "0");
    }
    let asked =
        json!({ "keys": ["tag_servers", "tag_languages"], "tag_servers": about, "tag_languages": about });
    let found = ana.json(Method::POST, DIMENSIONS, &asked).await.list();
    all_have("dimensions", &found, Object(dimension));
    let own = scene.server.authority();
    assert_eq!(
        found[0]["data"],
        json!([
            { "key": own, "human_key": own, "value": "2" },
            { "key": scene.peer.authority, "human_key": scene.peer.authority, "value": "1" },
        ])
    );
    assert_eq!(found[1]["data"][0]["value"], "3");
    scene.server.settle().await;
}

#[tokio::test]
async fn what_is_known_of_another_server_is_counted() {
    let scene = Scene::new().await;
    let client = scene.server.token_for(&scene.ana, EVERYTHING).await;
    let ana = Person {
        client,
        ..scene.ana.clone()
    };
    scene.zed_posts("<p>Light</p>").await;
    scene.zed_tells(&scene.zed.does("Follow", scene.uri(&ana))).await;
    for domain in ["peer.test", scene.peer.authority.as_str()] {
        let about = json!({ "domain": domain });
        for (key, total) in [
            ("instance_accounts", "1"),
            ("instance_statuses", "1"),
            ("instance_follows", "1"),
            ("instance_followers", "1"),
            ("instance_reports", "0"),
            ("instance_media_attachments", "0"),
        ] {
            let found = measures(&scene.server, &ana, key, 2, about.clone()).await;
            assert_eq!(
                told(&found),
                (total, "none", vec!["0", total]),
                "{key} of {domain}"
            );
            let is_size = key == "instance_media_attachments";
            assert_eq!(found["unit"], if is_size { json!("bytes") } else { Value::Null });
            assert_eq!(
                found["human_value"],
                if is_size { json!("0 Bytes") } else { Value::Null }
            );
        }
    }
    let nobody = json!({ "domain": "sub.peer.test" });
    let found = measures(&scene.server, &ana, "instance_accounts", 1, nobody).await;
    assert_eq!(told(&found).0, "0");
    let about = json!({ "domain": "peer.test" });
    let asked = json!({ "keys": ["instance_accounts", "instance_languages", "servers"],
                        "instance_accounts": about, "instance_languages": about });
    let found = ana.json(Method::POST, DIMENSIONS, &asked).await.list();
    all_have("dimensions", &found, Object(dimension));
    assert_eq!(
        found[0]["data"],
        json!([{ "key": "zed", "human_key": "zed", "value": "1" }])
    );
    assert_eq!(found[1]["data"][0]["value"], "1");
    assert_eq!(found[2]["data"][0]["key"], scene.peer.authority);
    scene.server.settle().await;
}

#[tokio::test]
async fn a_question_without_bounds_or_sense_is_refused_in_a_sentence() {
    let (server, olga) = with_owner().await;
    let asks = async |path: &str, body: Value| olga.json(Method::POST, path, &body).await.refused(422);
    let span = |first: &str, last: &str| json!({ "keys": ["new_users"], "start_at": first, "end_at": last, "frequency": "day" });
    asks(MEASURES, json!({ "keys": ["new_users"] })).await;
    for path in [MEASURES, DIMENSIONS, RETENTION] {
        for (first, last) in [
            ("yesterday", "2026-01-01"),
            ("2026-01-02", "2026-01-01"),
            ("0001-01-01", "2026-01-01"),
            ("2026-01-01", "9999-12-31"),
            ("2020-01-01", "2026-01-01"),
        ] {
            asks(path, span(first, last)).await;
        }
    }
    let with = |key: &str, about: Value| {
        let mut body = span("2026-01-01", "2026-01-02");
        body["keys"] = json!([key]);
        body[key] = about;
        body
    };
    asks(MEASURES, with("tag_uses", json!({}))).await;
    asks(MEASURES, with("instance_accounts", json!({ "domain": " " }))).await;
    asks(MEASURES, with("instance_accounts", json!({ "domain": "a b" }))).await;
    asks(DIMENSIONS, with("tag_servers", Value::Null)).await;
    for strange in [
        json!({ "id": "x" }),
        json!({ "id": "99999999999999999999" }),
        json!({ "id": -1 }),
    ] {
        let found = olga
            .json(Method::POST, MEASURES, &with("tag_uses", strange))
            .await
            .list();
        has("of no tag", &found[0], Object(measure));
    }
    assert!(
        olga.json(Method::POST, MEASURES, &with("elephants", Value::Null))
            .await
            .list()
            .is_empty()
    );
    server.settle().await;
}
