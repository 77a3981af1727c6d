//! What somebody may try with words, numbers and things that are not theirs. Each attempt changes nothing.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::hostile::is_refused;
use crate::support::http::id;
use crate::support::{Person, TestServer};

#[tokio::test]
async fn words_that_are_code_stay_words() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let evil =
        "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) \"'><svg/onload=alert(1)>";
    let fields = [
        ("display_name", "<b>Ana</b>"),
        ("note", evil),
        ("fields_attributes[0][name]", "<i>"),
        ("fields_attributes[0][value]", "javascript:alert(1)"),
    ];
    let own = ana
        .form(Method::PATCH, "/api/v1/accounts/update_credentials", &fields)
        .await
        .ok();
    let post = ana.post(evil).await;
    let closed = |html: &Value| {
        let html = html.as_str().unwrap().to_owned();
        assert!(
            !html.contains("<script") && !html.contains("<img") && !html.contains("<svg"),
            "{html}"
        );
        assert!(!html.contains("href=\"javascript"), "{html}");
    };
    closed(&own["note"]);
    closed(&own["fields"][0]["value"]);
    closed(&post["content"]);
    let page = server
        .client
        .get(url::Url::parse(post["url"].as_str().unwrap()).unwrap().path())
        .await;
    assert_eq!(page.status, 200);
    for evil in ["<script", "<img src=x", "<svg/onload", "href=\"javascript"] {
        assert!(!page.text().contains(evil), "{evil} is in {}", page.text());
    }
    assert!(!page.text().contains("<b>Ana"), "{}", page.text());
    server.settle().await;
}

#[tokio::test]
async fn numbers_out_of_all_bounds_are_brought_within_them() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("#light").await;
    bo.likes(&post).await;
    bo.follows(&ana).await;
    server.settle().await;
    let lists = [
        "/api/v1/timelines/home".to_owned(),
        "/api/v1/timelines/public".to_owned(),
        "/api/v1/timelines/tag/light".to_owned(),
        "/api/v1/notifications".to_owned(),
        format!("/api/v1/accounts/{}/statuses", ana.id),
        format!("/api/v1/accounts/{}/followers", ana.id),
        format!("/api/v1/statuses/{}/favourited_by", id(&post)),
        "/api/v1/accounts/search?q=bo".to_owned(),
        "/api/v1/domain_blocks".to_owned(),
    ];
    for list in &lists {
        let mark = if list.contains('?') { '&' } else { '?' };
        for query in [
            "limit=-1",
            "limit=-9223372036854775808",
            "limit=9223372036854775807",
            "limit=18446744073709551616",
            "limit[]=3&limit[x]=4",
            "limit=%00",
            "offset=-9223372036854775808",
            "offset=9223372036854775807",
            "max_id=0&min_id=0&since_id=0",
            "min_id=9223372036854775807",
            "max_id=-1",
        ] {
            let answer = ana.get(&format!("{list}{mark}{query}")).await;
            answer.list();
            assert!(
                answer.links().next.is_none_or(|link| !link.contains("max_id=-")),
                "{list}"
            );
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn one_may_not_act_with_what_is_anothers() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let post = ana.post("mine").with_photo().to(Audience::Followers).await;
    let picture = id(&post["media_attachments"][0]);
    let steal = async |body: Value| bo.json(Method::POST, "/api/v1/statuses", &body).await;
    steal(json!({ "status": "x", "media_ids": [picture] }))
        .await
        .refused(422);
    steal(json!({ "status": "x", "in_reply_to_id": id(&post) }))
        .await
        .refused(404);
    let own = bo.post("own").with_photo().await;
    let path = format!("/api/v1/statuses/{}", id(&own));
    let others = json!({ "status": "x", "media_ids": [picture] });
    bo.json(Method::PUT, &path, &others).await.refused(422);
    // Words of a picture that is not of this post stay as they are.
    let attributes = json!({ "status": "x", "media_ids": [id(&own["media_attachments"][0])],
                             "media_attributes": [{ "id": picture, "description": "stolen" }] });
    bo.json(Method::PUT, &path, &attributes).await.ok();
    assert_eq!(
        ana.sees(&post).await["media_attachments"][0]["description"],
        "a photo"
    );
    assert_eq!(
        bo.sees(&own).await["media_attachments"].as_array().map(Vec::len),
        Some(1)
    );
    for verb in ["favourite", "reblog", "bookmark", "pin", "mute"] {
        bo.does(verb, &post).await.refused(404);
    }
    nobody_is_signed_in(&server, &ana).await;
    server.settle().await;
}

async fn nobody_is_signed_in(server: &TestServer, ana: &Person) {
    for header in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer  x",
        "Basic eDp5",
        "bearer\tx",
        "Bearer x y",
    ] {
        let request = server
            .client
            .request(Method::GET, "/api/v1/timelines/home")
            .header("authorization", header);
        is_refused(&server.client.send(request).await, &[401]);
    }
    let token = ana.client.token.clone().unwrap();
    let by_query = format!("/api/v1/accounts/verify_credentials?access_token={token}");
    assert_eq!(server.client.get(&by_query).await.ok()["username"], "ana");
}
