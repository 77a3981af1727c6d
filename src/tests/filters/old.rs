//! Filters as clients know them to which one is a keyword.

use reqwest::Method;
use serde_json::json;

use super::{a_filter, of, titles};
use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::api::small_shapes;
use crate::support::TestServer;
use crate::support::http::{id, ids};

#[tokio::test]
async fn both_versions_of_the_api_show_the_same_filters() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let fields = [
        ("phrase", "secret"),
        ("context[]", "home"),
        ("context[]", "notifications"),
        ("irreversible", "true"),
        ("whole_word", "true"),
        ("expires_in", "60"),
    ];
    let old = ana.post_form("/api/v1/filters", &fields).await.ok();
    has("an old filter", &old, Object(small_shapes::old_filter));
    assert_eq!(
        (
            &old["phrase"],
            &old["context"],
            &old["irreversible"],
            &old["whole_word"]
        ),
        (
            &json!("secret"),
            &json!(["home", "notifications"]),
            &json!(true),
            &json!(true)
        )
    );
    let new = ana.get("/api/v2/filters").await.list();
    assert_eq!(
        (
            &new[0]["title"],
            &new[0]["filter_action"],
            &new[0]["keywords"][0]["id"]
        ),
        (&json!("secret"), &json!("hide"), &old["id"])
    );
    let path = format!("/api/v1/filters/{}", id(&old));
    assert_eq!(ana.get(&path).await.ok(), old);
    let fields = [
        ("phrase", "Secrets"),
        ("irreversible", "false"),
        ("context[]", "public"),
    ];
    let changed = ana.form(Method::PUT, &path, &fields).await.ok();
    assert_eq!(
        (
            &changed["phrase"],
            &changed["context"],
            &changed["irreversible"],
            &changed["whole_word"]
        ),
        (&json!("Secrets"), &json!(["public"]), &json!(false), &json!(true))
    );
    assert_eq!(
        changed["expires_at"], old["expires_at"],
        "what is not named stays"
    );
    assert_eq!(ana.delete(&path).await.ok(), json!({}));
    assert!(ana.get("/api/v2/filters").await.list().is_empty());
    for wrong in [
        vec![],
        vec![("phrase", "x")],
        vec![("phrase", " "), ("context[]", "home")],
    ] {
        ana.post_form("/api/v1/filters", &wrong).await.refused(422);
    }
    server.settle().await;
}

#[tokio::test]
async fn a_filter_of_several_keywords_is_several_old_ones_and_keeps_together() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let filter = a_filter(&ana, "one", &["home"], "warn").await;
    let two = ana
        .post_form(&format!("{}/keywords", of(&filter)), &[("keyword", "two")])
        .await
        .ok();
    let old = ana.get("/api/v1/filters").await.list();
    assert_eq!(ids(&old), [id(&filter["keywords"][0]), id(&two)]);
    let path = format!("/api/v1/filters/{}", id(&two));
    // What concerns the keyword alone can be changed.
    let same = [("phrase", "zwei"), ("context[]", "home")];
    assert_eq!(ana.form(Method::PUT, &path, &same).await.ok()["phrase"], "zwei");
    let whole = [("phrase", "drei"), ("irreversible", "true")];
    let answer = ana.form(Method::PUT, &path, &whole).await;
    assert!(answer.refused(422).contains("several keywords"));
    assert_eq!(
        ana.get(&path).await.ok()["phrase"],
        "zwei",
        "nothing of it was done"
    );
    ana.delete(&path).await.ok();
    let left = ana.get(&of(&filter)).await.ok();
    assert_eq!(left["keywords"].as_array().map(Vec::len), Some(1));
    let post = bo.post("one and zwei").await;
    assert_eq!(titles(&ana.sees(&post).await), ["one"]);
    server.settle().await;
}
