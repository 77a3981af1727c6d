//! `tintype announcement …` beside a running server.

use crate::support::Binary;
use crate::support::binary::said;

async fn tells(binary: &Binary, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["announcement"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    assert!(ended.status.success(), "{arguments:?}: {}", said(&ended));
    String::from_utf8(ended.stdout).expect("text")
}

async fn refuses(binary: &Binary, arguments: &[&str]) -> (Option<i32>, String) {
    let all: Vec<&str> = ["announcement"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    (
        ended.status.code(),
        String::from_utf8(ended.stderr).expect("text"),
    )
}

#[tokio::test]
async fn announcements_are_made_listed_and_taken_away_by_the_operator() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    let times = [
        "create",
        "Until then\u{1b}[2J",
        "--starts",
        "2100-01-01T10:00:00Z",
        "--ends",
        "2100-01-01T12:00:00+01:00",
    ];
    let told = tells(&binary, &times).await;
    let id = told
        .trim()
        .strip_prefix("Announced as ")
        .and_then(|rest| rest.strip_suffix('.'))
        .expect("its id")
        .to_owned();
    let list = tells(&binary, &["list"]).await;
    assert!(
        list.starts_with(&id) && list.contains("Until then") && !list.contains('\u{1b}'),
        "{list}"
    );
    let met = ana.get("/api/v1/announcements").await.list();
    assert_eq!(met[0]["id"], *id);
    assert_eq!(met[0]["ends_at"], "2100-01-01T11:00:00.000Z");
    tells(&binary, &["delete", &id]).await;
    assert_eq!(ana.get("/api/v1/announcements").await.list().len(), 0);
    let (code, told) = refuses(&binary, &["delete", &id]).await;
    assert!(
        code == Some(1) && told.contains("there is no announcement"),
        "{told}"
    );
    let (code, told) = refuses(&binary, &["create", "x", "--ends", "tomorrow"]).await;
    assert!(
        code == Some(2) && told.contains("no time such as 2026-01-02T03:04:05Z"),
        "{told}"
    );
    assert!(binary.stop().await.success(), "{}", binary.log());
}
