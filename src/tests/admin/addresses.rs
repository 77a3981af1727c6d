//! From where people came: shown to moderators for a while, and to nobody else.

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use serde_json::Value;
use tintype::jobs::upkeep;
use url::form_urlencoded;

use super::desk::{Staff, staff};
use super::seen_by;
use super::shapes::ACCOUNT;
use crate::accounts::program::{Program, token};
use crate::api::shape::has;
use crate::paging::goes_through;
use crate::support::browser::filled;
use crate::support::http::ids;
use crate::support::server::PASSWORD;
use crate::support::{Browser, Person, TestServer};

async fn behind_a_proxy(more: &[(&str, &str)]) -> TestServer {
    let mut settings = vec![
        ("TINTYPE_TRUSTED_PROXIES", "127.0.0.1"),
        ("TINTYPE_REGISTRATION", "open"),
    ];
    settings.extend(more);
    TestServer::with(&settings).await
}

/// Somebody signs in from an address, as the proxy in front tells it.
async fn signs_in(server: &TestServer, person: &Person, from: &str) -> Browser {
    let browser = Browser::new(&server.client);
    let page = browser.get("/auth/sign_in").await;
    let typed = [
        ("user[email]", person.name.as_str()),
        ("user[password]", PASSWORD),
    ];
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(filled(&page, "/auth/sign_in", &typed))
        .finish();
    let request = browser
        .request(Method::POST, "/auth/sign_in")
        .header("x-forwarded-for", from)
        .header(ORIGIN, &server.client.base)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    assert_eq!(browser.send(request).await.status, 302);
    browser
}

fn addresses(account: &Value) -> Vec<&str> {
    let ips = account["ips"].as_array().expect("a list");
    ips.iter()
        .map(|one| one["ip"].as_str().expect("a text"))
        .collect()
}

#[tokio::test]
async fn moderators_see_from_where_somebody_came_and_when_last() {
    let server = behind_a_proxy(&[]).await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    let unknown = seen_by(&moderator, &member).await;
    assert!(
        unknown["ip"].is_null() && addresses(&unknown).is_empty(),
        "{unknown}"
    );
    signs_in(&server, &member, "192.0.2.1").await;
    server.wind(TimeDelta::hours(1));
    let browser = signs_in(&server, &member, "2001:db8::1").await;
    let seen = seen_by(&moderator, &member).await;
    has("somebody", &seen, ACCOUNT);
    assert_eq!(seen["ip"], "2001:db8::1");
    assert_eq!(addresses(&seen), ["2001:db8::1", "192.0.2.1"]);
    // On another day they come from somewhere else.
    server.wind(TimeDelta::days(1));
    let visit = browser.request(Method::GET, "/account");
    let visit = browser.send(visit.header("x-forwarded-for", "192.0.2.9")).await;
    assert_eq!(visit.status, 200);
    assert_eq!(seen_by(&moderator, &member).await["ip"], "192.0.2.9");
    signs_in(&server, &member, "192.0.2.1").await;
    let again = seen_by(&moderator, &member).await;
    assert_eq!(addresses(&again), ["192.0.2.1", "192.0.2.9", "2001:db8::1"]);
    server.settle().await;
}

#[tokio::test]
async fn who_signs_up_by_an_app_is_known_by_where_they_did() {
    let server = behind_a_proxy(&[]).await;
    let Staff { moderator, .. } = staff(&server).await;
    let program = Program::of(&server.client).await;
    let app = token(&program.as_itself("read write").await);
    let joins = [
        ("username", "kim"),
        ("email", "kim@mail.example"),
        ("password", PASSWORD),
        ("agreement", "true"),
    ];
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(joins)
        .finish();
    let app = server.client.with_token(&app);
    let request = app
        .request(Method::POST, "/api/v1/accounts")
        .header("x-forwarded-for", "198.51.100.7")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    app.send(request).await.ok();
    let found = moderator
        .get("/api/v2/admin/accounts?ip=198.51.100.7")
        .await
        .list();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0]["username"], &found[0]["ip"]),
        (&"kim".into(), &"198.51.100.7".into())
    );
    server.settle().await;
}

#[tokio::test]
async fn people_are_found_by_the_address_or_network_that_they_came_from() {
    let server = behind_a_proxy(&[]).await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    let bo = server.person("bo").await;
    for (person, from) in [(&member, "192.0.2.1"), (&bo, "192.0.2.2"), (&bo, "2001:db8::7")] {
        signs_in(&server, person, from).await;
    }
    for version in ["v1", "v2"] {
        for (ip, names) in [
            ("192.0.2.1", &["mel"][..]),
            ("192.0.2.0%2F24", &["bo", "mel"]),
            ("2001:db8::%2F64", &["bo"]),
            ("203.0.113.1", &[]),
        ] {
            let path = format!("/api/{version}/admin/accounts?ip={ip}");
            let found = moderator.get(&path).await.list();
            let found: Vec<&str> = found.iter().filter_map(|one| one["username"].as_str()).collect();
            assert_eq!(found, names, "{path}");
        }
        for wrong in ["nowhere", "192.0.2.1%2F33", "192.0.2"] {
            let path = format!("/api/{version}/admin/accounts?ip={wrong}");
            moderator.get(&path).await.refused(422);
        }
    }
    let path = "/api/v2/admin/accounts";
    let whole = ids(&moderator.get(&format!("{path}?ip=192.0.2.0%2F24")).await.list());
    goes_through(&moderator, path, "&ip=192.0.2.0%2F24", &whole).await;
    server.settle().await;
}

#[tokio::test]
async fn addresses_are_forgotten_in_time_and_not_kept_where_that_is_not_wanted() {
    for (days, kept) in [("30", true), ("0", false)] {
        let server = behind_a_proxy(&[("TINTYPE_ADDRESS_DAYS", days)]).await;
        let Staff {
            moderator, member, ..
        } = staff(&server).await;
        signs_in(&server, &member, "192.0.2.1").await;
        let seen = seen_by(&moderator, &member).await;
        assert_eq!(seen["ip"].is_string(), kept, "{days}");
        server.wind(TimeDelta::days(29));
        upkeep::round(&server.app).await.expect("it is done");
        let seen = seen_by(&moderator, &member).await;
        assert_eq!(seen["ip"].is_string(), kept, "{days}");
        server.wind(TimeDelta::days(2));
        upkeep::round(&server.app).await.expect("it is done");
        assert!(seen_by(&moderator, &member).await["ip"].is_null(), "{days}");
        server.settle().await;
    }
}

#[tokio::test]
async fn nobody_but_a_moderator_is_shown_an_address() {
    let server = behind_a_proxy(&[]).await;
    let Staff { member, .. } = staff(&server).await;
    let bo = server.person("bo").await;
    signs_in(&server, &member, "192.0.2.77").await;
    member.post("hello").await;
    let profile = format!("/api/v1/accounts/{}", member.id);
    for path in [
        profile.as_str(),
        &format!("{profile}/statuses"),
        "/api/v1/accounts/verify_credentials",
        "/api/tintype/v1/sessions",
        "/api/v1/profile",
        "/@mel",
        "/users/mel",
    ] {
        for person in [&member, &bo] {
            let told = person.get(path).await.text();
            assert!(!told.contains("192.0.2.77"), "{path}: {told}");
        }
    }
    bo.get(&format!("{}/{}", super::ACCOUNTS, member.id))
        .await
        .refused(403);
    server.settle().await;
}
