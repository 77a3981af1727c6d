//! Signing up, in and out, and what apps are allowed: through forms as a browser sends them, and through the API.

mod app_registration;
mod attacks;
mod codes;
mod consent;
mod cookies;
mod forms;
mod invitations;
mod join_by_app;
mod join_by_form;
mod locked_out;
pub mod program;
mod redirects;
mod session_in_api;
mod sign_in;
mod throttled;
mod tokens;
mod userinfo;

use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

/// Fills in the form to join, with all that a person of this name would type, and `more` over it.
async fn joins(browser: &Browser, name: &str, more: &[(&str, &str)]) -> Answer {
    let page = browser.get("/auth/sign_up").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let email = format!("{name}@mail.example");
    let mut typed = vec![
        ("user[username]", name),
        ("user[email]", &email),
        ("user[password]", PASSWORD),
        ("user[reason]", "I photograph bridges"),
        ("user[agreement]", "1"),
    ];
    for (field, value) in more {
        typed.retain(|(known, _)| known != field);
        typed.push((field, value));
    }
    browser.submits(&page, "/auth/sign_up", &typed).await
}

/// A server in this mode that has its owner already.
async fn server_that_is(registration: &str) -> TestServer {
    let server = TestServer::with(&[("TINTYPE_REGISTRATION", registration)]).await;
    server.person("olga").await;
    server
}

/// The role of somebody, as their own account says.
async fn role(server: &TestServer, name: &str) -> i16 {
    sqlx::query_scalar("select role from users join accounts on id = account_id where username = $1")
        .bind(name)
        .fetch_one(server.db())
        .await
        .expect("somebody of this name lives here")
}
