//! What the timeline of a list shows, and what an exclusive one takes out of the home feed.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::truth::{self, Wanted};
use super::{a_list, changes, puts_in, takes_out, timeline};
use crate::feeds::truth as home_truth;
use crate::feeds::world::World;
use crate::support::http::{id, ids};
use crate::support::random::Random;
use crate::support::{Person, TestServer};

const POLICIES: [&str; 3] = ["none", "list", "followed"];

fn numbers(posts: &[Value]) -> Vec<i64> {
    ids(posts).iter().map(|id| id.parse().unwrap()).collect()
}

async fn page(reader: &Person, path: &str) -> Vec<i64> {
    numbers(&reader.get(path).await.list())
}

/// Down by the last id, up by the first, and by `Link`, each with pages of its own length.
async fn ways_through(reader: &Person, path: &str, random: &mut Random) -> [Vec<i64>; 3] {
    let (mut down, mut up) = (Vec::new(), Vec::new());
    let mut below = i64::MAX;
    loop {
        let limit = 1 + random.below(9);
        let found = page(reader, &format!("{path}?limit={limit}&max_id={below}")).await;
        assert!(found.len() <= limit);
        let Some(last) = found.last() else { break };
        below = *last;
        down.extend(found);
    }
    let mut above = 0;
    loop {
        let limit = 1 + random.below(9);
        let mut found = page(reader, &format!("{path}?limit={limit}&min_id={above}")).await;
        let Some(first) = found.first() else { break };
        above = *first;
        found.reverse();
        up.extend(found);
    }
    up.reverse();
    let limit = 1 + random.below(9);
    let pages = reader.walks(&format!("{path}?limit={limit}")).await;
    for page in &pages[..pages.len() - 1] {
        assert!(!page.is_empty(), "an empty page in the middle of {path}");
    }
    [down, up, numbers(&pages.concat())]
}

/// Lists of each policy for everybody, with some of those in them whom they follow.
async fn lists(world: &World, random: &mut Random) -> Vec<(usize, Value)> {
    let mut made = Vec::new();
    for (place, owner) in world.people.iter().enumerate() {
        let following = format!("/api/v1/accounts/{}/following?limit=80", owner.id);
        let followed = ids(&owner.get(&following).await.list());
        for policy in POLICIES {
            let wishes = json!({ "title": policy, "replies_policy": policy });
            let list = a_list(owner, &wishes, &[]).await;
            let members: Vec<&String> = followed.iter().filter(|_| random.chance(70)).collect();
            let path = format!("/api/v1/lists/{}/accounts", id(&list));
            if !members.is_empty() {
                let body = json!({ "account_ids": members });
                owner.json(reqwest::Method::POST, &path, &body).await.ok();
            }
            made.push((place, list));
        }
    }
    made
}

#[tokio::test]
async fn a_list_shows_every_post_of_its_people_once_whichever_way_one_pages() {
    for seed in [4, 5] {
        let mut world = World::new(seed).await;
        let mut random = Random::new(seed ^ 0x1157);
        // Also those who posted before they were put in.
        world.lives_through(90).await;
        let lists = lists(&world, &mut random).await;
        let mut shown = 0;
        for _ in 0..2 {
            world.lives_through(60).await;
            for (owner, list) in &lists {
                let reader = &world.people[*owner];
                // Who was unfollowed meanwhile is not in it any more.
                let accounts = format!("/api/v1/lists/{}/accounts?limit=0", id(list));
                let wanted = Wanted {
                    owner: reader.account().0,
                    members: &page(reader, &accounts).await,
                    replies: list["replies_policy"].as_str().unwrap(),
                };
                let truth = truth::of(world.server.db(), &wanted).await;
                shown += truth.len();
                for way in ways_through(reader, &timeline(list), &mut random).await {
                    assert_eq!(way, truth, "seed {seed}, {}, {list}", reader.name);
                }
            }
        }
        assert!(shown > 100, "there was something to page through: {shown}");
        world.server.settle().await;
    }
}

#[tokio::test]
async fn whoever_is_in_an_exclusive_list_is_absent_from_home() {
    let mut world = World::new(9).await;
    let mut random = Random::new(9);
    world.lives_through(120).await;
    let lists = lists(&world, &mut random).await;
    for exclusive in [true, false, true] {
        for (owner, list) in &lists {
            changes(&world.people[*owner], list, &json!({ "exclusive": exclusive })).await;
        }
        world.lives_through(60).await;
        for reader in &world.people {
            let truth = home_truth::home(world.server.db(), reader.account().0).await;
            for way in ways_through(reader, "/api/v1/timelines/home", &mut random).await {
                assert_eq!(way, truth, "{exclusive}, {}", reader.name);
            }
        }
    }
    world.server.settle().await;
}

struct Scene {
    server: TestServer,
    /// Follows the others.
    ana: Person,
    bo: Person,
    cy: Person,
}

async fn scene() -> Scene {
    let server = TestServer::start().await;
    let [ana, bo, cy] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    ];
    ana.follows(&bo).await;
    ana.follows(&cy).await;
    server.settle().await;
    Scene { server, ana, bo, cy }
}

#[tokio::test]
async fn a_list_has_at_once_what_its_people_posted_before() {
    let Scene { server, ana, bo, cy } = scene().await;
    let list = a_list(&ana, &json!({ "title": "Friends" }), &[]).await;
    let (of_bo, narrow) = (
        bo.post("before").await,
        bo.post("narrow").to(Audience::Followers).await,
    );
    let of_cy = cy.post("of another").await;
    bo.post("@ana direct").to(Audience::Direct).await;
    assert!(ana.get(&timeline(&list)).await.list().is_empty());
    puts_in(&ana, &list, &[&bo]).await.ok();
    let shown = async || ids(&ana.get(&timeline(&list)).await.list());
    assert_eq!(shown().await, [id(&narrow), id(&of_bo)]);
    puts_in(&ana, &list, &[&cy]).await.ok();
    assert_eq!(shown().await, [id(&of_cy), id(&narrow), id(&of_bo)]);
    ana.mutes(&cy).await;
    assert_eq!(shown().await, [id(&narrow), id(&of_bo)]);
    takes_out(&ana, &list, &[&bo]).await.ok();
    assert!(shown().await.is_empty());
    server.settle().await;
}

#[tokio::test]
async fn an_exclusive_list_takes_its_people_out_of_home_and_gives_them_back() {
    let Scene { server, ana, bo, cy } = scene().await;
    let (first, of_cy) = (bo.post("first").await, cy.post("of Cy").await);
    server.fan_out().await;
    let home = async || {
        server.fan_out().await;
        ids(&ana.home().await)
    };
    let list = a_list(&ana, &json!({ "title": "Apart", "exclusive": true }), &[&bo]).await;
    assert_eq!(home().await, [id(&of_cy)]);
    let second = bo.post("second").await;
    assert_eq!(home().await, [id(&of_cy)], "nor does what comes later");
    assert_eq!(
        ids(&ana.get(&timeline(&list)).await.list()),
        [id(&second), id(&first)]
    );
    // In two of them: the end of one changes nothing.
    let other = a_list(&ana, &json!({ "title": "Too", "exclusive": true }), &[&bo]).await;
    ana.delete(&format!("/api/v1/lists/{}", id(&other))).await.ok();
    assert_eq!(home().await, [id(&of_cy)]);
    let whole = [id(&second), id(&of_cy), id(&first)];
    takes_out(&ana, &list, &[&bo]).await.ok();
    assert_eq!(home().await, whole);
    puts_in(&ana, &list, &[&bo]).await.ok();
    assert_eq!(home().await, [id(&of_cy)]);
    changes(&ana, &list, &json!({ "exclusive": false })).await;
    assert_eq!(home().await, whole);
    changes(&ana, &list, &json!({ "exclusive": true })).await;
    assert_eq!(home().await, [id(&of_cy)]);
    ana.delete(&format!("/api/v1/lists/{}", id(&list))).await.ok();
    assert_eq!(home().await, whole);
    server.settle().await;
}

#[tokio::test]
async fn answers_are_shown_by_the_lists_policy() {
    let Scene { server, ana, bo, cy } = scene().await;
    let dee = server.person("dee").await;
    let own = ana.post("mine").await;
    let (by_bo, by_cy, by_dee) = (bo.post("bo").await, cy.post("cy").await, dee.post("dee").await);
    let mut answers = Vec::new();
    for post in [&own, &by_bo, &by_cy, &by_dee] {
        answers.push(id(&bo.post("an answer").answering(post).await));
    }
    let [to_me, to_self, to_cy, to_stranger] = [0, 1, 2, 3].map(|place: usize| answers[place].clone());
    server.settle().await;
    for (policy, members, wanted) in [
        ("none", vec![&bo], vec![&to_self]),
        ("list", vec![&bo], vec![&to_self, &to_me]),
        ("list", vec![&bo, &cy], vec![&to_cy, &to_self, &to_me]),
        ("followed", vec![&bo], vec![&to_cy, &to_self, &to_me]),
    ] {
        let wishes = json!({ "title": policy, "replies_policy": policy });
        let list = a_list(&ana, &wishes, &members).await;
        let mut shown = ids(&ana.get(&timeline(&list)).await.list());
        assert!(!shown.contains(&to_stranger), "{policy}");
        shown.retain(|id| answers.contains(id));
        assert_eq!(
            shown.iter().collect::<Vec<_>>(),
            wanted,
            "{policy} of {}",
            members.len()
        );
    }
    server.settle().await;
}
