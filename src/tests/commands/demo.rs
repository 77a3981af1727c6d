//! What is shown to somebody who tries it out: two servers with a photo between them, and one that is lived on.

use std::process::Stdio;

use serde_json::Value;
use tokio::process::Command;

use crate::support::Binary;
use crate::support::binary::said;
use crate::support::folder::Folder;
use crate::support::http::ids;
use crate::support::waiting::eventually;

/// The servers that steps of a kind went between.
fn ways(report: &Value, kind: &str) -> Vec<(String, String)> {
    let steps = report["steps"].as_array().expect("steps");
    let of_kind = steps.iter().filter(|step| step["kind"] == kind);
    let text = |value: &Value| value.as_str().expect("a server").to_owned();
    of_kind
        .map(|step| (text(&step["from"]), text(&step["to"])))
        .collect()
}

#[tokio::test]
async fn the_demo_shows_photos_crossing_between_two_servers_and_leaves_nothing_behind() {
    let folder = Folder::new("demo");
    let file = folder.path().join("report.json");
    let child = Command::new(env!("CARGO_BIN_EXE_tintype-demo"))
        .arg("--json")
        .arg(&file)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the demo can be started");
    let own = std::env::temp_dir().join(format!("tintype-demo-{}", child.id().expect("it runs")));
    let ended = child.wait_with_output().await.expect("it ends");
    assert!(ended.status.success(), "{}", said(&ended));
    assert!(!own.exists(), "{} is left behind", own.display());
    let report = std::fs::read(&file).expect("it wrote its report");
    let report: Value = serde_json::from_slice(&report).expect("JSON");
    let way = |from: &str, to: &str| (format!("{from}.test"), format!("{to}.test"));
    let (east, west) = (way("east", "east"), way("west", "west"));
    let (there, back) = (way("east", "west"), way("west", "east"));
    // Mia follows Ana and Leo; Ana follows Mia; Leo follows Ana, at home.
    assert_eq!(
        ways(&report, "follow"),
        [&back, &back, &there, &east].map(Clone::clone)
    );
    for kind in ["upload", "post"] {
        assert_eq!(
            ways(&report, kind),
            [&east, &east, &west].map(Clone::clone),
            "{kind}"
        );
    }
    // Ana's go to Leo and Mia, Leo's to Mia, Mia's to Ana.
    for kind in ["in_feed", "photo_stored"] {
        let reached = [&east, &there, &there, &back].map(Clone::clone);
        assert_eq!(ways(&report, kind), reached, "{kind}");
    }
    assert_eq!(ways(&report, "like_and_comment"), [back]);
    let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(
        printed.contains("and its photo is stored on west.test"),
        "{printed}"
    );
}

/// How many rows there are of what a demonstration is made of.
async fn rows(binary: &Binary) -> Vec<(String, i64)> {
    let db = binary.db().await;
    let rows = sqlx::query_as(
        "select 'people', count(*) from users union all select 'posts', count(*) from posts
         union all select 'follows', count(*) from follows union all select 'likes', count(*) from likes
         union all select 'photos', count(*) from media where state = 1
         union all select 'photos that wait', count(*) from media where state <> 1 order by 1",
    )
    .fetch_all(&db)
    .await
    .expect("the rows can be counted");
    db.close().await;
    rows
}

fn count(rows: &[(String, i64)], name: &str) -> i64 {
    rows.iter()
        .find(|(known, _)| known == name)
        .expect("it is counted")
        .1
}

#[tokio::test]
async fn a_demonstration_is_lived_on_and_a_second_start_adds_nothing() {
    let mut binary = Binary::serving("127.0.0.1", &["--demo=3"], &[]).await;
    // Painting and developing takes its time in a build with checks: step by step, each with its own patience.
    for (name, number) in [
        ("people", 1),
        ("people", 8),
        ("photos", 17),
        ("posts", 1),
        ("posts", 3),
    ] {
        eventually(&format!("{number} {name}"), async || {
            (count(&rows(&binary).await, name) >= number).then_some(())
        })
        .await;
    }
    eventually("the demonstration is complete", async || {
        binary
            .log()
            .contains("the demonstration is complete")
            .then_some(())
    })
    .await;
    binary.quiet().await;
    let ines = binary.client.get("/api/v1/accounts/lookup?acct=ines").await.ok();
    assert_eq!(ines["display_name"], "Inês Duarte");
    assert!(ines["followers_count"].as_i64() > Some(2), "{ines}");
    let timeline = "/api/v1/timelines/public?local=true&only_media=true&limit=40";
    let posts = binary.client.get(timeline).await.list();
    assert_eq!(posts.len(), 3, "{posts:?}");
    for post in &posts {
        let url = post["media_attachments"][0]["url"].as_str().expect("a photo");
        let path = url.split_once(&binary.authority).expect("it is here").1;
        assert_eq!(binary.client.get(path).await.status, 200, "{url}");
    }
    let first = rows(&binary).await;
    assert_eq!(
        (count(&first, "people"), count(&first, "photos that wait")),
        (8, 0),
        "{first:?}"
    );
    assert!(binary.stop().await.success(), "{}", binary.log());
    binary.start_again().await;
    binary.quiet().await;
    assert!(
        binary.log().contains("the demonstration is there already"),
        "{}",
        binary.log()
    );
    let again = binary.client.get(timeline).await.list();
    assert_eq!(ids(&again), ids(&posts));
    assert!(binary.stop().await.success(), "{}", binary.log());
    assert_eq!(rows(&binary).await, first);
}

#[tokio::test]
async fn a_demonstration_is_not_made_where_people_live() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    binary.person("ana").await;
    assert!(binary.stop().await.success(), "{}", binary.log());
    let before = rows(&binary).await;
    let refused = binary.runs(&["serve", "--demo"], &[]).await;
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(
        said(&refused).contains("people live on this one"),
        "{}",
        said(&refused)
    );
    assert_eq!(rows(&binary).await, before);
    for posts in ["--demo=0", "--demo=many"] {
        let refused = binary.runs(&["serve", posts], &[]).await;
        assert_eq!(refused.status.code(), Some(2), "{posts}: {}", said(&refused));
    }
}
