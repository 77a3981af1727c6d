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
