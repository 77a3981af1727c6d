//! Signing up by the form, in each way in which a server may be open.

use tintype::domain::role::Role;

use super::{joins, role, server_that_is};
use crate::support::browser::{filled, leads_to, link};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

#[tokio::test]
async fn the_first_who_joins_is_the_owner_wherever_people_may_join() {
    for mode in ["open", "approval", "invite"] {
        let server = TestServer::with(&[("TINTYPE_REGISTRATION", mode)]).await;
        let browser = Browser::new(&server.client);
        let answer = joins(&browser, "ana", &[]).await;
        assert_eq!(leads_to(&answer), "/account", "{mode}");
        let account = browser.follows(&answer).await;
        assert!(account.text().contains("@ana@"), "{mode}: {}", account.text());
        assert_eq!(role(&server, "ana").await, Role::Owner as i16, "{mode}");
    }
}

#[tokio::test]
async fn where_nobody_may_join_the_first_cannot_either_and_the_operator_makes_the_owner() {
    let server = TestServer::with(&[("TINTYPE_REGISTRATION", "closed")]).await;
    let browser = Browser::new(&server.client);
    let page = browser.get("/auth/sign_up").await;
    assert!(
        page.text().contains("made by whoever runs it") && !page.text().contains("user_password"),
        "{}",
        page.text()
    );
    let sign_in = browser.get("/auth/sign_in").await;
    let answer = browser
        .post("/auth/sign_up", &filled(&sign_in, "/auth/sign_in", &FIELDS))
        .await;
    assert_eq!(answer.status, 403);
    assert!(!browser.is_signed_in().await);
    let nobody: i64 = sqlx::query_scalar("select count(*) from users")
        .fetch_one(server.db())
        .await
        .expect("they can be counted");
    assert_eq!(nobody, 0);
    server.person("olga").await;
    assert_eq!(role(&server, "olga").await, Role::Owner as i16);
}

#[tokio::test]
async fn at_an_open_server_whoever_joins_is_signed_in_at_once_without_any_mail() {
    let server = server_that_is("open").await;
    let browser = Browser::new(&server.client);
    let answer = joins(&browser, "Ana", &[]).await;
    assert!(browser.follows(&answer).await.text().contains("@ana@"));
    assert_eq!(role(&server, "ana").await, Role::Member as i16);
    let elsewhere = Browser::new(&server.client);
    assert_eq!(
        leads_to(&elsewhere.signs_in("ana@mail.example", PASSWORD).await),
        "/account"
    );
}

#[tokio::test]
async fn where_moderators_decide_somebody_new_waits_and_is_told_so() {
    let server = server_that_is("approval").await;
    let browser = Browser::new(&server.client);
    let answer = joins(&browser, "ana", &[("user[reason]", "I photograph bridges")]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("with the moderators"), "{}", answer.text());
    assert!(!browser.is_signed_in().await);
    let tried = browser.signs_in("ana", PASSWORD).await;
    assert_eq!(tried.status, 403);
    assert!(
        tried.text().contains("still with the moderators"),
        "{}",
        tried.text()
    );
    // Only who knows the password learns it.
    let wrong = browser.signs_in("ana", "a wrong password").await;
    assert_eq!(wrong.status, 401);
    assert!(!wrong.text().contains("moderators"));
}

#[tokio::test]
async fn where_moderators_decide_they_have_to_know_why_somebody_wants_to_come() {
    let server = server_that_is("approval").await;
    let browser = Browser::new(&server.client);
    let answer = joins(&browser, "ana", &[("user[reason]", " ")]).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("id=\"user_reason_problem\""),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_closed_server_shows_no_form_and_takes_none() {
    let server = server_that_is("closed").await;
    let browser = Browser::new(&server.client);
    let page = browser.get("/auth/sign_up").await;
    assert!(page.text().contains("takes no new people") && !page.text().contains("user_password"));
    // A token of this browser is needed to come as far as the mode: the sign-in form gives it.
    let sign_in = browser.get("/auth/sign_in").await;
    let fields = filled(&sign_in, "/auth/sign_in", &FIELDS);
    let answer = browser.post("/auth/sign_up", &fields).await;
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("takes no new people"));
    assert!(!browser.is_signed_in().await);
}

const FIELDS: [(&str, &str); 4] = [
    ("user[username]", "ana"),
    ("user[email]", "ana@mail.example"),
    ("user[password]", PASSWORD),
    ("user[agreement]", "1"),
];

#[tokio::test]
async fn all_that_is_wrong_is_told_beside_its_field_and_the_password_is_not_given_back() {
    let server = server_that_is("open").await;
    server.person("bo").await;
    let browser = Browser::new(&server.client);
    let typed = [
        ("user[username]", "bo !"),
        ("user[email]", "nobody"),
        ("user[password]", "sh0rt<"),
        ("user[agreement]", "0"),
    ];
    let answer = joins(&browser, "ana", &typed).await;
    assert_eq!(answer.status, 422);
    for problem in [
        "user_username_problem",
        "user_email_problem",
        "user_password_problem",
        "user_agreement_problem",
    ] {
        assert!(answer.text().contains(&format!("id=\"{problem}\"")), "{problem}");
    }
    assert!(answer.text().contains("value=\"bo !\"") && !answer.text().contains("sh0rt"));
    let taken = joins(&browser, "BO", &[]).await;
    assert_eq!(taken.status, 422);
    assert_eq!(taken.text().matches("has already been taken").count(), 4);
}

#[tokio::test]
async fn names_that_mean_the_server_are_nobodys() {
    let server = server_that_is("open").await;
    let browser = Browser::new(&server.client);
    for name in ["admin", "Root", "www", "support", "inbox", "abuse", "tintype"] {
        let answer = joins(&browser, name, &[]).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.text().contains("is reserved"), "{name}");
    }
    // The name of the server's own actor has a dot, which nobody's has.
    let host = server.authority().split(':').next().expect("a host").to_owned();
    assert_eq!(joins(&browser, &host, &[]).await.status, 422);
}

#[tokio::test]
async fn somebody_who_was_sent_by_an_app_goes_on_to_it_after_joining() {
    let server = server_that_is("open").await;
    let program = super::program::Program::of(&server.client).await;
    let browser = Browser::new(&server.client);
    let asked = browser.get(&program.asks(&[])).await;
    let sign_in = browser.follows(&asked).await;
    let form = browser.get(&link(&sign_in, "/auth/sign_up?")).await;
    // And back again, for who sees that they have an account after all.
    let back = link(&form, "/auth/sign_in?");
    assert!(browser.get(&back).await.text().contains("Pocket Darkroom"));
    let joined = browser.submits(&form, "/auth/sign_up", &FIELDS).await;
    let consent = browser.follows(&joined).await;
    assert!(
        consent.text().contains("Allow <bdi>Pocket Darkroom</bdi>"),
        "{}",
        consent.text()
    );
}
