//! Groups that pass on what others did in them (FEP-1b12): Lemmy, Mbin and their kin. Only addresses are believed.

use serde_json::{Value, json};

use super::authority::in_vain;
use super::scene::{Scene, befriend};
use crate::support::actor::{Actor, PUBLIC};
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

/// Ana follows a group at Zed's server, and Wanda posts at another.
struct Community {
    scene: Scene,
    group: Actor,
    peer: Peer,
    wanda: Actor,
}

impl Community {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let group = scene.peer.actor("photos");
        let mut document = group.document();
        document["type"] = json!("Group");
        scene.peer.serves(&document);
        befriend(&scene.server, &scene.ana, &scene.peer, &group).await;
        let peer = Peer::start("four.test").await;
        let wanda = peer.actor("wanda");
        Self {
            scene,
            group,
            peer,
            wanda,
        }
    }

    /// The group passes on a deed of Wanda's.
    async fn passes_on(&self, deed: &Value) {
        self.group.tells(&self.scene.server, &self.announces(deed)).await;
        self.scene.server.settle().await;
    }

    fn announces(&self, deed: &Value) -> Value {
        let mut announce = self.group.does("Announce", deed.clone());
        announce["to"] = json!([PUBLIC]);
        announce["cc"] = json!([self.group.followers()]);
        announce
    }

    /// A page as Lemmy has it.
    fn page(&self, name: &str) -> Value {
        let mut page = self.wanda.note("<p>Look</p>");
        page["type"] = json!("Page");
        page["name"] = json!(name);
        page["audience"] = json!(self.group.uri);
        page
    }
}

#[tokio::test]
async fn a_post_in_a_group_is_read_at_its_own_server_and_shown_to_who_follows_the_group() {
    let community = Community::new().await;
    let page = community.page("A camera");
    community.peer.serves(&page);
    let mut forged = page.clone();
    forged["name"] = json!("Never said");
    community.passes_on(&community.wanda.creates(&forged)).await;
    // The same once more, as a plain repost for software that knows no groups.
    community.passes_on(&page["id"]).await;
    let home = community.scene.ana.home().await;
    assert_eq!(home.len(), 1, "{home:?}");
    assert_eq!(home[0]["account"]["username"], "photos");
    assert_eq!(home[0]["reblog"]["account"]["username"], "wanda");
    let content = home[0]["reblog"]["content"].to_string();
    assert!(
        content.contains("A camera") && !content.contains("Never said"),
        "{content}"
    );
}

#[tokio::test]
async fn an_answer_in_a_group_stands_under_its_post_and_in_no_feed() {
    let community = Community::new().await;
    let page = community.page("A camera");
    community.peer.serves(&page);
    community.passes_on(&community.wanda.creates(&page)).await;
    let mut answer = community.wanda.note("<p>Which one?</p>");
    answer["inReplyTo"] = page["id"].clone();
    community.peer.serves(&answer);
    community.passes_on(&community.wanda.creates(&answer)).await;
    let home = community.scene.ana.home().await;
    assert_eq!(home.len(), 1, "{home:?}");
    let path = format!("/api/v1/statuses/{}/context", id(&home[0]["reblog"]));
    let context = community.scene.ana.get(&path).await.ok();
    assert_eq!(context["descendants"][0]["uri"], answer["id"], "{context}");
}

#[tokio::test]
async fn a_change_or_deletion_that_a_group_tells_of_is_what_the_posts_server_says() {
    let community = Community::new().await;
    let (one, two) = (community.page("One"), community.page("Two"));
    for page in [&one, &two] {
        community.peer.serves(page);
        community.passes_on(&community.wanda.creates(page)).await;
    }
    let mut changed = one.clone();
    changed["name"] = json!("One, better");
    changed["updated"] = json!(community.scene.server.app.clock.now().to_rfc3339());
    community.peer.serves(&changed);
    let mut forged = changed.clone();
    forged["name"] = json!("Never said");
    community.passes_on(&community.wanda.does("Update", forged)).await;
    let here = community.scene.of_note(&one).await.expect("it is there");
    assert!(here["content"].to_string().contains("One, better"), "{here}");
    // Its server has it still: the group takes back its own word, and the post stays.
    let gone = "select count(*) from posts where repost_of = (select id from posts where uri = $1)";
    community
        .passes_on(&community.wanda.does("Delete", two["id"].clone()))
        .await;
    let uri = two["id"].as_str().expect("an id");
    assert_eq!(community.scene.number(gone, uri).await, 0);
    assert!(community.scene.of_note(&two).await.is_some());
    let three = community.page("Three");
    community.peer.serves(&three);
    community.passes_on(&community.wanda.creates(&three)).await;
    let path = three["id"].as_str().expect("an id").to_owned();
    let path = path.strip_prefix(&community.peer.url("")).expect("it is there");
    community.peer.says(path, Says::Status(404));
    community
        .passes_on(&community.wanda.does("Delete", three["id"].clone()))
        .await;
    assert!(community.scene.of_note(&three).await.is_none());
}

#[tokio::test]
async fn only_a_group_that_somebody_follows_has_posts_of_others_fetched() {
    let community = Community::new().await;
    let page = community.page("A camera");
    community.peer.serves(&page);
    let stranger = community.peer.actor("strangers");
    let mut document = stranger.document();
    document["type"] = json!("Group");
    community.peer.serves(&document);
    for actor in [&community.scene.zed, &stranger] {
        let mut announce = actor.does("Announce", community.wanda.creates(&page));
        announce["to"] = json!([PUBLIC]);
        in_vain(&community.scene, actor, &announce).await;
    }
    // Votes and quarrels of others are nobody's to vouch for.
    let post = community.scene.ana.post("Mine").await;
    community.scene.server.settle().await;
    let mine = community.scene.post_uri(&community.scene.ana, &post);
    for kind in ["Like", "Dislike", "Undo", "Block", "Flag", "Lock"] {
        let deed = community.wanda.does(kind, mine.clone());
        in_vain(&community.scene, &community.group, &community.announces(&deed)).await;
    }
    let path = page["id"].as_str().expect("an id").to_owned();
    let path = path.strip_prefix(&community.peer.url("")).expect("it is there");
    assert_eq!(community.peer.asked_for(path), 0);
}
