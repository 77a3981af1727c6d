//! Who is suspended, turned down or given a new password is out at once, everywhere.

use tintype::actions::approve::{self, Rejected};
use tintype::actions::{set_password, suspend};
use tintype::domain::ids::AccountId;

use super::program::{Program, fault, token};
use super::{joins, server_that_is};
use crate::support::browser::{filled, leads_to};
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const ME: &str = "/api/v1/accounts/verify_credentials";

async fn id_of(server: &TestServer, name: &str) -> AccountId {
    let id = sqlx::query_scalar("select id from accounts where username = $1")
        .bind(name)
        .fetch_one(server.db())
        .await;
    AccountId(id.expect("there is one"))
}

#[tokio::test]
async fn who_is_suspended_loses_sessions_tokens_and_codes_and_gets_them_back_by_signing_in_anew() {
    let server = server_that_is("open").await;
    let ana = server.person("ana").await;
    let program = Program::of(&server.client).await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let consent = program.shown(&browser, &[]).await;
    let code = program.is_allowed(&browser, &[]).await;
    let issued = server.client.with_token(&program.is_let_in(&browser, &[]).await);
    issued.get(ME).await.ok();
    suspend::local(&server.app, ana.account())
        .await
        .expect("a member can be suspended");
    issued.get(ME).await.refused(401);
    ana.get(ME).await.refused(401);
    assert!(!browser.is_signed_in().await);
    assert_eq!(fault(&program.brings(&code, &[]).await, 400), "invalid_grant");
    // The page that asks was open: its yes is no longer one, and the person is told when they sign in.
    let fields = filled(&consent, "/oauth/authorize", &[("decision", "allow")]);
    let answer = browser.post("/oauth/authorize", &fields).await;
    let sign_in = browser.follows(&answer).await;
    assert!(
        sign_in.text().contains("You are no longer signed in"),
        "{}",
        sign_in.text()
    );
    let typed = [("user[email]", "ana"), ("user[password]", PASSWORD)];
    let told = browser.submits(&sign_in, "/auth/sign_in", &typed).await;
    assert_eq!(told.status, 403);
    assert!(
        told.text().contains("This account has been suspended"),
        "{}",
        told.text()
    );
    suspend::undo(&server.app, ana.account())
        .await
        .expect("they can come back");
    let again = browser.submits(&told, "/auth/sign_in", &typed).await;
    assert!(
        browser.follows(&again).await.text().contains("Pocket Darkroom"),
        "it leads on to what was asked"
    );
    issued.get(ME).await.refused(401);
    assert_eq!(fault(&program.brings(&code, &[]).await, 400), "invalid_grant");
    server.settle().await;
}

#[tokio::test]
async fn a_code_of_somebody_who_was_suspended_meanwhile_gives_nothing() {
    let server = server_that_is("open").await;
    let ana = server.person("ana").await;
    let program = Program::of(&server.client).await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    let code = program.is_allowed(&browser, &[]).await;
    // As when the yes and the suspension cross: the code outlives what ended the others.
    sqlx::query("update accounts set suspended_at = now() where id = $1")
        .bind(ana.account().0)
        .execute(server.db())
        .await
        .expect("it is written");
    assert_eq!(fault(&program.brings(&code, &[]).await, 400), "invalid_grant");
    ana.get(ME).await.refused(401);
    suspend::undo(&server.app, ana.account())
        .await
        .expect("they can come back");
    token(&program.brings(&code, &[]).await);
    server.settle().await;
}

#[tokio::test]
async fn the_owner_is_suspended_by_nobody() {
    let server = TestServer::start().await;
    let owner = server.person("ana").await;
    assert!(suspend::local(&server.app, owner.account()).await.is_err());
    owner.get(ME).await.ok();
}

#[tokio::test]
async fn a_new_password_signs_everybody_out_who_knew_the_old_one() {
    let server = server_that_is("open").await;
    let ana = server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    ana.get(ME).await.ok();
    set_password::local(&server.app, ana.account(), "another good password")
        .await
        .expect("it is good");
    ana.get(ME).await.refused(401);
    assert!(!browser.is_signed_in().await);
    assert_eq!(browser.signs_in("ana", PASSWORD).await.status, 401);
    leads_to(&browser.signs_in("ana", "another good password").await);
}

#[tokio::test]
async fn who_is_turned_down_is_forgotten_and_the_name_is_free() {
    let server = server_that_is("approval").await;
    joins(&Browser::new(&server.client), "kim", &[]).await;
    let kim = id_of(&server, "kim").await;
    let rejected = approve::reject(&server.app, kim).await.expect("they wait");
    assert_eq!(rejected, Rejected::NameIsFree);
    let other = Browser::new(&server.client);
    assert_eq!(other.signs_in("kim", PASSWORD).await.status, 401);
    assert_eq!(joins(&other, "kim", &[]).await.status, 200);
}

#[tokio::test]
async fn a_name_that_others_have_heard_of_is_never_given_again() {
    let server = server_that_is("approval").await;
    let owner = server.person("bo").await;
    joins(&Browser::new(&server.client), "kim", &[]).await;
    owner.post("welcome @kim").await;
    server.settle().await;
    let kim = id_of(&server, "kim").await;
    let rejected = approve::reject(&server.app, kim).await.expect("they wait");
    assert_eq!(rejected, Rejected::NameIsKept);
    for name in ["kim", "KIM"] {
        let late = joins(
            &Browser::new(&server.client),
            name,
            &[("user[email]", "x@mail.example")],
        )
        .await;
        assert_eq!(late.status, 422, "{name}");
        assert!(late.text().contains("has already been taken"), "{}", late.text());
    }
    assert_eq!(
        Browser::new(&server.client)
            .signs_in("kim", PASSWORD)
            .await
            .status,
        401
    );
    assert!(
        approve::local(&server.app, kim).await.is_err(),
        "a second answer changes nothing"
    );
}

#[tokio::test]
async fn the_owner_hears_of_whoever_joins() {
    let server = TestServer::with(&[("TINTYPE_REGISTRATION", "approval")]).await;
    let owner = server.person("olga").await;
    joins(
        &Browser::new(&server.client),
        "kim",
        &[("user[reason]", "bridges")],
    )
    .await;
    let told = owner.get("/api/v1/notifications").await.list();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["type"], &told[0]["account"]["acct"]),
        (&"admin.sign_up".into(), &"kim".into())
    );
}
