//! What somebody elsewhere posted before anybody here followed them: read once, bounded, and no news to anybody.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::scene::{Scene, befriend, find};
use crate::support::actor::{Actor, PUBLIC};
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

/// Wanda, whom nobody here follows yet, at a server of her own.
struct Before {
    scene: Scene,
    peer: Peer,
    wanda: Actor,
}

impl Before {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let peer = Peer::start("four.test").await;
        let wanda = peer.actor("wanda");
        Self { scene, peer, wanda }
    }

    /// A post of so many hours ago.
    fn note(&self, html: &str, hours: i64) -> Value {
        let mut note = self.wanda.note(html);
        let at = self.scene.server.app.clock.now() - TimeDelta::hours(hours);
        note["published"] = json!(at.to_rfc3339());
        note
    }

    /// The outbox as Mastodon has it: a collection that names its first page.
    fn lists(&self, items: &[Value], next: Option<&str>) {
        let outbox = format!("{}/outbox", self.wanda.uri);
        let first = format!("{outbox}?page=true");
        self.peer.serves(&json!({
            "id": outbox, "type": "OrderedCollection", "totalItems": items.len(), "first": first,
        }));
        let mut page = json!({
            "id": first, "type": "OrderedCollectionPage", "partOf": outbox, "orderedItems": items,
        });
        page["next"] = json!(next);
        self.peer.serves(&page);
    }

    async fn follow(&self) -> String {
        befriend(&self.scene.server, &self.scene.ana, &self.peer, &self.wanda).await
    }

    async fn uris(&self) -> Vec<Value> {
        let home = self.scene.ana.home().await;
        home.iter().map(|post| post["uri"].clone()).collect()
    }
}

#[tokio::test]
async fn a_new_follow_brings_what_was_posted_before_to_its_place_and_tells_nobody() {
    let before = Before::new().await;
    let scene = &before.scene;
    let (one, two) = (before.note("<p>One</p>", 3), before.note("<p>Two</p>", 2));
    let mut named = before.note("<p>Dear Ana</p>", 1);
    named["cc"] = json!([scene.uri(&scene.ana)]);
    named["tag"] = json!([{ "type": "Mention", "href": scene.uri(&scene.ana), "name": "@ana" }]);
    before.peer.serves(&two);
    let by_address = before.wanda.does("Create", two["id"].clone());
    before.lists(
        &[
            before.wanda.creates(&named),
            by_address,
            before.wanda.creates(&one),
        ],
        None,
    );
    scene.zed_posts("<p>New</p>").await;
    let id = before.follow().await;
    let home = before.uris().await;
    assert_eq!(
        home[1..],
        [named["id"].clone(), two["id"].clone(), one["id"].clone()]
    );
    let shown = scene
        .ana
        .get(&format!("/api/v1/accounts/{id}/statuses"))
        .await
        .list();
    assert_eq!(shown.len(), 3);
    let told = scene
        .ana
        .get("/api/v1/notifications?types[]=mention&types[]=status")
        .await
        .list();
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test]
async fn what_is_not_for_all_or_not_theirs_is_left_out() {
    let before = Before::new().await;
    let yan = before.peer.actor("yan");
    let mut narrow = before.note("<p>For followers</p>", 1);
    narrow["to"] = json!([before.wanda.followers()]);
    narrow["cc"] = json!([]);
    let mut answer = before.note("<p>An answer</p>", 1);
    answer["inReplyTo"] = json!(before.peer.url("/notes/elsewhere"));
    let mut ours = before.note("<p>At your server</p>", 1);
    ours["id"] = json!(format!(
        "http://{}/users/ana/posts/1",
        before.scene.server.authority()
    ));
    let foreign = before.scene.zed.note("<p>Zed never said so</p>");
    let mut announce = before.wanda.does("Announce", foreign["id"].clone());
    announce["to"] = json!([PUBLIC]);
    let fine = before.note("<p>Fine</p>", 2);
    let items: Vec<Value> = [
        &narrow,
        &answer,
        &ours,
        &foreign,
        &yan.note("<p>Yan never said so</p>"),
        &fine,
    ]
    .map(|note| before.wanda.creates(note))
    .into_iter()
    .chain([announce, foreign["id"].clone()])
    .collect();
    before.lists(&items, None);
    before.follow().await;
    assert_eq!(before.uris().await, [fine["id"].clone()]);
    assert_eq!(before.scene.posts().await, 1);
}

#[tokio::test]
async fn the_newest_twenty_on_two_pages_are_enough() {
    let before = Before::new().await;
    let notes: Vec<Value> = (0..30)
        .map(|hours| before.note(&format!("<p>{hours}</p>"), hours + 1))
        .collect();
    let creates: Vec<Value> = notes.iter().map(|note| before.wanda.creates(note)).collect();
    let (second, third) = (before.peer.url("/outbox/2"), before.peer.url("/outbox/3"));
    before.lists(&creates[..15], Some(&second));
    before.peer.serves(&json!({
        "id": second, "type": "OrderedCollectionPage", "orderedItems": creates[15..], "next": third,
    }));
    before.follow().await;
    let expected: Vec<Value> = notes[..20].iter().map(|note| note["id"].clone()).collect();
    assert_eq!(before.uris().await, expected);
    assert_eq!(before.peer.asked_for("/outbox/3"), 0);
}

/// Attack 42: pages that lead back to themselves, and pages without end.
#[tokio::test]
async fn an_outbox_without_end_or_in_a_circle_is_left_alone_soon() {
    let before = Before::new().await;
    let outbox = format!("{}/outbox", before.wanda.uri);
    before
        .peer
        .serves(&json!({ "id": outbox, "type": "OrderedCollection", "first": outbox, "next": outbox }));
    before.follow().await;
    let asked = before.peer.asked_for("/users/wanda/outbox");
    assert!(asked <= 2, "{asked}");
    let xenia = before.peer.actor("xenia");
    let outbox = format!("{}/outbox", xenia.uri);
    before.peer.serves(
        &json!({ "id": outbox, "type": "OrderedCollection", "first": before.peer.url("/endless/0") }),
    );
    for number in 0..20 {
        before.peer.serves(&json!({
            "id": before.peer.url(&format!("/endless/{number}")), "type": "OrderedCollectionPage", "orderedItems": [],
            "next": before.peer.url(&format!("/endless/{}", number + 1)),
        }));
    }
    befriend(&before.scene.server, &before.scene.ana, &before.peer, &xenia).await;
    let pages = before
        .peer
        .asked()
        .iter()
        .filter(|asked| asked.path.starts_with("/endless"))
        .count();
    assert!(pages <= 2, "{pages}");
}

#[tokio::test]
async fn another_follower_within_the_week_has_nothing_read_again() {
    let before = Before::new().await;
    before.lists(&[before.wanda.creates(&before.note("<p>One</p>", 1))], None);
    before.follow().await;
    let bo = before.scene.server.person("bo").await;
    befriend(&before.scene.server, &bo, &before.peer, &before.wanda).await;
    assert_eq!(before.peer.asked_for("/users/wanda/outbox"), 1);
    assert_eq!(bo.home().await.len(), 1);
}

#[tokio::test]
async fn a_silent_outbox_is_asked_again_later_and_then_no_more() {
    let before = Before::new().await;
    before.peer.says("/users/wanda/outbox", Says::Status(503));
    before.follow().await;
    assert_eq!(before.peer.asked_for("/users/wanda/outbox"), 1);
    before.lists(&[before.wanda.creates(&before.note("<p>One</p>", 1))], None);
    before.scene.server.wind(TimeDelta::minutes(30));
    before.scene.server.settle().await;
    assert_eq!(before.uris().await.len(), 1);
}

/// Nobody here follows Wanda: her page is read because somebody looks at it, once, and says how much there is.
#[tokio::test]
async fn whoever_looks_at_a_page_sees_what_was_posted_and_how_much_there_is() {
    let before = Before::new().await;
    let (scene, peer, wanda) = (&before.scene, &before.peer, &before.wanda);
    let notes = [before.note("<p>One</p>", 2), before.note("<p>Two</p>", 1)];
    before.lists(&notes.clone().map(|note| wanda.creates(&note)), None);
    for (what, total) in [("followers", 1_234), ("following", 56)] {
        peer.serves(&json!({
            "id": format!("{}/{what}", wanda.uri), "type": "OrderedCollection", "totalItems": total,
        }));
    }
    let id = find(&scene.ana, &wanda.handle()).await;
    let posts = format!("/api/v1/accounts/{id}/statuses");
    let refresh = format!("/api/v1_alpha/async_refreshes/{id}");
    assert!(scene.server.client.get(&posts).await.list().is_empty());
    let nothing = scene.ana.get(&refresh).await.ok();
    assert_eq!(
        nothing["async_refresh"],
        json!({ "id": id, "status": "finished", "result_count": 0 })
    );
    assert_eq!(peer.asked_for("/users/wanda/outbox"), 0, "a stranger looked");
    let first = scene.ana.get(&posts).await;
    let said = first.header("mastodon-async-refresh").expect("it is under way");
    assert!(said.starts_with(&format!("id=\"{id}\", retry=")), "{said}");
    let over = eventually("all is read", async || {
        let told = scene.ana.get(&refresh).await.ok();
        (told["async_refresh"]["status"] == "finished").then_some(told)
    })
    .await;
    assert_eq!(over["async_refresh"]["result_count"], 2);
    assert_eq!(scene.ana.get(&posts).await.list().len(), 2);
    let shown = scene.ana.get(&format!("/api/v1/accounts/{id}")).await.ok();
    assert_eq!(
        [
            &shown["followers_count"],
            &shown["following_count"],
            &shown["statuses_count"]
        ],
        [1_234, 56, 2]
    );
    // Bo looks, too, and Ana again when it is worth while.
    let bo = scene.server.person("bo").await;
    bo.get(&posts).await.ok();
    assert_eq!(peer.asked_for("/users/wanda/outbox"), 1);
    scene.server.settle().await;
}

#[tokio::test]
async fn a_page_whose_server_says_nothing_is_shown_as_it_is_known() {
    let before = Before::new().await;
    let scene = &before.scene;
    before.peer.says("/users/wanda/outbox", Says::Status(503));
    let id = find(&scene.ana, &before.wanda.handle()).await;
    let posts = format!("/api/v1/accounts/{id}/statuses");
    assert!(scene.ana.get(&posts).await.list().is_empty());
    let refresh = format!("/api/v1_alpha/async_refreshes/{id}");
    let over = eventually("it is given up", async || {
        let told = scene.ana.get(&refresh).await.ok();
        (told["async_refresh"]["status"] == "finished").then_some(told)
    })
    .await;
    assert_eq!(over["async_refresh"]["result_count"], 0);
    let shown = scene.ana.get(&format!("/api/v1/accounts/{id}")).await.ok();
    assert_eq!(shown["followers_count"], 0);
}
