//! A forgotten password is set anew by a link, once; who was signed in is not any more.

use chrono::TimeDelta;

use super::server;
use crate::support::browser::leads_to;
use crate::support::http::Answer;
use crate::support::mail::Mail;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const NEW: &str = "another good horse";

async fn forgets(browser: &Browser, email: &str) -> Answer {
    let page = browser.get("/auth/password/new").await;
    let typed = [("user[email]", email)];
    browser.submits(&page, "/auth/password/new", &typed).await
}

async fn link_for(server: &TestServer, browser: &Browser, email: &str) -> Mail {
    assert_eq!(forgets(browser, email).await.status, 200);
    let mail = server.last_mail().await;
    assert_eq!(mail.to, email);
    mail
}

async fn sets(browser: &Browser, mail: &Mail, password: &str) -> Answer {
    let page = browser.get(&mail.link()).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let typed = [("user[password]", password)];
    browser.submits(&page, "/auth/password/edit", &typed).await
}

#[tokio::test]
async fn a_new_password_ends_all_sessions_and_tokens() {
    let server = server(&[]).await;
    let ana = server.person("ana").await;
    let elsewhere = Browser::new(&server.client);
    elsewhere.signs_in("ana", PASSWORD).await;
    ana.get("/api/v1/accounts/verify_credentials").await.ok();
    let browser = Browser::new(&server.client);
    let sign_in = browser.get("/auth/sign_in").await;
    assert!(
        sign_in.text().contains("href=\"/auth/password/new\""),
        "{}",
        sign_in.text()
    );
    let mail = link_for(&server, &browser, "ana@mail.example").await;
    let set = sets(&browser, &mail, NEW).await;
    assert_eq!(set.status, 200);
    assert!(set.text().contains("Your new password is set"), "{}", set.text());
    assert!(!elsewhere.is_signed_in().await);
    ana.get("/api/v1/accounts/verify_credentials").await.refused(401);
    assert_eq!(browser.signs_in("ana", PASSWORD).await.status, 401);
    assert_eq!(leads_to(&browser.signs_in("ana", NEW).await), "/account");
    let told = server.last_mail().await;
    assert_eq!(told.to, "ana@mail.example");
    assert!(told.text.contains("was changed"), "{}", told.text);
}

#[tokio::test]
async fn the_answer_is_the_same_for_everybody_and_so_is_what_is_done_for_it() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let known = forgets(&browser, "ana@mail.example").await;
    let unknown = forgets(&browser, "nobody@mail.example").await;
    assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
    let waiting: Vec<(i32, i16)> =
        sqlx::query_as("select length(sealed) / 100, tries from mails order by id")
            .fetch_all(server.db())
            .await
            .expect("what waits");
    assert_eq!(waiting.len(), 2, "both are written down");
    assert_eq!(waiting[0], waiting[1]);
    let links: i64 = sqlx::query_scalar("select count(*) from mail_tokens")
        .fetch_one(server.db())
        .await
        .expect("a count");
    assert_eq!(links, 0, "whose it is, is looked up later");
    assert_eq!(server.mails().await.len(), 1);
}

#[tokio::test]
async fn a_link_works_once_for_six_hours_and_is_kept_as_a_hash() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let mail = link_for(&server, &browser, "ana@mail.example").await;
    let token = mail.link().split('=').nth(1).expect("a token").to_owned();
    assert_eq!(token.len(), 43);
    let kept: String = sqlx::query_scalar("select mail_tokens::text from mail_tokens")
        .fetch_one(server.db())
        .await
        .expect("it is kept");
    assert!(!kept.contains(&token), "{kept}");
    let page = browser.get(&mail.link()).await;
    assert_eq!(sets(&browser, &mail, NEW).await.status, 200);
    let again = browser
        .submits(
            &page,
            "/auth/password/edit",
            &[("user[password]", "yet another one")],
        )
        .await;
    assert_eq!(again.status, 404);
    assert!(again.text().contains("cannot be used"), "{}", again.text());
    let old = link_for(&server, &browser, "ana@mail.example").await;
    server.wind(TimeDelta::hours(6));
    assert_eq!(browser.get(&old.link()).await.status, 404);
}

#[tokio::test]
async fn of_two_who_use_one_link_at_once_one_sets_the_password() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let mail = link_for(&server, &browser, "ana@mail.example").await;
    let page = browser.get(&mail.link()).await;
    let tries = ["first password", "second password", "third password"].map(|password| {
        let typed = [("user[password]", password)];
        browser.submits(&page, "/auth/password/edit", &typed)
    });
    let mut statuses: Vec<u16> = Vec::new();
    for answer in futures::future::join_all(tries).await {
        statuses.push(answer.status.as_u16());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404, 404]);
    server.settle().await;
}

#[tokio::test]
async fn a_password_that_is_too_short_is_told_and_uses_nothing_up() {
    let server = server(&[]).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    let mail = link_for(&server, &browser, "ana@mail.example").await;
    let short = sets(&browser, &mail, "short").await;
    assert_eq!(short.status, 422);
    assert!(short.text().contains("is too short") && !short.text().contains("value=\"short\""));
    assert_eq!(sets(&browser, &mail, NEW).await.status, 200);
    server.settle().await;
}

#[tokio::test]
async fn a_newer_link_makes_the_older_one_void_and_so_does_a_changed_password() {
    let server = server(&[]).await;
    let ana = server.person("ana").await;
    let browser = Browser::new(&server.client);
    let first = link_for(&server, &browser, "ana@mail.example").await;
    let second = link_for(&server, &browser, "ana@mail.example").await;
    assert_eq!(browser.get(&first.link()).await.status, 404);
    tintype::actions::set_password::local(&server.app, ana.account(), NEW)
        .await
        .expect("a password");
    assert_eq!(browser.get(&second.link()).await.status, 404);
}

#[tokio::test]
async fn who_is_suspended_gets_no_link_and_who_was_not_confirmed_is_by_it() {
    let server = server(&[]).await;
    let ana = server.person("ana").await;
    let bo = server.person("bo").await;
    tintype::actions::suspend::local(&server.app, ana.account())
        .await
        .expect("she can be");
    sqlx::query("update users set confirmed_at = null where account_id = $1")
        .bind(bo.account().0)
        .execute(server.db())
        .await
        .expect("it can be taken back");
    let told = server.mails().await.len();
    let browser = Browser::new(&server.client);
    forgets(&browser, "ana@mail.example").await;
    assert_eq!(server.mails().await.len(), told);
    let mail = link_for(&server, &browser, "bo@mail.example").await;
    assert_eq!(sets(&browser, &mail, NEW).await.status, 200);
    assert_eq!(leads_to(&browser.signs_in("bo", NEW).await), "/account");
    server.settle().await;
}
