//! What moderators do is written down for others like them.

use tintype::actions::{approve, suspend};
use tintype::db;

use super::desk::{Staff, staff};
use super::{ACCOUNTS, acts, does, measures};
use crate::support::{Person, TestServer};

/// Who, what, about whom, why; the oldest first.
pub async fn log(server: &TestServer, about: Option<&Person>) -> Vec<[String; 4]> {
    let mut db = server.db().acquire().await.expect("a connection");
    let about = about.map(Person::account);
    let lines = db::audit::page(&mut db, about, i64::MAX, 100).await;
    let mut lines = lines.expect("it can be read");
    lines.reverse();
    lines
        .into_iter()
        .map(|line| [line.by, line.act, line.about, line.words])
        .collect()
}

#[tokio::test]
async fn every_deed_is_written_down_with_who_did_it_to_whom_and_why() {
    let server = TestServer::start().await;
    let Staff {
        admin,
        moderator,
        member,
        owner,
    } = staff(&server).await;
    let bo = server.person("bo").await;
    acts(&moderator, &bo, &[("type", "silence"), ("text", "Loud")])
        .await
        .ok();
    measures(&moderator, &owner, "silence").await.refused(403);
    does(&moderator, "unsilence", &bo).await.ok();
    does(&moderator, "unsilence", &bo).await.ok();
    suspend::local(&server.app, member.account())
        .await
        .expect("it can be done");
    approve::local(&server.app, bo.account())
        .await
        .expect_err("nobody waits");
    admin.delete(&format!("{ACCOUNTS}/{}", member.id)).await.ok();
    let line = |by: &str, act: &str, about: &str, words: &str| [by, act, about, words].map(str::to_owned);
    let all = [
        line("mona", "silence", "@bo", "Loud"),
        line("mona", "unsilence", "@bo", ""),
        line("", "suspend", "@mel", ""),
        line("adam", "delete", "@mel", ""),
    ];
    assert_eq!(log(&server, None).await, all);
    assert_eq!(log(&server, Some(&bo)).await, all[..2]);
    assert_eq!(log(&server, Some(&admin)).await, all[3..]);
    assert_eq!(log(&server, Some(&owner)).await, [[""; 4]; 0]);
    server.settle().await;
}
