//! How often a program may ask: told in every answer, counted for each token and address apart, over after a while.

use chrono::{DateTime, TimeDelta};
use reqwest::Method;

use crate::support::http::{Answer, Client, Part};
use crate::support::server::PASSWORD;
use crate::support::{Browser, Person, TestServer};

const PATH: &str = "/api/v1/custom_emojis";

fn remaining(answer: &Answer) -> u32 {
    let header = answer.header("x-ratelimit-remaining").expect("it is told");
    header.parse().expect("a number")
}

#[tokio::test]
async fn every_answer_says_how_much_is_left_until_when() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let ana = server.person("ana").await;
    ana.get("/api/v1/preferences").await.ok();
    let first = ana.get(PATH).await;
    assert_eq!(first.header("x-ratelimit-limit"), Some("300"));
    let reset = first.header("x-ratelimit-reset").expect("it is told");
    let reset = DateTime::parse_from_rfc3339(reset).expect("a time").to_utc();
    let ahead = reset - server.app.clock.now();
    assert!(
        ahead > TimeDelta::seconds(-1) && ahead <= TimeDelta::minutes(5),
        "{reset}"
    );
    // Refusals count and tell too; pages are not for programs.
    let refused = ana.get("/api/v1/statuses/1").await;
    assert_eq!(refused.status, 404);
    assert!(remaining(&refused) < remaining(&first));
    assert_eq!(ana.get("/about").await.header("x-ratelimit-limit"), None);
}

#[tokio::test]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for person in [&ana, &bo] {
        // A token counts by itself as soon as it is known.
        person.get("/api/v1/preferences").await.ok();
    }
    to_a_beginning(&server, 5);
    let mut last = ana.get(PATH).await;
    while last.status.is_success() {
        last = ana.get(PATH).await;
    }
    assert_eq!(last.refused(429), "Too many requests");
    assert_eq!(remaining(&last), 0);
    let wait: i64 = last
        .header("retry-after")
        .expect("it says when")
        .parse()
        .expect("seconds");
    assert!(wait > 0 && wait <= 300, "{wait}");
    assert_eq!(last.header("access-control-allow-origin"), Some("*"));
    bo.get(PATH).await.ok();
    // Made-up tokens are one address's, and take nothing from those without one.
    let made_up = async |number: u32| {
        let client = server.client.with_token(&format!("made-up-{number}"));
        client.get(PATH).await.status.as_u16()
    };
    for number in 0..300 {
        assert_ne!(made_up(number).await, 429, "{number}");
    }
    assert_eq!(made_up(300).await, 429);
    server.client.get(PATH).await.ok();
    bo.get(PATH).await.ok();
    server.wind(TimeDelta::minutes(5));
    ana.get(PATH).await.ok();
    server.client.get(PATH).await.ok();
}

#[tokio::test]
async fn a_token_that_is_seen_for_the_first_time_is_not_kept_out_by_neighbours_without_one() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let ana = server.person("ana").await;
    to_a_beginning(&server, 5);
    while server.client.get(PATH).await.status.is_success() {}
    server.client.get(PATH).await.refused(429);
    ana.get("/api/v1/preferences").await.ok();
    assert!(remaining(&ana.get(PATH).await) > 290);
}

/// What counts by itself: method, path, how many within how many minutes.
const DEAR: [(&str, &str, u32, i64); 7] = [
    ("POST", "/api/tintype/v1/uploads", 30, 30),
    ("POST", "/api/v2/media", 30, 30),
    ("DELETE", "/api/v1/statuses/1", 30, 30),
    ("POST", "/api/v1/statuses/1/unreblog", 30, 30),
    ("POST", "/api/v1/accounts", 5, 30),
    ("POST", "/api/v1/apps", 5, 10),
    ("POST", "/oauth/token", 60, 10),
];

/// To the beginning of a stretch of so many minutes, so that none ends while the test goes on.
fn to_a_beginning(server: &TestServer, minutes: i64) {
    let stretch = minutes * 60;
    let into_it = server.app.clock.now().timestamp() % stretch;
    server.wind(TimeDelta::seconds(stretch - into_it));
}

async fn asks(client: &Client, method: &str, path: &str) -> Answer {
    let method = method.parse().expect("a method");
    client.send(client.request(method, path)).await
}

#[tokio::test]
async fn what_is_dear_counts_by_itself_and_leaves_the_rest_alone() {
    for (method, path, most, minutes) in DEAR {
        let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
        let ana = server.person("ana").await;
        ana.get(PATH).await.ok();
        to_a_beginning(&server, 30);
        for number in 1..=most {
            let answer = asks(&ana, method, path).await;
            assert_ne!(answer.status, 429, "{path}: number {number}");
            assert_eq!(remaining(&answer), most - number, "{path}");
            let limit = answer.header("x-ratelimit-limit").expect("it is told");
            assert_eq!(limit, most.to_string(), "{path}: what is nearest to its end");
        }
        let refused = asks(&ana, method, path).await;
        assert_eq!(refused.status, 429, "{path}");
        let wait: i64 = refused
            .header("retry-after")
            .expect("it says when")
            .parse()
            .expect("seconds");
        assert!(
            wait > (minutes - 2) * 60 && wait <= minutes * 60,
            "{path}: {wait}"
        );
        assert_eq!(ana.get(PATH).await.header("x-ratelimit-limit"), Some("300"));
        server.wind(TimeDelta::minutes(minutes));
        assert_ne!(asks(&ana, method, path).await.status, 429, "{path}: it is over");
    }
}

#[tokio::test]
async fn uploads_and_deletions_are_each_persons_own() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for person in [&ana, &bo] {
        person.get("/api/v1/preferences").await.ok();
    }
    to_a_beginning(&server, 30);
    for (method, path, most, _) in &DEAR[..2] {
        for _ in 0..*most {
            asks(&ana, method, path).await;
        }
        // By another of her programs as well.
        let other = server.token_for(&ana, "read write").await;
        other.get("/api/v1/preferences").await.ok();
        asks(&other, method, path).await.refused(429);
        assert_ne!(asks(&bo, method, path).await.status, 429, "{path}");
    }
}

#[tokio::test]
async fn a_persons_programs_have_a_bound_together_and_one_without_end_takes_nothing_from_the_others() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let ana = server.person("ana").await;
    let mut programs = Vec::new();
    for _ in 0..6 {
        let program = server.token_for(&ana, "read").await;
        program.get("/api/v1/preferences").await.ok();
        programs.push(program);
    }
    to_a_beginning(&server, 5);
    for (number, program) in programs.iter().take(5).enumerate() {
        for _ in 0..300 {
            program.get(PATH).await.ok();
        }
        if number == 0 {
            for _ in 0..50 {
                program.get(PATH).await.refused(429);
            }
        }
    }
    let refused = programs[5].get(PATH).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("x-ratelimit-limit"), Some("1500"));
}

#[tokio::test]
async fn neighbours_of_one_ipv6_network_are_one_address() {
    let server = TestServer::with(&[
        ("TINTYPE_RATE_LIMITS", "on"),
        ("TINTYPE_TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    to_a_beginning(&server, 30);
    let from = async |address: &str| {
        let request = server.client.request(reqwest::Method::POST, "/api/v1/apps");
        server
            .client
            .send(request.header("x-forwarded-for", address))
            .await
            .status
    };
    for number in 1..=5 {
        assert_eq!(from(&format!("2001:db8:1:2::{number}")).await, 422);
    }
    assert_eq!(from("2001:db8:1:2:ffff::1").await, 429);
    assert_eq!(from("2001:db8:1:3::1").await, 422);
    assert_eq!(from("192.0.2.1").await, 422);
}

#[tokio::test]
async fn our_own_pages_count_for_whoever_is_signed_in_and_what_a_server_says_of_itself_for_nobody() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let from_page = async || {
        let request = browser.request(reqwest::Method::GET, "/api/v1/preferences");
        browser
            .send(request.header("sec-fetch-site", "same-origin"))
            .await
    };
    from_page().await.ok();
    to_a_beginning(&server, 5);
    for _ in 0..300 {
        server.client.get(PATH).await.ok();
    }
    server.client.get(PATH).await.refused(429);
    let answer = from_page().await;
    answer.ok();
    assert_eq!(remaining(&answer), 299);
    for path in ["/api/v1/instance", "/api/v2/instance"] {
        let answer = server.client.get(path).await;
        answer.ok();
        assert_eq!(answer.header("x-ratelimit-remaining"), None);
    }
}

#[tokio::test]
async fn nothing_is_counted_where_limits_are_off() {
    let server = TestServer::start().await;
    for (method, path, most, _) in DEAR {
        for _ in 0..=most {
            let answer = asks(&server.client, method, path).await;
            assert_ne!(answer.status, 429, "{path}");
            assert_eq!(answer.header("x-ratelimit-limit"), None, "{path}");
        }
    }
}

#[tokio::test]
async fn pictures_of_a_profile_count_and_its_words_do_not() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    to_a_beginning(&server, 30);
    let path = "/api/v1/accounts/update_credentials";
    let sends = async |person: &Person, name: &'static str, path: &str| {
        // No picture, and counted before anybody looks.
        let parts = [Part::File(name, "me.jpg", "image/jpeg", b"none")];
        person
            .multipart(Method::PATCH, path, &parts)
            .await
            .status
            .as_u16()
    };
    for number in 0..15 {
        assert_eq!(sends(&ana, "avatar", path).await, 422, "{number}");
        assert_eq!(sends(&ana, "header", "/api/v1/profile").await, 422, "{number}");
    }
    let parts = [Part::File("avatar", "me.jpg", "image/jpeg", b"none")];
    let refused = ana.multipart(Method::PATCH, path, &parts).await;
    refused.refused(429);
    let wait: i64 = refused
        .header("retry-after")
        .expect("when")
        .parse()
        .expect("seconds");
    assert!((28 * 60..=30 * 60).contains(&wait), "{wait}");
    ana.form(Method::PATCH, path, &[("display_name", "Ana")])
        .await
        .ok();
    assert_eq!(sends(&bo, "avatar", path).await, 422);
    server.wind(TimeDelta::minutes(30));
    assert_eq!(sends(&ana, "avatar", path).await, 422);
    server.settle().await;
}
