//! Lists end where they end: no page is empty, none is short before the last, and `Link` leads to no page without a thing.

use serde_json::Value;

use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

/// Goes through a list; each page but the last is full, and the last has something.
#[track_caller]
fn are_whole(path: &str, pages: &[Vec<Value>], limit: usize, wanted: usize) {
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    let (last, full) = sizes.split_last().expect("there is a page");
    assert!(
        full.iter().all(|size| *size == limit) && *last > 0 && *last <= limit,
        "{path}: {sizes:?}"
    );
    assert_eq!(sizes.iter().sum::<usize>(), wanted, "{path}: {sizes:?}");
}

async fn goes_through(reader: &Person, path: &str, wanted: usize) {
    for limit in [1, 2, 3, 4] {
        let pages = reader.walks(&format!("{path}?limit={limit}")).await;
        are_whole(path, &pages, limit, wanted);
    }
}

#[tokio::test]
async fn lists_of_posts_that_one_keeps_have_no_empty_page() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut posts = Vec::new();
    for number in 0..16 {
        posts.push(ana.post(&format!("{number}")).await);
        bo.likes(&posts[number]).await;
        bo.bookmarks(&posts[number]).await;
    }
    // What was deleted leaves no hole: at both ends, and a whole page in the middle.
    for gone in [0, 1, 5, 6, 7, 8, 9, 10, 14, 15] {
        ana.deletes(&posts[gone]).await;
    }
    let cy = server.person("cy").await;
    let hidden = cy.post("of somebody who goes away").await;
    bo.likes(&hidden).await;
    bo.bookmarks(&hidden).await;
    cy.blocks(&bo).await;
    for path in ["/api/v1/favourites", "/api/v1/bookmarks"] {
        goes_through(&bo, path, 6).await;
        let last = bo.walks(&format!("{path}?limit=3")).await.pop().unwrap();
        assert_eq!(id(last.last().unwrap()), id(&posts[2]), "{path}");
        // From the old end, and up again by `prev`.
        let oldest = bo.get(&format!("{path}?limit=2&min_id=0")).await;
        assert_eq!(ids(&oldest.list()), [id(&posts[3]), id(&posts[2])], "{path}");
        assert_eq!(oldest.links().next, None, "{path}: nothing is older");
        let above = bo.get(&oldest.links().prev.expect("it leads up")).await;
        assert_eq!(ids(&above.list()), [id(&posts[11]), id(&posts[4])], "{path}");
        let below = bo.get(&above.links().next.expect("it leads down")).await;
        assert_eq!(ids(&below.list()), ids(&oldest.list()), "{path}");
    }
    server.settle().await;
}

#[tokio::test]
async fn lists_of_people_have_no_empty_page() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("liked by many").await;
    let mut crowd = Vec::new();
    for number in 0..9 {
        let person = server.person(&format!("p{number}")).await;
        person.likes(&post).await;
        person.reposts(&post).await;
        person.follows(&ana).await;
        ana.follows(&person).await;
        crowd.push(person);
    }
    server.settle().await;
    for gone in [0, 4, 8] {
        tintype::actions::suspend::local(&server.app, crowd[gone].account())
            .await
            .unwrap();
    }
    server.settle().await;
    server.forget();
    for path in [
        format!("/api/v1/statuses/{}/favourited_by", id(&post)),
        format!("/api/v1/statuses/{}/reblogged_by", id(&post)),
        format!("/api/v1/accounts/{}/followers", ana.id),
        format!("/api/v1/accounts/{}/following", ana.id),
    ] {
        goes_through(&ana, &path, 6).await;
    }
    goes_through(&ana, "/api/v1/notifications", 18).await;
    for person in [1, 2, 3, 5, 6, 7].map(|number: usize| &crowd[number]) {
        ana.mutes(person).await;
        ana.blocks(person).await;
    }
    goes_through(&ana, "/api/v1/mutes", 6).await;
    goes_through(&ana, "/api/v1/blocks", 6).await;
    for number in 0..6 {
        ana.post_form(
            "/api/v1/domain_blocks",
            &[("domain", &format!("h{number}.example"))],
        )
        .await
        .ok();
    }
    goes_through(&ana, "/api/v1/domain_blocks", 6).await;
    // Whom one blocks, and who blocks one, is in no list of people either.
    assert!(
        ana.get(&format!("/api/v1/statuses/{}/favourited_by", id(&post)))
            .await
            .list()
            .is_empty()
    );
    assert!(
        ana.get(&format!("/api/v1/statuses/{}/reblogged_by", id(&post)))
            .await
            .list()
            .is_empty()
    );
    server.settle().await;
}
