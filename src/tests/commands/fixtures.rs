//! The server for authors of clients: holds what a file says, goes back to it, and stays on its machine.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::binary::said;
use crate::support::cluster::Database;
use crate::support::folder::Folder;
use crate::support::http::Client;
use crate::support::{Binary, waiting::eventually};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/fixtures.toml");

async fn started() -> Binary {
    Binary::serving("localhost", &["--fixtures", EXAMPLE], &[]).await
}

async fn ids(client: &Client, path: &str) -> Vec<String> {
    let listed = client.get(path).await.ok();
    let listed = listed.as_array().expect("a list").iter();
    listed
        .map(|one| one["id"].as_str().expect("an id").to_owned())
        .collect()
}

async fn reset(client: &Client) {
    client
        .json(Method::POST, "/__fixtures/reset", &json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn it_holds_what_the_file_says_under_the_files_own_ids_and_tokens() {
    let server = started().await;
    let ana = server.client.with_token("token-of-ana");
    let me = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!([&me["id"], &me["username"]], ["1", "ana"]);
    assert_eq!(me["role"]["name"], "Owner", "{me}");
    assert_eq!(me["fields"][0]["value"], "an old one");
    let post = server.client.get("/api/v1/statuses/101").await.ok();
    assert_eq!(post["account"]["id"], "1");
    assert_eq!(post["favourites_count"], 1);
    let photos: Vec<&Value> = post["media_attachments"]
        .as_array()
        .expect("photos")
        .iter()
        .collect();
    assert_eq!([&photos[0]["id"], &photos[1]["id"]], ["1001", "1002"]);
    assert_eq!(photos[0]["description"], "A ridge in the first light");
    let context = server.client.get("/api/v1/statuses/101/context").await.ok();
    assert_eq!(context["descendants"][0]["id"], "102");
    // Ben follows Ana, and waits for Cleo, whose post is not his to see.
    let ben = server.client.with_token("token-of-ben");
    assert_eq!(ids(&ben, "/api/v1/timelines/home").await, ["101"]);
    ben.get("/api/v1/statuses/103").await.refused(404);
    let cleo = server.client.with_token("token-of-cleo");
    assert_eq!(ids(&cleo, "/api/v1/follow_requests").await, ["2"]);
    let reads = server.client.with_token("reads-only");
    let refused = reads
        .json(Method::POST, "/api/v1/statuses", &json!({ "status": "no" }))
        .await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn people_come_in_by_password_and_by_signing_up_without_waiting() {
    let server = started().await;
    let asked = |password: &str| {
        json!({ "grant_type": "password", "client_id": "test-app", "client_secret": "test-secret",
            "username": "ben", "password": password, "scope": "read" })
    };
    let refused = server
        .client
        .json(Method::POST, "/oauth/token", &asked("wrong"))
        .await;
    assert_eq!(refused.refused(400), "invalid_grant");
    let issued = server
        .client
        .json(Method::POST, "/oauth/token", &asked("password-of-ben"))
        .await;
    let issued = issued.ok();
    assert_eq!(issued["scope"], "read");
    let ben = server
        .client
        .with_token(issued["access_token"].as_str().expect("a token"));
    let me = ben.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["id"], "2");
    let dora = server.person("dora").await;
    assert!(dora.id.parse::<i64>().expect("a number") > 1 << 16);
}

#[tokio::test]
async fn elsewhere_nobody_comes_in_by_password_and_nothing_is_reset() {
    let server = Binary::start("127.0.0.1", &[]).await;
    let asked = json!({ "grant_type": "password", "client_id": "x", "client_secret": "y", "username": "a",
        "password": "b" });
    let answer = server.client.json(Method::POST, "/oauth/token", &asked).await;
    assert_eq!(answer.refused(400), "unsupported_grant_type");
    let answer = server
        .client
        .json(Method::POST, "/__fixtures/reset", &json!({}))
        .await;
    answer.refused(404);
}

/// How many rows each table has, and what they add up to; the days on which somebody was seen aside.
async fn rows(db: &PgPool) -> BTreeMap<String, (i64, String)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select tablename::text from pg_tables where schemaname = 'public'
         and tablename not like 'card\\_%' and tablename not in ('_sqlx_migrations', 'active_days')",
    )
    .fetch_all(db)
    .await
    .expect("the tables");
    let mut found = BTreeMap::new();
    for table in tables {
        let sql = format!(
            "select count(*), md5(coalesce(string_agg(row, '|' order by row), ''))
             from (select (to_jsonb(t) - 'last_used_on' - 'last_active_on')::text as row from \"{table}\" t) r"
        );
        let row = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(db).await;
        found.insert(table, row.expect("its rows"));
    }
    found
}

#[tokio::test]
async fn a_reset_brings_every_row_back_and_no_memory_of_what_was_between() {
    let mut server = started().await;
    let db = server.db().await;
    let before = rows(&db).await;
    let ana = server.client.with_token("token-of-ana");
    let ben = server.client.with_token("token-of-ben");
    let key = async || server.client.get("/api/v2/instance").await.ok()["configuration"]["vapid"].clone();
    let first_key = key().await;
    for round in ["first", "second"] {
        let edited = ana
            .json(
                Method::PUT,
                "/api/v1/statuses/101",
                &json!({ "status": round, "media_ids": ["1001"] }),
            )
            .await;
        assert_eq!(edited.ok()["content"], format!("<p>{round}</p>"));
        let more = ana
            .json(
                Method::POST,
                "/api/v1/statuses",
                &json!({ "status": format!("{round} more") }),
            )
            .await;
        let more = more.ok()["id"].as_str().expect("an id").to_owned();
        eventually("it is in Ben's feed", async || {
            let home = ids(&ben, "/api/v1/timelines/home").await;
            (home == [more.clone(), "101".into()]).then_some(())
        })
        .await;
        ben.json(Method::POST, "/api/v1/accounts/1/block", &json!({}))
            .await
            .ok();
        assert!(ids(&ben, "/api/v1/timelines/home").await.is_empty());
        ben.json(Method::DELETE, "/api/v1/statuses/102", &json!({}))
            .await
            .ok();
        let new = server.person(&format!("{round}_guest")).await;
        reset(&server.client).await;
        assert_eq!(ids(&ben, "/api/v1/timelines/home").await, ["101"]);
        assert_eq!(key().await, first_key);
        let post = ben.get("/api/v1/statuses/101").await.ok();
        assert!(
            post["content"]
                .as_str()
                .is_some_and(|html| html.contains("Morning")),
            "{post}"
        );
        assert_eq!(post["edited_at"], Value::Null);
        assert_eq!(post["replies_count"], 1);
        ben.get(&format!("/api/v1/statuses/{more}")).await.refused(404);
        new.client
            .get("/api/v1/accounts/verify_credentials")
            .await
            .refused(401);
        assert_eq!(rows(&db).await, before);
    }
    // The same file again: the same rows, without making them.
    assert!(server.stop().await.success(), "{}", server.log());
    server.start_again().await;
    assert_eq!(ids(&ben, "/api/v1/timelines/home").await, ["101"]);
    db.close().await;
}

#[tokio::test]
async fn what_a_wrong_file_left_half_done_is_in_nobodys_way() {
    let mut server = Binary::serving("localhost", &["--fixtures", EXAMPLE], &[]).await;
    assert!(server.stop().await.success(), "{}", server.log());
    let (folder, database) = (Folder::new("wrong"), Database::new().await);
    let wrong = folder.path().join("wrong.toml");
    let text = "[[accounts]]\nusername = \"kim\"\n[[accounts]]\nusername = \"lee\"\npassword = \"short\"\n";
    std::fs::write(&wrong, text).expect("a file");
    let fresh = folder.path().join("data");
    let elsewhere = [
        ("TINTYPE_DATA_DIR", fresh.to_str().expect("a path")),
        ("TINTYPE_DATABASE_URL", database.url.as_str()),
    ];
    let wrong = ["serve", "--fixtures", wrong.to_str().expect("a path")];
    for _ in 0..2 {
        let ended = server.runs(&wrong, &elsewhere).await;
        assert_eq!(ended.status.code(), Some(1));
        assert!(
            said(&ended).contains("the account lee could not be made"),
            "{}",
            said(&ended)
        );
    }
    server.start_again().await;
}

#[tokio::test]
async fn it_refuses_to_be_elsewhere_or_among_people() {
    let mut server = Binary::start("127.0.0.1", &[]).await;
    server.person("ana").await;
    assert!(server.stop().await.success(), "{}", server.log());
    let serve = ["serve", "--fixtures", EXAMPLE];
    let public = [("TINTYPE_PUBLIC_URL", "https://photos.example")];
    let ended = server.runs(&serve, &public).await;
    assert_eq!(ended.status.code(), Some(2), "{}", said(&ended));
    assert!(said(&ended).contains("public_url"), "{}", said(&ended));
    let ended = server.runs(&serve, &[]).await;
    assert_eq!(ended.status.code(), Some(1));
    assert!(said(&ended).contains("people live"), "{}", said(&ended));
    let ended = server.runs(&["serve", "--fixtures", "/nowhere.toml"], &[]).await;
    assert!(
        said(&ended).contains("/nowhere.toml cannot be read"),
        "{}",
        said(&ended)
    );
    server.start_again().await;
}
