//! What moderators are shown, each field of it, as strict clients decode it.

use super::desk::staff;
use super::{ACCOUNTS, measures};
use crate::api::shape::Kind::{self, *};
use crate::api::shape::{Shape, all_have, has};
use crate::api::shapes;
use crate::federation::scene::Scene;
use crate::support::TestServer;
use crate::support::http::id;

pub fn account() -> Shape {
    vec![
        ("id", Id),
        ("username", Words),
        ("domain", OrNull(&Words)),
        ("created_at", Time),
        ("email", OrNull(&Words)),
        ("ip", OrNull(&Words)),
        ("ips", List(&Object(|| vec![("ip", Words), ("used_at", Time)]))),
        ("locale", OrNull(&Words)),
        ("invite_request", OrNull(&Words)),
        ("role", OrNull(&Object(shapes::role))),
        ("confirmed", Flag),
        ("approved", Flag),
        ("disabled", Flag),
        ("sensitized", Flag),
        ("silenced", Flag),
        ("suspended", Flag),
        ("account", Object(shapes::account)),
        ("created_by_application_id", OrAbsent(&Id)),
        ("invited_by_account_id", OrAbsent(&Id)),
    ]
}

pub const ACCOUNT: Kind = Object(account);

#[tokio::test]
async fn everybody_is_shown_whole() {
    let scene = Scene::new().await;
    let mona =
        crate::admin::desk::one_of(&scene.server, "mona", tintype::domain::role::Role::Moderator).await;
    measures(&mona, &scene.server.person("bo").await, "suspend")
        .await
        .ok();
    for version in ["v1", "v2"] {
        let all = mona.get(&format!("/api/{version}/admin/accounts")).await.list();
        all_have("somebody", &all, ACCOUNT);
        assert_eq!(all.len(), 4, "all but the server itself: {all:?}");
    }
    let zed = mona.get(&format!("{ACCOUNTS}/{}", scene.zed_id)).await.ok();
    assert_eq!(zed["domain"], scene.peer.authority.as_str());
    for null in ["email", "locale", "role", "invite_request"] {
        assert!(zed[null].is_null(), "{null}: {zed}");
    }
    assert!(zed["confirmed"] == true && zed["approved"] == true && zed["disabled"] == false);
    let ana = mona.get(&format!("{ACCOUNTS}/{}", scene.ana.id)).await.ok();
    assert_eq!(ana["email"], "ana@mail.example");
    assert_eq!(ana["role"]["name"], "Owner");
    assert!(ana["domain"].is_null());
    scene.server.settle().await;
}

#[tokio::test]
async fn who_asks_to_join_is_shown_with_why() {
    let server = TestServer::with(&[("TINTYPE_REGISTRATION", "approval")]).await;
    let staff = staff(&server).await;
    let program = crate::accounts::program::Program::of(&server.client).await;
    let token = crate::accounts::program::token(&program.as_itself("read write").await);
    let joins = [
        ("username", "kim"),
        ("email", "kim@mail.example"),
        ("password", crate::support::server::PASSWORD),
        ("agreement", "true"),
        ("reason", "Bridges"),
    ];
    let app = server.client.with_token(&token);
    app.post_form("/api/v1/accounts", &joins).await.ok();
    let waiting = staff
        .moderator
        .get("/api/v2/admin/accounts?status=pending")
        .await
        .list();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    has("who waits", &waiting[0], ACCOUNT);
    assert_eq!(waiting[0]["invite_request"], "Bridges");
    assert_eq!(waiting[0]["approved"], false);
    assert!(waiting[0]["created_by_application_id"].is_string());
    let path = format!("{ACCOUNTS}/{}", id(&waiting[0]));
    let approved = staff.moderator.act(&format!("{path}/approve")).await.ok();
    assert_eq!(approved["approved"], true);
    // Nobody waits any more.
    for verb in ["approve", "reject"] {
        staff.moderator.act(&format!("{path}/{verb}")).await.refused(403);
    }
    server.settle().await;
}

#[tokio::test]
async fn who_is_turned_down_is_gone() {
    let server = TestServer::with(&[("TINTYPE_REGISTRATION", "approval")]).await;
    let staff = staff(&server).await;
    sqlx::query("update users set approved_at = null where account_id = $1")
        .bind(staff.member.account().0)
        .execute(server.db())
        .await
        .expect("they live here");
    let path = format!("{ACCOUNTS}/{}", staff.member.id);
    let before = staff.moderator.act(&format!("{path}/reject")).await.ok();
    has("who was turned down", &before, ACCOUNT);
    assert_eq!(before["approved"], false);
    staff.moderator.get(&path).await.refused(404);
    staff.moderator.act(&format!("{path}/reject")).await.refused(404);
    server.settle().await;
}
