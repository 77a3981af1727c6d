//! Programs of others that look at an actor of ours and say what is wrong with it. Their judgement is held whole: one
//! that changes is looked at.

use serde_json::{Value, json};

use crate::support::program;
use crate::support::{Person, TestServer};

async fn server_with_ana() -> (TestServer, Person, String) {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let uri = server.app.urls.actor("ana");
    (server, ana, uri)
}

/// Alice and Dean sign nothing; Bob and Emily sign what they write; Claire and Frank show their own keys only to who
/// signs. The last three have no name, and so are nobody who could be shown here.
#[tokio::test]
async fn actors_who_sign_each_in_another_way_read_an_actor_of_ours_and_write_to_it() {
    let (server, _ana, uri) = server_with_ana().await;
    let said = program::run("pasture", &["run.py", &uri]).await;
    let (reads_only, writes) = (
        json!({ "get_actor": true, "post_inbox": false }),
        json!({ "get_actor": true, "post_inbox": true }),
    );
    let expected = json!({
        "alice": reads_only, "bob": writes, "claire": writes,
        "dean": reads_only, "emily": reads_only, "frank": reads_only, "webfinger": true,
    });
    assert_eq!(said[0]["result"], expected, "{}", said[0]["messages"]);
    server.settle().await;
}

/// What is said of each rule that a document at this address is held to.
async fn outcomes(address: &str) -> Vec<Value> {
    program::run("activitypub_testing", &["run.js", address]).await
}

#[track_caller]
fn passes(outcomes: &[Value], rules: &[&str]) {
    for rule in rules {
        let found = outcomes.iter().find(|outcome| outcome["rule"] == *rule);
        let found = found.unwrap_or_else(|| panic!("nothing is said of {rule}: {outcomes:?}"));
        assert_eq!(found["outcome"], "passed", "{found}");
    }
}

#[tokio::test]
async fn an_actor_of_ours_breaks_no_rule_that_is_asked_of_actors() {
    let (server, ana, uri) = server_with_ana().await;
    ana.post("Something for the outbox").await;
    server.settle().await;
    let outcomes = outcomes(&uri).await;
    // What is asked of servers whose outbox takes posts of clients cannot be told of one that takes none; all else can.
    for outcome in &outcomes {
        let rule = outcome["rule"].as_str().expect("a name");
        match outcome["outcome"].as_str() {
            Some("passed" | "inapplicable") => {}
            Some("cantTell") => assert!(rule.starts_with("outbox-"), "{outcome}"),
            _ => panic!("{outcome}"),
        }
    }
    let rules = [
        "actor-must-serve-as2-object-to-get",
        "actor-objects-must-have-inbox-outbox-properties",
        "outbox-must-be-an-orderedcollection",
        "followers-collection-must-be-a-collection",
        "following-collection-must-be-a-collection",
    ];
    passes(&outcomes, &rules);
}

#[tokio::test]
async fn a_post_of_ours_has_collections_of_likes_and_shares() {
    let (server, ana, uri) = server_with_ana().await;
    let post = ana.post("A pier").await;
    server.settle().await;
    let address = format!("{uri}/posts/{}", crate::support::http::id(&post));
    let outcomes = outcomes(&address).await;
    let rules = [
        "likes-collection-must-be-a-collection",
        "shares-collection-must-be-a-collection",
    ];
    passes(&outcomes, &rules);
}
