//! Tokens: in which forms they are asked for, what they allow, how they end, and what is kept of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, ORIGIN};
use serde_json::json;

use super::program::{BACK, Program, VERIFIER, fault, token};
use crate::support::http::Part;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const ME: &str = "/api/v1/accounts/verify_credentials";

async fn scene() -> (TestServer, Browser, Program) {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let program = Program::of(&server.client).await;
    (server, browser, program)
}

#[tokio::test]
async fn a_token_is_asked_for_in_every_form_that_clients_use() {
    let (server, browser, program) = scene().await;
    let client = &server.client;
    for form in ["json", "multipart", "query", "basic"] {
        let code = program.is_allowed(&browser, &[]).await;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
            ("client_id", &program.id),
            ("client_secret", &program.secret),
        ];
        let answer = match form {
            "json" => {
                let body: serde_json::Value = fields
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), json!(value)))
                    .collect();
                client.json(Method::POST, "/oauth/token", &body).await
            }
            "multipart" => {
                let parts = fields.map(|(name, value)| Part::Text(name, value));
                client.multipart(Method::POST, "/oauth/token", &parts).await
            }
            "query" => {
                let mut query =
                    url::form_urlencoded::Serializer::for_suffix(String::from("/oauth/token?"), 13);
                client.act(&query.extend_pairs(fields).finish()).await
            }
            _ => {
                let pair = STANDARD.encode(format!("{}:{}", program.id, program.secret));
                let request = client
                    .request(Method::POST, "/oauth/token")
                    .header(AUTHORIZATION, format!("Basic {pair}"))
                    .json(&json!({
                        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
                        "code_verifier": VERIFIER,
                    }));
                client.send(request).await
            }
        };
        let ana = client.with_token(&token(&answer));
        assert_eq!(ana.get(ME).await.ok()["acct"], "ana", "{form}");
    }
}

#[tokio::test]
async fn a_token_allows_what_was_said_yes_to_and_no_more() {
    let (server, browser, program) = scene().await;
    let narrow = program
        .is_let_in(&browser, &[("scope", "read:statuses write:media")])
        .await;
    let narrow = server.client.with_token(&narrow);
    narrow.get("/api/v1/timelines/home").await.list();
    narrow.get("/api/v1/notifications").await.refused(403);
    narrow.get(ME).await.refused(403);
    narrow
        .post_form("/api/v1/statuses", &[("status", "x")])
        .await
        .refused(403);
    let usual = program.is_let_in(&browser, &[("scope", "")]).await;
    let usual = server.client.with_token(&usual);
    usual.get(ME).await.ok();
    usual
        .post_form("/api/v1/statuses", &[("status", "x")])
        .await
        .refused(403);
}

#[tokio::test]
async fn an_app_speaks_for_itself_as_nobody() {
    let (server, _browser, program) = scene().await;
    let issued = program.as_itself("").await.ok();
    assert_eq!(issued["scope"], "read");
    let app = server
        .client
        .with_token(issued["access_token"].as_str().expect("a token"));
    app.get("/api/v1/apps/verify_credentials").await.ok();
    app.get("/api/v1/timelines/public").await.list();
    app.get(ME).await.refused(422);
    app.get("/api/v1/timelines/home").await.refused(422);
    assert_eq!(
        fault(&program.as_itself("read admin:write").await, 400),
        "invalid_scope"
    );
    let narrow = Program::with(&server.client, BACK, "read:statuses").await;
    assert_eq!(fault(&narrow.as_itself("read").await, 400), "invalid_scope");
}

#[tokio::test]
async fn an_app_ends_its_own_tokens_and_no_others() {
    let (server, browser, program) = scene().await;
    let secret = program.is_let_in(&browser, &[]).await;
    let ana = server.client.with_token(&secret);
    let other = Program::of(&server.client).await;
    let revokes = async |by: &Program, secret: &str, token: &str| {
        let fields = [
            ("client_id", by.id.as_str()),
            ("client_secret", secret),
            ("token", token),
        ];
        server.client.post_form("/oauth/revoke", &fields).await
    };
    ana.get(ME).await.ok();
    for refused in [
        revokes(&other, &other.secret, &secret).await,
        revokes(&program, "wrong", &secret).await,
        revokes(&program, &other.secret, &secret).await,
        server
            .client
            .post_form("/oauth/revoke", &[("token", &secret)])
            .await,
    ] {
        assert_eq!(fault(&refused, 403), "unauthorized_client");
        assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
    }
    ana.get(ME).await.ok();
    assert_eq!(revokes(&program, &program.secret, &secret).await.ok(), json!({}));
    ana.get(ME).await.refused(401);
    // RFC 7009, section 2.2: one that is not there is as good as ended.
    assert_eq!(revokes(&program, &program.secret, &secret).await.ok(), json!({}));
}

#[tokio::test]
async fn nothing_that_could_be_used_is_in_the_tables() {
    let (server, browser, program) = scene().await;
    let waiting = program.is_allowed(&browser, &[]).await;
    let code = program.is_allowed(&browser, &[]).await;
    let issued = token(&program.brings(&code, &[]).await);
    let session = browser.cookies()["session"].clone();
    let rows: Vec<String> = sqlx::query_scalar(
        "select row_to_json(t)::text from oauth_tokens t union all select row_to_json(c)::text from oauth_codes c
         union all select row_to_json(a)::text from apps a union all select row_to_json(s)::text from sessions s
         union all select row_to_json(u)::text from users u",
    )
    .fetch_all(server.db())
    .await
    .expect("they can be read");
    let all = rows.join("\n");
    for secret in [&waiting, &code, &issued, &session, &program.secret, PASSWORD] {
        assert!(!all.contains(secret), "{secret} is in {all}");
    }
    assert!(all.contains("$argon2id$"), "{all}");
    let hashes: Vec<Vec<u8>> =
        sqlx::query_scalar("select hash from oauth_tokens where account_id is not null")
            .fetch_all(server.db())
            .await
            .expect("they can be read");
    assert!(hashes.contains(&tintype::domain::random::hash(&issued)));
}

#[tokio::test]
async fn browsers_elsewhere_may_read_answers_and_refusals_alike() {
    let (server, _browser, program) = scene().await;
    let client = &server.client;
    for (method, path) in [
        (Method::POST, "/api/v1/apps"),
        (Method::POST, "/oauth/token"),
        (Method::POST, "/oauth/revoke"),
        (Method::GET, "/.well-known/oauth-authorization-server"),
        (Method::GET, ME),
        (Method::GET, "/api/v1/nothing"),
    ] {
        let request = client
            .request(method.clone(), path)
            .header(ORIGIN, "https://elk.example");
        let answer = client.send(request).await;
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("*"),
            "{path} {}",
            answer.status
        );
        assert!(
            answer.header("access-control-allow-credentials").is_none(),
            "{path}"
        );
        let asked = client
            .request(Method::OPTIONS, path)
            .header(ORIGIN, "https://elk.example")
            .header("access-control-request-method", method.as_str())
            .header(
                "access-control-request-headers",
                "authorization,content-type,idempotency-key",
            );
        let allowed = client.send(asked).await;
        assert_eq!(allowed.status, 200, "{path}");
        let headers = allowed.header("access-control-allow-headers").expect("headers");
        assert!(headers == "*" || headers.contains("authorization"), "{headers}");
    }
    assert_eq!(
        fault(&program.as_itself("everything").await, 400),
        "invalid_scope"
    );
}
