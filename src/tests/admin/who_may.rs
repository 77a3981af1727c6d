//! What is for moderators is refused to all others, and nobody acts on one of equal or higher role.

use reqwest::Method;
use serde_json::Value;
use tintype::domain::role::Role;
use tintype::web::openapi::{self, Access, Operation};

use super::desk::{Staff, is_now, one_of, staff};
use super::{ACCOUNTS, does, measures, seen_by};
use crate::support::http::{Answer, Client};
use crate::support::{Person, TestServer};

const NOT_ALLOWED: &str = "This action is not allowed";

fn of_moderators() -> impl Iterator<Item = (&'static Operation, &'static str)> {
    openapi::operations().filter_map(|operation| match operation.access {
        Access::Person(scope) if operation.path.contains("/admin/") => Some((operation, scope)),
        _ => None,
    })
}

async fn ask(client: &Client, operation: &Operation) -> Answer {
    let parts = operation.path.split('/');
    let path = parts.map(|part| if part.starts_with('{') { "1" } else { part });
    let path = path.collect::<Vec<_>>().join("/");
    let method = Method::from_bytes(operation.method.to_uppercase().as_bytes()).expect("a method");
    client.form(method, &path, &[]).await
}

#[tokio::test]
async fn each_route_wants_its_own_scope_and_a_role() {
    let server = TestServer::start().await;
    let Staff { owner, .. } = staff(&server).await;
    let former = one_of(&server, "fay", Role::Admin).await;
    is_now(&server, &former, Role::Member).await;
    let mut count = 0;
    for (operation, scope) in of_moderators() {
        let (method, path) = (operation.method, operation.path);
        let words: Vec<&str> = scope.split(':').collect();
        let verb = if method == "get" { "read" } else { "write" };
        assert!(
            words[0] == "admin" && (words[1] == verb || words[1] == "read"),
            "{method} {path} by {scope}"
        );
        assert_eq!(
            ask(&former, operation).await.refused(403),
            NOT_ALLOWED,
            "{method} {path}"
        );
        let exact = server.token_for(&owner, scope).await;
        let answer = ask(&exact, operation).await;
        assert!(
            answer.status != 401 && !answer.status.is_server_error(),
            "{method} {path}: {}",
            answer.text()
        );
        if answer.status == 403 {
            assert_eq!(answer.refused(403), NOT_ALLOWED, "{method} {path} with {scope}");
        }
        count += 1;
    }
    assert!(count >= 11, "{count}");
    server.settle().await;
}

async fn is_untouched(by: &Person, on: &Person) {
    let seen = seen_by(by, on).await;
    for mark in ["sensitized", "disabled", "silenced", "suspended"] {
        assert_eq!(seen[mark], false, "{mark}: {seen}");
    }
}

#[tokio::test]
async fn nobody_acts_on_one_of_equal_or_higher_role() {
    let server = TestServer::start().await;
    let staff = staff(&server).await;
    let equal = one_of(&server, "milo", Role::Moderator).await;
    let moderator = &staff.moderator;
    for above in [&equal, moderator, &staff.admin, &staff.owner] {
        for measure in ["none", "sensitive", "disable", "silence", "suspend"] {
            let refused = measures(moderator, above, measure).await;
            assert_eq!(refused.refused(403), NOT_ALLOWED, "{measure} {}", above.name);
        }
        for verb in [
            "approve",
            "reject",
            "enable",
            "unsilence",
            "unsuspend",
            "unsensitive",
        ] {
            let refused = does(moderator, verb, above).await;
            assert_eq!(refused.refused(403), NOT_ALLOWED, "{verb} {}", above.name);
        }
        is_untouched(moderator, above).await;
    }
    // An admin stands above moderators, and nobody above the owner.
    measures(&staff.admin, &equal, "silence").await.ok();
    measures(&staff.admin, &staff.owner, "silence").await.refused(403);
    does(moderator, "unsilence", &equal).await.refused(403);
    does(&staff.admin, "unsilence", &equal).await.ok();
    measures(&staff.owner, &staff.admin, "disable").await.ok();
    does(&staff.owner, "enable", &staff.admin).await.ok();
    server.settle().await;
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_once() {
    let server = TestServer::start().await;
    let staff = staff(&server).await;
    measures(&staff.moderator, &staff.member, "silence").await.ok();
    is_now(&server, &staff.moderator, Role::Member).await;
    let refused = does(&staff.moderator, "unsilence", &staff.member).await;
    assert_eq!(refused.refused(403), NOT_ALLOWED);
    assert_eq!(seen_by(&staff.owner, &staff.member).await["silenced"], true);
    server.settle().await;
}

#[tokio::test]
async fn deleting_is_for_admins_and_for_those_who_are_suspended() {
    let server = TestServer::start().await;
    let staff = staff(&server).await;
    let path = format!("{ACCOUNTS}/{}", staff.member.id);
    staff.admin.delete(&path).await.refused(403);
    measures(&staff.moderator, &staff.member, "suspend").await.ok();
    staff.moderator.delete(&path).await.refused(403);
    let gone = staff.admin.delete(&path).await.ok();
    assert_eq!(gone["username"], "mel");
    assert_eq!(gone["suspended"], true);
    staff.admin.get(&path).await.refused(404);
    staff.admin.delete(&path).await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn what_one_may_is_told_in_ones_own_role() {
    let server = TestServer::with(&[("TINTYPE_INVITATIONS", "nobody")]).await;
    let staff = staff(&server).await;
    let every: u32 = (1 << 20) - 1;
    let invites = 1 << 16;
    for (person, id, name, permissions) in [
        (&staff.owner, "3", "Owner", every & !invites),
        (&staff.admin, "2", "Admin", every & !invites & !3),
        (&staff.moderator, "1", "Moderator", 1_308),
        (&staff.member, "-99", "", 0),
    ] {
        let me = person.get("/api/v1/accounts/verify_credentials").await.ok();
        let role: &Value = &me["role"];
        assert_eq!((&role["id"], &role["name"]), (&id.into(), &name.into()));
        assert_eq!(role["permissions"], permissions.to_string(), "{name}");
    }
    let open = TestServer::with(&[("TINTYPE_INVITATIONS", "everybody")]).await;
    open.person("olga").await;
    let member = open.person("mel").await;
    let me = member.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["role"]["permissions"], invites.to_string());
}
