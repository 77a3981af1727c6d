//! The posts that quote one, page by page, as far as the reader may see them.

use tintype::domain::audience::Audience;

use super::{quoting, revokes};
use crate::paging::{goes_through, newest_first};
use crate::support::TestServer;
use crate::support::http::{id, ids};

#[tokio::test]
async fn quotes_of_a_post_have_exact_links() {
    let server = TestServer::start().await;
    let (ana, bo, cy) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    );
    let post = ana.post("Light").await;
    let mut seen = Vec::new();
    for number in 0..11 {
        let quote = quoting(&bo, &format!("{number}"), &post).await;
        match number % 4 {
            // What is taken back, or is not for the reader, does not cut the list short.
            1 => drop(revokes(&ana, &post, &quote).await.ok()),
            _ => seen.push(quote),
        }
        quoting(&bo, "to few", &post).to(Audience::Followers).await;
    }
    server.settle().await;
    let path = format!("/api/v1/statuses/{}/quotes", id(&post));
    goes_through(&cy, &path, "", &newest_first(&seen)).await;
    cy.mutes(&bo).await;
    assert!(cy.get(&path).await.list().is_empty());
    let all = ids(&bo.get(&format!("{path}?limit=40")).await.list());
    assert_eq!(all.len(), seen.len() + 11);
    // Whoever may not see the post is told nothing of it.
    let narrow = ana.post("For few").to(Audience::Followers).await;
    let path = format!("/api/v1/statuses/{}/quotes", id(&narrow));
    cy.get(&path).await.refused(404);
    assert!(ana.get(&path).await.list().is_empty());
    server.settle().await;
}
