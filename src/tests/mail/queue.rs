//! Mails wait in the database until the mail server has them: whatever happens to it, or to us.

use chrono::TimeDelta;
use tintype::jobs;

use crate::support::mail_server::{MailServer, Mood};
use crate::support::{Browser, TestServer};

async fn scene(relay: &MailServer, more: &[(&str, &str)]) -> (TestServer, Browser) {
    let port = relay.port.to_string();
    let mut all = vec![
        ("TINTYPE_MAIL", "smtp"),
        ("TINTYPE_MAIL_FROM", "hello@photos.example"),
        ("TINTYPE_SMTP_SERVER", "127.0.0.1"),
        ("TINTYPE_SMTP_PORT", &port),
        ("TINTYPE_SMTP_SECURITY", "none"),
        ("TINTYPE_INSTANCE_NAME", "Harbour Light"),
    ];
    all.extend(more);
    let server = TestServer::with(&all).await;
    server.person("ana").await;
    let browser = Browser::new(&server.client);
    (server, browser)
}

async fn forgets(browser: &Browser, email: &str) {
    let page = browser.get("/auth/password/new").await;
    let answer = browser
        .submits(&page, "/auth/password/new", &[("user[email]", email)])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn waiting(server: &TestServer) -> i64 {
    sqlx::query_scalar("select count(*) from mails")
        .fetch_one(server.db())
        .await
        .expect("a count")
}

#[tokio::test]
async fn a_mail_goes_to_the_mail_server_as_text_and_page_with_the_servers_name() {
    let relay = MailServer::with_login(Some(("tintype", "s3cret words"))).await;
    let login = [
        ("TINTYPE_SMTP_USER", "tintype"),
        ("TINTYPE_SMTP_PASSWORD", "s3cret words"),
    ];
    let (server, browser) = scene(&relay, &login).await;
    forgets(&browser, "ana@mail.example").await;
    server.settle().await;
    let mails = relay.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.to, "ana@mail.example");
    assert_eq!(mail.from, "\"Harbour Light\" <hello@photos.example>");
    assert_eq!(mail.subject, "A new password for Harbour Light");
    assert!(
        mail.text.starts_with("Hello ana,") && mail.text.contains("Harbour Light"),
        "{}",
        mail.text
    );
    assert!(
        mail.html.contains(&mail.link().replace('&', "&#38;")),
        "{}",
        mail.html
    );
    assert!(
        !mail.html.contains("src=") && !mail.html.contains("<style"),
        "{}",
        mail.html
    );
    assert!(
        mail.raw.contains("Auto-Submitted: auto-generated"),
        "{}",
        mail.raw
    );
    assert_eq!(waiting(&server).await, 0);
}

#[tokio::test]
async fn what_waits_is_sealed_and_shown_in_the_metrics() {
    let relay = MailServer::start().await;
    let (server, browser) = scene(&relay, &[]).await;
    forgets(&browser, "ana@mail.example").await;
    let row: String = sqlx::query_scalar("select mails::text || encode(sealed, 'escape') from mails")
        .fetch_one(server.db())
        .await
        .expect("a mail waits");
    assert!(!row.contains("ana") && !row.contains("mail.example"), "{row}");
    let metrics = server.client.get("/metrics").await;
    assert_eq!(metrics.status, 200);
    let queues = tintype::db::health::queues(server.db())
        .await
        .expect("the queues");
    assert!(queues.contains(&("mails".to_owned(), 1)), "{queues:?}");
    server.settle().await;
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_left_alone_and_asked_again() {
    let relay = MailServer::start().await;
    let (server, browser) = scene(&relay, &[]).await;
    relay.set(Mood::Refuses(421));
    forgets(&browser, "ana@mail.example").await;
    let bo = server.person("bo").await;
    forgets(&browser, &format!("{}@mail.example", bo.name)).await;
    while jobs::mail::round(&server.app).await.expect("a round") > 0 {}
    assert_eq!(waiting(&server).await, 2, "nothing is lost");
    let greetings = relay.greetings();
    assert!((1..=2).contains(&greetings), "{greetings}");
    assert_eq!(jobs::mail::round(&server.app).await.expect("a round"), 0);
    relay.set(Mood::Takes);
    server.wind(TimeDelta::minutes(1));
    server.settle().await;
    assert_eq!(relay.mails().len(), 2);
}

#[tokio::test]
async fn a_mail_that_is_refused_is_dropped_and_one_that_is_put_off_is_not() {
    let relay = MailServer::start().await;
    let (server, browser) = scene(&relay, &[]).await;
    relay.set(Mood::Refuses(452));
    forgets(&browser, "ana@mail.example").await;
    jobs::mail::round(&server.app).await.expect("a round");
    assert_eq!(waiting(&server).await, 1);
    relay.set(Mood::Refuses(550));
    server.wind(TimeDelta::minutes(1));
    server.settle().await;
    assert_eq!(waiting(&server).await, 0);
    assert!(relay.mails().is_empty());
}

#[tokio::test]
async fn wrong_words_at_the_mail_server_lose_no_mail() {
    let relay = MailServer::with_login(Some(("tintype", "right"))).await;
    let login = [
        ("TINTYPE_SMTP_USER", "tintype"),
        ("TINTYPE_SMTP_PASSWORD", "wrong"),
    ];
    let (server, browser) = scene(&relay, &login).await;
    forgets(&browser, "ana@mail.example").await;
    jobs::mail::round(&server.app).await.expect("a round");
    assert_eq!(waiting(&server).await, 1);
    server.may_leave_work();
}

#[tokio::test]
async fn a_mail_of_which_it_is_not_known_whether_it_was_taken_comes_again_under_the_same_id() {
    let relay = MailServer::start().await;
    let (server, browser) = scene(&relay, &[]).await;
    relay.set(Mood::HangsUp);
    forgets(&browser, "ana@mail.example").await;
    jobs::mail::round(&server.app).await.expect("a round");
    relay.set(Mood::Takes);
    server.wind(TimeDelta::minutes(1));
    server.settle().await;
    let mails = relay.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].id, mails[1].id);
    assert_eq!(mails[0].link(), mails[1].link(), "and it brings the same link");
}

#[tokio::test]
async fn what_a_killed_process_had_in_hand_is_sent_by_the_next() {
    let relay = MailServer::start().await;
    let (server, browser) = scene(&relay, &[]).await;
    forgets(&browser, "ana@mail.example").await;
    let now = server.app.clock.now();
    let mut db = server.db().acquire().await.expect("a connection");
    // Taken, and never heard of again.
    let taken = tintype::db::mails::take(&mut db, now, now + TimeDelta::minutes(5), 10).await;
    assert_eq!(taken.expect("it can be taken").len(), 1);
    server.settle().await;
    assert!(relay.mails().is_empty());
    tintype::db::upkeep::end_leases(server.db(), now)
        .await
        .expect("leases end");
    server.settle().await;
    assert_eq!(relay.mails().len(), 1);
}

#[tokio::test]
async fn nobodys_letter_box_is_filled_and_old_mails_are_not_sent() {
    let relay = MailServer::start().await;
    let (server, browser) = scene(&relay, &[]).await;
    for _ in 0..14 {
        forgets(&browser, "ana@mail.example").await;
    }
    assert_eq!(waiting(&server).await, 10);
    server.wind(TimeDelta::hours(2));
    server.settle().await;
    assert!(relay.mails().is_empty(), "who waited so long asks again");
}

#[tokio::test]
async fn a_mail_server_needs_an_address_to_send_from() {
    let refused =
        tintype::config::Config::from_parts(None, [("TINTYPE_MAIL", "smtp"), ("TINTYPE_SMTP_SERVER", "a")]);
    let sentence = refused.expect_err("it is refused").to_string();
    assert!(sentence.contains("TINTYPE_MAIL_FROM"), "{sentence}");
}
