//! Who is woken by what, what they are told, and what becomes of a message that is not taken.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::device::{Device, claims, header};
use crate::filters::a_filter;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};
use crate::support::{Person, TestServer};

struct Woken {
    server: TestServer,
    ana: Person,
    bo: Person,
    device: Device,
}

impl Woken {
    /// Ana's device wants to hear of mentions and likes.
    async fn new() -> Self {
        let server = TestServer::start().await;
        let (ana, bo) = (server.person("ana").await, server.person("bo").await);
        let device = Device::new().await;
        device
            .subscribes(&ana, &device.subscription(&["mention", "favourite"]))
            .await
            .ok();
        Self {
            server,
            ana,
            bo,
            device,
        }
    }

    async fn mentions(&self, text: &str) -> Value {
        let post = self.bo.post(&format!("@ana {text}")).await;
        self.server.settle().await;
        post
    }

    async fn waiting(&self) -> i64 {
        sqlx::query_scalar("select count(*) from pushes")
            .fetch_one(self.server.db())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_message_is_sealed_for_the_device_in_either_encoding() {
    let server = TestServer::with(&[("TINTYPE_CONTACT_EMAIL", "admin@mail.example")]).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let device = Device::new().await;
    for standard in [true, false] {
        let mut asked = device.subscription(&["mention"]);
        asked["subscription"]["standard"] = standard.into();
        let subscription = device.subscribes(&ana, &asked).await.ok();
        assert_eq!(subscription["standard"], standard);
        let before = device.got().len();
        let post = bo.post("@ana good morning").await;
        server.settle().await;
        let got = device.got();
        assert_eq!(got.len(), before + 1);
        let message = &got[before];
        let encoding = if standard { "aes128gcm" } else { "aesgcm" };
        assert_eq!(header(message, "content-encoding"), encoding);
        let kept: i64 = header(message, "ttl").parse().unwrap();
        assert!((24 * 3_600..=2 * 24 * 3_600).contains(&kept), "{kept}");
        assert_eq!(header(message, "urgency"), "high");
        let told = ana.get("/api/v1/notifications").await.list();
        let said = device.opens(message);
        let expected = json!({
            "access_token": ana.client.token, "preferred_locale": "en",
            "notification_id": told[0]["id"], "notification_type": "mention",
            "icon": told[0]["account"]["avatar"], "title": "bo mentioned you", "body": "@ana good morning",
        });
        assert_eq!(said, expected, "{post}");
        let claims = claims(message, &subscription["server_key"]);
        assert_eq!(claims["aud"], device.service.url(""));
        assert_eq!(claims["sub"], "mailto:admin@mail.example");
        let left = claims["exp"].as_i64().unwrap() - server.app.clock.now().timestamp();
        assert!((0..=24 * 3_600).contains(&left), "{claims}");
    }
}

#[tokio::test]
async fn only_what_was_asked_for_wakes_a_device() {
    let woken = Woken::new().await;
    let post = woken.ana.post("mine").await;
    woken.bo.reposts(&post).await;
    woken.bo.follows(&woken.ana).await;
    woken.server.settle().await;
    assert_eq!(woken.device.got().len(), 0);
    woken.bo.likes(&post).await;
    woken.server.settle().await;
    let said = woken.device.opens(&woken.device.got()[0]);
    assert_eq!(
        (&said["notification_type"], &said["title"], &said["body"]),
        (&json!("favourite"), &json!("bo liked your post"), &json!("mine"))
    );
    assert_eq!(header(&woken.device.got()[0], "urgency"), "normal");
}

#[tokio::test]
async fn a_policy_says_from_whom() {
    let woken = Woken::new().await;
    let path = "/api/v1/push/subscription";
    // (policy, Ana follows Bo, Bo follows Ana) → woken
    let cases = [
        ("none", true, true, false),
        ("followed", false, true, false),
        ("followed", true, false, true),
        ("follower", true, false, false),
        ("follower", false, true, true),
        ("all", false, false, true),
    ];
    for (policy, followed, follower, wakes) in cases {
        let asked = json!({ "data": { "policy": policy } });
        woken.ana.json(reqwest::Method::PUT, path, &asked).await.ok();
        woken
            .ana
            .toward(if followed { "follow" } else { "unfollow" }, &woken.bo)
            .await;
        woken
            .bo
            .toward(if follower { "follow" } else { "unfollow" }, &woken.ana)
            .await;
        let before = woken.device.got().len();
        woken.mentions(policy).await;
        let after = woken.device.got().len();
        assert_eq!(
            after - before,
            usize::from(wakes),
            "{policy} {followed} {follower}"
        );
    }
}

#[tokio::test]
async fn what_a_person_does_not_see_does_not_wake_them() {
    let woken = Woken::new().await;
    woken.ana.mutes(&woken.bo).await;
    woken.mentions("unheard").await;
    assert_eq!((woken.device.got().len(), woken.waiting().await), (0, 0));
    // Taken back before it was sent.
    woken.ana.toward("unmute", &woken.bo).await;
    woken.device.service.says(&woken.device.path, Says::Status(503));
    let post = woken.mentions("heard").await;
    assert_eq!((woken.device.got().len(), woken.waiting().await), (1, 1));
    woken.bo.deletes(&post).await;
    woken.server.settle().await;
    assert_eq!(woken.waiting().await, 0);
}

#[tokio::test]
async fn what_a_filter_leaves_out_of_notifications_does_not_wake_anybody() {
    let woken = Woken::new().await;
    a_filter(&woken.ana, "bad", &["notifications"], "hide").await;
    a_filter(&woken.ana, "odd", &["notifications"], "warn").await;
    a_filter(&woken.ana, "dull", &["home"], "hide").await;
    woken.mentions("bad news").await;
    assert_eq!((woken.device.got().len(), woken.waiting().await), (0, 0));
    woken.mentions("odd and dull news").await;
    assert_eq!(woken.device.got().len(), 1);
    // One's own words are not filtered.
    let own = woken.ana.post("bad").await;
    woken.bo.likes(&own).await;
    woken.server.settle().await;
    assert_eq!(woken.device.got().len(), 2);
}

#[tokio::test]
async fn a_message_that_is_not_taken_is_sent_again_later() {
    let woken = Woken::new().await;
    let (path, service) = (&woken.device.path, &woken.device.service);
    service.says(path, Says::Wait(429, "3600"));
    woken.mentions("again").await;
    assert_eq!(woken.device.got().len(), 1);
    woken.server.settle().await;
    assert_eq!(woken.device.got().len(), 1, "not before its time");
    service.says(path, Says::Status(201));
    woken.server.wind(TimeDelta::minutes(61));
    woken.server.settle().await;
    let got = woken.device.got();
    assert_eq!((got.len(), woken.waiting().await), (2, 0));
    let kept: i64 = header(&got[1], "ttl").parse().unwrap();
    assert!(kept < 2 * 24 * 3_600 - 3_600, "it has grown older: {kept}");
    assert_eq!(woken.device.opens(&got[0]), woken.device.opens(&got[1]));
}

#[tokio::test]
async fn a_service_that_never_takes_it_is_not_asked_for_ever() {
    let woken = Woken::new().await;
    woken.device.service.says(&woken.device.path, Says::Status(500));
    woken.mentions("in vain").await;
    for _ in 0..20 {
        woken.server.wind(TimeDelta::minutes(140));
        woken.server.settle().await;
    }
    assert_eq!((woken.device.got().len(), woken.waiting().await), (8, 0));
    // A refusal is one for good, and nobody is sent elsewhere.
    for says in [
        Says::Status(400),
        Says::Redirect(woken.device.service.url("/elsewhere")),
    ] {
        woken.device.service.says(&woken.device.path, says);
        let before = woken.device.got().len();
        woken.mentions("once").await;
        assert_eq!((woken.device.got().len(), woken.waiting().await), (before + 1, 0));
    }
    assert_eq!(woken.device.service.asked_for("/elsewhere"), 0);
}

#[tokio::test]
async fn a_subscription_that_is_gone_goes_with_its_messages() {
    for status in [404, 410] {
        let woken = Woken::new().await;
        woken.device.service.says(&woken.device.path, Says::Status(503));
        woken.mentions("one").await;
        woken
            .device
            .service
            .says(&woken.device.path, Says::Status(status));
        woken.mentions("two").await;
        woken.server.wind(TimeDelta::hours(1));
        woken.server.settle().await;
        assert_eq!(woken.waiting().await, 0);
        woken.ana.get("/api/v1/push/subscription").await.refused(404);
    }
}

#[tokio::test]
async fn one_service_in_trouble_holds_up_no_other() {
    let woken = Woken::new().await;
    let cy = woken.server.person("cy").await;
    let other = Device::at(Peer::start("two.test").await, "/well");
    other
        .subscribes(&cy, &other.subscription(&["mention"]))
        .await
        .ok();
    woken.device.service.says(&woken.device.path, Says::Status(503));
    for turn in 0..12 {
        woken.bo.post(&format!("@ana {turn}")).await;
    }
    woken.bo.post("@cy hello").await;
    woken.server.settle().await;
    assert_eq!(other.got().len(), 1);
    assert_eq!(woken.waiting().await, 12);
    // Whoever has as much waiting as an app can use gets no more.
    woken.server.wind(TimeDelta::days(3));
    woken.server.settle().await;
    assert_eq!(woken.waiting().await, 0, "what is no news any more is dropped");
}

#[tokio::test]
async fn the_guard_is_not_passed() {
    let server = TestServer::with(&[("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "false")]).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let device = Device::new().await;
    let mut asked = device.subscription(&["mention"]);
    device.subscribes(&ana, &asked).await.refused(422);
    let address = device.service.address;
    asked["subscription"]["endpoint"] = format!("https://{address}{}", device.path).into();
    device.subscribes(&ana, &asked).await.ok();
    let post = bo.post("@ana knock").await;
    server.settle().await;
    assert_eq!(device.service.asked().len(), 0, "{}", id(&post));
    let waiting: i64 = sqlx::query_scalar("select count(*) from pushes")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(waiting, 0, "it is refused for good");
}
