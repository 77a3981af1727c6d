//! Who hears what: the rule is the timelines' own.

use tintype::domain::audience::Audience;

use super::events::Here;
use super::hearing::Socket;
use crate::federation::scene::Scene;

#[tokio::test]
async fn a_narrow_post_is_heard_by_those_it_is_for() {
    let here = Here::new().await;
    let cy = here.server.person("cy").await;
    let mut follower = Socket::open(&here.bo, "user").await;
    let mut author = Socket::open(&here.ana, "user").await;
    let mut stranger = Socket::open(&cy, "user").await;
    let mut public = Socket::open(&here.bo, "public").await;
    let narrow = here.ana.post("among us").to(Audience::Followers).await;
    here.server.settle().await;
    follower.hears().await.is(&["user"], "update", &narrow);
    let own = author.hears().await;
    own.is(&["user"], "update", &narrow);
    assert_eq!(
        own.payload["pinned"], false,
        "an author sees whether it is pinned"
    );
    let direct = here.ana.post("@bo only you").to(Audience::Direct).await;
    here.server.settle().await;
    let heard = follower.hears().await;
    assert_eq!(
        (heard.event.as_str(), &heard.payload["type"]),
        ("notification", &"mention".into())
    );
    assert_eq!(heard.payload["status"]["id"], direct["id"]);
    // Of one for somebody else, a follower does not even hear that it is gone; whom it was for does.
    let other = here.ana.post("@cy only you").to(Audience::Direct).await;
    here.server.settle().await;
    assert_eq!(stranger.hears().await.event, "notification");
    here.ana.deletes(&other).await;
    here.server.settle().await;
    stranger.hears().await.is(&["user"], "delete", &other);
    author.hears().await.is(&["user"], "delete", &other);
    let unlisted = here.ana.post("quietly").to(Audience::Unlisted).await;
    let open = here.post("to all").await;
    follower.hears().await.is(&["user"], "update", &unlisted);
    public.hears().await.is(&["public"], "update", &open);
    cy.follows(&here.ana).await;
    here.server.settle().await;
    let last = here.post("now you too").await;
    stranger.hears().await.is(&["user"], "update", &last);
}

#[tokio::test]
async fn who_blocks_or_mutes_hears_nothing_of_them_nor_do_the_blocked() {
    let here = Here::new().await;
    let mut deaf = Vec::new();
    for (name, verb) in [("cy", "block"), ("dee", "mute")] {
        let person = here.server.person(name).await;
        person.toward(verb, &here.ana).await;
        deaf.push(Socket::open(&person, "public").await);
    }
    let blocked = here.server.person("eve").await;
    here.ana.blocks(&blocked).await;
    deaf.push(Socket::open(&blocked, "public").await);
    let mut hears = Socket::open(&here.bo, "public").await;
    let post = here.post("not for them").await;
    hears.hears().await.is(&["public"], "update", &post);
    let other = here.bo.post("for all").await;
    here.server.settle().await;
    for socket in &mut deaf {
        socket.hears().await.is(&["public"], "update", &other);
    }
    // A follow from before the mute does not help.
    here.bo.mutes(&here.ana).await;
    let mut home = Socket::open(&here.bo, "user").await;
    here.post("muted").await;
    let own = here.bo.post("my own").await;
    here.server.settle().await;
    home.hears().await.is(&["user"], "update", &own);
}

#[tokio::test]
async fn what_somebody_muted_does_is_no_news() {
    let here = Here::new().await;
    let post = here.post("mine").await;
    let cy = here.server.person("cy").await;
    here.ana.mutes(&cy).await;
    let mut socket = Socket::open(&here.ana, "user").await;
    cy.likes(&post).await;
    here.server.settle().await;
    here.bo.likes(&post).await;
    here.server.settle().await;
    assert_eq!(socket.hears().await.payload["account"]["username"], "bo");
}

#[tokio::test]
async fn a_post_from_elsewhere_is_heard_as_one_from_elsewhere() {
    let scene = Scene::new().await;
    let mut remote = Socket::open(&scene.ana, "public:remote").await;
    let mut local = Socket::open(&scene.ana, "public:local").await;
    let mut home = Socket::open(&scene.ana, "user").await;
    let (note, post) = scene.zed_posts("<p>far away</p>").await;
    remote.hears().await.is(&["public:remote"], "update", &post);
    home.hears().await.is(&["user"], "update", &post);
    let own = scene.ana.post("near").await;
    scene.server.settle().await;
    local.hears().await.is(&["public:local"], "update", &own);
    home.hears().await.is(&["user"], "update", &own);
    scene
        .zed_tells(&scene.zed.does("Delete", note["id"].clone()))
        .await;
    remote.hears().await.is(&["public:remote"], "delete", &post);
    home.hears().await.is(&["user"], "delete", &post);
    // Whole servers can be out of sight.
    scene
        .ana
        .post_form("/api/v1/domain_blocks", &[("domain", &scene.peer.authority)])
        .await
        .ok();
    scene.server.settle().await;
    let mut public = Socket::open(&scene.ana, "public").await;
    scene
        .zed_tells(&scene.zed.creates(&scene.zed.note("<p>unseen</p>")))
        .await;
    let seen = scene.ana.post("seen").await;
    scene.server.settle().await;
    public.hears().await.is(&["public"], "update", &seen);
}

#[tokio::test]
async fn what_is_quoted_is_heard_by_those_who_may_see_it() {
    let here = Here::new().await;
    let (cy, dee) = (here.server.person("cy").await, here.server.person("dee").await);
    let post = cy.post("By Cy").await;
    cy.blocks(&dee).await;
    here.server.settle().await;
    let mut hears = Socket::open(&here.bo, "public").await;
    let mut blocked = Socket::open(&dee, "public").await;
    let quote = here
        .ana
        .post("Look")
        .with("quoted_status_id", post["id"].clone())
        .await;
    here.server.settle().await;
    let heard = hears.hears().await;
    heard.is(&["public"], "update", &quote);
    assert_eq!(heard.payload["quote"]["quoted_status"]["id"], post["id"]);
    let heard = blocked.hears().await;
    heard.is(&["public"], "update", &quote);
    assert_eq!(heard.payload["quote"]["state"], "unauthorized");
    assert!(heard.payload["quote"]["quoted_status"].is_null());
}
