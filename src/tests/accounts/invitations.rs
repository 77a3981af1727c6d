//! Invitations: where one is needed, where one opens the door sooner, and where the link leads.

use reqwest::Method;
use reqwest::header::ACCEPT;
use tintype::actions::invite;

use super::{joins, server_that_is};
use crate::support::browser::{filled, leads_to, plain};
use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

async fn invitation(server: &TestServer, uses: u16) -> String {
    invite::local(&server.app, None, uses, None)
        .await
        .expect("an invitation")
}

/// Opens the link that was sent and fills in the form as it is shown.
async fn takes(browser: &Browser, code: &str, name: &str) -> Answer {
    let page = browser.get(&format!("/invite/{code}")).await;
    let mut fields = filled(&page, "/auth/sign_up", &[]);
    let shown = format!("name=\"user[invite_code]\" type=\"text\" value=\"{code}\"");
    assert!(page.text().contains(&shown), "{}", page.text());
    for (field, value) in [
        ("invite_code", code),
        ("username", name),
        ("email", &format!("{name}@mail.example")),
        ("password", PASSWORD),
        ("agreement", "1"),
    ] {
        fields.push((format!("user[{field}]"), value.to_owned()));
    }
    browser.post("/auth/sign_up", &fields).await
}

#[tokio::test]
async fn an_invitation_lets_in_as_many_as_it_says() {
    let server = server_that_is("invite").await;
    let code = invitation(&server, 2).await;
    for name in ["ana", "bo"] {
        let browser = Browser::new(&server.client);
        assert_eq!(leads_to(&takes(&browser, &code, name).await), "/account");
        assert!(browser.is_signed_in().await);
    }
    let late = Browser::new(&server.client).get(&format!("/invite/{code}")).await;
    assert_eq!(late.status, 404);
    assert!(
        late.text().contains("is not valid, or used up"),
        "{}",
        late.text()
    );
}

#[tokio::test]
async fn whoever_may_not_act_here_any_more_has_invited_nobody() {
    let server = server_that_is("invite").await;
    let mona = server.person("mona").await;
    let by_mona = invite::local(&server.app, Some(mona.account()), 9, None).await;
    let code = by_mona.expect("an invitation");
    let comes = async |name: &str| {
        let invited = [("user[invite_code]", code.as_str())];
        let answer = joins(&Browser::new(&server.client), name, &invited).await;
        answer.status.as_u16()
    };
    assert_eq!(comes("ana").await, 302);
    for (out, back) in [
        (
            "update users set disabled_at = now()",
            "update users set disabled_at = null",
        ),
        (
            "update accounts set suspended_at = now()",
            "update accounts set suspended_at = null",
        ),
    ] {
        let key = if out.contains("users") { "account_id" } else { "id" };
        let set = async |sql: &str| {
            let sql = sqlx::AssertSqlSafe(format!("{sql} where {key} = $1"));
            let done = sqlx::query(sql).bind(mona.account().0).execute(server.db()).await;
            assert_eq!(done.expect("mona").rows_affected(), 1);
        };
        set(out).await;
        assert_eq!(comes("bo").await, 422, "{out}");
        assert_eq!(
            server.client.get(&format!("/invite/{code}")).await.status,
            404,
            "{out}"
        );
        set(back).await;
    }
    assert_eq!(comes("bo").await, 302);
}

#[tokio::test]
async fn of_many_who_use_the_last_invitation_at_once_one_comes_in() {
    let server = server_that_is("invite").await;
    let code = invitation(&server, 1).await;
    let all = ["ana", "bo", "kim", "lee"].map(|name| {
        let browser = Browser::new(&server.client);
        let code = [("user[invite_code]", code.clone())];
        async move {
            joins(&browser, name, &[(code[0].0, &code[0].1)])
                .await
                .status
                .as_u16()
        }
    });
    let mut statuses = futures::future::join_all(all).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [302, 422, 422, 422]);
}

#[tokio::test]
async fn without_one_nobody_joins_where_one_is_needed() {
    let server = server_that_is("invite").await;
    let browser = Browser::new(&server.client);
    let none = joins(&browser, "ana", &[]).await;
    assert_eq!(none.status, 422);
    assert!(
        plain(&none.text()).contains("Invitation code can't be blank"),
        "{}",
        none.text()
    );
    let made_up = joins(&browser, "ana", &[("user[invite_code]", "made-up")]).await;
    assert_eq!(made_up.status, 422);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn where_moderators_decide_who_is_invited_need_not_wait() {
    let server = server_that_is("approval").await;
    let browser = Browser::new(&server.client);
    let form = browser.get("/auth/sign_up").await;
    assert!(form.text().contains("id=\"user_invite_code\""), "{}", form.text());
    let code = invitation(&server, 1).await;
    assert_eq!(leads_to(&takes(&browser, &code, "ana").await), "/account");
    // It is used up; and who believes to be invited is told rather than made to wait.
    let other = Browser::new(&server.client);
    let late = joins(&other, "bo", &[("user[invite_code]", &code)]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("not valid, or used up"));
}

#[tokio::test]
async fn where_everybody_may_come_an_old_invitation_stops_nobody() {
    let server = server_that_is("open").await;
    let code = invitation(&server, 1).await;
    let browser = Browser::new(&server.client);
    assert_eq!(leads_to(&takes(&browser, &code, "ana").await), "/account");
    let other = Browser::new(&server.client);
    let made_up = joins(&other, "bo", &[("user[invite_code]", "made-up")]).await;
    assert_eq!(leads_to(&made_up), "/account");
}

#[tokio::test]
async fn an_app_reads_an_invitation_as_json() {
    let server = server_that_is("invite").await;
    let code = invitation(&server, 1).await;
    let ask = async |code: &str| {
        let path = format!("/invite/{code}");
        let request = server
            .client
            .request(Method::GET, &path)
            .header(ACCEPT, "application/json");
        server.client.send(request).await
    };
    let told = ask(&code).await.ok();
    assert_eq!(told["invite_code"], code.as_str());
    let api = told["instance_api_url"].as_str().expect("an address");
    assert!(api.ends_with("/api/v2/instance"), "{api}");
    ask("made-up").await.refused(404);
    ask("%00").await.refused(404);
}
