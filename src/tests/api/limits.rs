//! How often a program may ask: told in every answer, counted for each token and address apart, over after a while.

use chrono::{DateTime, TimeDelta};

use crate::support::TestServer;

const PATH: &str = "/api/v1/custom_emojis";

fn remaining(answer: &crate::support::http::Answer) -> u32 {
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
    // To the beginning of a stretch, so that none ends while the test goes on.
    let into_it = server.app.clock.now().timestamp() % 300;
    server.wind(TimeDelta::seconds(300 - into_it));
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
    // Made-up tokens are one address's.
    for number in 0..300 {
        server
            .client
            .with_token(&format!("made-up-{number}"))
            .get(PATH)
            .await;
    }
    server.client.get(PATH).await.refused(429);
    bo.get(PATH).await.ok();
    server.wind(TimeDelta::minutes(5));
    ana.get(PATH).await.ok();
    server.client.get(PATH).await.ok();
}
