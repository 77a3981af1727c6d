//! Moderators work on what is reported: whole, page by page, by whoever took it up.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::domain::role::Role;

use super::desk::one_of;
use super::logged::log;
use super::measures;
use super::shapes::ACCOUNT;
use crate::api::shape::Kind::{self, *};
use crate::api::shape::{Shape, all_have, has};
use crate::api::{instance_shapes, shapes};
use crate::federation::scene::Scene;
use crate::paging::goes_through;
use crate::support::Person;
use crate::support::http::{id, ids};

const REPORTS: &str = "/api/v1/admin/reports";

fn report() -> Shape {
    vec![
        ("id", Id),
        ("action_taken", Flag),
        ("action_taken_at", OrNull(&Time)),
        ("category", OneOf(&["spam", "legal", "violation", "other"])),
        ("comment", Text),
        ("forwarded", Flag),
        ("created_at", Time),
        ("updated_at", Time),
        ("account", ACCOUNT),
        ("target_account", ACCOUNT),
        ("assigned_account", OrNull(&ACCOUNT)),
        ("action_taken_by_account", OrNull(&ACCOUNT)),
        ("statuses", List(&shapes::STATUS)),
        ("rules", List(&Object(instance_shapes::rule))),
    ]
}

const REPORT: Kind = Object(report);

struct Desk {
    scene: Scene,
    mona: Person,
    bo: Person,
}

impl Desk {
    async fn new() -> Self {
        let scene = Scene::new().await;
        Self {
            mona: one_of(&scene.server, "mona", Role::Moderator).await,
            bo: scene.server.person("bo").await,
            scene,
        }
    }

    /// Zed's server reports somebody here.
    async fn is_reported(&self, person: &Person, posts: &[&Value]) {
        let mut objects = vec![json!(self.scene.uri(person))];
        objects.extend(posts.iter().map(|post| json!(self.scene.post_uri(person, post))));
        let mut flag = self.scene.zed.does("Flag", json!(objects));
        flag["content"] = json!("Spam, again");
        self.scene.zed_tells(&flag).await;
    }

    async fn listed(&self, query: &str) -> Vec<Value> {
        self.mona.get(&format!("{REPORTS}?{query}")).await.list()
    }

    async fn does(&self, verb: &str, report: &Value) -> Value {
        self.mona
            .act(&format!("{REPORTS}/{}/{verb}", id(report)))
            .await
            .ok()
    }

    async fn count(&self) -> i64 {
        self.scene
            .number("select count(*) from reports where $1 = ''", "")
            .await
    }
}

#[tokio::test]
async fn a_report_is_shown_with_all_that_it_names_whomever_that_was_for() {
    let desk = Desk::new().await;
    let told = format!("{} buy this", desk.scene.zed.handle());
    let (open, secret) = (
        desk.bo.post("Buy this").await,
        desk.bo.post(&told).to(Audience::Direct).await,
    );
    desk.is_reported(&desk.bo, &[&open, &secret]).await;
    let all = desk.listed("").await;
    all_have("a report", &all, REPORT);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["comment"], "Spam, again");
    assert_eq!(all[0]["account"]["id"], desk.scene.zed_id.as_str());
    assert_eq!(all[0]["target_account"]["id"], desk.bo.id.as_str());
    let statuses = all[0]["statuses"].as_array().expect("a list");
    assert_eq!(ids(statuses), ids(&[open.clone(), secret.clone()]));
    // Elsewhere it is still for whom it was for.
    let path = format!("/api/v1/statuses/{}", id(&secret));
    desk.mona.get(&path).await.refused(404);
    // What a moderator looks at stays when its author is put out of action.
    measures(&desk.mona, &desk.bo, "suspend").await.ok();
    let done = desk.listed("resolved=true").await;
    assert_eq!(done[0]["statuses"].as_array().map(Vec::len), Some(2));
    desk.scene.server.settle().await;
}

#[tokio::test]
async fn a_report_is_taken_up_sorted_done_with_and_opened_again() {
    let desk = Desk::new().await;
    desk.is_reported(&desk.bo, &[]).await;
    let report = desk.listed("").await.remove(0);
    let path = format!("{REPORTS}/{}", id(&report));
    assert_eq!(desk.mona.get(&path).await.ok(), report);
    let taken = desk.does("assign_to_self", &report).await;
    has("a report", &taken, REPORT);
    assert_eq!(taken["assigned_account"]["username"], "mona");
    let sorted = desk.mona.form(Method::PUT, &path, &[("category", "spam")]).await;
    assert_eq!(sorted.ok()["category"], "spam");
    let done = desk.does("resolve", &report).await;
    has("a report", &done, REPORT);
    assert_eq!(done["action_taken"], true);
    assert_eq!(done["action_taken_by_account"]["username"], "mona");
    assert!(desk.listed("").await.is_empty());
    assert_eq!(desk.listed("resolved=true").await, [done]);
    let again = desk.does("reopen", &report).await;
    assert_eq!(again["action_taken"], false);
    assert!(again["action_taken_at"].is_null() && again["action_taken_by_account"].is_null());
    let left = desk.does("unassign", &report).await;
    assert!(left["assigned_account"].is_null());
    // Once more changes nothing, and is not written down either.
    assert_eq!(
        desk.does("unassign", &report).await["updated_at"],
        left["updated_at"]
    );
    let done: Vec<_> = log(&desk.scene.server, Some(&desk.bo)).await;
    let done: Vec<_> = done
        .into_iter()
        .map(|[by, act, _, words]| [by, act, words])
        .collect();
    let all = [
        ["mona", "assign_report", ""],
        ["mona", "change_report", "spam"],
        ["mona", "resolve_report", ""],
        ["mona", "reopen_report", ""],
        ["mona", "unassign_report", ""],
    ];
    assert_eq!(done, all);
    for wrong in [("category", "boring"), ("rule_ids[]", "1")] {
        desk.mona.form(Method::PUT, &path, &[wrong]).await.refused(422);
    }
    let nobodys = format!("{REPORTS}/7");
    desk.mona.get(&nobodys).await.refused(404);
    let sorting = [("category", "spam")];
    desk.mona.form(Method::PUT, &nobodys, &sorting).await.refused(404);
    desk.mona.act(&format!("{nobodys}/resolve")).await.refused(404);
    desk.mona.get(&format!("{REPORTS}/x")).await.refused(404);
    desk.scene.server.settle().await;
}

#[tokio::test]
async fn reports_are_found_by_whom_they_are_about_and_whom_they_are_from_page_by_page() {
    let desk = Desk::new().await;
    let cy = desk.scene.server.person("cy").await;
    for _ in 0..5 {
        desk.is_reported(&desk.bo, &[]).await;
        desk.is_reported(&cy, &[]).await;
    }
    let of_bo = format!("target_account_id={}", desk.bo.id);
    let from_zed = format!("account_id={}", desk.scene.zed_id);
    let both = format!("{of_bo}&{from_zed}");
    let from_bo = format!("account_id={}", desk.bo.id);
    for (query, count) in [
        (of_bo.as_str(), 5),
        (&from_zed, 10),
        (&both, 5),
        (&from_bo, 0),
        ("by_target_domain=peer.test", 0),
    ] {
        assert_eq!(desk.listed(query).await.len(), count, "{query}");
    }
    desk.mona
        .get(&format!("{REPORTS}?target_account_id=x"))
        .await
        .refused(404);
    let whole = ids(&desk.listed(&of_bo).await);
    goes_through(&desk.mona, REPORTS, &format!("&{of_bo}"), &whole).await;
    desk.scene.server.settle().await;
}

#[tokio::test]
async fn a_server_may_report_again_once_its_reports_are_done_with() {
    let desk = Desk::new().await;
    desk.is_reported(&desk.bo, &[]).await;
    // As many as a server may have open.
    sqlx::query(
        "insert into reports (id, reporter_id, account_id, created_at)
         select r.id + n, r.reporter_id, r.account_id, r.created_at from reports r, generate_series(1, 99) n",
    )
    .execute(desk.scene.server.db())
    .await
    .expect("they can be written");
    desk.is_reported(&desk.bo, &[]).await;
    assert_eq!(desk.count().await, 100, "one more is too many");
    let first = desk.listed("").await.remove(0);
    desk.does("resolve", &first).await;
    desk.is_reported(&desk.bo, &[]).await;
    assert_eq!(desk.count().await, 101);
    desk.scene.server.settle().await;
}
