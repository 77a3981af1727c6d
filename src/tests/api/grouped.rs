//! Notifications in groups: "Ana and 12 others liked your photo", each group once, at the place of its newest member.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::shape::Kind::Object;
use super::shape::has;
use super::shapes;
use crate::support::http::{Answer, id};
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v2/notifications";

fn groups(results: &Value) -> Vec<Value> {
    results["notification_groups"]
        .as_array()
        .expect("a list of groups")
        .clone()
}

fn words(groups: &[Value]) -> Vec<String> {
    let word = |group: &Value| {
        format!(
            "{} {}",
            group["type"].as_str().unwrap(),
            group["notifications_count"]
        )
    };
    groups.iter().map(word).collect()
}

async fn listed(person: &Person, query: &str) -> Vec<Value> {
    groups(&person.get(&format!("{LIST}?{query}")).await.ok())
}

struct Crowd {
    server: TestServer,
    ana: Person,
    /// Ten of them.
    fans: Vec<Person>,
}

impl Crowd {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let ana = server.person("ana").await;
        let mut fans = Vec::new();
        for number in 0..10 {
            fans.push(server.person(&format!("fan{number}")).await);
        }
        Self { server, ana, fans }
    }

    /// All like a post of Ana's, in their order.
    async fn like(&self, post: &Value) {
        for fan in &self.fans {
            fan.likes(post).await;
        }
        self.server.settle().await;
    }
}

#[tokio::test]
async fn likes_of_one_post_are_one_group_with_its_newest_people_and_the_post() {
    let crowd = Crowd::new().await;
    let post = crowd.ana.post("Seen by all").await;
    crowd.like(&post).await;
    crowd.fans[0].follows(&crowd.ana).await;
    crowd.fans[1].follows(&crowd.ana).await;
    crowd.fans[2].post("Hello @ana").await;
    crowd.server.settle().await;
    let results = crowd.ana.get(LIST).await.ok();
    has(
        "grouped notifications",
        &results,
        Object(shapes::grouped_notifications),
    );
    let all = groups(&results);
    assert_eq!(words(&all), ["mention 1", "follow 2", "favourite 10"]);
    let likes = &all[2];
    let newest: Vec<&str> = crowd
        .fans
        .iter()
        .rev()
        .take(8)
        .map(|fan| fan.id.as_str())
        .collect();
    assert_eq!(likes["sample_account_ids"], json!(newest));
    assert_eq!(likes["status_id"], post["id"]);
    let singly = crowd
        .ana
        .get("/api/v1/notifications?types[]=favourite")
        .await
        .list();
    assert_eq!(likes["most_recent_notification_id"], singly[0]["id"]);
    assert_eq!(likes["page_max_id"], singly[0]["id"]);
    assert_eq!(likes["page_min_id"], singly[9]["id"]);
    assert_eq!(likes["latest_page_notification_at"], singly[0]["created_at"]);
    assert!(singly.iter().all(|one| one["group_key"] == likes["group_key"]));
    // What stands alone says so.
    let mention = crowd
        .ana
        .get("/api/v1/notifications?types[]=mention")
        .await
        .list();
    assert_eq!(all[0]["group_key"], format!("ungrouped-{}", id(&mention[0])));
    assert_eq!(all[0]["group_key"], mention[0]["group_key"]);
    let statuses = results["statuses"].as_array().unwrap();
    assert_eq!(statuses.len(), 2, "each post is there once");
    // Fan 2 is named by two groups.
    assert_eq!(results["accounts"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn only_the_kinds_that_a_client_names_are_groups() {
    let crowd = Crowd::new().await;
    let post = crowd.ana.post("Seen by all").await;
    for fan in &crowd.fans[..3] {
        fan.likes(&post).await;
        fan.reposts(&post).await;
        fan.follows(&crowd.ana).await;
    }
    crowd.server.settle().await;
    let ana = &crowd.ana;
    assert_eq!(
        words(&listed(ana, "").await),
        ["follow 3", "reblog 3", "favourite 3"]
    );
    let query = "types[]=favourite&types[]=reblog&grouped_types[]=favourite";
    let some = listed(ana, query).await;
    assert_eq!(words(&some), ["reblog 1", "favourite 3", "reblog 1", "reblog 1"]);
    assert!(some[0]["group_key"].as_str().unwrap().starts_with("ungrouped-"));
    let of_one = listed(ana, &format!("account_id={}", crowd.fans[1].id)).await;
    assert_eq!(words(&of_one), ["follow 1", "reblog 1", "favourite 1"]);
    assert_eq!(
        words(&listed(ana, "exclude_types[]=follow").await),
        ["reblog 3", "favourite 3"]
    );
}

#[tokio::test]
async fn a_group_takes_in_what_comes_within_half_a_day() {
    let crowd = Crowd::new().await;
    let [post, other] = [crowd.ana.post("One").await, crowd.ana.post("Two").await];
    crowd.fans[0].likes(&post).await;
    crowd.fans[0].likes(&other).await;
    crowd.server.wind(TimeDelta::hours(11));
    crowd.fans[1].likes(&post).await;
    crowd.server.settle().await;
    assert_eq!(
        words(&listed(&crowd.ana, "").await),
        ["favourite 2", "favourite 1"]
    );
    crowd.server.wind(TimeDelta::hours(2));
    crowd.fans[2].likes(&post).await;
    crowd.server.settle().await;
    let all = listed(&crowd.ana, "").await;
    assert_eq!(words(&all), ["favourite 1", "favourite 2", "favourite 1"]);
    assert_ne!(all[0]["group_key"], all[1]["group_key"]);
    crowd.fans[2].does("unfavourite", &post).await.ok();
    crowd.fans[1].does("unfavourite", &post).await.ok();
    crowd.server.settle().await;
    assert_eq!(
        words(&listed(&crowd.ana, "").await),
        ["favourite 1", "favourite 1"]
    );
}

/// The keys of a page, and where it goes on.
fn keys(answer: &Answer) -> Vec<String> {
    let results = answer.ok();
    let keys = groups(&results).into_iter();
    keys.map(|group| group["group_key"].as_str().expect("a key").to_owned())
        .collect()
}

#[tokio::test]
async fn each_group_is_met_once_down_the_pages_and_up_again() {
    let crowd = Crowd::new().await;
    let mut posts = Vec::new();
    for number in 0..5 {
        posts.push(crowd.ana.post(&format!("{number}")).await);
    }
    // The likes of all posts lie between each other.
    for fan in &crowd.fans[..4] {
        for post in &posts {
            fan.likes(post).await;
        }
        fan.post("Hello @ana").await;
    }
    crowd.server.settle().await;
    let whole = keys(&crowd.ana.get(&format!("{LIST}?limit=80")).await);
    assert_eq!(whole.len(), 9);
    for limit in 1..=4 {
        let mut met = Vec::new();
        let mut next = Some(format!(
            "{LIST}?limit={limit}&types%5B%5D=favourite&types%5B%5D=mention"
        ));
        let mut last = None;
        while let Some(page) = next {
            let answer = crowd.ana.get(&page).await;
            let found = keys(&answer);
            assert!(!found.is_empty() && found.len() <= limit, "{page}");
            met.extend(found);
            let links = answer.links();
            (next, last) = (links.next, links.prev.or(last));
        }
        assert_eq!(met, whole, "downwards by {limit}");
        let mut upwards: Vec<String> = Vec::new();
        while let Some(page) = last {
            let answer = crowd.ana.get(&page).await;
            let mut found = keys(&answer);
            found.extend(upwards);
            upwards = found;
            last = answer.links().prev;
        }
        let above = whole.len() - (whole.len() - 1) % limit - 1;
        assert_eq!(upwards, whole[..above], "upwards by {limit}");
    }
}

#[tokio::test]
async fn a_group_that_grows_comes_up_again_and_is_not_met_below() {
    let crowd = Crowd::new().await;
    let [post, other] = [crowd.ana.post("One").await, crowd.ana.post("Two").await];
    crowd.fans[0].likes(&post).await;
    crowd.fans[0].likes(&other).await;
    crowd.server.settle().await;
    let first = crowd.ana.get(&format!("{LIST}?limit=1")).await;
    assert_eq!(groups(&first.ok())[0]["status_id"], other["id"]);
    crowd.fans[1].likes(&post).await;
    crowd.server.settle().await;
    let links = first.links();
    assert!(keys(&crowd.ana.get(&links.next.expect("there was more")).await).is_empty());
    let newer = groups(&crowd.ana.get(&links.prev.expect("a page leads back")).await.ok());
    assert_eq!(newer[0]["status_id"], post["id"]);
    assert_eq!(newer[0]["notifications_count"], 2);
}

#[tokio::test]
async fn the_others_of_a_group_can_be_told_as_faces_alone() {
    let crowd = Crowd::new().await;
    let post = crowd.ana.post("Seen by all").await;
    crowd.like(&post).await;
    let results = crowd
        .ana
        .get(&format!("{LIST}?expand_accounts=partial_avatars"))
        .await
        .ok();
    has("with faces", &results, Object(shapes::grouped_notifications));
    let ids = |list: &str| crate::support::http::ids(results[list].as_array().expect("a list"));
    assert_eq!(ids("accounts"), [crowd.fans[9].id.clone()]);
    let others: Vec<String> = crowd.fans[2..9].iter().rev().map(|fan| fan.id.clone()).collect();
    assert_eq!(ids("partial_accounts"), others);
    crowd
        .ana
        .get(&format!("{LIST}?expand_accounts=all"))
        .await
        .refused(400);
    let full = crowd.ana.get(&format!("{LIST}?expand_accounts=full")).await.ok();
    assert_eq!(full.get("partial_accounts"), None);
}

#[tokio::test]
async fn a_group_is_read_by_its_name_with_all_who_are_in_it() {
    let crowd = Crowd::new().await;
    let post = crowd.ana.post("Seen by all").await;
    crowd.like(&post).await;
    crowd.fans[0].post("Hello @ana").await;
    crowd.server.settle().await;
    for group in listed(&crowd.ana, "").await {
        let path = format!("{LIST}/{}", group["group_key"].as_str().unwrap());
        let alone = crowd.ana.get(&path).await.ok();
        has("a group", &alone, Object(shapes::grouped_notifications));
        assert_eq!(alone["notification_groups"], json!([group]));
        crowd.fans[0].get(&path).await.refused(404);
        let members = crowd.ana.get(&format!("{path}/accounts")).await.list();
        assert_eq!(json!(members.len()), group["notifications_count"]);
        crowd.fans[0].get(&format!("{path}/accounts")).await.refused(404);
    }
    let likes = listed(&crowd.ana, "types[]=favourite").await;
    let members = format!("{LIST}/{}/accounts", likes[0]["group_key"].as_str().unwrap());
    let pages = crowd.ana.walks(&format!("{members}?limit=4")).await;
    let met: Vec<String> = pages.iter().flatten().map(id).collect();
    let wanted: Vec<String> = crowd.fans.iter().rev().map(|fan| fan.id.clone()).collect();
    assert_eq!(met, wanted);
    assert_eq!(pages.len(), 3);
    for key in [
        "favourite",
        "ungrouped-",
        "ungrouped-x",
        "ungrouped-7",
        "%00",
        "%FF",
        "a%2Fb",
    ] {
        crowd.ana.get(&format!("{LIST}/{key}")).await.refused(404);
        crowd
            .ana
            .get(&format!("{LIST}/{key}/accounts"))
            .await
            .refused(404);
        crowd.ana.act(&format!("{LIST}/{key}/dismiss")).await.refused(404);
    }
}

#[tokio::test]
async fn a_group_is_dismissed_as_one_and_counted_as_one() {
    let crowd = Crowd::new().await;
    let post = crowd.ana.post("Seen by all").await;
    crowd.like(&post).await;
    crowd.fans[0].post("Hello @ana").await;
    crowd.fans[0].follows(&crowd.ana).await;
    crowd.server.settle().await;
    let count = async |query: &str| {
        let path = format!("{LIST}/unread_count?{query}");
        crowd.ana.get(&path).await.ok()["count"].clone()
    };
    assert_eq!(count("").await, 3);
    assert_eq!(count("types[]=favourite").await, 1);
    assert_eq!(count("types[]=favourite&grouped_types[]=follow").await, 10);
    assert_eq!(count("limit=2").await, 2);
    let all = listed(&crowd.ana, "").await;
    let read = all[1]["most_recent_notification_id"].as_str().unwrap();
    crowd
        .ana
        .post_form("/api/v1/markers", &[("notifications[last_read_id]", read)])
        .await
        .ok();
    assert_eq!(count("").await, 1);
    for group in &all {
        let path = format!("{LIST}/{}/dismiss", group["group_key"].as_str().unwrap());
        crowd.fans[0].act(&path).await.refused(404);
        assert_eq!(crowd.ana.act(&path).await.ok(), json!({}));
        crowd.ana.act(&path).await.refused(404);
    }
    assert!(crowd.ana.get("/api/v1/notifications").await.list().is_empty());
    crowd.fans[1].post("Hello again @ana").await;
    crowd.server.settle().await;
    assert_eq!(crowd.ana.act(&format!("{LIST}/clear")).await.ok(), json!({}));
    let empty = crowd.ana.get(LIST).await;
    assert_eq!(
        empty.ok(),
        json!({ "accounts": [], "statuses": [], "notification_groups": [] })
    );
    assert_eq!(empty.header("link"), None);
}

#[tokio::test]
async fn who_is_muted_by_now_neither_heads_a_group_nor_is_in_it() {
    let crowd = Crowd::new().await;
    let post = crowd.ana.post("Seen by all").await;
    for fan in &crowd.fans[..3] {
        fan.likes(&post).await;
    }
    crowd.server.settle().await;
    crowd.ana.mutes(&crowd.fans[2]).await;
    let all = listed(&crowd.ana, "").await;
    assert_eq!(words(&all), ["favourite 2"]);
    let shown = [&crowd.fans[1].id, &crowd.fans[0].id];
    assert_eq!(all[0]["sample_account_ids"], json!(shown));
}
