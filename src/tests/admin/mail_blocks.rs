//! Mail with which nobody signs up: whole providers, and single addresses in all their spellings.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::desk::EVERYTHING;
use crate::accounts::program::{Program, token};
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, all_have, has};
use crate::api::small_shapes::tag_day;
use crate::paging::goes_through;
use crate::support::http::{Answer, Client, id, ids};
use crate::support::server::PASSWORD;
use crate::support::{Browser, Person, TestServer};

const PROVIDERS: &str = "/api/v1/admin/email_domain_blocks";
const ADDRESSES: &str = "/api/v1/admin/canonical_email_blocks";

fn provider() -> Shape {
    vec![
        ("id", Id),
        ("domain", Words),
        ("created_at", Time),
        ("history", List(&Object(tag_day))),
    ]
}

fn address() -> Shape {
    vec![("id", Id), ("canonical_email_hash", Words)]
}

async fn with_owner(more: &[(&str, &str)]) -> (TestServer, Person) {
    let server = TestServer::with(more).await;
    let olga = server.person("olga").await;
    let client = server.token_for(&olga, EVERYTHING).await;
    (server, Person { client, ..olga })
}

async fn blocks(admin: &Client, domain: &str) -> Value {
    admin.post_form(PROVIDERS, &[("domain", domain)]).await.ok()
}

async fn an_app(server: &TestServer) -> Client {
    let program = Program::of(&server.client).await;
    server
        .client
        .with_token(&token(&program.as_itself("read write").await))
}

async fn signs_up(app: &Client, name: &str, email: &str) -> Answer {
    signs_up_from(app, "203.0.113.1", name, email).await
}

async fn signs_up_from(app: &Client, from: &str, name: &str, email: &str) -> Answer {
    let person = json!({ "username": name, "email": email, "password": PASSWORD, "agreement": true });
    let request = app.request(Method::POST, "/api/v1/accounts");
    app.send(request.header("x-forwarded-for", from).json(&person))
        .await
}

/// The code of what is wrong with the address.
fn fault(answer: &Answer) -> String {
    answer.refused(422);
    let fault = answer.value()["details"]["email"][0].clone();
    fault["error"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_provider_is_blocked_once_and_let_in_again() {
    let (server, olga) = with_owner(&[]).await;
    let made = blocks(&olga, "@Spam.Example").await;
    has("a blocked provider", &made, Object(provider));
    assert_eq!(made["domain"], "spam.example");
    assert_eq!(made["history"].as_array().map(Vec::len), Some(7));
    let path = format!("{PROVIDERS}/{}", id(&made));
    assert_eq!(olga.get(&path).await.ok(), made);
    for bad in [
        "",
        "spam.example",
        "SPAM.example.",
        "a b",
        "ana@spam.example",
        "a.example:25",
    ] {
        olga.post_form(PROVIDERS, &[("domain", bad)]).await.refused(422);
    }
    olga.act(PROVIDERS).await.refused(422);
    assert_eq!(olga.delete(&path).await.ok(), json!({}));
    for path in [path.as_str(), "/api/v1/admin/email_domain_blocks/x"] {
        olga.get(path).await.refused(404);
        olga.delete(path).await.refused(404);
    }
    server.settle().await;
}

#[tokio::test]
async fn the_lists_are_paged() {
    let (server, olga) = with_owner(&[]).await;
    let (mut providers, mut addresses) = (Vec::new(), Vec::new());
    for number in 0..7 {
        providers.insert(0, blocks(&olga, &format!("m{number}.example")).await);
        let email = format!("m{number}@mail.example");
        addresses.insert(0, olga.post_form(ADDRESSES, &[("email", &email)]).await.ok());
    }
    goes_through(&olga, PROVIDERS, "", &ids(&providers)).await;
    goes_through(&olga, ADDRESSES, "", &ids(&addresses)).await;
    server.settle().await;
}

#[tokio::test]
async fn nobody_signs_up_with_mail_of_a_blocked_provider_and_tries_are_counted_for_a_week() {
    let (server, olga) = with_owner(&[("TINTYPE_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let app = an_app(&server).await;
    let block = blocks(&olga, "spam.example").await;
    for (from, email) in [
        ("192.0.2.1", "a@spam.example"),
        ("192.0.2.1", "b@SPAM.example"),
        ("192.0.2.2", "c@mx.spam.example"),
    ] {
        assert_eq!(
            fault(&signs_up_from(&app, from, "ana", email).await),
            "ERR_BLOCKED",
            "{email}"
        );
    }
    signs_up(&app, "bo", "bo@notspam.example").await.ok();
    let path = format!("{PROVIDERS}/{}", id(&block));
    let days = async || {
        let block = olga.get(&path).await.ok();
        let days = block["history"].as_array().expect("a week").clone();
        all_have("days", &days, Object(tag_day));
        days.iter()
            .map(|day| {
                (
                    day["accounts"].as_str() != Some("0"),
                    day["uses"].as_str().unwrap().parse().unwrap(),
                )
            })
            .collect::<Vec<(bool, u32)>>()
    };
    assert_eq!(days().await[..2], [(true, 3), (false, 0)]);
    assert_eq!(olga.get(&path).await.ok()["history"][0]["accounts"], "2");
    server.wind(TimeDelta::days(1));
    assert_eq!(
        fault(&signs_up(&app, "ana", "d@spam.example").await),
        "ERR_BLOCKED"
    );
    assert_eq!(days().await[..3], [(true, 1), (true, 3), (false, 0)]);
    server.wind(TimeDelta::days(7));
    assert!(days().await.iter().all(|(any, _)| !any));
    olga.delete(&path).await.ok();
    signs_up(&app, "ana", "a@spam.example").await.ok();
    server.settle().await;
}

#[tokio::test]
async fn the_form_and_a_change_of_address_refuse_it_as_well() {
    let (server, olga) = with_owner(&[]).await;
    blocks(&olga, "spam.example").await;
    olga.post_form(ADDRESSES, &[("email", "bad@mail.example")])
        .await
        .ok();
    let browser = Browser::new(&server.client);
    for (email, says) in [
        ("ana@spam.example", "is of a provider that is not taken here"),
        ("b.a.d+1@mail.example", "has already been taken"),
    ] {
        let page = browser.get("/auth/sign_up").await;
        let typed = [
            ("user[username]", "ana"),
            ("user[email]", email),
            ("user[password]", PASSWORD),
            ("user[agreement]", "1"),
        ];
        let answer = browser.submits(&page, "/auth/sign_up", &typed).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(says), "{}", answer.text());
        let change = [("email", email), ("password", PASSWORD)];
        let sentence = olga
            .post_form("/api/tintype/v1/account/email", &change)
            .await
            .refused(422);
        assert!(sentence.contains(says), "{sentence}");
    }
    server.settle().await;
}

#[tokio::test]
async fn somebody_who_was_invited_is_vouched_for() {
    let (server, olga) = with_owner(&[("TINTYPE_REGISTRATION", "invite")]).await;
    blocks(&olga, "spam.example").await;
    let app = an_app(&server).await;
    let invitation = olga.act("/api/tintype/v1/invitations").await.ok();
    let code = invitation["code"].as_str().expect("a code");
    let person = json!({
        "username": "ana", "email": "ana@spam.example", "password": PASSWORD, "agreement": true, "invite_code": code,
    });
    app.json(Method::POST, "/api/v1/accounts", &person).await.ok();
    server.settle().await;
}

#[tokio::test]
async fn an_address_is_blocked_in_all_its_spellings_and_known_by_its_hash_alone() {
    let (server, olga) = with_owner(&[]).await;
    let app = an_app(&server).await;
    let made = olga
        .post_form(ADDRESSES, &[("email", "Test@Example.com")])
        .await
        .ok();
    has("a blocked address", &made, Object(address));
    let hash = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b";
    assert_eq!(made["canonical_email_hash"], hash);
    let path = format!("{ADDRESSES}/{}", id(&made));
    assert_eq!(olga.get(&path).await.ok(), made);
    assert_eq!(olga.get(ADDRESSES).await.list(), std::slice::from_ref(&made));
    let tested = async |email: &str| {
        let answer = olga
            .post_form(&format!("{ADDRESSES}/test"), &[("email", email)])
            .await;
        answer.list()
    };
    for same in ["t.e.s.t@example.com", "TEST+7@example.com"] {
        assert_eq!(tested(same).await, std::slice::from_ref(&made), "{same}");
        assert_eq!(fault(&signs_up(&app, "ana", same).await), "ERR_TAKEN", "{same}");
    }
    assert!(tested("testy@example.com").await.is_empty());
    for fields in [
        vec![],
        vec![("email", "nobody")],
        vec![("email", "test@example.com")],
        vec![("canonical_email_hash", hash)],
        vec![("canonical_email_hash", "abc")],
        vec![("canonical_email_hash", "é")],
    ] {
        olga.post_form(ADDRESSES, &fields).await.refused(422);
    }
    olga.act(&format!("{ADDRESSES}/test")).await.refused(422);
    assert_eq!(olga.delete(&path).await.ok(), json!({}));
    olga.get(&path).await.refused(404);
    olga.delete(&path).await.refused(404);
    signs_up(&app, "ana", "test@example.com").await.ok();
    let by_hash = olga
        .post_form(ADDRESSES, &[("canonical_email_hash", &hash.to_uppercase())])
        .await
        .ok();
    assert_eq!(by_hash["canonical_email_hash"], hash);
    assert_eq!(tested("test@example.com").await.len(), 1);
    server.settle().await;
}
