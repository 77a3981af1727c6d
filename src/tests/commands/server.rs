//! The server as those see it who start it, watch it and end it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use reqwest::Method;
use tintype::media::synthetic::photograph;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::binary::{free_port, said};
use crate::support::waiting::eventually;
use crate::support::{Binary, TestServer};

#[tokio::test]
async fn it_says_whether_it_lives_and_whether_it_can_work() {
    let server = TestServer::start().await;
    assert_eq!(server.client.get("/health").await.text(), "OK");
    assert_eq!(server.client.get("/ready").await.ok()["ready"], true);
    server.app.db.close().await;
    let ready = server.client.get("/ready").await;
    assert_eq!(ready.status, 503);
    assert!(
        ready.value()["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("database"))
    );
    // It lives all the same: who ends it now would lose what it holds.
    assert_eq!(server.client.get("/health").await.status, 200);
}

#[tokio::test]
async fn its_numbers_are_prometheus_and_name_nobody() {
    let binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    ana.post("counted").await;
    ana.get("/api/v1/nothing").await.refused(404);
    binary.quiet().await;
    let answer = binary.client.get("/metrics").await;
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    let text = answer.text();
    let number = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
        value.unwrap_or_else(|| panic!("{name} is not in {text}"))
    };
    assert!(number("tintype_requests_total{status=\"2xx\"}") >= 4.0);
    assert!(number("tintype_requests_total{status=\"4xx\"}") >= 1.0);
    assert!(number("tintype_database_connections") >= 1.0);
    assert!(
        text.contains("tintype_request_seconds_bucket") && text.contains("tintype_queue_length{"),
        "{text}"
    );
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (_, value) = line.rsplit_once(' ').unwrap_or(("", line));
        assert!(line.is_empty() || value.parse::<f64>().is_ok(), "{line}");
    }
    assert!(!text.contains("ana"), "{text}");
}

/// The process of the Postgres in this data directory.
fn postmaster(data_dir: &Path) -> Option<u32> {
    let text = std::fs::read_to_string(data_dir.join("pg/postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

fn lives(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

#[tokio::test]
async fn told_to_end_it_ends_although_a_request_does_not_and_postgres_with_it() {
    let mut binary = Binary::with_own_postgres(&[]).await;
    let ana = binary.person("ana").await;
    let post = ana.post("acknowledged").await;
    let pid = postmaster(&binary.data_dir()).expect("a Postgres of its own runs");
    assert!(lives(pid));
    // An upload that goes on for ever, and a connection that says nothing.
    let address = binary.client.base.trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&address).await.expect("it listens");
    let head = format!(
        "POST /api/v1/statuses HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"status\": \"",
        ana.token.as_deref().expect("a token")
    );
    slow.write_all(head.as_bytes()).await.expect("it reads");
    let mut silent = TcpStream::connect(&address).await.expect("it listens");
    // Requests are answered in turn, so this one's answer says that the others have been seen.
    ana.home().await;
    assert!(binary.stop().await.success(), "{}", binary.log());
    assert!(!lives(pid), "Postgres still runs");
    assert!(!binary.data_dir().join("pg/postmaster.pid").exists());
    let mut rest = Vec::new();
    for stream in [&mut slow, &mut silent] {
        stream.read_to_end(&mut rest).await.ok();
    }
    binary.start_again().await;
    assert_eq!(ana.sees(&post).await["content"], "<p>acknowledged</p>");
    assert!(binary.stop().await.success(), "{}", binary.log());
}

#[tokio::test]
async fn told_to_end_it_does_not_wait_for_a_request_that_holds_the_database() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let db = binary.db().await;
    let mut held = db.begin().await.expect("a transaction");
    sqlx::query("lock table apps in access exclusive mode")
        .execute(&mut *held)
        .await
        .expect("a lock");
    let client = binary.client.clone();
    let waiting = tokio::spawn(async move {
        let new = serde_json::json!({ "client_name": "x", "redirect_uris": "https://app.example/" });
        client
            .request(Method::POST, "/api/v1/apps")
            .json(&new)
            .send()
            .await
    });
    eventually("a request waits for the lock", async || {
        let waits: bool = sqlx::query_scalar("select exists (select 1 from pg_locks where not granted)")
            .fetch_one(&db)
            .await
            .expect("the locks can be looked at");
        waits.then_some(())
    })
    .await;
    assert!(binary.stop().await.success(), "{}", binary.log());
    held.rollback().await.ok();
    waiting.await.expect("it does not panic").ok();
    db.close().await;
}

#[tokio::test]
async fn a_second_server_on_one_folder_is_refused_and_the_first_goes_on() {
    let mut binary = Binary::with_own_postgres(&[]).await;
    let listen = format!("127.0.0.1:{}", free_port());
    let second = binary.runs(&["serve"], &[("TINTYPE_LISTEN", &listen)]).await;
    assert_eq!(second.status.code(), Some(1), "{}", said(&second));
    let folder = binary.data_dir().display().to_string();
    assert!(said(&second).contains(&folder), "{}", said(&second));
    let same_port = binary.runs(&["serve"], &[]).await;
    assert_eq!(same_port.status.code(), Some(1));
    assert!(
        said(&same_port).contains("cannot listen on"),
        "{}",
        said(&same_port)
    );
    assert_eq!(binary.client.get("/ready").await.ok()["ready"], true);
    assert!(binary.stop().await.success());
}

#[tokio::test]
async fn migrate_brings_an_empty_database_to_this_version_and_ends() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    binary.stop().await;
    for _ in 0..2 {
        let ended = binary.runs(&["migrate"], &[]).await;
        assert!(ended.status.success(), "{}", said(&ended));
    }
}

#[tokio::test]
async fn a_new_server_says_how_its_owner_comes_in() {
    let binary = Binary::start("127.0.0.1", &[]).await;
    eventually("it has said so", async || {
        let log = binary.log();
        (log.contains("/auth/sign_up") && log.contains("tintype account create")).then_some(())
    })
    .await;
}

#[tokio::test]
async fn with_another_key_file_it_does_not_start_and_names_the_setting() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    binary.person("ana").await;
    assert!(binary.stop().await.success(), "{}", binary.log());
    let other = binary.data_dir().join("other.key").display().to_string();
    let ended = binary.runs(&["serve"], &[("TINTYPE_KEY_FILE", &other)]).await;
    assert!(!ended.status.success());
    assert!(said(&ended).contains("key_file"), "{}", said(&ended));
    binary.start_again().await;
}

/// The folders right in a data directory that somebody else could enter.
fn open_to_others(data_dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(data_dir).expect("it is there");
    let entries = entries.map(|entry| entry.expect("it can be read").path());
    entries
        .filter(|path| path.metadata().expect("it is there").permissions().mode() & 0o077 != 0)
        .map(|path| path.display().to_string())
        .collect()
}

#[tokio::test]
async fn what_is_kept_is_closed_to_everybody_else_on_the_machine_and_what_was_left_open_is_closed_at_the_start()
 {
    let mut binary = Binary::with_own_postgres(&[]).await;
    let ana = binary.person("ana").await;
    ana.uploads(&photograph(1, 640, 480), "").await;
    let data_dir = binary.data_dir();
    assert!(data_dir.join("media").is_dir());
    assert_eq!(open_to_others(&data_dir), [""; 0]);
    assert!(binary.stop().await.success(), "{}", binary.log());
    for name in ["media", "uploads", "converting", "filming", "mails"] {
        let folder = data_dir.join(name);
        std::fs::create_dir_all(&folder).expect("it can be made");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    binary.start_again().await;
    assert_eq!(open_to_others(&data_dir), [""; 0]);
    let mode = data_dir.metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o066, 0, "it can be passed through at the most");
    assert!(binary.stop().await.success(), "{}", binary.log());
}

#[tokio::test]
async fn what_strangers_type_into_a_search_is_not_in_the_log() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    for words in ["%2B", "...", "%21%21"] {
        ana.get(&format!("/api/v2/search?q={words}")).await.ok();
    }
    assert!(binary.stop().await.success());
    let log = binary.log();
    assert!(!log.contains("sqlx::postgres::notice"), "{log}");
}

#[tokio::test]
async fn a_new_server_where_nobody_may_sign_up_names_the_command_only() {
    let binary = Binary::start("127.0.0.1", &[("TINTYPE_REGISTRATION", "closed")]).await;
    let log = eventually("it has said so", async || {
        let log = binary.log();
        log.contains("tintype account create").then_some(log)
    })
    .await;
    assert!(!log.contains("/auth/sign_up"), "{log}");
}
