//! Lists in pages: every list goes by `Link`, keeps the other parameters, has no empty page in the middle and no end
//! before its end.

use serde_json::Value;
use tintype::domain::audience::Audience;

use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

/// Walks a list down by `next` and up again by `prev`, with pages of three, and compares with the list in one piece.
pub async fn goes_through(reader: &Person, path: &str, parameters: &str, wanted: &[String]) {
    let whole = reader.get(&format!("{path}?limit=40{parameters}")).await;
    assert_eq!(ids(&whole.list()), wanted, "{path} in one piece");
    let mut met = Vec::new();
    let mut next = Some(format!("{path}?limit=3{parameters}"));
    let mut last = None;
    while let Some(page) = next {
        let answer = reader.get(&page).await;
        let links = answer.links();
        for link in [&links.next, &links.prev].into_iter().flatten() {
            assert!(
                link.starts_with(&format!("{path}?limit=3{parameters}&")),
                "{link} keeps {parameters}"
            );
            let bounds = ["max_id=", "min_id=", "since_id="]
                .iter()
                .filter(|bound| link.contains(*bound))
                .count();
            assert_eq!(bounds, 1, "{link} has one bound");
        }
        let items = ids(&answer.list());
        assert!(
            !items.is_empty() || met.len() == wanted.len(),
            "{page} is empty in the middle"
        );
        assert!(items.is_empty() || links.prev.is_some(), "{page} leads back");
        met.extend(items);
        next = links.next;
        last = links.prev.or(last);
    }
    assert_eq!(met, wanted, "{path} downwards");
    let mut upwards: Vec<String> = Vec::new();
    let mut previous = last;
    while let Some(page) = previous {
        let answer = reader.get(&page).await;
        let mut items = ids(&answer.list());
        items.extend(upwards);
        upwards = items;
        previous = answer.links().prev;
    }
    let above_last_page = wanted.len() - (wanted.len() - 1) % 3 - 1;
    assert_eq!(upwards, wanted[..above_last_page], "{path} upwards");
}

pub fn newest_first(made: &[Value]) -> Vec<String> {
    let mut all = ids(made);
    all.reverse();
    all
}

#[tokio::test]
async fn lists_of_posts_have_exact_links() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    bo.follows(&ana).await;
    let mut posts = Vec::new();
    for number in 0..11 {
        posts.push(ana.post(&format!("#light {number}")).await);
        // What is not in a list does not cut it short.
        ana.post("to nobody").to(Audience::Direct).await;
    }
    server.settle().await;
    let wanted = newest_first(&posts);
    let of_ana = format!("/api/v1/accounts/{}/statuses", ana.id);
    for (path, parameters) in [
        ("/api/v1/timelines/home", ""),
        ("/api/v1/timelines/public", "&local=true"),
        ("/api/v1/timelines/public", ""),
        ("/api/v1/timelines/tag/light", "&all%5B%5D=light"),
        (of_ana.as_str(), "&exclude_replies=true&exclude_reblogs=true"),
    ] {
        goes_through(&bo, path, parameters, &wanted).await;
    }
}

#[tokio::test]
async fn lists_of_relations_are_paged_by_the_relations() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut posts = Vec::new();
    for number in 0..8 {
        posts.push(ana.post(&format!("{number}")).await);
    }
    // In another order than the posts: paging by their ids would lose some.
    let order = [3, 0, 7, 1, 6, 2, 5, 4];
    let mut liked = Vec::new();
    for place in order {
        liked.push(posts[place].clone());
        bo.likes(&posts[place]).await;
        bo.bookmarks(&posts[place]).await;
    }
    server.settle().await;
    for path in ["/api/v1/favourites", "/api/v1/bookmarks"] {
        goes_through(&bo, path, "", &newest_first(&liked)).await;
    }
}

#[tokio::test]
async fn lists_of_people_have_exact_links() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("liked by many").await;
    let mut crowd = Vec::new();
    for number in 0..7 {
        crowd.push(server.person(&format!("p{number}")).await);
    }
    let mut notified = Vec::new();
    for person in &crowd {
        person.follows(&ana).await;
        ana.follows(person).await;
        person.likes(&post).await;
        person.reposts(&post).await;
    }
    server.settle().await;
    let wanted: Vec<String> = crowd.iter().rev().map(|person| person.id.clone()).collect();
    for path in [
        format!("/api/v1/statuses/{}/favourited_by", id(&post)),
        format!("/api/v1/statuses/{}/reblogged_by", id(&post)),
        format!("/api/v1/accounts/{}/followers", ana.id),
        format!("/api/v1/accounts/{}/following", ana.id),
    ] {
        goes_through(&ana, &path, "", &wanted).await;
    }
    let all = ana.get("/api/v1/notifications?limit=40").await.list();
    let likes = |kind: &str| {
        let of_kind = all.iter().filter(|one| one["type"] == kind);
        of_kind.map(id).collect::<Vec<_>>()
    };
    notified.extend(likes("favourite"));
    assert_eq!(notified.len(), 7);
    goes_through(&ana, "/api/v1/notifications", "&types%5B%5D=favourite", &notified).await;
    for person in &crowd {
        ana.mutes(person).await;
    }
    goes_through(&ana, "/api/v1/mutes", "", &wanted).await;
    for person in &crowd {
        ana.blocks(person).await;
    }
    goes_through(&ana, "/api/v1/blocks", "", &wanted).await;
}

#[tokio::test]
async fn requests_to_follow_are_paged() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let locked = [("locked", "true")];
    ana.form(
        reqwest::Method::PATCH,
        "/api/v1/accounts/update_credentials",
        &locked,
    )
    .await
    .ok();
    let mut wanted = Vec::new();
    for number in 0..7 {
        let person = server.person(&format!("p{number}")).await;
        assert_eq!(person.follows(&ana).await["requested"], true);
        wanted.insert(0, person.id);
    }
    goes_through(&ana, "/api/v1/follow_requests", "", &wanted).await;
    server.settle().await;
}

#[tokio::test]
async fn what_is_hidden_leaves_no_empty_page_in_the_middle() {
    let server = TestServer::start().await;
    let [ana, bo, loud] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("loud").await,
    ];
    bo.follows(&ana).await;
    bo.follows(&loud).await;
    let mut wanted = vec![id(&ana.post("first #x").await)];
    for number in 0..40 {
        loud.post(&format!("{number} #x")).await;
    }
    wanted.insert(0, id(&ana.post("last #x").await));
    server.settle().await;
    bo.mutes(&loud).await;
    for path in [
        "/api/v1/timelines/home",
        "/api/v1/timelines/public",
        "/api/v1/timelines/tag/x",
    ] {
        for limit in [1, 2, 20] {
            let mut met = Vec::new();
            let mut below = String::new();
            loop {
                let page = ids(&bo.get(&format!("{path}?limit={limit}{below}")).await.list());
                let Some(last) = page.last() else { break };
                below = format!("&max_id={last}");
                met.extend(page);
            }
            assert_eq!(met, wanted, "{path} by {limit}");
            let first: Vec<String> = ids(&bo.get(&format!("{path}?limit={limit}&min_id=0")).await.list());
            assert!(
                first.contains(&wanted[1]),
                "{path} by {limit} from the old end: {first:?}"
            );
        }
    }
}

#[tokio::test]
async fn an_empty_list_leads_nowhere() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for path in [
        "/api/v1/timelines/home",
        "/api/v1/favourites",
        "/api/v1/notifications",
        "/api/v1/blocks",
    ] {
        let answer = ana.get(path).await;
        assert!(answer.list().is_empty());
        assert_eq!(answer.header("link"), None, "{path}");
    }
}

#[tokio::test]
async fn a_limit_is_kept_within_bounds() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for number in 0..45 {
        ana.post(&format!("{number}")).await;
    }
    server.settle().await;
    for (limit, given) in [("1000", 40), ("0", 1), ("7", 7), ("x", 20)] {
        let page = ana
            .get(&format!("/api/v1/timelines/home?limit={limit}"))
            .await
            .list();
        assert_eq!(page.len(), given, "limit={limit}");
    }
}

#[tokio::test]
async fn planned_posts_have_exact_links() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let at = (server.app.clock.now() + chrono::TimeDelta::days(1)).to_rfc3339();
    let mut planned = Vec::new();
    for number in 0..8 {
        let draft = ana.post(&format!("later {number}"));
        planned.push(draft.with("scheduled_at", at.as_str()).await);
    }
    goes_through(
        &ana,
        "/api/v1/scheduled_statuses",
        "&a=b",
        &newest_first(&planned),
    )
    .await;
}
