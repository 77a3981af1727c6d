//! Networks that are kept from signing up, or out: at every door, until it expires or is taken back.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::jobs;

use super::desk::EVERYTHING;
use crate::accounts::program::{Program, token};
use crate::api::shape::Kind::*;
use crate::api::shape::{Shape, has};
use crate::paging::goes_through;
use crate::support::http::{Answer, Client, id, ids};
use crate::support::server::PASSWORD;
use crate::support::{Person, TestServer};

const BLOCKS: &str = "/api/v1/admin/ip_blocks";

fn ip_block() -> Shape {
    vec![
        ("id", Id),
        ("ip", Words),
        (
            "severity",
            OneOf(&["sign_up_requires_approval", "sign_up_block", "no_access"]),
        ),
        ("comment", Text),
        ("created_at", Time),
        ("expires_at", OrNull(&Time)),
    ]
}

async fn bars(admin: &Client, fields: &[(&str, &str)]) -> Value {
    admin.post_form(BLOCKS, fields).await.ok()
}

/// A server behind a proxy that says from where requests come, and its owner.
async fn behind_a_proxy(registration: &str) -> (TestServer, Person) {
    let server = TestServer::with(&[
        ("TINTYPE_TRUSTED_PROXIES", "127.0.0.1"),
        ("TINTYPE_REGISTRATION", registration),
    ])
    .await;
    let olga = server.person("olga").await;
    let client = server.token_for(&olga, EVERYTHING).await;
    (server, Person { client, ..olga })
}

async fn asks(client: &Client, from: &str, method: Method, path: &str) -> Answer {
    let request = client.request(method, path).header("x-forwarded-for", from);
    client.send(request).await
}

async fn sees(server: &TestServer, from: &str) -> u16 {
    asks(&server.client, from, Method::GET, "/api/v2/instance")
        .await
        .status
        .as_u16()
}

#[tokio::test]
async fn a_network_is_blocked_changed_and_let_in_again() {
    let (server, olga) = behind_a_proxy("open").await;
    let said = [
        ("ip", "192.0.2.77/24"),
        ("severity", "sign_up_block"),
        ("comment", "Spam"),
        ("expires_in", "3600"),
    ];
    let made = bars(&olga, &said).await;
    has("a blocked network", &made, Object(ip_block));
    assert_eq!(
        (&made["ip"], &made["comment"]),
        (&json!("192.0.2.0/24"), &json!("Spam"))
    );
    assert!(made["expires_at"].is_string());
    let path = format!("{BLOCKS}/{}", id(&made));
    assert_eq!(olga.get(&path).await.ok(), made);
    let changed = olga
        .json(Method::PUT, &path, &json!({ "severity": "no_access" }))
        .await
        .ok();
    assert_eq!(
        (&changed["severity"], &changed["comment"]),
        (&json!("no_access"), &json!("Spam"))
    );
    assert_eq!(changed["expires_at"], made["expires_at"]);
    let forever = [("expires_in", ""), ("ip", "2001:db8::/32"), ("comment", "")];
    let changed = olga.form(Method::PATCH, &path, &forever).await.ok();
    has("a changed one", &changed, Object(ip_block));
    assert_eq!(
        (&changed["expires_at"], &changed["ip"]),
        (&Value::Null, &json!("2001:db8::/32"))
    );
    for fields in [
        vec![],
        vec![("ip", "198.51.100.1")],
        vec![("severity", "no_access")],
        vec![("ip", "nowhere"), ("severity", "no_access")],
        vec![("ip", "10.0.0.0/33"), ("severity", "no_access")],
        vec![("ip", "198.51.100.1"), ("severity", "harsh")],
        vec![
            ("ip", "198.51.100.1"),
            ("severity", "no_access"),
            ("expires_in", "0"),
        ],
        vec![
            ("ip", "198.51.100.1"),
            ("severity", "no_access"),
            ("expires_in", "soon"),
        ],
        vec![
            ("ip", "198.51.100.1"),
            ("severity", "no_access"),
            ("expires_in", "99999999999999"),
        ],
        // It is there already.
        vec![("ip", "2001:db8:ffff::/32"), ("severity", "no_access")],
    ] {
        olga.post_form(BLOCKS, &fields).await.refused(422);
    }
    olga.form(Method::PUT, &path, &[("severity", "harsh")])
        .await
        .refused(422);
    assert_eq!(olga.delete(&path).await.ok(), json!({}));
    for path in [path.as_str(), "/api/v1/admin/ip_blocks/x"] {
        olga.get(path).await.refused(404);
        olga.form(Method::PUT, path, &[("comment", "x")])
            .await
            .refused(404);
        olga.delete(path).await.refused(404);
    }
    server.settle().await;
}

#[tokio::test]
async fn the_list_is_paged() {
    let (server, olga) = behind_a_proxy("open").await;
    let mut made = Vec::new();
    for number in 0..7 {
        let network = format!("198.51.100.{number}");
        let said = [("ip", network.as_str()), ("severity", "sign_up_block")];
        made.insert(0, bars(&olga, &said).await);
    }
    goes_through(&olga, BLOCKS, "", &ids(&made)).await;
    server.settle().await;
}

#[tokio::test]
async fn from_a_network_without_access_no_door_opens() {
    let (server, olga) = behind_a_proxy("open").await;
    let ana = server.person("ana").await;
    assert_eq!(sees(&server, "192.0.2.7").await, 200);
    let v4 = bars(&olga, &[("ip", "192.0.2.0/24"), ("severity", "no_access")]).await;
    bars(&olga, &[("ip", "2001:db8::/32"), ("severity", "no_access")]).await;
    for from in ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8:1::1"] {
        for (method, path) in [
            (Method::GET, "/"),
            (Method::GET, "/@ana"),
            (Method::GET, "/users/ana"),
            (Method::GET, "/auth/sign_in"),
            (Method::GET, "/api/v1/timelines/home"),
            (Method::GET, "/api/v1/streaming/health"),
            (Method::GET, "/.well-known/webfinger?resource=acct:ana@x"),
            (Method::GET, "/health"),
            (Method::GET, "/nothing/here"),
            (Method::POST, "/inbox"),
            (Method::POST, "/oauth/token"),
            (Method::POST, "/api/v2/media"),
        ] {
            let answer = asks(&ana.client, from, method.clone(), path).await;
            assert_eq!(answer.status, 403, "{method} {path} from {from}");
        }
    }
    let page = server
        .client
        .request(Method::GET, "/")
        .header("accept", "text/html");
    let page = server
        .client
        .send(page.header("x-forwarded-for", "192.0.2.7"))
        .await;
    assert_eq!(
        (page.status.as_u16(), page.text().as_str()),
        (403, "Access from your network is not allowed")
    );
    for from in ["192.0.3.7", "2001:db9::1", "198.51.100.1"] {
        assert_eq!(sees(&server, from).await, 200, "{from}");
    }
    olga.delete(&format!("{BLOCKS}/{}", id(&v4))).await.ok();
    assert_eq!(sees(&server, "192.0.2.7").await, 200);
    assert_eq!(sees(&server, "2001:db8:1::1").await, 403);
    server.settle().await;
}

#[tokio::test]
async fn a_block_ends_with_its_time_and_is_then_forgotten() {
    let (server, olga) = behind_a_proxy("open").await;
    let said = [
        ("ip", "192.0.2.7"),
        ("severity", "no_access"),
        ("expires_in", "3600"),
    ];
    bars(&olga, &said).await;
    server.wind(TimeDelta::minutes(59));
    assert_eq!(sees(&server, "192.0.2.7").await, 403);
    server.wind(TimeDelta::minutes(1));
    assert_eq!(sees(&server, "192.0.2.7").await, 200);
    assert_eq!(olga.get(BLOCKS).await.list().len(), 1);
    jobs::upkeep::round(&server.app).await.expect("it can be done");
    assert!(olga.get(BLOCKS).await.list().is_empty());
    server.settle().await;
}

#[tokio::test]
async fn nobody_shuts_the_door_behind_themselves() {
    let (server, olga) = behind_a_proxy("open").await;
    for network in ["0.0.0.0/0", "127.0.0.1", "::/0"] {
        let said = [("ip", network), ("severity", "no_access")];
        let sentence = olga.post_form(BLOCKS, &said).await.refused(422);
        assert!(sentence.contains("address that you come from"), "{sentence}");
        let said = [("ip", network), ("severity", "sign_up_block")];
        let made = bars(&olga, &said).await;
        let path = format!("{BLOCKS}/{}", id(&made));
        olga.form(Method::PUT, &path, &[("severity", "no_access")])
            .await
            .refused(422);
        olga.delete(&path).await.ok();
    }
    assert_eq!(sees(&server, "127.0.0.1").await, 200);
    server.settle().await;
}

async fn signs_up(app: &Client, from: &str, name: &str) -> Answer {
    let person = json!({
        "username": name, "email": format!("{name}@mail.example"), "password": PASSWORD, "agreement": true,
    });
    let request = app.request(Method::POST, "/api/v1/accounts");
    app.send(request.header("x-forwarded-for", from).json(&person))
        .await
}

#[tokio::test]
async fn who_signs_up_from_a_network_is_refused_or_waits() {
    let (server, olga) = behind_a_proxy("open").await;
    let program = Program::of(&server.client).await;
    let app = server
        .client
        .with_token(&token(&program.as_itself("read write").await));
    bars(&olga, &[("ip", "192.0.2.0/24"), ("severity", "sign_up_block")]).await;
    bars(
        &olga,
        &[
            ("ip", "198.51.100.0/24"),
            ("severity", "sign_up_requires_approval"),
        ],
    )
    .await;
    assert_eq!(
        signs_up(&app, "192.0.2.7", "ana").await.refused(403),
        "This action is not allowed"
    );
    assert_eq!(
        sees(&server, "192.0.2.7").await,
        200,
        "who lives here already may come in"
    );
    let waiting = async |name: &str| {
        let sql =
            "select approved_at is null from users join accounts on id = account_id where username = $1";
        let asked = sqlx::query_scalar::<_, bool>(sql).bind(name);
        asked.fetch_one(server.db()).await.expect("they signed up")
    };
    signs_up(&app, "198.51.100.7", "bo").await.ok();
    assert!(waiting("bo").await);
    signs_up(&app, "203.0.113.7", "cy").await.ok();
    assert!(!waiting("cy").await);
    server.settle().await;
}
