//! A measure is taken, told and taken back; what was reported of somebody is done with.

use serde_json::{Value, json};

use super::desk::{Staff, staff};
use super::{ACCOUNTS, acts, does, measures, seen_by};
use crate::federation::scene::Scene;
use crate::support::{Person, TestServer};
use tintype::domain::role::Role;

#[tokio::test]
async fn each_measure_is_told_by_mail_and_so_is_its_end() {
    let server = TestServer::with(&[("TINTYPE_MAIL", "folder")]).await;
    let Staff {
        moderator, member, ..
    } = staff(&server).await;
    for (measure, words, back, then) in [
        ("sensitive", "marked your photos", "unsensitive", "no longer mark"),
        ("disable", "closed your account", "enable", "opened your account"),
        ("silence", "limited your account", "unsilence", "no longer limit"),
        (
            "suspend",
            "suspended your account",
            "unsuspend",
            "lifted the suspension",
        ),
    ] {
        let said = [("type", measure), ("text", "Rule 3, please")];
        acts(&moderator, &member, &said).await.ok();
        let mail = server.last_mail().await;
        assert_eq!(mail.to, "mel@mail.example");
        assert!(
            mail.text.contains(words) && mail.text.contains("Rule 3, please"),
            "{}",
            mail.text
        );
        does(&moderator, back, &member).await.ok();
        let mail = server.last_mail().await;
        assert!(mail.text.contains(then), "{}", mail.text);
        let count = server.mails().await.len();
        // There is nothing to take back, and nothing to tell.
        does(&moderator, back, &member).await.ok();
        assert_eq!(server.mails().await.len(), count);
    }
    let count = server.mails().await.len();
    let quiet = [("type", "silence"), ("send_email_notification", "false")];
    acts(&moderator, &member, &quiet).await.ok();
    assert_eq!(server.mails().await.len(), count);
    acts(&moderator, &member, &[("type", "none"), ("text", "Careful")])
        .await
        .ok();
    let warned = server.last_mail().await;
    assert!(warned.text.contains("Careful"), "{}", warned.text);
    let seen = seen_by(&moderator, &member).await;
    assert_eq!(
        (&seen["silenced"], &seen["suspended"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_a_sentence() {
    let scene = Scene::new().await;
    let mona = super::desk::one_of(&scene.server, "mona", Role::Moderator).await;
    let bo = scene.server.person("bo").await;
    let long = "x".repeat(5_001);
    for (said, status) in [
        (&[][..], 422),
        (&[("type", "banish")], 422),
        (&[("type", "silence"), ("text", &long)], 422),
        (&[("type", "silence"), ("report_id", "7")], 404),
        (&[("type", "silence"), ("report_id", "x")], 404),
        (&[("type", "none"), ("warning_preset_id", "1")], 404),
    ] {
        acts(&mona, &bo, said).await.refused(status);
    }
    let seen = seen_by(&mona, &bo).await;
    assert_eq!(seen["silenced"], false, "nothing is done in part");
    let zed = format!("{ACCOUNTS}/{}/action", scene.zed_id);
    let refused = mona.post_form(&zed, &[("type", "disable")]).await.refused(422);
    assert!(refused.contains("elsewhere"), "{refused}");
    for nobody in ["0", "x"] {
        let path = format!("{ACCOUNTS}/{nobody}/action");
        mona.post_form(&path, &[("type", "none")]).await.refused(404);
    }
    scene.server.settle().await;
}

#[tokio::test]
async fn who_lives_elsewhere_is_limited_suspended_and_deleted_here_alone() {
    let scene = Scene::new().await;
    let admin = super::desk::one_of(&scene.server, "adam", Role::Admin).await;
    let zed = Person {
        id: scene.zed_id.clone(),
        ..admin.clone()
    };
    let (_, post) = scene.zed_posts("A pier").await;
    for (measure, mark, back) in [
        ("sensitive", "sensitized", "unsensitive"),
        ("silence", "silenced", "unsilence"),
        ("suspend", "suspended", "unsuspend"),
    ] {
        measures(&admin, &zed, measure).await.ok();
        assert_eq!(seen_by(&admin, &zed).await[mark], true);
        assert_eq!(does(&admin, back, &zed).await.ok()[mark], false);
    }
    assert_eq!(scene.ana.sees(&post).await["id"], post["id"]);
    measures(&admin, &zed, "suspend").await.ok();
    admin.delete(&format!("{ACCOUNTS}/{}", zed.id)).await.ok();
    scene.server.settle().await;
    assert_eq!(scene.posts().await, 0);
    assert!(
        scene.peer.letters_of("Delete").is_empty(),
        "it is not ours to tell"
    );
}

async fn open(scene: &Scene) -> i64 {
    scene
        .number(
            "select count(*) from reports where action_taken_at is null and $1 = ''",
            "",
        )
        .await
}

#[tokio::test]
async fn a_measure_is_the_end_of_what_was_reported_and_a_word_only_of_what_it_is_about() {
    let scene = Scene::new().await;
    let mona = super::desk::one_of(&scene.server, "mona", Role::Moderator).await;
    let (bo, cy) = (scene.server.person("bo").await, scene.server.person("cy").await);
    for person in [&bo, &bo, &bo, &cy] {
        let flag: Value = scene.zed.does("Flag", json!([scene.uri(person)]));
        scene.zed_tells(&flag).await;
    }
    let of = |name: &'static str| {
        scene.number(
            "select max(r.id) from reports r join accounts a on a.id = r.account_id where a.username = $1",
            name,
        )
    };
    let (of_bo, of_cy) = (of("bo").await.to_string(), of("cy").await.to_string());
    assert_eq!(open(&scene).await, 4);
    acts(&mona, &bo, &[("type", "none"), ("report_id", &of_bo)])
        .await
        .ok();
    assert_eq!(open(&scene).await, 3);
    acts(&mona, &bo, &[("type", "silence"), ("report_id", &of_cy)])
        .await
        .refused(404);
    assert_eq!(open(&scene).await, 3);
    acts(&mona, &bo, &[("type", "silence"), ("report_id", &of_bo)])
        .await
        .ok();
    assert_eq!(open(&scene).await, 1, "what is reported of others stays open");
    scene.server.settle().await;
}
