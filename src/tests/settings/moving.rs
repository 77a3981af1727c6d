//! Taking a list elsewhere or bringing one, and moving to another account.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::http::Part;
use crate::support::server::PASSWORD;
use crate::support::{Person, TestServer};

async fn brings(person: &Person, kind: &str, text: &str) -> u16 {
    let parts = [
        Part::Text("type", kind),
        Part::File("data", "list.csv", "text/csv", text.as_bytes()),
    ];
    let answer = person.multipart(Method::POST, "/api/v1/import", &parts).await;
    answer.status.as_u16()
}

async fn file(person: &Person, name: &str) -> String {
    let answer = person.get(&format!("/api/v1/exports/{name}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    answer.text()
}

#[tokio::test]
async fn what_is_taken_out_of_one_account_is_brought_into_another() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let (cy, di, ed) = (
        server.person("cy").await,
        server.person("di").await,
        server.person("ed").await,
    );
    let fields = [
        ("reblogs", "false"),
        ("notify", "true"),
        ("languages[]", "en"),
        ("languages[]", "de"),
    ];
    ana.post_form(&format!("/api/v1/accounts/{}/follow", cy.id), &fields)
        .await
        .ok();
    ana.blocks(&di).await;
    ana.post_form(
        &format!("/api/v1/accounts/{}/mute", ed.id),
        &[("notifications", "false")],
    )
    .await
    .ok();
    bo.follows(&ana).await;
    let host = server.authority();
    let following = file(&ana, "following.csv").await;
    assert_eq!(
        following,
        format!(
            "Account address,Show boosts,Notify on new posts,Languages\ncy@{host},false,true,\"en, de\"\n"
        )
    );
    let (blocks, mutes) = (file(&ana, "blocks.csv").await, file(&ana, "mutes.csv").await);
    assert_eq!(blocks, format!("di@{host}\n"));
    assert_eq!(
        mutes,
        format!("Account address,Hide notifications\ned@{host},false\n")
    );
    assert_eq!(
        file(&ana, "followers.csv").await,
        format!("Account address\nbo@{host}\n")
    );
    for (kind, text) in [("following", &following), ("blocks", &blocks), ("mutes", &mutes)] {
        assert_eq!(brings(&bo, kind, text).await, 202);
    }
    server.settle().await;
    let toward = async |other: &Person| {
        let path = format!("/api/v1/accounts/relationships?id[]={}", other.id);
        bo.get(&path).await.list().remove(0)
    };
    let cy = toward(&cy).await;
    assert_eq!(
        (&cy["following"], &cy["showing_reblogs"], &cy["notifying"]),
        (&json!(true), &json!(false), &json!(true))
    );
    assert_eq!(toward(&di).await["blocking"], true);
    let ed = toward(&ed).await;
    assert_eq!(
        (&ed["muting"], &ed["muting_notifications"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn a_file_with_nobody_or_too_many_in_it_is_refused_and_odd_rows_are_passed_over() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for (kind, text) in [
        ("following", ""),
        ("following", "Account address,Show boosts\n"),
        ("lists", "bo\n"),
        ("following", &"n@x.example\n".repeat(10_001)),
    ] {
        assert_eq!(brings(&ana, kind, text).await, 422, "{kind} {}", text.len());
    }
    ana.post_form(
        "/api/v1/import",
        &[("type", "following"), ("data", "bo"), ("mode", "overwrite")],
    )
    .await
    .refused(422);
    let odd = "Account address\n\"bo\"\n,,,\n<script>@evil\nana\nnobody.here.at.all\n\"never closed";
    assert_eq!(brings(&ana, "following", odd).await, 202);
    server.settle().await;
    let following = ana
        .get(&format!("/api/v1/accounts/{}/following", ana.id))
        .await
        .list();
    let names: Vec<&Value> = following.iter().map(|account| &account["username"]).collect();
    assert_eq!(names, [&bo.name]);
}

#[tokio::test]
async fn lists_are_ones_own_and_want_their_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for (file, scope) in [
        ("following.csv", "read:follows"),
        ("followers.csv", "read:follows"),
        ("blocks.csv", "read:blocks"),
        ("mutes.csv", "read:mutes"),
    ] {
        let path = format!("/api/v1/exports/{file}");
        server.client.get(&path).await.refused(401);
        server
            .token_for(&ana, "read:accounts write")
            .await
            .get(&path)
            .await
            .refused(403);
        assert_eq!(server.token_for(&ana, scope).await.get(&path).await.status, 200);
    }
    ana.get("/api/v1/exports/passwords.csv").await.refused(404);
    let narrow = server.token_for(&ana, "read write:blocks").await;
    narrow
        .post_form("/api/v1/import", &[("type", "following"), ("data", "bo")])
        .await
        .refused(403);
    server
        .client
        .post_form("/api/v1/import", &[("type", "blocks"), ("data", "bo")])
        .await
        .refused(401);
}

async fn uri(server: &TestServer, person: &Person) -> String {
    server.app.urls.actor(&person.name)
}

#[tokio::test]
async fn somebody_moves_to_an_account_that_names_theirs_and_followers_here_follow_along() {
    let server = TestServer::start().await;
    let (ana, new, bo) = (
        server.person("ana").await,
        server.person("newana").await,
        server.person("bo").await,
    );
    bo.follows(&ana).await;
    let (old_uri, new_uri) = (uri(&server, &ana).await, uri(&server, &new).await);
    let moves = async |password: &str, to: &str| {
        let fields = [("password", password), ("moved_to_uri", to)];
        ana.post_form("/api/v1/accounts/move", &fields).await
    };
    let early = moves(PASSWORD, &new_uri).await.refused(422);
    assert!(early.contains("does not name this one"), "{early}");
    let named = new
        .post_form("/api/v1/accounts/alias", &[("also_known_as_uris[]", &old_uri)])
        .await
        .ok();
    assert_eq!(named, json!({ "also_known_as_uris": [old_uri] }));
    moves("a wrong one", &new_uri).await.refused(403);
    moves(PASSWORD, &old_uri).await.refused(422);
    moves(PASSWORD, "https://nowhere.invalid/users/x")
        .await
        .refused(422);
    assert_eq!(moves(PASSWORD, &new_uri).await.status, 202);
    server.settle().await;
    server.forget();
    let shown = server
        .client
        .get(&format!("/api/v1/accounts/{}", ana.id))
        .await
        .ok();
    assert_eq!(shown["moved"]["username"], "newana");
    let path = format!("/api/v1/accounts/relationships?id[]={}", new.id);
    assert_eq!(bo.get(&path).await.list()[0]["following"], true);
    // Once more is no harm; elsewhere is no more.
    assert_eq!(moves(PASSWORD, &new_uri).await.status, 202);
    bo.post_form("/api/v1/accounts/alias", &[("also_known_as_uris[]", &old_uri)])
        .await
        .ok();
    let again = moves(PASSWORD, &uri(&server, &bo).await).await.refused(422);
    assert!(again.contains("moved already"), "{again}");
    server.settle().await;
}

#[tokio::test]
async fn aliases_are_of_people_who_can_be_found_and_can_be_taken_back() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let path = "/api/v1/accounts/alias";
    for uri in [
        "nonsense",
        "https://nowhere.invalid/users/x",
        &uri(&server, &ana).await,
    ] {
        ana.post_form(path, &[("also_known_as_uris[]", uri)])
            .await
            .refused(422);
    }
    let bo_uri = uri(&server, &bo).await;
    let many: Vec<(&str, &str)> = (0..21)
        .map(|_| ("also_known_as_uris[]", bo_uri.as_str()))
        .collect();
    ana.post_form(path, &many).await.refused(422);
    ana.post_form(path, &[("also_known_as_uris[]", &bo_uri)])
        .await
        .ok();
    assert_eq!(ana.act(path).await.ok(), json!({ "also_known_as_uris": [] }));
    server.client.act(path).await.refused(401);
    server.token_for(&ana, "read").await.act(path).await.refused(403);
    server.client.act("/api/v1/accounts/move").await.refused(401);
    server
        .token_for(&ana, "read")
        .await
        .act("/api/v1/accounts/move")
        .await
        .refused(403);
    server.settle().await;
}
