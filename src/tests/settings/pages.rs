//! The pages: who is let in, what they show, and what ends what.

use reqwest::Method;

use super::{scene, sends, signed_in};
use crate::accounts::program::Program;
use crate::support::Browser;
use crate::support::browser::leads_to;
use crate::support::http::Answer;
use crate::support::server::PASSWORD;

const PAGES: [&str; 5] = [
    "/settings/account",
    "/settings/sessions",
    "/settings/apps",
    "/settings/invitations",
    "/settings/delete",
];

const FORMS: [&str; 8] = [
    "/settings/email",
    "/settings/password",
    "/settings/sessions/end",
    "/settings/sessions/end_others",
    "/settings/apps/revoke",
    "/settings/invitations",
    "/settings/invitations/revoke",
    "/settings/delete",
];

#[tokio::test]
async fn who_is_not_signed_in_is_asked_to_and_comes_back() {
    let (server, _) = scene().await;
    for path in PAGES {
        let browser = Browser::new(&server.client);
        let asked = browser.get(path).await;
        let sign_in = browser.follows(&asked).await;
        let typed = [("user[email]", "olga"), ("user[password]", PASSWORD)];
        let back = browser.submits(&sign_in, "/auth/sign_in", &typed).await;
        assert_eq!(leads_to(&back), path);
        assert_eq!(browser.follows(&back).await.status, 200, "{path}");
    }
    for path in FORMS {
        let stranger = Browser::new(&server.client);
        assert!(
            leads_to(&stranger.post(path, &[]).await).starts_with("/auth/sign_in?"),
            "{path}"
        );
    }
    let well_known = server.client.get("/.well-known/change-password").await;
    assert_eq!(well_known.header("location"), Some("/settings/account"));
}

#[tokio::test]
async fn no_form_is_taken_without_its_token_or_from_another_site() {
    let (server, browser) = scene().await;
    let olga = signed_in(&server, "olga").await;
    let fields = [
        ("password".to_owned(), PASSWORD.to_owned()),
        ("new_password".to_owned(), "another good horse".to_owned()),
        ("email".to_owned(), "new@mail.example".to_owned()),
        ("max_uses".to_owned(), "1".to_owned()),
        ("sure".to_owned(), "1".to_owned()),
    ];
    for path in FORMS {
        let refused = olga.post(path, &fields).await;
        assert_eq!(refused.status, 403, "{path}: {}", refused.text());
        assert!(refused.text().contains("open for too long"), "{path}");
    }
    let page = browser.get("/settings/delete").await;
    let mut stolen = crate::support::browser::filled(&page, "/settings/delete", &[]);
    stolen.extend(fields);
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&stolen)
        .finish();
    let request = browser
        .request(Method::POST, "/settings/delete")
        .header("origin", "https://evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    assert_eq!(browser.send(request).await.status, 403);
    assert!(browser.is_signed_in().await && olga.is_signed_in().await);
    assert!(server.mails().await.is_empty());
}

#[tokio::test]
async fn pages_are_for_one_pair_of_eyes_and_no_frame() {
    let (server, _) = scene().await;
    let olga = signed_in(&server, "olga").await;
    for path in PAGES {
        let page = olga.get(path).await;
        assert_eq!(page.header("cache-control"), Some("private, no-store"), "{path}");
        assert_eq!(page.header("x-frame-options"), Some("DENY"), "{path}");
        assert!(
            page.header("content-security-policy")
                .expect("a policy")
                .contains("frame-ancestors 'none'")
        );
        assert!(page.header("access-control-allow-credentials").is_none());
    }
}

/// The form that ends one of the sessions that a page lists, but for the one that looks.
fn first_other(page: &Answer) -> String {
    let html = page.text();
    let rest = html
        .split("name=\"id\" value=\"")
        .nth(1)
        .expect("another session");
    rest.split('"').next().expect("its id").to_owned()
}

#[tokio::test]
async fn browsers_are_listed_and_signed_out_one_by_one_or_all_but_this() {
    let (server, browser) = scene().await;
    let phone = signed_in(&server, "ana").await;
    let page = browser.get("/settings/sessions").await;
    assert_eq!(page.text().matches("Sign out there").count(), 1);
    assert!(page.text().contains("This one."), "{}", page.text());
    let ended = browser.submits(&page, "/settings/sessions/end", &[]).await;
    assert!(ended.text().contains("is signed out"), "{}", ended.text());
    assert!(!phone.is_signed_in().await && browser.is_signed_in().await);
    let (tablet, desk) = (signed_in(&server, "ana").await, signed_in(&server, "ana").await);
    sends(
        &browser,
        "/settings/sessions",
        "/settings/sessions/end_others",
        &[],
    )
    .await;
    assert!(!tablet.is_signed_in().await && !desk.is_signed_in().await && browser.is_signed_in().await);
}

#[tokio::test]
async fn nobody_ends_anothers_session() {
    let (server, browser) = scene().await;
    let olga = signed_in(&server, "olga").await;
    signed_in(&server, "olga").await;
    let hers = first_other(&olga.get("/settings/sessions").await);
    let phone = signed_in(&server, "ana").await;
    let page = browser.get("/settings/sessions").await;
    let mut fields = crate::support::browser::filled(&page, "/settings/sessions/end", &[]);
    fields.retain(|(name, _)| name != "id");
    for id in [hers.as_str(), "0", "x", "", "99999999999999999999"] {
        let mut fields = fields.clone();
        fields.push(("id".to_owned(), id.to_owned()));
        assert_eq!(
            browser.post("/settings/sessions/end", &fields).await.status,
            404,
            "{id}"
        );
    }
    assert_eq!(
        olga.get("/settings/sessions")
            .await
            .text()
            .matches("Sign out there")
            .count(),
        1
    );
    assert!(phone.is_signed_in().await);
}

#[tokio::test]
async fn what_an_app_may_do_is_shown_in_sentences_and_taken_back() {
    let (server, browser) = scene().await;
    let program = Program::of(&server.client).await;
    let token = program.is_let_in(&browser, &[]).await;
    let app = server.client.with_token(&token);
    app.get("/api/v1/accounts/verify_credentials").await.ok();
    let page = browser.get("/settings/apps").await;
    assert!(
        page.text().contains("<bdi>Pocket Darkroom</bdi>"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains("Everything in your account"),
        "{}",
        page.text()
    );
    let mut left = page;
    // The tests' own app is there too.
    while left.text().contains("<bdi>Pocket Darkroom</bdi>") {
        left = browser.submits(&left, "/settings/apps/revoke", &[]).await;
        assert_eq!(left.status, 200, "{}", left.text());
    }
    app.get("/api/v1/accounts/verify_credentials").await.refused(401);
}
