//! What is written to feeds, and how often.

use crate::support::TestServer;
use crate::support::http::{id, ids};

#[tokio::test]
async fn a_post_that_a_follow_and_its_own_fan_out_bring_is_there_once() {
    let server = TestServer::start().await;
    let (ana, bo, cai) = (
        server.person("ana").await,
        server.person("bo").await,
        server.person("cai").await,
    );
    // Nothing is written to feeds yet: the post's fan-out and what the follows bring wait in the outbox together.
    let post = ana.post("now").await;
    bo.follows(&ana).await;
    server.fan_out().await;
    let later = ana.post("later").await;
    server.fan_out().await;
    cai.follows(&ana).await;
    server.settle().await;
    for reader in [&ana, &bo, &cai] {
        assert_eq!(ids(&reader.home().await), [id(&later), id(&post)]);
    }
}
