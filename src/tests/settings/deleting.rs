//! Somebody deletes their account: with the password, for good, and with all that it had.

use serde_json::json;

use super::{scene, sends, signed_in};
use crate::support::TestServer;
use crate::support::http::id;
use crate::support::server::PASSWORD;

#[tokio::test]
async fn an_account_that_is_deleted_is_gone_with_its_posts_and_told_by_mail() {
    let server = TestServer::with(&[("TINTYPE_MAIL", "folder")]).await;
    server.person("olga").await;
    let ana = server.person("ana").await;
    let post = ana.post("light").with_photo().await;
    server.settle().await;
    let browser = signed_in(&server, "ana").await;
    let typed = [("password", PASSWORD), ("sure", "1")];
    let gone = sends(&browser, "/settings/delete", "/settings/delete", &typed).await;
    assert!(gone.text().contains("Your account is deleted"), "{}", gone.text());
    assert!(!browser.is_signed_in().await);
    assert_eq!(browser.signs_in("ana", PASSWORD).await.status, 401);
    ana.get("/api/v1/accounts/verify_credentials").await.refused(401);
    let shown = server
        .client
        .get(&format!("/api/v1/statuses/{}", id(&post)))
        .await;
    assert!(matches!(shown.status.as_u16(), 404 | 410), "{}", shown.status);
    let mail = server.last_mail().await;
    assert_eq!(
        (mail.to.as_str(), mail.text.contains("is deleted")),
        ("ana@mail.example", true)
    );
    let left: i64 = sqlx::query_scalar("select (select count(*) from users) + (select count(*) from media)")
        .fetch_one(server.db())
        .await
        .expect("a count");
    assert_eq!(left, 1, "the owner alone");
}

/// Columns that name an account and may go on naming one that is gone.
const KEPT: [&str; 10] = [
    // that it was there, empty, so that its name stays taken and its servers are told
    "account_counts.account_id",
    "account_keys.account_id",
    "feeds.owner_id",
    "outgoing.sender_id",
    // what moderators did
    "audit_log.account_id",
    "audit_log.by_id",
    "reports.account_id",
    "reports.action_taken_by",
    "reports.assigned_to",
    "reports.reporter_id",
];

#[tokio::test]
async fn no_row_of_any_table_is_left_of_somebody_who_is_gone() {
    let server = TestServer::with(&[("TINTYPE_MAIL", "folder")]).await;
    let olga = server.person("olga").await;
    let ana = server.person("ana").await;
    let post = ana.post("light #dusk").with_photo().await;
    server.settle().await;
    let theirs = olga.post("mine").await;
    for (one, other) in [(&ana, &olga), (&olga, &ana)] {
        one.follows(other).await;
        let note = format!("/api/v1/accounts/{}/note", other.id);
        one.post_form(&note, &[("comment", "a friend")]).await.ok();
    }
    for verb in ["favourite", "reblog", "bookmark", "mute"] {
        ana.does(verb, &theirs).await.ok();
        olga.does(verb, &post).await.ok();
    }
    ana.does("pin", &post).await.ok();
    for (quoting, quoted) in [(&ana, &theirs), (&olga, &post)] {
        quoting
            .post("Look")
            .with("quoted_status_id", quoted["id"].clone())
            .await;
    }
    for (path, name, value) in [
        ("/api/v1/tags/dusk/follow", "", ""),
        ("/api/v1/featured_tags", "name", "dusk"),
        ("/api/v1/lists", "title", "Near"),
        ("/api/v1/domain_blocks", "domain", "bad.example"),
        ("/api/v2/filters", "title", "Spoilers"),
        ("/api/tintype/v1/collections", "title", "Dusk"),
    ] {
        let fields = [
            (name, value),
            ("context[]", "home"),
            ("description", ""),
            ("visibility", "draft"),
        ];
        let answer = ana.post_form(path, &fields).await;
        assert!(
            answer.status.is_success(),
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
    }
    ana.delete(&format!("/api/v1/suggestions/{}", olga.id)).await.ok();
    server.settle().await;
    let before = rows_of(&server, ana.account().0).await;
    assert!(before.len() > 14, "there is something to take away: {before:?}");
    let browser = signed_in(&server, "ana").await;
    let typed = [("password", PASSWORD), ("sure", "1")];
    sends(&browser, "/settings/delete", "/settings/delete", &typed).await;
    server.settle().await;
    let left = rows_of(&server, ana.account().0).await;
    let left: Vec<_> = left
        .iter()
        .filter(|name| !KEPT.contains(&name.as_str()))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Which columns name this account, of all that refer to accounts or to users.
async fn rows_of(server: &TestServer, account: i64) -> Vec<String> {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select c.conrelid::regclass::text, a.attname::text
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.contype = 'f' and c.confrelid in ('accounts'::regclass, 'users'::regclass)
         order by 1, 2",
    )
    .fetch_all(server.db())
    .await
    .expect("the catalogue");
    let mut named = Vec::new();
    for (table, column) in columns {
        let asked = format!("select exists (select 1 from {table} where {column} = $1)");
        let there: bool = sqlx::query_scalar(sqlx::AssertSqlSafe(asked))
            .bind(account)
            .fetch_one(server.db())
            .await
            .expect("an answer");
        if there {
            named.push(format!("{table}.{column}"));
        }
    }
    named
}

#[tokio::test]
async fn a_wrong_password_or_no_yes_deletes_nothing() {
    let (server, browser) = scene().await;
    for (status, typed) in [
        (403, vec![("password", "a wrong one"), ("sure", "1")]),
        (422, vec![("password", PASSWORD)]),
    ] {
        let refused = sends(&browser, "/settings/delete", "/settings/delete", &typed).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    assert!(signed_in(&server, "ana").await.is_signed_in().await);
}

#[tokio::test]
async fn the_owner_stays() {
    let (server, _) = scene().await;
    let olga = signed_in(&server, "olga").await;
    let typed = [("password", PASSWORD), ("sure", "1")];
    let refused = sends(&olga, "/settings/delete", "/settings/delete", &typed).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text().contains("You own this server"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn apps_delete_by_our_route_and_by_gotosocials_with_the_password() {
    let server = TestServer::start().await;
    let olga = server.person("olga").await;
    for (name, path) in [
        ("ana", "/api/v1/accounts/delete"),
        ("bo", "/api/tintype/v1/account/delete"),
    ] {
        let person = server.person(name).await;
        person.act(path).await.refused(422);
        let wrong = person.post_form(path, &[("password", "a wrong one")]).await;
        assert_eq!(wrong.refused(403), "The password is wrong");
        let narrow = server.token_for(&person, "read write:statuses").await;
        narrow
            .post_form(path, &[("password", PASSWORD)])
            .await
            .refused(403);
        let gone = person.post_form(path, &[("password", PASSWORD)]).await;
        assert_eq!((gone.status.as_u16(), gone.value()), (202, json!({})));
        person
            .get("/api/v1/accounts/verify_credentials")
            .await
            .refused(401);
        server
            .client
            .post_form(path, &[("password", PASSWORD)])
            .await
            .refused(401);
    }
    let refused = olga
        .post_form("/api/v1/accounts/delete", &[("password", PASSWORD)])
        .await;
    assert_eq!(refused.refused(403), "The owner of this server cannot be deleted");
    server.settle().await;
}
