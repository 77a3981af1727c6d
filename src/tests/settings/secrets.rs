//! Address and password change for who knows the password; the old address hears of it.

use super::{scene, sends, signed_in};
use crate::support::browser::leads_to;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

const NEW: &str = "another good horse";

#[tokio::test]
async fn a_new_password_keeps_this_browser_and_ends_all_else() {
    let (server, browser) = scene().await;
    let phone = signed_in(&server, "ana").await;
    let typed = [("password", PASSWORD), ("new_password", NEW)];
    let changed = sends(&browser, "/settings/account", "/settings/password", &typed).await;
    assert!(
        changed.text().contains("Your password is changed"),
        "{}",
        changed.text()
    );
    assert!(browser.is_signed_in().await && !phone.is_signed_in().await);
    assert_eq!(phone.signs_in("ana", PASSWORD).await.status, 401);
    assert_eq!(leads_to(&phone.signs_in("ana", NEW).await), "/account");
    let mail = server.last_mail().await;
    assert_eq!(
        (mail.to.as_str(), mail.text.contains("was changed")),
        ("ana@mail.example", true)
    );
}

#[tokio::test]
async fn a_wrong_old_password_or_a_short_new_one_changes_nothing() {
    let (server, browser) = scene().await;
    let tries = [
        (403, [("password", "a wrong one"), ("new_password", NEW)]),
        (403, [("password", ""), ("new_password", NEW)]),
        (422, [("password", PASSWORD), ("new_password", "short")]),
    ];
    for (status, typed) in tries {
        let refused = sends(&browser, "/settings/account", "/settings/password", &typed).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    assert_eq!(
        signed_in(&server, "ana")
            .await
            .get("/settings/account")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn guessing_the_password_in_the_settings_is_slowed_down() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    server.person("ana").await;
    let browser = signed_in(&server, "ana").await;
    let typed = [("password", "a wrong one"), ("new_password", NEW)];
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let answer = sends(&browser, "/settings/account", "/settings/password", &typed).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses[..10], [403; 10]);
    assert_eq!(statuses[10], 429);
}

#[tokio::test]
async fn an_address_changes_once_the_new_one_is_shown_to_be_theirs_and_the_old_one_hears_of_it() {
    let (server, browser) = scene().await;
    let typed = [("email", "new@mail.example"), ("password", PASSWORD)];
    let asked = sends(&browser, "/settings/account", "/settings/email", &typed).await;
    assert!(asked.text().contains("Open the link") && asked.text().contains("new@mail.example"));
    assert!(
        asked
            .text()
            .contains("It is <bdi class=\"name\">ana@mail.example"),
        "{}",
        asked.text()
    );
    let mails = server.mails().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["new@mail.example", "ana@mail.example"]);
    assert!(mails[1].text.contains("new@mail.example"), "{}", mails[1].text);
    let page = browser.get(&mails[0].link()).await;
    let done = browser.submits(&page, "/auth/confirmation", &[]).await;
    assert!(done.text().contains("is confirmed"), "{}", done.text());
    let told = server.last_mail().await;
    assert_eq!(told.to, "ana@mail.example");
    assert!(told.text.contains("belongs to new@mail.example"), "{}", told.text);
    let phone = Browser::new(&server.client);
    assert_eq!(phone.signs_in("ana@mail.example", PASSWORD).await.status, 401);
    assert_eq!(
        leads_to(&phone.signs_in("new@mail.example", PASSWORD).await),
        "/account"
    );
}

#[tokio::test]
async fn an_address_that_is_anothers_or_none_is_refused() {
    let (server, browser) = scene().await;
    for email in ["olga@mail.example", "OLGA@mail.example", "nonsense", ""] {
        let typed = [("email", email), ("password", PASSWORD)];
        let refused = sends(&browser, "/settings/account", "/settings/email", &typed).await;
        assert_eq!(refused.status, 422, "{email}: {}", refused.text());
    }
    let typed = [("email", "new@mail.example"), ("password", "a wrong one")];
    assert_eq!(
        sends(&browser, "/settings/account", "/settings/email", &typed)
            .await
            .status,
        403
    );
    assert!(server.mails().await.is_empty());
}

#[tokio::test]
async fn of_two_who_want_one_address_the_first_to_show_it_has_it() {
    let (server, browser) = scene().await;
    let olga = signed_in(&server, "olga").await;
    let typed = [("email", "new@mail.example"), ("password", PASSWORD)];
    for one in [&browser, &olga] {
        sends(one, "/settings/account", "/settings/email", &typed).await;
    }
    let mails = server.mails().await;
    let links: Vec<String> = mails
        .iter()
        .filter(|mail| mail.to == "new@mail.example")
        .map(|mail| mail.link())
        .collect();
    let mut statuses = Vec::new();
    for link in &links {
        let page = browser.get(link).await;
        let answer = browser.submits(&page, "/auth/confirmation", &[]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [200, 409]);
    server.settle().await;
}

#[tokio::test]
async fn a_new_password_makes_a_change_of_address_void_that_still_waits() {
    let (server, browser) = scene().await;
    let typed = [("email", "thief@mail.example"), ("password", PASSWORD)];
    sends(&browser, "/settings/account", "/settings/email", &typed).await;
    let link = server.mails().await[0].link();
    let typed = [("password", PASSWORD), ("new_password", NEW)];
    sends(&browser, "/settings/account", "/settings/password", &typed).await;
    assert_eq!(browser.get(&link).await.status, 404);
    server.settle().await;
}

#[tokio::test]
async fn without_mail_an_address_is_believed() {
    let server = TestServer::start().await;
    server.person("ana").await;
    let browser = signed_in(&server, "ana").await;
    let typed = [("email", "new@mail.example"), ("password", PASSWORD)];
    let changed = sends(&browser, "/settings/account", "/settings/email", &typed).await;
    assert!(
        changed.text().contains("Your address is changed"),
        "{}",
        changed.text()
    );
    let phone = Browser::new(&server.client);
    assert_eq!(
        leads_to(&phone.signs_in("new@mail.example", PASSWORD).await),
        "/account"
    );
}
