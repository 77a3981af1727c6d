//! Who may see a post is its author's word, said once. Nobody widens it afterwards.

use serde_json::json;
use tintype::domain::audience::Audience;

use super::authority::{in_vain, mallory, yan};
use super::scene::Scene;
use crate::support::actor::PUBLIC;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

#[tokio::test]
async fn an_update_never_widens_who_may_see_a_post() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let mut note = scene.zed.note("<p>For followers</p>");
    note["to"] = json!([scene.zed.followers()]);
    note["cc"] = json!([]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("Ana follows Zed");
    assert_eq!(here["visibility"], "private");
    let mut wide = note.clone();
    wide["to"] = json!([PUBLIC]);
    wide["content"] = json!("<p>For all?</p>");
    wide["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    let mut update = scene.zed.does("Update", wide.clone());
    update["to"] = wide["to"].clone();
    scene.zed_tells(&update).await;
    let after = scene.ana.sees(&here).await;
    assert_eq!(after["content"], "<p>For all?</p>");
    assert_eq!(after["visibility"], "private");
    assert_eq!(
        bo.get(&format!("/api/v1/statuses/{}", id(&here))).await.status,
        404
    );
}

#[tokio::test]
async fn a_followers_only_post_is_not_passed_on() {
    let scene = Scene::new().await;
    let mut note = scene.zed.note("<p>For followers</p>");
    note["to"] = json!([scene.zed.followers()]);
    note["cc"] = json!([]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let yan = yan(&scene).await;
    let (_peer, mallory) = mallory(&scene).await;
    for actor in [&yan, &mallory] {
        let mut announce = actor.does("Announce", note["id"].clone());
        announce["to"] = json!([PUBLIC]);
        in_vain(&scene, actor, &announce).await;
    }
    // Ana's own, which Yan may not see.
    let mine = scene.ana.post("Ours").to(Audience::Followers).await;
    scene.server.settle().await;
    let mut announce = yan.does("Announce", scene.post_uri(&scene.ana, &mine));
    announce["to"] = json!([PUBLIC]);
    in_vain(&scene, &yan, &announce).await;
    // Nor by somebody who may see it: what followers may read is not theirs to show.
    scene
        .zed_tells(&scene.zed.does("Follow", scene.uri(&scene.ana)))
        .await;
    let mut announce = scene.zed.does("Announce", scene.post_uri(&scene.ana, &mine));
    announce["to"] = json!([PUBLIC]);
    in_vain(&scene, &scene.zed, &announce).await;
}

#[tokio::test]
async fn an_announced_post_is_read_at_its_own_server_and_not_from_the_announcement() {
    let scene = Scene::new().await;
    let peer = Peer::start("four.test").await;
    let wanda = peer.actor("wanda");
    let note = wanda.note("<p>What Wanda wrote</p>");
    let path = note["id"]
        .as_str()
        .and_then(|id| id.strip_prefix(&format!("http://{}", peer.authority)));
    peer.says(path.expect("it is there"), Says::Document(note.clone()));
    let mut forged = note.clone();
    forged["content"] = json!("<p>What Wanda never wrote</p>");
    let mut announce = scene.zed.does("Announce", forged);
    announce["to"] = json!([PUBLIC]);
    scene.zed_tells(&announce).await;
    let home = scene.ana.home().await;
    assert_eq!(home.len(), 1, "{home:?}");
    assert_eq!(home[0]["reblog"]["content"], "<p>What Wanda wrote</p>");
    assert_eq!(home[0]["account"]["id"], scene.zed_id);
}

#[tokio::test]
async fn nobody_elsewhere_answers_a_post_that_they_could_not_answer_here() {
    let scene = Scene::new().await;
    let (_peer, mallory) = mallory(&scene).await;
    let private = scene.ana.post("For followers").to(Audience::Followers).await;
    let open = scene.ana.post("For all").await;
    let direct = scene.ana.post("For nobody else").to(Audience::Direct).await;
    // Zed follows nobody and is blocked from here on; Mallory is a stranger.
    let blocked = &scene.zed;
    let found = crate::federation::scene::find(&scene.ana, &blocked.handle()).await;
    scene
        .ana
        .act(&format!("/api/v1/accounts/{found}/block"))
        .await
        .ok();
    for (who, post) in [(&mallory, &private), (&mallory, &direct), (blocked, &open)] {
        let mut note = who.note("<p>An answer nobody asked for</p>");
        note["inReplyTo"] = json!(scene.post_uri(&scene.ana, post));
        note["cc"] = json!([scene.uri(&scene.ana)]);
        note["tag"] = json!([{ "type": "Mention", "href": scene.uri(&scene.ana), "name": "@ana" }]);
        in_vain(&scene, who, &who.creates(&note)).await;
        assert_eq!(scene.ana.sees(post).await["replies_count"], 0);
    }
    let mut note = mallory.note("<p>Fair enough</p>");
    note["inReplyTo"] = json!(scene.post_uri(&scene.ana, &open));
    mallory.tells(&scene.server, &mallory.creates(&note)).await;
    scene.server.settle().await;
    assert_eq!(scene.ana.sees(&open).await["replies_count"], 1);
}

#[tokio::test]
async fn nobody_gives_another_servers_page_for_their_own() {
    let scene = Scene::new().await;
    let victim = "https://famous.example/@star/1";
    let mut note = scene.zed.note("<p>Mine, says Zed</p>");
    note["url"] = json!(victim);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let here = scene.of_note(&note).await.expect("the post came in");
    assert_eq!(here["url"], note["id"]);
    let found = scene.ana.get(&format!("/api/v2/search?q={victim}")).await.ok();
    assert_eq!(found["statuses"], json!([]));
    let mut actor = scene.zed.document();
    actor["url"] = json!("https://famous.example/@star");
    scene.zed_tells(&scene.zed.does("Update", actor)).await;
    let here = scene.ana.sees(&here).await;
    assert_eq!(here["account"]["url"], scene.zed.uri);
}

#[tokio::test]
async fn somebody_here_is_found_behind_any_number_of_others_who_are_named() {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    let mut note = scene.zed.note("<p>Hello, all of you</p>");
    let mut tags = vec![json!({ "type": "Hashtag", "name": "#crowd" }); 300];
    let mut named: Vec<String> = (0..120)
        .map(|number| format!("https://crowd.example/users/u{number}"))
        .collect();
    named.push(scene.uri(&bo));
    tags.extend(
        named
            .iter()
            .map(|href| json!({ "type": "Mention", "href": href })),
    );
    note["tag"] = json!(tags);
    note["to"] = json!([PUBLIC]);
    note["cc"] = json!(named);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    let told = bo.get("/api/v1/notifications").await.list();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["status"]["mentions"][0]["username"], "bo");
}
