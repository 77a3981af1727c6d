//! Moderators find people by what they know of them, page by page.

use serde_json::Value;

use super::desk::{Staff, one_of, staff};
use super::{does, measures};
use crate::federation::scene::Scene;
use crate::paging::goes_through;
use crate::support::http::ids;
use crate::support::{Person, TestServer};
use tintype::domain::role::Role;

async fn found(by: &Person, query: &str) -> Vec<String> {
    let all = by.get(&format!("/api/{query}")).await.list();
    let mut names: Vec<String> = all.iter().map(name).collect();
    names.sort_unstable();
    names
}

fn name(account: &Value) -> String {
    account["username"].as_str().expect("a name").to_owned()
}

#[tokio::test]
async fn people_are_found_by_how_they_stand() {
    let server = TestServer::start().await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    let bo = server.person("bo").await;
    let (all, but_bo) = (
        ["adam", "bo", "mel", "mona", "olga"],
        ["adam", "mel", "mona", "olga"],
    );
    for (measure, status, back) in [
        ("sensitive", "sensitized", "unsensitive"),
        ("disable", "disabled", "enable"),
        ("silence", "silenced", "unsilence"),
        ("suspend", "suspended", "unsuspend"),
    ] {
        let (v1, v2) = (
            format!("v1/admin/accounts?{status}=true"),
            format!("v2/admin/accounts?status={status}"),
        );
        assert!(found(&moderator, &v1).await.is_empty(), "{status}");
        measures(&moderator, &bo, measure).await.ok();
        assert_eq!(found(&moderator, &v1).await, ["bo"], "{status}");
        assert_eq!(found(&moderator, &v2).await, ["bo"], "{status}");
        let active = found(&moderator, "v2/admin/accounts?status=active").await;
        assert_eq!(active.contains(&"bo".to_owned()), measure != "suspend");
        does(&moderator, back, &bo).await.ok();
        assert!(found(&moderator, &v1).await.is_empty(), "{status} is taken back");
    }
    measures(&moderator, &bo, "suspend").await.ok();
    assert_eq!(found(&moderator, "v1/admin/accounts?active=1").await, but_bo);
    assert_eq!(found(&moderator, "v1/admin/accounts").await, all);
    sqlx::query("update users set approved_at = null where account_id = $1")
        .bind(member.account().0)
        .execute(server.db())
        .await
        .expect("they live here");
    for pending in [
        "v1/admin/accounts?pending=true",
        "v2/admin/accounts?status=pending",
    ] {
        assert_eq!(found(&moderator, pending).await, ["mel"]);
    }
    let unknown = moderator.get("/api/v2/admin/accounts?status=happy").await;
    assert_eq!(unknown.refused(400), "Unknown status: happy");
    server.settle().await;
}

#[tokio::test]
async fn people_are_found_by_name_address_role_and_who_invited_them() {
    let scene = Scene::new().await;
    let server = &scene.server;
    let mona = one_of(server, "mona", Role::Moderator).await;
    let bo = server.person("bo").await;
    sqlx::query("update users set invited_by = $1 where account_id = $2")
        .bind(mona.account().0)
        .bind(bo.account().0)
        .execute(server.db())
        .await
        .expect("they live here");
    bo.form(
        reqwest::Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &[("display_name", "50% Bo_")],
    )
    .await
    .ok();
    let here = vec!["ana", "bo", "mona"];
    let by_mona = format!("v2/admin/accounts?invited_by={}", mona.id);
    let at_peer = format!("v2/admin/accounts?by_domain={}", scene.peer.authority);
    for (query, wanted) in [
        ("v1/admin/accounts?local=true", here.clone()),
        ("v1/admin/accounts?remote=true", vec!["zed"]),
        ("v1/admin/accounts?local=true&remote=true", vec![]),
        ("v2/admin/accounts?origin=local", here),
        ("v2/admin/accounts?origin=remote", vec!["zed"]),
        (at_peer.as_str(), vec!["zed"]),
        ("v1/admin/accounts?by_domain=nowhere.example", vec![]),
        ("v1/admin/accounts?username=MO", vec!["mona"]),
        ("v2/admin/accounts?username=_", vec![]),
        ("v2/admin/accounts?display_name=50%25+b", vec!["bo"]),
        ("v2/admin/accounts?email=Bo%40mail", vec!["bo"]),
        ("v1/admin/accounts?email=%25", vec![]),
        ("v1/admin/accounts?ip=127.0.0.1", vec![]),
        ("v1/admin/accounts?staff=true", vec!["ana", "mona"]),
        ("v2/admin/accounts?permissions=staff", vec!["ana", "mona"]),
        ("v2/admin/accounts?role_ids[]=3", vec!["ana"]),
        ("v2/admin/accounts?role_ids[]=3&role_ids[]=-99", vec!["ana", "bo"]),
        ("v2/admin/accounts?role_ids[]=77", vec![]),
        (by_mona.as_str(), vec!["bo"]),
    ] {
        assert_eq!(found(&mona, query).await, wanted, "{query}");
    }
    mona.get("/api/v2/admin/accounts?invited_by=x").await.refused(404);
    for nobody in ["0", "x", "1", "-7", "99999999999999999999"] {
        mona.get(&format!("/api/v1/admin/accounts/{nobody}"))
            .await
            .refused(404);
    }
    server.settle().await;
}

#[tokio::test]
async fn the_list_of_people_has_exact_links() {
    let server = TestServer::start().await;
    let Staff { moderator, .. } = staff(&server).await;
    for number in 0..6 {
        server.person(&format!("kim{number}")).await;
    }
    for (path, parameters) in [
        ("/api/v1/admin/accounts", "&local=true&username=kim"),
        (
            "/api/v2/admin/accounts",
            "&origin=local&role_ids%5B%5D=-99&username=k",
        ),
    ] {
        let whole = moderator
            .get(&format!("{path}?limit=40{parameters}"))
            .await
            .list();
        assert_eq!(whole.len(), 6);
        let names: Vec<String> = whole.iter().map(name).collect();
        assert_eq!((names[0].as_str(), names[5].as_str()), ("kim5", "kim0"));
        goes_through(&moderator, path, parameters, &ids(&whole)).await;
    }
    server.settle().await;
}
