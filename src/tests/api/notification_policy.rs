//! What becomes of what strangers cause: each class of them is accepted, set aside or dropped, as the recipient says.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::shape::Kind::Object;
use super::shape::has;
use super::shapes;
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1/notifications";
const POLICY: &str = "/api/v2/notifications/policy";

/// Ana looks after the server, Cy lives there, and Bo is the stranger.
struct Two {
    server: TestServer,
    cy: Person,
    bo: Person,
}

impl Two {
    async fn new() -> Self {
        let server = TestServer::start().await;
        server.person("ana").await;
        let (cy, bo) = (server.person("cy").await, server.person("bo").await);
        Self { server, cy, bo }
    }

    async fn wants(&self, class: &str, verdict: &str) -> Value {
        let wanted = [(format!("for_{class}"), verdict)];
        let wanted = [(wanted[0].0.as_str(), wanted[0].1)];
        self.cy.form(Method::PATCH, POLICY, &wanted).await.ok()
    }

    /// How many notifications Cy has that are shown, and with those that are set aside.
    async fn told(&self) -> (usize, usize) {
        self.server.settle().await;
        let shown = self.cy.get(LIST).await.list();
        let all = self.cy.get(&format!("{LIST}?include_filtered=true")).await.list();
        assert!(shown.iter().all(|one| one.get("filtered").is_none()));
        let aside = all.iter().filter(|one| one["filtered"] == true).count();
        assert_eq!(aside, all.len() - shown.len());
        (shown.len(), all.len())
    }

    async fn mark(&self, sql: &'static str) {
        let account: i64 = self.bo.id.parse().expect("an id");
        let marked = sqlx::query(sql).bind(account).execute(self.server.db()).await;
        marked.expect("the mark is made");
    }
}

#[tokio::test]
async fn a_policy_is_read_and_changed_in_both_spellings() {
    let two = Two::new().await;
    let policy = two.cy.get(POLICY).await.ok();
    has("a policy", &policy, Object(shapes::notification_policy));
    let usual = json!({
        "for_not_following": "accept", "for_not_followers": "accept", "for_new_accounts": "accept",
        "for_private_mentions": "filter", "for_limited_accounts": "filter", "for_bots": "accept",
        "summary": { "pending_requests_count": 0, "pending_notifications_count": 0 },
    });
    assert_eq!(policy, usual);
    let changed = two.wants("bots", "drop").await;
    assert_eq!(changed["for_bots"], "drop");
    assert_eq!(
        changed["for_private_mentions"], "filter",
        "what is not named stays"
    );
    let body = json!({ "for_not_following": "filter" });
    assert_eq!(
        two.cy.json(Method::PUT, POLICY, &body).await.ok()["for_bots"],
        "drop"
    );
    for junk in ["", "Filter", "maybe"] {
        two.cy
            .form(Method::PATCH, POLICY, &[("for_bots", junk)])
            .await
            .refused(422);
    }
    let older = "/api/v1/notifications/policy";
    let flags = two.cy.get(older).await.ok();
    has(
        "a policy of flags",
        &flags,
        Object(shapes::notification_policy_of_flags),
    );
    assert_eq!(flags["filter_not_following"], true);
    assert_eq!(flags["filter_not_followers"], false);
    two.wants("new_accounts", "drop").await;
    let wanted = [
        ("filter_not_following", "false"),
        ("filter_not_followers", "true"),
        ("filter_new_accounts", "true"),
    ];
    let flags = two.cy.form(Method::PUT, older, &wanted).await.ok();
    assert_eq!(flags["filter_new_accounts"], true);
    let policy = two.cy.get(POLICY).await.ok();
    let now =
        ["for_not_following", "for_not_followers", "for_new_accounts"].map(|class| policy[class].clone());
    assert_eq!(now, ["accept", "filter", "drop"], "what is dropped stays dropped");
    assert_eq!(two.bo.get(POLICY).await.ok(), usual);
}

#[tokio::test]
async fn each_class_of_strangers_is_accepted_set_aside_or_dropped() {
    for class in [
        "not_following",
        "not_followers",
        "new_accounts",
        "limited_accounts",
        "bots",
    ] {
        for (verdict, told) in [("accept", (1, 1)), ("filter", (0, 1)), ("drop", (0, 0))] {
            let two = Two::new().await;
            match class {
                "limited_accounts" => {
                    two.mark("update accounts set limited_at = now() where id = $1")
                        .await;
                }
                "bots" => two.mark("update accounts set bot = true where id = $1").await,
                _ => {}
            }
            two.wants(class, verdict).await;
            let post = two.cy.post("Seen by all").await;
            two.bo.likes(&post).await;
            assert_eq!(two.told().await, told, "{class} {verdict}");
        }
    }
}

#[tokio::test]
async fn whom_one_follows_is_no_stranger() {
    let two = Two::new().await;
    two.mark("update accounts set bot = true, limited_at = now() where id = $1")
        .await;
    for class in [
        "not_following",
        "new_accounts",
        "private_mentions",
        "limited_accounts",
        "bots",
    ] {
        two.wants(class, "drop").await;
    }
    let post = two.cy.post("Seen by all").await;
    two.bo.likes(&post).await;
    assert_eq!(two.told().await, (0, 0));
    two.cy.follows(&two.bo).await;
    two.bo.post("@cy you alone").to(Audience::Direct).await;
    two.bo.reposts(&post).await;
    assert_eq!(two.told().await, (2, 2));
}

#[tokio::test]
async fn who_follows_for_three_days_is_taken_for_a_follower_and_no_account_is_new_for_ever() {
    let two = Two::new().await;
    two.wants("not_followers", "filter").await;
    let post = two.cy.post("Seen by all").await;
    two.bo.follows(&two.cy).await;
    two.bo.likes(&post).await;
    assert_eq!(two.told().await, (0, 2));
    two.server.wind(TimeDelta::days(4));
    two.bo.reposts(&post).await;
    assert_eq!(two.told().await, (1, 3));
    two.wants("not_followers", "accept").await;
    two.wants("new_accounts", "filter").await;
    two.bo.post("Hello @cy").await;
    assert_eq!(two.told().await, (1, 4));
    two.server.wind(TimeDelta::days(30));
    two.bo.post("Hello again @cy").await;
    assert_eq!(two.told().await, (2, 5));
}

#[tokio::test]
async fn a_letter_from_a_stranger_is_set_aside_and_an_answer_is_not() {
    let two = Two::new().await;
    two.bo.post("@cy in the open").await;
    two.bo.post("@cy you alone").to(Audience::Direct).await;
    assert_eq!(two.told().await, (1, 2));
    let letter = two.cy.post("@bo you alone").to(Audience::Direct).await;
    two.bo
        .post("@cy yes")
        .answering(&letter)
        .to(Audience::Direct)
        .await;
    assert_eq!(two.told().await, (2, 3));
}

#[tokio::test]
async fn moderators_are_heard_and_what_one_asked_for_is_not_looked_at() {
    let two = Two::new().await;
    for class in [
        "not_following",
        "not_followers",
        "new_accounts",
        "private_mentions",
    ] {
        two.wants(class, "drop").await;
    }
    two.mark("update users set role = 1 where account_id = $1").await;
    two.bo.post("@cy a word").to(Audience::Direct).await;
    assert_eq!(two.told().await, (1, 1));
    two.mark("update users set role = 0 where account_id = $1").await;
    two.bo.post("@cy another").await;
    assert_eq!(two.told().await, (1, 1));
    // Posts of Bo's that Cy passed on, and asked to hear of, are told of whatever she says of strangers.
    let post = two.bo.post("Frist").await;
    two.cy.reposts(&post).await;
    let path = format!("/api/v1/statuses/{}", crate::support::http::id(&post));
    two.server.wind(TimeDelta::minutes(1));
    two.bo.form(Method::PUT, &path, &[("status", "First")]).await.ok();
    assert_eq!(two.told().await, (2, 2));
}
