//! People look after their account: on pages without scripts, and by the same deeds in the API.

mod deleting;
mod inviting;
mod moving;
mod pages;
mod routes;
mod secrets;

use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

/// A server that writes mails into its folder, its owner, and Ana in her browser.
async fn scene() -> (TestServer, Browser) {
    let server = TestServer::with(&[("TINTYPE_MAIL", "folder")]).await;
    server.person("olga").await;
    server.person("ana").await;
    let browser = signed_in(&server, "ana").await;
    (server, browser)
}

async fn signed_in(server: &TestServer, name: &str) -> Browser {
    let browser = Browser::new(&server.client);
    assert_eq!(browser.signs_in(name, PASSWORD).await.status, 302);
    browser
}

/// Sends the form of a page of the settings.
async fn sends(browser: &Browser, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
    let page = browser.get(page).await;
    assert_eq!(page.status, 200, "{}", page.text());
    browser.submits(&page, action, typed).await
}
