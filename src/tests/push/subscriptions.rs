//! The routes of an app's subscription.

use reqwest::Method;
use serde_json::{Value, json};

use super::device::Device;
use crate::support::http::Client;
use crate::support::{Person, TestServer};

const PATH: &str = "/api/v1/push/subscription";

#[tokio::test]
async fn a_subscription_is_made_shown_changed_and_removed() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let device = Device::new().await;
    ana.get(PATH).await.refused(404);
    ana.json(Method::PUT, PATH, &json!({})).await.refused(404);
    let made = device
        .subscribes(&ana, &device.subscription(&["mention"]))
        .await
        .ok();
    assert!(made["id"].is_i64(), "{made}");
    assert_eq!(made["endpoint"], device.service.url(&device.path));
    assert_eq!(
        (&made["standard"], &made["policy"]),
        (&json!(true), &json!("all"))
    );
    let instance = server.client.get("/api/v2/instance").await.ok();
    assert_eq!(
        made["server_key"],
        instance["configuration"]["vapid"]["public_key"]
    );
    let alerts = made["alerts"].as_object().unwrap();
    let on: Vec<&String> = alerts
        .iter()
        .filter(|(_, on)| **on == true)
        .map(|(name, _)| name)
        .collect();
    assert_eq!((on, alerts.len()), (vec![&"mention".to_owned()], 12));
    assert_eq!(ana.get(PATH).await.ok(), made);

    let changed = json!({ "data": { "alerts": { "follow": true, "mention": false }, "policy": "followed" } });
    let changed = ana.json(Method::PUT, PATH, &changed).await.ok();
    assert_eq!(
        (
            &changed["alerts"]["follow"],
            &changed["alerts"]["mention"],
            &changed["policy"]
        ),
        (&json!(true), &json!(false), &json!("followed"))
    );
    assert_eq!(changed["id"], made["id"]);
    // What is not said stays.
    let kept = ana
        .json(Method::PUT, PATH, &json!({ "policy": "none" }))
        .await
        .ok();
    assert_eq!(
        (&kept["alerts"]["follow"], &kept["policy"]),
        (&json!(true), &json!("none"))
    );

    assert_eq!(ana.delete(PATH).await.ok(), json!({}));
    assert_eq!(ana.delete(PATH).await.ok(), json!({}));
    ana.get(PATH).await.refused(404);
}

#[tokio::test]
async fn a_subscription_comes_as_a_form_as_well() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let device = Device::new().await;
    let asked = device.subscription(&[]);
    let keys = &asked["subscription"]["keys"];
    let endpoint = device.service.url(&device.path);
    let made = ana
        .post_form(
            PATH,
            &[
                ("subscription[endpoint]", &endpoint),
                ("subscription[keys][p256dh]", keys["p256dh"].as_str().unwrap()),
                (
                    "subscription[keys][auth]",
                    &format!("{}==", keys["auth"].as_str().unwrap()),
                ),
                ("data[alerts][mention]", "true"),
                ("data[alerts][admin.sign_up]", "1"),
                ("data[alerts][poll]", "false"),
                ("data[policy]", "follower"),
            ],
        )
        .await
        .ok();
    assert_eq!(
        (&made["standard"], &made["policy"]),
        (&json!(false), &json!("follower"))
    );
    for (alert, on) in [
        ("mention", true),
        ("admin.sign_up", true),
        ("poll", false),
        ("follow", false),
    ] {
        assert_eq!(made["alerts"][alert], on, "{alert}");
    }
}

#[tokio::test]
async fn each_token_has_its_own_and_takes_it_along() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let other = Person {
        client: server.token_for(&ana, "read write push").await,
        ..ana.clone()
    };
    let device = Device::new().await;
    let first = device
        .subscribes(&ana, &device.subscription(&["mention"]))
        .await
        .ok();
    let second = device
        .subscribes(&other, &device.subscription(&["follow"]))
        .await
        .ok();
    assert_ne!(first["id"], second["id"]);
    assert_eq!(ana.get(PATH).await.ok(), first);
    let again = device
        .subscribes(&ana, &device.subscription(&["status"]))
        .await
        .ok();
    assert_ne!(again["id"], first["id"]);
    assert_eq!(other.get(PATH).await.ok(), second);
    // Nothing of the token is readable where it is kept.
    let sealed: Vec<Vec<u8>> = sqlx::query_scalar("select sealed from push_subscriptions")
        .fetch_all(server.db())
        .await
        .unwrap();
    let token = ana.client.token.as_deref().unwrap().as_bytes();
    assert!(
        sealed
            .iter()
            .all(|sealed| sealed.windows(8).all(|part| part != &token[..8]))
    );
    sqlx::query("delete from oauth_tokens where hash = $1")
        .bind(tintype::domain::random::hash(
            other.client.token.as_deref().unwrap(),
        ))
        .execute(server.db())
        .await
        .unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from push_subscriptions")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(left, 1);
}

#[tokio::test]
async fn what_is_no_subscription_is_refused() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let device = Device::new().await;
    let good = device.subscription(&["mention"]);
    let with = |pointer: &str, value: Value| {
        let mut asked = good.clone();
        *asked.pointer_mut(pointer).expect("it is there") = value;
        asked
    };
    let long = format!("https://push.example/{}", "a".repeat(2_048));
    let cases = [
        json!({}),
        with("/subscription/endpoint", json!("no address")),
        with("/subscription/endpoint", json!("ftp://push.example/1")),
        with(
            "/subscription/endpoint",
            json!("https://ana:secret@push.example/1"),
        ),
        with("/subscription/endpoint", json!(long)),
        with("/subscription/keys/p256dh", json!("BAAA")),
        with("/subscription/keys/p256dh", json!("not base64!")),
        with("/subscription/keys/auth", json!("c2hvcnQ")),
        with("/data", json!({ "policy": "everybody" })),
    ];
    for asked in cases {
        ana.json(Method::POST, PATH, &asked).await.refused(422);
    }
    ana.get(PATH).await.refused(404);
    let reader = server.token_for(&ana, "read write").await;
    let doors: [(&Client, u16); 2] = [(&reader, 403), (&server.client, 401)];
    for (client, status) in doors {
        client.json(Method::POST, PATH, &good).await.refused(status);
        client.json(Method::PUT, PATH, &good).await.refused(status);
        client.get(PATH).await.refused(status);
        client.delete(PATH).await.refused(status);
    }
}
