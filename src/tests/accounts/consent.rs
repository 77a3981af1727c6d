//! `/oauth/authorize`: what somebody is asked, and what the app is told.

use super::program::{BACK, Program, fault, parameter, token};
use crate::support::browser::{filled, leads_to};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

async fn signed_in(server: &TestServer) -> Browser {
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    leads_to(&browser.signs_in("ana", PASSWORD).await);
    browser
}

#[tokio::test]
async fn a_person_signs_in_is_asked_and_the_app_gets_a_token() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let program = Program::of(&server.client).await;
    let browser = Browser::new(&server.client);
    let sent = browser.get(&program.asks(&[])).await;
    let sign_in = browser.follows(&sent).await;
    assert!(sign_in.text().contains("Pocket Darkroom"), "{}", sign_in.text());
    let typed = [("user[email]", "ana"), ("user[password]", PASSWORD)];
    let asked = browser
        .follows(&browser.submits(&sign_in, "/auth/sign_in", &typed).await)
        .await;
    let html = asked.text();
    assert!(
        html.contains("Allow <bdi>Pocket Darkroom</bdi>") && html.contains("app.example"),
        "{html}"
    );
    let allowed = browser
        .submits(&asked, "/oauth/authorize", &[("decision", "allow")])
        .await;
    let back = leads_to(&allowed);
    assert!(back.starts_with(&format!("{BACK}&code=")), "{back}");
    assert_eq!(parameter(&back, "state").as_deref(), Some("a&b=c"));
    let issued = program
        .brings(&parameter(&back, "code").expect("a code"), &[])
        .await;
    assert_eq!(issued.header("cache-control"), Some("no-store"));
    let told = issued.ok();
    assert_eq!(
        (&told["token_type"], &told["scope"]),
        (&"Bearer".into(), &"read write".into())
    );
    assert!(told["created_at"].is_i64() && told.get("expires_in").is_none());
    let ana = server.client.with_token(&token(&issued));
    assert_eq!(
        ana.get("/api/v1/accounts/verify_credentials").await.ok()["acct"],
        "ana"
    );
}

#[tokio::test]
async fn the_address_with_a_slash_at_the_end_works_too() {
    let server = TestServer::start().await;
    let browser = signed_in(&server).await;
    let program = Program::of(&server.client).await;
    let path = program.asks(&[]).replace("/authorize?", "/authorize/?");
    let page = browser.get(&path).await;
    assert_eq!(page.status, 200);
    let fields = filled(&page, "/oauth/authorize", &[("decision", "allow")]);
    assert!(leads_to(&browser.post("/oauth/authorize/", &fields).await).contains("code="));
}

#[tokio::test]
async fn who_says_no_gives_nothing_and_the_app_is_told() {
    let server = TestServer::start().await;
    let browser = signed_in(&server).await;
    let program = Program::of(&server.client).await;
    for decision in [&[("decision", "deny")][..], &[], &[("decision", "ALLOW")]] {
        let page = program.shown(&browser, &[]).await;
        let back = leads_to(&browser.submits(&page, "/oauth/authorize", decision).await);
        assert_eq!(
            parameter(&back, "error").as_deref(),
            Some("access_denied"),
            "{back}"
        );
        assert_eq!(parameter(&back, "state").as_deref(), Some("a&b=c"));
        assert_eq!(parameter(&back, "code"), None);
    }
}

#[tokio::test]
async fn it_is_asked_each_time_and_an_app_may_ask_for_another_sign_in() {
    let server = TestServer::start().await;
    server.person("bo").await;
    let browser = signed_in(&server).await;
    let program = Program::of(&server.client).await;
    program.is_let_in(&browser, &[]).await;
    assert!(program.shown(&browser, &[]).await.text().contains("@ana@"));
    let forced = browser.get(&program.asks(&[("force_login", "true")])).await;
    let sign_in = browser.follows(&forced).await;
    let typed = [("user[email]", "bo"), ("user[password]", PASSWORD)];
    let asked = browser
        .follows(&browser.submits(&sign_in, "/auth/sign_in", &typed).await)
        .await;
    assert!(
        asked.text().contains("@bo@") && asked.text().contains("Allow"),
        "{}",
        asked.text()
    );
}

#[tokio::test]
async fn an_app_without_an_address_gets_its_code_from_the_person() {
    let server = TestServer::start().await;
    let browser = signed_in(&server).await;
    let program = Program::with(&server.client, "urn:ietf:wg:oauth:2.0:oob", "read").await;
    let page = program.shown(&browser, &[("scope", "read")]).await;
    let allowed = browser
        .submits(&page, "/oauth/authorize", &[("decision", "allow")])
        .await;
    let shown = browser.follows(&allowed).await;
    let html = shown.text();
    let code = html
        .split("id=\"code\"")
        .nth(1)
        .and_then(|rest| rest.split('>').nth(1))
        .and_then(|rest| rest.split('<').next())
        .expect("a code is shown");
    token(&program.brings(code, &[]).await);
    let page = program.shown(&browser, &[("scope", "read")]).await;
    let denied = browser
        .submits(&page, "/oauth/authorize", &[("decision", "deny")])
        .await;
    assert_eq!(leads_to(&denied), "/account");
    let made_up = browser.get("/oauth/authorize/native?code=<script>").await;
    assert_eq!(made_up.status, 400);
    assert!(!made_up.text().contains("<script>"));
}

#[tokio::test]
async fn what_an_app_asks_wrongly_it_is_told_at_its_address() {
    let server = TestServer::start().await;
    let browser = signed_in(&server).await;
    let program = Program::with(&server.client, BACK, "read write:media").await;
    let plain = [("code_challenge_method", "plain"), ("scope", "read")];
    for (more, error) in [
        (&[("response_type", "token")][..], "unsupported_response_type"),
        (&[("response_type", "")], "invalid_request"),
        (&[("scope", "read write")], "invalid_scope"),
        (&[("scope", "everything")], "invalid_scope"),
        (&[("scope", "admin:read")], "invalid_scope"),
        (&plain, "invalid_request"),
        (
            &[("code_challenge_method", ""), ("scope", "read")],
            "invalid_request",
        ),
        (
            &[("code_challenge", "short"), ("scope", "read")],
            "invalid_request",
        ),
    ] {
        let back = leads_to(&browser.get(&program.asks(more)).await);
        assert!(back.starts_with(&format!("{BACK}&error=")), "{more:?} {back}");
        assert_eq!(parameter(&back, "error").as_deref(), Some(error), "{more:?}");
        assert!(parameter(&back, "error_description").is_some());
        assert_eq!(parameter(&back, "state").as_deref(), Some("a&b=c"));
    }
    let long = browser.get(&program.asks(&[("state", &"x".repeat(4_001))])).await;
    assert_eq!(
        parameter(&leads_to(&long), "error").as_deref(),
        Some("invalid_request")
    );
}

#[tokio::test]
async fn the_form_is_checked_again_when_it_is_sent() {
    let server = TestServer::start().await;
    let browser = signed_in(&server).await;
    let program = Program::with(&server.client, BACK, "read write:media").await;
    let page = program.shown(&browser, &[("scope", "read")]).await;
    let with = |name: &str, value: &str| {
        let mut fields = filled(&page, "/oauth/authorize", &[("decision", "allow")]);
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
        fields
    };
    let wider = leads_to(
        &browser
            .post("/oauth/authorize", &with("scope", "read write"))
            .await,
    );
    assert_eq!(parameter(&wider, "error").as_deref(), Some("invalid_scope"));
    let elsewhere = browser
        .post("/oauth/authorize", &with("redirect_uri", "https://evil.example/"))
        .await;
    assert_eq!(elsewhere.status, 400);
    assert!(elsewhere.header("location").is_none());
    let unknown = browser
        .post("/oauth/authorize", &with("client_id", "nobody"))
        .await;
    assert_eq!(unknown.status, 400);
}

#[tokio::test]
async fn the_policy_lets_the_form_lead_to_the_apps_address_only() {
    let server = TestServer::start().await;
    let browser = signed_in(&server).await;
    for (back, allowed) in [
        (BACK, "form-action 'self' https://app.example"),
        ("com.example.app:/oauth", "form-action 'self' com.example.app:"),
        (
            "http://localhost:4711/x;y",
            "form-action 'self' http://localhost:4711",
        ),
    ] {
        let program = Program::with(&server.client, back, "read").await;
        let page = program.shown(&browser, &[("scope", "read")]).await;
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.ends_with(allowed), "{policy}");
    }
}

#[tokio::test]
async fn the_discovery_document_names_what_is_there() {
    let server = TestServer::start().await;
    let answer = server.client.get("/.well-known/oauth-authorization-server").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let told = answer.ok();
    assert_eq!(
        told["code_challenge_methods_supported"],
        serde_json::json!(["S256"])
    );
    assert!(
        told["scopes_supported"]
            .as_array()
            .expect("a list")
            .contains(&"write:media".into())
    );
    for (endpoint, status) in [
        ("authorization_endpoint", 400),
        ("token_endpoint", 404),
        ("revocation_endpoint", 404),
        ("app_registration_endpoint", 404),
    ] {
        let address = told[endpoint].as_str().expect("an address");
        let path = address.strip_prefix(&server.client.base).expect("it is here");
        // Each is there: it answers a question without parameters in its own way.
        assert_eq!(server.client.get(path).await.status, status, "{endpoint}");
        if status == 404 {
            let answer = server.client.act(path).await;
            assert!(
                matches!(answer.status.as_u16(), 400 | 403 | 422),
                "{endpoint}: {}",
                answer.text()
            );
        }
    }
    assert_eq!(
        fault(&server.client.act("/oauth/token").await, 400),
        "invalid_request"
    );
}
