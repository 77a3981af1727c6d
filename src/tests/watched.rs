//! The numbers of a server: for those who watch it, and for nobody else.

use reqwest::Method;

use crate::support::TestServer;
use crate::support::http::Answer;

/// Asks as a proxy on this machine does that adds these headers, or with none by oneself.
async fn asked(server: &TestServer, said: &[(&str, &str)]) -> Answer {
    let mut request = server.client.request(Method::GET, "/metrics");
    for (name, value) in said {
        request = request.header(*name, *value);
    }
    server.client.send(request).await
}

#[tokio::test]
async fn the_numbers_are_for_this_machine_and_not_for_whoever_comes_through_a_proxy_on_it() {
    let server = TestServer::start().await;
    let own = asked(&server, &[]).await;
    assert_eq!(own.status, 200);
    assert_eq!(
        own.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    for name in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
        let answer = asked(&server, &[(name, "127.0.0.1")]).await;
        assert_eq!(answer.refused(404), "Record not found", "{name}");
    }
    // As anything that is not there.
    let nothing = server.client.get("/metrica").await;
    assert_eq!(nothing.refused(404), "Record not found");
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_numbers_are_for_those_whom_it_names() {
    let server = TestServer::with(&[
        ("TINTYPE_TRUSTED_PROXIES", "127.0.0.1"),
        ("TINTYPE_METRICS_FROM", "192.0.2.0/24"),
    ])
    .await;
    let from = async |addresses: &str| asked(&server, &[("x-forwarded-for", addresses)]).await.status;
    assert_eq!(from("192.0.2.7").await, 200);
    assert_eq!(from("203.0.113.5").await, 404);
    assert_eq!(from("192.0.2.7, 203.0.113.5").await, 404, "what a visitor said");
    assert_eq!(from("unknown").await, 404);
    assert_eq!(asked(&server, &[]).await.status, 404, "the proxy's own machine");
}
