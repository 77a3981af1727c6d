//! Whose address it is, is shown by a link that was mailed there.

use chrono::TimeDelta;
use reqwest::Method;

use super::server;
use crate::accounts::program::{BACK, Program, token};
use crate::support::browser::leads_to;
use crate::support::http::Answer;
use crate::support::mail::Mail;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

async fn joins(browser: &Browser, name: &str) -> Answer {
    let page = browser.get("/auth/sign_up").await;
    let email = format!("{name}@mail.example");
    let typed = [
        ("user[username]", name),
        ("user[email]", &email),
        ("user[password]", PASSWORD),
        ("user[reason]", "I photograph bridges"),
        ("user[agreement]", "1"),
    ];
    browser.submits(&page, "/auth/sign_up", &typed).await
}

async fn opens(browser: &Browser, mail: &Mail) -> Answer {
    let page = browser.get(&mail.link()).await;
    assert_eq!(page.status, 200, "{}", page.text());
    browser.submits(&page, "/auth/confirmation", &[]).await
}

#[tokio::test]
async fn somebody_new_opens_the_link_in_a_mail_before_they_can_sign_in() {
    let server = server(&[]).await;
    let browser = Browser::new(&server.client);
    let joined = joins(&browser, "ana").await;
    assert_eq!(joined.status, 200);
    assert!(joined.text().contains("Check your mail") && joined.text().contains("ana@mail.example"));
    let early = browser.signs_in("ana", PASSWORD).await;
    assert_eq!(early.status, 403);
    assert!(
        early.text().contains("open the link in the mail") && early.text().contains("/auth/confirmation/new")
    );
    let mail = server.last_mail().await;
    assert_eq!(mail.to, "ana@mail.example");
    // Opening the link alone does nothing: programs that look at mails do so too.
    assert_eq!(browser.get(&mail.link()).await.status, 200);
    assert_eq!(browser.signs_in("ana", PASSWORD).await.status, 403);
    let confirmed = opens(&browser, &mail).await;
    assert_eq!(confirmed.status, 200);
    assert!(confirmed.text().contains("is confirmed"), "{}", confirmed.text());
    assert_eq!(leads_to(&browser.signs_in("ana", PASSWORD).await), "/account");
    // It worked once.
    assert_eq!(browser.get(&mail.link()).await.status, 404);
}

#[tokio::test]
async fn without_mail_an_account_is_confirmed_at_once() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let browser = Browser::new(&server.client);
    assert_eq!(leads_to(&joins(&browser, "ana").await), "/account");
    let page = browser.get("/auth/confirmation/new").await;
    assert!(page.text().contains("sends no mail"), "{}", page.text());
}

#[tokio::test]
async fn moderators_hear_of_who_waits_once_the_address_is_shown_and_the_person_of_what_they_decide() {
    let server = server(&[("TINTYPE_REGISTRATION", "approval")]).await;
    let browser = Browser::new(&server.client);
    for name in ["ana", "bo"] {
        joins(&browser, name).await;
        let mails = server.mails().await;
        assert!(
            mails
                .iter()
                .all(|mail| mail.to != "olga@mail.example" || !mail.text.contains(&format!("@{name}")))
        );
        let mail = server.last_mail().await;
        let confirmed = opens(&browser, &mail).await;
        assert!(
            confirmed.text().contains("moderator still has to approve"),
            "{}",
            confirmed.text()
        );
        let told = server.last_mail().await;
        assert_eq!(told.to, "olga@mail.example");
        assert!(told.text.contains(&format!("@{name}")) && told.text.contains("I photograph bridges"));
    }
    let id = async |name: &str| {
        let mut db = server.db().acquire().await.expect("a connection");
        let id = tintype::db::accounts::local_id(&mut db, name)
            .await
            .expect("a query");
        id.expect("somebody of this name")
    };
    let (ana, bo) = (id("ana").await, id("bo").await);
    tintype::actions::approve::local(&server.app, ana)
        .await
        .expect("she waits");
    let mail = server.last_mail().await;
    assert_eq!(mail.to, "ana@mail.example");
    assert!(
        mail.text.contains("approved") && mail.link().starts_with("/auth/sign_in"),
        "{}",
        mail.text
    );
    tintype::actions::approve::reject(&server.app, bo)
        .await
        .expect("he waits");
    let mail = server.last_mail().await;
    assert_eq!(mail.to, "bo@mail.example");
    assert!(mail.text.contains("not to take up"), "{}", mail.text);
}

#[tokio::test]
async fn another_mail_is_sent_on_demand_and_makes_the_earlier_link_void() {
    let server = server(&[]).await;
    let browser = Browser::new(&server.client);
    joins(&browser, "ana").await;
    let first = server.last_mail().await;
    let page = browser.get("/auth/confirmation/new").await;
    let wants = |email| {
        let typed = [("user[email]", email)];
        browser.submits(&page, "/auth/confirmation/new", &typed)
    };
    let known = wants("ANA@mail.example").await;
    let second = server.last_mail().await;
    assert_ne!(first.link(), second.link());
    assert_eq!(browser.get(&first.link()).await.status, 404);
    let count = server.mails().await.len();
    // Whether somebody waits there is told to nobody.
    for email in ["nobody@mail.example", "olga@mail.example", "no address"] {
        let unknown = wants(email).await;
        assert_eq!(
            (unknown.status, unknown.text()),
            (known.status, known.text()),
            "{email}"
        );
    }
    assert_eq!(server.mails().await.len(), count);
    assert!(opens(&browser, &second).await.text().contains("is confirmed"));
}

#[tokio::test]
async fn a_link_is_too_old_after_two_days() {
    let server = server(&[]).await;
    let browser = Browser::new(&server.client);
    joins(&browser, "ana").await;
    let mail = server.last_mail().await;
    server.wind(TimeDelta::hours(47));
    let page = browser.get(&mail.link()).await;
    assert_eq!(page.status, 200);
    server.wind(TimeDelta::hours(1));
    let late = browser.submits(&page, "/auth/confirmation", &[]).await;
    assert_eq!(late.status, 404);
    assert!(late.text().contains("cannot be used"), "{}", late.text());
    assert_eq!(browser.signs_in("ana", PASSWORD).await.status, 403);
}

#[tokio::test]
async fn who_never_confirms_is_forgotten_after_a_week_and_the_name_is_free_again() {
    let server = server(&[]).await;
    let browser = Browser::new(&server.client);
    joins(&browser, "ana").await;
    joins(&browser, "bo").await;
    let link = server.last_mail().await;
    opens(&browser, &link).await;
    server.wind(TimeDelta::days(6));
    tintype::jobs::upkeep::round(&server.app).await.expect("upkeep");
    assert_eq!(
        joins(&browser, "ana").await.status,
        422,
        "the name is kept for a while"
    );
    server.wind(TimeDelta::days(1));
    tintype::jobs::upkeep::round(&server.app).await.expect("upkeep");
    assert_eq!(joins(&browser, "bo").await.status, 422, "who has confirmed stays");
    assert!(joins(&browser, "ana").await.text().contains("Check your mail"));
    server.settle().await;
}

#[tokio::test]
async fn an_app_asks_whether_the_address_is_confirmed_and_corrects_it_until_it_is() {
    let server = server(&[]).await;
    let fields = [
        ("username", "ana"),
        ("email", "anna@mail.example"),
        ("password", PASSWORD),
        ("agreement", "true"),
        ("locale", "en"),
    ];
    let program = Program::with(&server.client, BACK, "read write").await;
    let app = server
        .client
        .with_token(&token(&program.as_itself("read write").await));
    let joined = app.post_form("/api/v1/accounts", &fields).await;
    let ana = server.client.with_token(&token(&joined));
    let waits = ana.get("/api/v1/accounts/verify_credentials").await;
    assert_eq!(
        waits.refused(403),
        "Your login is missing a confirmed e-mail address"
    );
    assert_eq!(ana.get("/api/v1/emails/check_confirmation").await.ok(), false);
    assert_eq!(server.last_mail().await.to, "anna@mail.example");
    // It was mistyped.
    let path = "/api/v1/emails/confirmations";
    ana.post_form(path, &[("email", "nonsense")]).await.refused(422);
    ana.post_form(path, &[("email", "olga@mail.example")])
        .await
        .refused(422);
    assert_eq!(
        ana.post_form(path, &[("email", "ana@mail.example")]).await.ok(),
        serde_json::json!({})
    );
    let mail = server.last_mail().await;
    assert_eq!(mail.to, "ana@mail.example");
    opens(&Browser::new(&server.client), &mail).await;
    assert_eq!(ana.get("/api/v1/emails/check_confirmation").await.ok(), true);
    assert_eq!(
        ana.get("/api/v1/accounts/verify_credentials").await.ok()["username"],
        "ana"
    );
    let done = ana.act(path).await;
    assert_eq!(
        done.refused(403),
        "This method is only available while the e-mail is awaiting confirmation"
    );
    for nobody in [server.client.clone(), server.client.with_token("made-up"), app] {
        nobody.get("/api/v1/emails/check_confirmation").await.refused(401);
        nobody.act(path).await.refused(401);
    }
}

#[tokio::test]
async fn only_the_app_by_which_somebody_came_may_correct_the_address() {
    let server = server(&[]).await;
    let olga = Browser::new(&server.client);
    olga.signs_in("olga", PASSWORD).await;
    let person = server.person("ana").await;
    let answer = person
        .form(
            Method::POST,
            "/api/v1/emails/confirmations",
            &[("email", "x@mail.example")],
        )
        .await;
    assert_eq!(
        answer.refused(403),
        "This method is only available to the application the user originally signed-up with"
    );
    let narrow = server.token_for(&person, "read").await;
    assert_eq!(
        narrow.act("/api/v1/emails/confirmations").await.refused(403),
        "This action is outside the authorized scopes"
    );
}

#[tokio::test]
async fn a_browser_that_was_never_seen_is_told_of_by_mail_and_its_update_is_not() {
    let server = server(&[]).await;
    let browser = Browser::new(&server.client);
    let signs_in = async |agent: &str| {
        let page = browser.get("/auth/sign_in").await;
        let typed = [("user[email]", "olga"), ("user[password]", PASSWORD)];
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(crate::support::browser::filled(&page, "/auth/sign_in", &typed))
            .finish();
        let request = browser
            .request(Method::POST, "/auth/sign_in")
            .header("user-agent", agent)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        assert_eq!(browser.send(request).await.status, 302);
        let signed_in = browser.get("/auth/sign_out").await;
        browser.submits(&signed_in, "/auth/sign_out", &[]).await;
    };
    signs_in("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0").await;
    signs_in("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Firefox/141.0").await;
    assert!(server.mails().await.is_empty(), "the first is hers");
    signs_in("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1").await;
    let mails = server.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "olga@mail.example");
    assert!(mails[0].text.contains("Safari on iPhone"), "{}", mails[0].text);
}
