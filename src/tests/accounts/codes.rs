//! Authorization codes: good once, for ten minutes, for the app and the verifier that they were asked with.

use chrono::TimeDelta;

use super::program::{Program, VERIFIER, challenge, fault, token};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

async fn scene() -> (TestServer, Browser, Program) {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let program = Program::of(&server.client).await;
    (server, browser, program)
}

const ME: &str = "/api/v1/accounts/verify_credentials";

#[tokio::test]
async fn a_code_is_good_once_and_its_second_use_ends_what_it_gave() {
    let (server, browser, program) = scene().await;
    let code = program.is_allowed(&browser, &[]).await;
    let ana = server
        .client
        .with_token(&token(&program.brings(&code, &[]).await));
    ana.get(ME).await.ok();
    assert_eq!(fault(&program.brings(&code, &[]).await, 400), "invalid_grant");
    ana.get(ME).await.refused(401);
    assert_eq!(fault(&program.brings(&code, &[]).await, 400), "invalid_grant");
}

#[tokio::test]
async fn of_many_who_bring_one_code_at_once_none_is_left_with_a_token() {
    let (server, browser, program) = scene().await;
    let code = program.is_allowed(&browser, &[]).await;
    let all = (0..8).map(|_| program.brings(&code, &[]));
    let answers = futures::future::join_all(all).await;
    let good: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(good.len(), 1);
    server
        .client
        .with_token(&token(good[0]))
        .get(ME)
        .await
        .refused(401);
}

#[tokio::test]
async fn a_code_lives_ten_minutes() {
    let (server, browser, program) = scene().await;
    let young = program.is_allowed(&browser, &[]).await;
    server.wind(TimeDelta::minutes(9) + TimeDelta::seconds(50));
    token(&program.brings(&young, &[]).await);
    let old = program.is_allowed(&browser, &[]).await;
    server.wind(TimeDelta::minutes(10));
    assert_eq!(fault(&program.brings(&old, &[]).await, 400), "invalid_grant");
}

#[tokio::test]
async fn a_code_that_was_intercepted_is_of_no_use() {
    let (server, browser, program) = scene().await;
    let thief = Program::of(&server.client).await;
    let code = program.is_allowed(&browser, &[]).await;
    // By another app, which has everything but the first app's secret.
    assert_eq!(fault(&thief.brings(&code, &[]).await, 400), "invalid_grant");
    // By who took the app's secret from its package, but not the verifier of this one request.
    let challenge = challenge(VERIFIER);
    for verifier in ["", "short", &challenge, &VERIFIER[..43], &format!("{VERIFIER}x")] {
        let answer = program.brings(&code, &[("code_verifier", verifier)]).await;
        assert_eq!(fault(&answer, 400), "invalid_grant", "{verifier}");
    }
    for back in ["https://app.example/back", "https://evil.example/"] {
        let answer = program.brings(&code, &[("redirect_uri", back)]).await;
        assert_eq!(fault(&answer, 400), "invalid_grant", "{back}");
    }
    // The app itself still can: none of those was a use.
    token(&program.brings(&code, &[]).await);
}

#[tokio::test]
async fn without_a_challenge_a_code_works_without_verifier_and_with_one_it_does_not() {
    let (_server, browser, program) = scene().await;
    let bare = [("code_challenge", ""), ("code_challenge_method", "")];
    let code = program.is_allowed(&browser, &bare).await;
    let downgraded = program.brings(&code, &[]).await;
    assert_eq!(fault(&downgraded, 400), "invalid_grant");
    token(&program.brings(&code, &[("code_verifier", "")]).await);
}

#[tokio::test]
async fn what_is_brought_wrongly_is_told_in_the_words_of_rfc_6749() {
    let (_server, browser, program) = scene().await;
    let code = program.is_allowed(&browser, &[]).await;
    for (more, status, error) in [
        ([("grant_type", "")], 400, "invalid_request"),
        ([("grant_type", "password")], 400, "unsupported_grant_type"),
        ([("grant_type", "refresh_token")], 400, "unsupported_grant_type"),
        ([("code", "")], 400, "invalid_request"),
        ([("redirect_uri", "")], 400, "invalid_request"),
        ([("code", "made-up")], 400, "invalid_grant"),
        ([("code", "a\0b")], 400, "invalid_grant"),
        ([("client_secret", "wrong")], 401, "invalid_client"),
        ([("client_secret", "")], 401, "invalid_client"),
        ([("client_id", "nobody")], 401, "invalid_client"),
        ([("client_id", "a\0b")], 401, "invalid_client"),
    ] {
        let answer = program.brings(&code, &more).await;
        assert_eq!(fault(&answer, status), error, "{more:?}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("*"),
            "{more:?}"
        );
        assert_eq!(answer.header("www-authenticate").is_some(), status == 401);
    }
    token(&program.brings(&code, &[]).await);
}
