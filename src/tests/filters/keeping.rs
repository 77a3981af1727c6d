//! Making filters, and what is in them.

use reqwest::Method;
use serde_json::{Value, json};

use super::{a_filter, of};
use crate::api::shape::Kind::{List, Object};
use crate::api::shape::has;
use crate::api::small_shapes;
use crate::support::TestServer;
use crate::support::http::{id, ids};

#[tokio::test]
async fn a_filter_is_made_changed_and_removed() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let form = [
        ("title", " Spoilers "),
        ("context[]", "home"),
        ("context[]", "public"),
        ("expires_in", "3600"),
        ("keywords_attributes[][keyword]", "finale"),
        ("keywords_attributes[][whole_word]", "true"),
        ("keywords_attributes[][keyword]", "twist"),
    ];
    let filter = ana.post_form("/api/v2/filters", &form).await.ok();
    has("a filter", &filter, Object(small_shapes::filter));
    assert_eq!(
        (&filter["title"], &filter["context"], &filter["filter_action"]),
        (&json!("Spoilers"), &json!(["home", "public"]), &json!("warn"))
    );
    assert!(filter["expires_at"].is_string());
    let [first, second] = [0, 1].map(|place: usize| filter["keywords"][place].clone());
    assert_eq!(
        first,
        json!({ "id": id(&first), "keyword": "finale", "whole_word": true })
    );
    assert_eq!(
        second,
        json!({ "id": id(&second), "keyword": "twist", "whole_word": false })
    );

    let wishes = json!({
        "context": ["thread"], "filter_action": "blur", "expires_in": "",
        "keywords_attributes": [
            { "id": id(&first), "_destroy": true },
            { "id": id(&second), "whole_word": true },
            { "keyword": "third" },
            { "keyword": "never there", "_destroy": "1" },
        ],
    });
    let changed = ana.json(Method::PUT, &of(&filter), &wishes).await.ok();
    has("a changed filter", &changed, Object(small_shapes::filter));
    assert_eq!(changed["title"], "Spoilers", "what is not named stays");
    assert_eq!(
        (
            &changed["context"],
            &changed["filter_action"],
            &changed["expires_at"]
        ),
        (&json!(["thread"]), &json!("blur"), &Value::Null)
    );
    let keywords = changed["keywords"].as_array().unwrap();
    assert_eq!(
        keywords[0],
        json!({ "id": id(&second), "keyword": "twist", "whole_word": true })
    );
    assert_eq!((keywords.len(), &keywords[1]["keyword"]), (2, &json!("third")));

    assert_eq!(ana.get(&of(&filter)).await.ok(), changed);
    let other = a_filter(&ana, "other", &["home"], "hide").await;
    assert_eq!(ana.get("/api/v2/filters").await.list(), [changed, other.clone()]);
    assert_eq!(ana.delete(&of(&filter)).await.ok(), json!({}));
    assert_eq!(ana.get("/api/v2/filters").await.list(), [other]);
    ana.get(&of(&filter)).await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn keywords_are_kept_one_by_one() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let filter = a_filter(&ana, "one", &["home"], "warn").await;
    let list = format!("{}/keywords", of(&filter));
    let two = ana.post_form(&list, &[("keyword", " two ")]).await.ok();
    assert_eq!(
        two,
        json!({ "id": id(&two), "keyword": "two", "whole_word": false })
    );
    let all = ana.get(&list).await.value();
    has("keywords", &all, List(&Object(small_shapes::filter_keyword)));
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    let path = format!("/api/v2/filters/keywords/{}", id(&two));
    assert_eq!(ana.get(&path).await.ok(), two);
    let fields = [("keyword", "zwei"), ("whole_word", "true")];
    let changed = ana.form(Method::PUT, &path, &fields).await.ok();
    assert_eq!(
        changed,
        json!({ "id": id(&two), "keyword": "zwei", "whole_word": true })
    );
    ana.form(Method::PUT, &path, &[("keyword", " ")])
        .await
        .refused(422);
    ana.form(Method::POST, &list, &[]).await.refused(422);
    assert_eq!(ana.delete(&path).await.ok(), json!({}));
    ana.get(&path).await.refused(404);
    assert_eq!(ana.get(&list).await.list().len(), 1);
    server.settle().await;
}

#[tokio::test]
async fn posts_are_put_under_a_filter_that_one_may_see() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let filter = a_filter(&ana, "one", &["home"], "warn").await;
    let list = format!("{}/statuses", of(&filter));
    let post = bo.post("anything").await;
    let repost = bo.reposts(&post).await;
    let marked = ana.post_form(&list, &[("status_id", &id(&post))]).await.ok();
    assert_eq!(marked, json!({ "id": id(&marked), "status_id": id(&post) }));
    // Again, and by the one who passed it on.
    for again in [&post, &repost] {
        assert_eq!(
            ana.post_form(&list, &[("status_id", &id(again))]).await.ok(),
            marked
        );
    }
    let narrow = bo
        .post("not for Ana")
        .to(tintype::domain::audience::Audience::Followers)
        .await;
    for wrong in [id(&narrow), "7".into(), "x".into()] {
        ana.post_form(&list, &[("status_id", &wrong)]).await.refused(404);
    }
    ana.act(&list).await.refused(422);
    let all = ana.get(&list).await.value();
    has("posts", &all, List(&Object(small_shapes::filter_status)));
    assert_eq!(ids(all.as_array().unwrap()), [id(&marked)]);
    let path = format!("/api/v2/filters/statuses/{}", id(&marked));
    assert_eq!(ana.get(&path).await.ok(), marked);
    let result = ana.sees(&post).await["filtered"][0].clone();
    has("a result", &result, Object(small_shapes::filter_result));
    assert_eq!(
        (&result["keyword_matches"], &result["status_matches"]),
        (&Value::Null, &json!([id(&post)]))
    );
    assert_eq!(ana.delete(&path).await.ok(), json!({}));
    ana.get(&path).await.refused(404);
    assert_eq!(ana.sees(&post).await["filtered"], json!([]));
    server.settle().await;
}

#[tokio::test]
async fn what_cannot_be_a_filter_is_refused_in_a_sentence() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let filter = a_filter(&ana, "one", &["home"], "warn").await;
    let good = json!({ "title": "x", "context": ["home"] });
    for (field, wrong, sentence) in [
        ("title", json!(" "), "Title can't be blank"),
        ("title", json!("x".repeat(257)), "maximum is 256 characters"),
        ("context", json!([]), "Context can't be blank"),
        ("context", json!(["everywhere"]), "Context everywhere"),
        ("filter_action", json!("explode"), "Filter action"),
        ("expires_in", json!("soon"), "Expires in"),
        (
            "keywords_attributes",
            json!([{ "keyword": "" }]),
            "Keyword can't be blank",
        ),
        (
            "keywords_attributes",
            json!([{ "keyword": "x".repeat(513) }]),
            "maximum is 512",
        ),
        (
            "keywords_attributes",
            json!(vec![json!({ "keyword": "x" }); 1_001]),
            "too many keywords",
        ),
    ] {
        let mut wishes = good.clone();
        wishes[field] = wrong;
        for (method, path) in [(Method::POST, "/api/v2/filters"), (Method::PUT, &of(&filter))] {
            let answer = ana.json(method, path, &wishes).await;
            assert!(answer.refused(422).contains(sentence), "{field}");
        }
    }
    for missing in ["title", "context"] {
        let mut wishes = good.clone();
        wishes.as_object_mut().unwrap().remove(missing);
        ana.json(Method::POST, "/api/v2/filters", &wishes)
            .await
            .refused(422);
    }
    let foreign = json!({ "keywords_attributes": [{ "id": "7", "keyword": "x" }] });
    ana.json(Method::PUT, &of(&filter), &foreign).await.refused(404);
    assert_eq!(ana.get(&of(&filter)).await.ok(), filter, "nothing of it was done");
    for number in 1..100 {
        let wishes = json!({ "title": format!("{number}"), "context": ["home"] });
        ana.json(Method::POST, "/api/v2/filters", &wishes).await.ok();
    }
    let answer = ana.json(Method::POST, "/api/v2/filters", &good).await;
    assert!(answer.refused(422).contains("more than 100 filters"));
    let many = json!({ "keywords_attributes": vec![json!({ "keyword": "x" }); 1_000] });
    let answer = ana.json(Method::PUT, &of(&filter), &many).await;
    assert!(answer.refused(422).contains("1000 keywords"));
    server.settle().await;
}

#[tokio::test]
async fn filters_are_their_owners_alone_and_need_their_scope() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let filter = a_filter(&ana, "one", &["home"], "warn").await;
    let post = bo.post("anything").await;
    let marked = ana
        .post_form(&format!("{}/statuses", of(&filter)), &[("status_id", &id(&post))])
        .await
        .ok();
    let keyword = id(&filter["keywords"][0]);
    let own = of(&filter);
    let [keywords, statuses] = ["keywords", "statuses"].map(|part| format!("{own}/{part}"));
    let one_keyword = format!("/api/v2/filters/keywords/{keyword}");
    let one_status = format!("/api/v2/filters/statuses/{}", id(&marked));
    let old = format!("/api/v1/filters/{keyword}");
    let reads = [&own, &keywords, &statuses, &one_keyword, &one_status, &old];
    let writes = [
        (Method::PUT, &own),
        (Method::POST, &keywords),
        (Method::POST, &statuses),
        (Method::PUT, &one_keyword),
        (Method::PUT, &old),
        (Method::DELETE, &one_status),
        (Method::DELETE, &one_keyword),
        (Method::DELETE, &old),
        (Method::DELETE, &own),
    ];
    let post_id = id(&post);
    let fields = [
        ("title", "x"),
        ("context[]", "home"),
        ("keyword", "x"),
        ("phrase", "x"),
        ("status_id", post_id.as_str()),
    ];
    let reader = server.token_for(&ana, "read:filters").await;
    let writer = server.token_for(&ana, "write:filters").await;
    for path in reads
        .iter()
        .map(|path| path.as_str())
        .chain(["/api/v2/filters", "/api/v1/filters"])
    {
        server.client.get(path).await.refused(401);
        writer.get(path).await.refused(403);
        reader.get(path).await.ok();
    }
    for path in ["/api/v2/filters", "/api/v1/filters"] {
        server.client.post_form(path, &fields).await.refused(401);
        reader.post_form(path, &fields).await.refused(403);
        assert!(bo.get(path).await.list().is_empty());
    }
    for path in reads {
        bo.get(path).await.refused(404);
        let last = path.rsplit('/').find(|part| part.parse::<i64>().is_ok()).unwrap();
        for wrong in ["7", "x", "9223372036854775808"] {
            ana.get(&path.replace(last, wrong)).await.refused(404);
        }
    }
    for (method, path) in writes {
        server
            .client
            .form(method.clone(), path, &fields)
            .await
            .refused(401);
        reader.form(method.clone(), path, &fields).await.refused(403);
        bo.form(method, path, &fields).await.refused(404);
    }
    server.settle().await;
}
