//! What of something there is most, and who stayed.

use reqwest::Method;
use serde_json::{Value, json};

use super::numbers::{DIMENSIONS, RETENTION, a_day_later, dimension, today, with_owner};
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, all_have};
use crate::support::Person;

fn cohort() -> Shape {
    vec![
        ("period", Midnight),
        ("frequency", OneOf(&["day", "month"])),
        (
            "data",
            List(&Object(|| {
                vec![("date", Midnight), ("rate", Number), ("value", Id)]
            })),
        ),
    ]
}

#[tokio::test]
async fn the_server_tells_of_its_people_its_space_and_its_software() {
    let (server, olga) = with_owner().await;
    olga.post("light").await;
    let keys = [
        "languages",
        "sources",
        "servers",
        "space_usage",
        "software_versions",
        "elephants",
        "sources",
    ];
    let found = olga
        .json(Method::POST, DIMENSIONS, &json!({ "keys": keys, "limit": 5 }))
        .await
        .list();
    all_have("dimensions", &found, Object(dimension));
    let names: Vec<&str> = found.iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(names, keys[..5]);
    assert_eq!(
        found[0]["data"],
        json!([{ "key": "en", "human_key": "English", "value": "1" }])
    );
    assert_eq!(
        found[1]["data"],
        json!([{ "key": "web", "human_key": "Website", "value": "1" }])
    );
    let own = server.authority();
    assert_eq!(
        found[2]["data"],
        json!([{ "key": own, "human_key": own, "value": "1" }])
    );
    let space = &found[3]["data"][0];
    assert_eq!(
        (&space["key"], &space["unit"]),
        (&json!("postgresql"), &json!("bytes"))
    );
    assert!(space["human_value"].as_str().unwrap().ends_with("MB"), "{space}");
    assert_eq!(found[4]["data"][0]["value"], env!("CARGO_PKG_VERSION"));
    // Of another time there is nothing.
    let asked = json!({ "keys": ["languages", "sources", "servers"], "start_at": "2020-01-01", "end_at": "2020-01-31" });
    for one in olga.json(Method::POST, DIMENSIONS, &asked).await.list() {
        assert_eq!(one["data"], json!([]), "{one}");
    }
    server.settle().await;
}

#[tokio::test]
async fn who_stayed_is_told_of_each_day_and_month() {
    let (server, olga) = with_owner().await;
    let ana = server.person("ana").await;
    let comes = async |person: &Person| person.get("/api/v1/accounts/verify_credentials").await.ok();
    for person in [&olga, &ana] {
        comes(person).await;
    }
    let first = today(&server);
    a_day_later(&server);
    comes(&ana).await;
    a_day_later(&server);
    comes(&olga).await;
    let asked =
        |frequency: &str| json!({ "start_at": first, "end_at": today(&server), "frequency": frequency });
    let found = olga.json(Method::POST, RETENTION, &asked("day")).await.list();
    all_have("cohorts", &found, Object(cohort));
    let of_day = |cohort: &Value| {
        let stretches = cohort["data"].as_array().expect("stretches");
        let pairs = stretches.iter().map(|one| {
            (
                one["value"].as_str().unwrap().to_owned(),
                one["rate"].as_f64().unwrap(),
            )
        });
        pairs.collect::<Vec<_>>()
    };
    let all = ["2", "2", "1"]
        .map(str::to_owned)
        .into_iter()
        .zip([1.0, 1.0, 0.5]);
    assert_eq!(of_day(&found[0]), all.collect::<Vec<_>>());
    assert_eq!(of_day(&found[1]), [("0".to_owned(), 0.0), ("0".to_owned(), 0.0)]);
    assert_eq!(found.len(), 3);
    let found = olga.json(Method::POST, RETENTION, &asked("month")).await.list();
    all_have("cohorts", &found, Object(cohort));
    assert_eq!(of_day(&found[0])[0], ("2".to_owned(), 1.0));
    let whole = json!({ "start_at": first, "end_at": first, "frequency": "day" });
    for missing in ["start_at", "end_at", "frequency"] {
        let mut asked = whole.clone();
        asked.as_object_mut().unwrap().remove(missing);
        assert!(
            olga.json(Method::POST, RETENTION, &asked).await.list().is_empty(),
            "{missing}"
        );
    }
    server.settle().await;
}
