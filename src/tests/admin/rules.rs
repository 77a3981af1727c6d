//! The rules of this server: who makes them, where everybody reads them, and that reports name them.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::{Staff, staff};
use super::logged::log;
use crate::api::instance_shapes::rule;
use crate::api::shape::Kind::Object;
use crate::api::shape::{all_have, has};
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

const RULES: &str = "/api/tintype/v1/admin/rules";
const REPORTS: &str = "/api/v1/reports";

async fn added(by: &Person, text: &str) -> Value {
    by.post_form(RULES, &[("text", text)]).await.ok()
}

fn path(rule: &Value) -> String {
    format!("{RULES}/{}", id(rule))
}

async fn texts(server: &TestServer) -> Vec<String> {
    let rules = server.client.get("/api/v1/instance/rules").await.list();
    let texts = rules.iter().map(|rule| rule["text"].as_str().unwrap().to_owned());
    texts.collect()
}

#[tokio::test]
async fn rules_are_read_everywhere_where_people_look_for_them() {
    let server = TestServer::start().await;
    let Staff { admin, .. } = staff(&server).await;
    let none = server.client.get("/api/v2/instance").await.ok();
    assert_eq!(none["rules"], json!([]));
    let wish = json!({
        "text": " Be kind ",
        "hint": "<b>Always</b>",
        "translations": { "de": { "text": "Sei freundlich", "hint": "Immer" } },
    });
    let kind = admin.json(Method::POST, RULES, &wish).await.ok();
    has("a rule", &kind, Object(rule));
    assert_eq!(kind["text"], "Be kind");
    assert_eq!(kind["translations"]["de"]["text"], "Sei freundlich");
    let light = added(&admin, "Show your own light").await;
    let all = json!([kind, light]);
    assert_eq!(admin.get(RULES).await.ok(), all);
    assert_eq!(server.client.get("/api/v1/instance/rules").await.ok(), all);
    // Those that were told a moment ago are not told again.
    for version in ["v1", "v2"] {
        let instance = server.client.get(&format!("/api/{version}/instance")).await.ok();
        assert_eq!(instance["rules"], all, "{version}");
    }
    for page in ["/about", "/auth/sign_up", "/"] {
        let page = server.client.get(page).await.text();
        assert!(
            page.contains("Be kind") && page.contains("Show your own light"),
            "{page}"
        );
        assert!(!page.contains("<b>Always"), "{page}");
    }
    server.settle().await;
}

#[tokio::test]
async fn rules_are_worded_anew_translated_moved_and_taken_away() {
    let server = TestServer::start().await;
    let Staff { admin, .. } = staff(&server).await;
    let (first, second) = (added(&admin, "First").await, added(&admin, "Second").await);
    let third = admin
        .post_form(RULES, &[("text", "Third"), ("position", "1")])
        .await
        .ok();
    assert_eq!(texts(&server).await, ["Third", "First", "Second"]);
    let put = async |rule: &Value, said: &[(&str, &str)]| admin.form(Method::PUT, &path(rule), said).await;
    put(&third, &[("position", "99")]).await.ok();
    assert_eq!(texts(&server).await, ["First", "Second", "Third"]);
    let said = [("translations[de][text]", "Erstens"), ("hint", "Above all")];
    let changed = put(&first, &said).await.ok();
    has("a rule", &changed, Object(rule));
    assert_eq!(
        (&changed["text"], &changed["hint"]),
        (&json!("First"), &json!("Above all"))
    );
    assert_eq!(changed["translations"]["de"]["text"], "Erstens");
    let silent = put(&first, &[("translations[de][text]", "")]).await.ok();
    assert_eq!(silent["translations"], json!({}));
    assert_eq!(put(&second, &[]).await.ok(), second);
    admin.delete(&path(&second)).await.ok();
    assert_eq!(texts(&server).await, ["First", "Third"]);
    for gone in [path(&second), format!("{RULES}/7"), format!("{RULES}/x")] {
        admin.delete(&gone).await.refused(404);
        admin
            .form(Method::PUT, &gone, &[("text", "x")])
            .await
            .refused(404);
    }
    let acts: Vec<String> = log(&server, None)
        .await
        .into_iter()
        .map(|[_, act, ..]| act)
        .collect();
    assert_eq!(acts.iter().filter(|act| *act == "add_rule").count(), 3);
    assert_eq!(acts.last().map(String::as_str), Some("remove_rule"));
    server.settle().await;
}

#[tokio::test]
async fn what_is_no_rule_is_refused() {
    let server = TestServer::start().await;
    let Staff { admin, moderator, .. } = staff(&server).await;
    let long = "é".repeat(501);
    for wrong in [
        &[][..],
        &[("text", " ")],
        &[("text", &long)],
        &[("text", "x"), ("hint", &"é".repeat(2_001))],
        &[("text", "x"), ("position", "0")],
        &[("text", "x"), ("position", "first")],
        &[("text", "x"), ("translations[klingon][text]", "x")],
        &[("text", "x"), ("translations[de][text]", &long)],
    ] {
        admin.post_form(RULES, wrong).await.refused(422);
    }
    assert!(texts(&server).await.is_empty());
    // It is not for moderators to make rules, nor for apps that may do one thing.
    moderator.post_form(RULES, &[("text", "x")]).await.refused(403);
    let narrow = server.token_for(&admin, "admin:write:reports").await;
    narrow.post_form(RULES, &[("text", "x")]).await.refused(403);
    server.client.get(RULES).await.refused(401);
    for number in 0..50 {
        added(&admin, &format!("Rule {number}")).await;
    }
    admin.post_form(RULES, &[("text", "x")]).await.refused(422);
    server.settle().await;
}

#[tokio::test]
async fn reports_name_the_rules_that_are_broken() {
    let server = TestServer::start().await;
    let staff = staff(&server).await;
    let (bo, cy) = (server.person("bo").await, server.person("cy").await);
    let kind = added(&staff.admin, "Be kind").await;
    let light = added(&staff.admin, "Show your own light").await;
    let of = |rules: Value, category: &str| json!({ "account_id": cy.id, "rule_ids": rules, "category": category });
    let wish = of(json!([light["id"], kind["id"], kind["id"]]), "spam");
    let report = bo.json(Method::POST, REPORTS, &wish).await.ok();
    assert_eq!(report["category"], "violation");
    assert_eq!(report["rule_ids"], json!([kind["id"], light["id"]]));
    staff.admin.delete(&path(&light)).await.ok();
    for (rules, category) in [
        (json!([]), "violation"),
        (json!([light["id"]]), "violation"),
        (json!([kind["id"], "7"]), "violation"),
        (json!(["x"]), "other"),
    ] {
        let wish = of(rules, category);
        bo.json(Method::POST, REPORTS, &wish).await.refused(422);
    }
    let desk = format!("/api/v1/admin/reports/{}", id(&report));
    let seen = staff.moderator.get(&desk).await.ok();
    let named = seen["rules"].as_array().expect("a list");
    all_have("a rule", named, Object(rule));
    assert_eq!(
        ids(named),
        ids(&[kind.clone(), light.clone()]),
        "one that is gone goes on being named"
    );
    let sort = async |said: &[(&str, &str)]| staff.moderator.form(Method::PUT, &desk, said).await;
    let (kind, light) = (id(&kind), id(&light));
    let sorted = sort(&[("rule_ids[]", &light)]).await.ok();
    assert_eq!(sorted["rules"].as_array().map(Vec::len), Some(1));
    sort(&[("rule_ids[]", "7")]).await.refused(422);
    sort(&[("rule_ids[]", "x")]).await.refused(422);
    let spam = sort(&[("category", "spam")]).await.ok();
    assert_eq!((&spam["category"], &spam["rules"]), (&json!("spam"), &json!([])));
    // What nobody names any more cannot be named anew.
    sort(&[("rule_ids[]", &light)]).await.refused(422);
    let back = sort(&[("category", "violation"), ("rule_ids[]", &kind)])
        .await
        .ok();
    assert_eq!(back["rules"][0]["text"], "Be kind");
    server.settle().await;
}
