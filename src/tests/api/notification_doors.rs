//! Every door of notifications is shut to whoever has no token, or one for something else; and moderators hear through them
//! what concerns them.

use reqwest::Method;
use serde_json::json;

use super::shape::Kind::Object;
use super::shape::has;
use super::shapes;
use crate::support::TestServer;
use crate::support::http::ids;

const READ: &[&str] = &[
    "/api/v1/notifications",
    "/api/v1/notifications/7",
    "/api/v1/notifications/unread_count",
    "/api/v1/notifications/policy",
    "/api/v1/notifications/requests",
    "/api/v1/notifications/requests/7",
    "/api/v1/notifications/requests/merged",
    "/api/v2/notifications",
    "/api/v2/notifications/unread_count",
    "/api/v2/notifications/policy",
    "/api/v2/notifications/ungrouped-7",
    "/api/v2/notifications/ungrouped-7/accounts",
];

const WRITE: &[(Method, &str)] = &[
    (Method::POST, "/api/v1/notifications/clear"),
    (Method::POST, "/api/v1/notifications/7/dismiss"),
    (Method::DELETE, "/api/v1/notifications/7"),
    (Method::DELETE, "/api/v1/notifications/destroy_multiple"),
    (Method::PATCH, "/api/v1/notifications/policy"),
    (Method::PUT, "/api/v1/notifications/policy"),
    (Method::POST, "/api/v1/notifications/requests/accept"),
    (Method::POST, "/api/v1/notifications/requests/dismiss"),
    (Method::POST, "/api/v1/notifications/requests/7/accept"),
    (Method::POST, "/api/v1/notifications/requests/7/dismiss"),
    (Method::PATCH, "/api/v2/notifications/policy"),
    (Method::PUT, "/api/v2/notifications/policy"),
    (Method::POST, "/api/v2/notifications/clear"),
    (Method::POST, "/api/v2/notifications/ungrouped-7/dismiss"),
];

#[tokio::test]
async fn nobody_comes_in_without_a_token_for_it() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let reader = server.token_for(&ana, "read:notifications").await;
    let writer = server.token_for(&ana, "write:notifications").await;
    for path in READ {
        server.client.get(path).await.refused(401);
        writer.get(path).await.refused(403);
        let status = reader.get(path).await.status.as_u16();
        assert!([200, 404].contains(&status), "{path}: {status}");
    }
    for (method, path) in WRITE {
        server.client.form(method.clone(), path, &[]).await.refused(401);
        reader.form(method.clone(), path, &[]).await.refused(403);
        let status = writer.form(method.clone(), path, &[]).await.status.as_u16();
        assert!([200, 404].contains(&status), "{method} {path}: {status}");
    }
}

#[tokio::test]
async fn several_are_taken_away_at_once_and_only_ones_own() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    for number in 0..3 {
        let post = ana.post(&format!("{number}")).await;
        bo.likes(&post).await;
    }
    server.settle().await;
    let all = ids(&ana.get("/api/v1/notifications").await.list());
    let path = "/api/v1/notifications/destroy_multiple";
    let some = json!({ "ids": [all[0], all[2], "7", "junk"] });
    bo.json(Method::DELETE, path, &some).await.ok();
    assert_eq!(ana.get("/api/v1/notifications").await.list().len(), 3);
    assert_eq!(ana.json(Method::DELETE, path, &some).await.ok(), json!({}));
    assert_eq!(ids(&ana.get("/api/v1/notifications").await.list()), all[1..2]);
    ana.delete(&format!("/api/v1/notifications/{}", all[1]))
        .await
        .ok();
    assert!(ana.get("/api/v1/notifications").await.list().is_empty());
}

#[tokio::test]
async fn moderators_hear_of_who_signs_up_and_members_do_not() {
    let server = TestServer::start().await;
    let mut people = Vec::new();
    for name in ["ana", "mo", "cy"] {
        people.push(server.person(name).await);
    }
    let moderator: i64 = people[1].id.parse().unwrap();
    sqlx::query("update users set role = 1 where account_id = $1")
        .bind(moderator)
        .execute(server.db())
        .await
        .unwrap();
    for name in ["kim", "lou"] {
        let person = tintype::actions::register::NewPerson {
            username: name.into(),
            email: format!("{name}@mail.example"),
            password: crate::support::server::PASSWORD.into(),
            agreement: true,
            reason: "bridges".into(),
            ..Default::default()
        };
        tintype::actions::register::local(&server.app, person)
            .await
            .unwrap();
    }
    server.settle().await;
    for (person, told) in people.iter().zip([2, 2, 0]) {
        let list = person.get("/api/v1/notifications").await.list();
        assert_eq!(list.len(), told, "{}", person.name);
        for one in &list {
            assert_eq!(one["type"], "admin.sign_up");
            has("a sign-up", one, Object(shapes::notification_without_status));
        }
        let groups = person.get("/api/v2/notifications").await.ok();
        has(
            "sign-ups as a group",
            &groups,
            Object(shapes::grouped_notifications),
        );
        let groups = groups["notification_groups"].as_array().unwrap();
        assert_eq!(groups.len(), usize::from(told > 0));
        assert!(groups.iter().all(|group| group["notifications_count"] == 2));
    }
}
